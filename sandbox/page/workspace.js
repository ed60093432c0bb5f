/** Being somebody in the workspace: what is fetched, opened and read. */

import { apply, takeAgain } from "./changes.js";
import { act, ask, listen } from "./control.js";
import { setReader } from "./kit/dates.js";
import { restore } from "./kit/fields.js";
import { recall, remember } from "./memory.js";
import { changed, channelWith, isApp, now, state, takeClock } from "./state.js";
import { followLocale } from "./words.js";

let stop = () => {};

/** Become a person (or anybody): listen to what changes, and fetch what they see at every connection. */
export async function actAs(wanted) {
  const id = wanted || (await ask("state")).me.id;
  stop();
  state.as = id;
  state.place = { channel: recall(`place.${id}`), thread: null, tab: "messages" };
  remember("as", id);
  await new Promise((resolve, reject) => {
    stop = listen(id, apply, () => begin(id).then(resolve, reject), () => lose(true));
  });
}

/** Take everything afresh: at the beginning, after a loss, after a reset. */
export async function begin(id) {
  const since = performance.now();
  const answer = await ask("state", { as: id });
  if (id !== state.as) return;
  lose(false);
  const drawn = state.me?.id === id && (state.channels.has(state.place.channel) || state.people.has(state.place.channel));
  takeState(answer);
  takeAgain(since);
  await (drawn ? reload() : openFirst());
}

function lose(lost) {
  if (lost === state.lost) return;
  state.lost = lost;
  changed("lost");
}

function takeState(answer) {
  const { me } = answer;
  Object.assign(state, { me, commands: answer.commands, shortcuts: answer.shortcuts, faults: answer.faults, app: answer.app, home: answer.home, views: answer.views || [] });
  state.people = new Map(answer.people.map((user) => [user.id, user]));
  state.channels = new Map(answer.channels.map((channel) => [channel.id, channel]));
  state.messages.clear();
  state.threads.clear();
  takeClock(answer.clock);
  setReader(me.tz, now);
  followLocale(me.locale);
  [answer.home, ...state.views].filter(Boolean).forEach(restore);
  changed("people", "clock", "faults", "home", "views");
}

async function openFirst() {
  const { channel } = state.place;
  const known = state.channels.has(channel) || state.people.has(channel);
  const first = [...state.channels.values()].find((each) => !each.is_im && each.is_member && each.members.includes(state.app.bot_user_id));
  const elsewhere = first?.id || channelWith(state.app.bot_user_id);
  await open(known ? channel : elsewhere, null, isApp(elsewhere) ? "home" : "messages");
}

/** Fetch the open conversation and thread again. */
export async function reload() {
  const { channel, thread } = state.place;
  await Promise.all([load(channel), thread && loadThread(channel, thread).catch(() => openThread(null))]);
}

/** Open a conversation (a channel's id or, before the first word, a person's), and a thread of it. */
export async function open(channel, thread = null, tab = "messages") {
  state.place = { channel, thread, tab: isApp(channel) ? tab : "messages" };
  remember(`place.${state.as}`, channel);
  changed("place");
  if (isApp(channel)) act("home", { as: state.as, tab: state.place.tab }).catch(() => {});
  await reload();
}

/** Open the thread under a message, or close it with null. */
export async function openThread(thread) {
  state.place = { ...state.place, thread };
  changed("thread");
  if (thread) await loadThread(state.place.channel, thread);
}

/** Fetch the messages of a conversation. */
export async function load(channel) {
  if (!state.channels.has(channel)) return changed("messages");
  const [asked, since] = [state.as, performance.now()];
  const { messages } = await ask("messages", { as: asked, channel });
  if (asked !== state.as) return;
  state.messages.set(channel, messages);
  takeAgain(since);
  changed("messages");
  markRead(channel);
}

async function loadThread(channel, thread) {
  const [asked, since] = [state.as, performance.now()];
  const { messages } = await ask("messages", { as: asked, channel, thread_ts: thread });
  if (asked !== state.as) return;
  state.threads.set(`${channel}/${thread}`, messages);
  takeAgain(since);
  changed("thread");
}

/** Move the unread mark to the newest message, if this conversation is being looked at. */
export function markRead(channel) {
  const entry = state.channels.get(channel);
  const last = state.messages.get(channel)?.at(-1);
  if (!entry?.unread || !last || document.hidden || state.place.channel !== channel || state.place.tab !== "messages") return;
  entry.unread = 0;
  changed("channels");
  act("read", { as: state.as, channel, ts: last.ts }).catch(() => {});
}
