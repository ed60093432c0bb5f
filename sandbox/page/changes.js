/** The changes that the stream tells of, taken into the state. */

import { setReader } from "./kit/dates.js";
import { keepOnly, release } from "./kit/fields.js";
import { changed, listenersOf, now, state, takeClock } from "./state.js";
import { followLocale } from "./words.js";
import { begin, load, markRead, open } from "./workspace.js";

const APPLY = {
  message: put,
  ephemeral: put,
  message_changed: put,
  reaction: put,
  message_deleted: drop,
  view_opened: (event) => putView(event.view),
  view_updated: (event) => putView(event.view),
  view_closed: (event) => dropView(event.view.id),
  home: (event) => takeHome(event.view),
  channel: (event) => takeChannel(event.channel),
  unread: takeUnread,
  people: (event) => takePerson(event),
  clock: (event) => (takeClock(event.clock), changed("clock")),
  faults: (event) => ((state.faults = event.faults), changed("faults")),
  traffic: () => changed("traffic"),
  reset: startAgain,
};

const SAID = ["message", "ephemeral"];
let recent = [];

/** Take one change from the stream. */
export function apply(event) {
  const at = performance.now();
  recent = [...recent.filter((other) => other.at > at - 10000), { at, event }];
  APPLY[event.type]?.(event);
  if (SAID.includes(event.type)) heard(event);
}

/** Take the changes again that came since an instant: an answer asked for then may not know of them. */
export function takeAgain(since) {
  for (const { at, event } of recent) if (at >= since && event.type !== "reset") APPLY[event.type]?.(event);
}

function put({ channel, message }) {
  const isReply = message.thread_ts && message.thread_ts !== message.ts;
  if (isReply) upsert(state.threads.get(`${channel}/${message.thread_ts}`), message);
  else upsert(state.threads.get(`${channel}/${message.ts}`), message);
  if (!isReply || message.subtype === "thread_broadcast") upsert(state.messages.get(channel), message);
  changed("messages", "thread");
}

function upsert(list, message) {
  if (!list) return;
  const at = list.findIndex((other) => other.ts === message.ts);
  if (at >= 0) list[at] = message;
  else list.splice(list.findLastIndex((other) => Number(other.ts) < Number(message.ts)) + 1, 0, message);
}

function heard({ channel, message }) {
  for (const listener of listenersOf("heard")) listener(channel, message);
  markRead(channel);
}

function drop({ channel, ts, message }) {
  for (const list of [state.messages.get(channel), ...threadsOf(channel)]) {
    const at = list ? list.findIndex((each) => each.ts === ts) : -1;
    if (at >= 0) list.splice(at, 1);
  }
  release(`${channel}/${ts}`);
  changed("messages", "thread");
  if (message?.reply_count) load(channel);
}

function threadsOf(channel) {
  return [...state.threads].filter(([key]) => key.startsWith(`${channel}/`)).map(([, list]) => list);
}

function putView(view) {
  if (view.type === "home") return takeHome(view);
  const at = state.views.findIndex((other) => other.id === view.id);
  if (at < 0) state.views.push(view);
  else state.views[at] = view;
  keepOnly(view.id, view.blocks);
  changed("views");
}

function dropView(id) {
  state.views = state.views.filter((view) => view.id !== id);
  release(id);
  changed("views");
}

function startAgain() {
  state.place = { ...state.place, thread: null };
  changed("thread");
  begin(state.as);
}

function takeHome(view) {
  state.home = view;
  if (view) keepOnly(view.id, view.blocks);
  changed("home");
}

function takeChannel(channel) {
  if (channel.is_private && !channel.is_im && channel.is_member === false) state.channels.delete(channel.id);
  else state.channels.set(channel.id, { ...state.channels.get(channel.id), ...channel });
  const { place } = state;
  if (channel.is_im && place.channel === channel.user) open(channel.id, null, place.tab);
  changed("channels");
}

function takeUnread({ channel, unread }) {
  const entry = state.channels.get(channel);
  if (entry) entry.unread = unread;
  changed("channels");
  markRead(channel);
}

function takePerson(event) {
  state.people.set(event.person.id, event.person);
  state.me = state.people.get(state.as);
  setReader(state.me.tz, now);
  followLocale(state.me.locale);
  changed("people", "channels", "messages");
}
