/** The thread pane: a message and what was answered to it. */

import { fill, h, iconButton, keepingFocus } from "../dom.js";
import { leaves } from "../popup.js";
import { t } from "../words.js";
import { channelTitle, on, state } from "../state.js";
import { openThread } from "../workspace.js";
import { composer } from "./composer.js";
import { messageList } from "./message_list.js";

let pane;
let list;
let shown = null;

/** Put the thread into its region of the page. */
export function startThread(region) {
  pane = region;
  on("place people language", () => ((shown = null), paint()));
  on("thread", paint);
  pane.onkeydown = (event) => leaves(event) && close();
}

function paint() {
  const { channel, thread } = state.place;
  pane.hidden = !thread;
  document.body.classList.toggle("with-thread", Boolean(thread));
  if (!thread) return void (shown = pane.dataset.thread = "");
  if (shown !== `${channel}/${thread}`) build(channel, thread);
  list.paint(channel, messagesOf(channel, thread), null);
}

function messagesOf(channel, thread) {
  const replies = state.threads.get(`${channel}/${thread}`) || [];
  const parent = state.messages.get(channel)?.find((message) => message.ts === thread);
  return replies[0]?.ts === thread || !parent ? replies : [parent, ...replies];
}

function build(channel, thread) {
  keepingFocus(pane, () => rebuild(channel, thread));
}

function rebuild(channel, thread) {
  const before = pane.dataset.thread;
  pane.dataset.thread = shown = `${channel}/${thread}`;
  list = messageList({ label: t("thread"), inThread: true, testid: "thread-messages" });
  const writing = composer(channel, thread);
  const shut = iconButton("close", t("closeThread"), { testid: "thread-close", onclick: close });
  const head = [h("h1", {}, t("thread")), h("span.topic", {}, channelTitle(channel)), h("span.grow"), shut];
  fill(pane, h("header.pane-header", {}, head), list.element, writing.element);
  if (shown !== before && matchMedia("(min-width: 900px)").matches) writing.focus();
}

function close() {
  const { thread } = state.place;
  openThread(null);
  document.querySelector(`[data-testid=messages] [data-ts="${thread}"]`)?.focus();
}
