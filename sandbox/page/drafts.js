/** What a person has typed and not yet sent, kept per person, conversation and thread. */

import { recall, remember } from "./memory.js";
import { state } from "./state.js";

const name = (channel, thread) => `draft.${state.as}.${channel}.${thread || ""}`;

/** Return the draft of a conversation or thread. */
export function draft(channel, thread) {
  return recall(name(channel, thread)) || "";
}

/** Keep the draft of a conversation or thread; an empty one is forgotten. */
export function keepDraft(channel, thread, text) {
  remember(name(channel, thread), text);
}
