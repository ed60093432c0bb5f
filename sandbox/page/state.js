/** What the acting person sees of the workspace, who listens to it, and how things in it are found. */

import { t } from "./words.js";

export const state = {
  as: null,
  me: null,
  people: new Map(),
  channels: new Map(),
  commands: [],
  shortcuts: [],
  clock: null,
  faults: [],
  app: null,
  home: null,
  views: [],
  messages: new Map(),
  threads: new Map(),
  place: { channel: null, thread: null, tab: "messages" },
  lost: false,
};

const listeners = new Map();
/** Call a function whenever one of these topics changes. */
export function on(topics, listener) {
  for (const topic of topics.split(" ")) listeners.set(topic, [...(listeners.get(topic) || []), listener]);
}

/** Return who listens to a topic. */
export function listenersOf(topic) {
  return listeners.get(topic) || [];
}

/** Tell those who listen to these topics, each once. */
export function changed(...topics) {
  const due = new Set(topics.flatMap(listenersOf));
  for (const listener of due) listener();
}

/** Take what the clock shows. */
export function takeClock(clock) {
  state.clock = { ...clock, received: performance.now() };
}

/** Return the workspace's time in unix seconds. */
export function now() {
  if (!state.clock) return Date.now() / 1000;
  return Date.parse(state.clock.now) / 1000 + (performance.now() - state.clock.received) / 1000;
}

/** Return a person by id. */
export function person(id) {
  return state.people.get(id);
}

/** Return the name by which a person is shown. */
export function personName(id) {
  const user = state.people.get(id);
  if (!user) return id === state.app?.bot_user_id ? state.app.name : id;
  return user.profile?.display_name || user.real_name || user.name;
}

/** Return the people with an account who are not bots, by name. */
export function people() {
  const all = [...state.people.values()].filter((user) => !user.is_bot && !user.deleted && user.id !== "USLACKBOT");
  return all.sort((a, b) => personName(a.id).localeCompare(personName(b.id)));
}

/** Return a channel by its name. */
export function channelNamed(name) {
  return [...state.channels.values()].find((channel) => channel.name === name && !channel.is_im);
}

/** Return the direct message with a person, or the person's own id before the first word. */
export function channelWith(user) {
  return [...state.channels.values()].find((channel) => channel.is_im && channel.user === user)?.id || user;
}

/** Return the other side of a direct message (by channel or person id), or null. */
export function partnerOf(id) {
  return state.channels.get(id)?.user || (state.people.has(id) || id === state.app?.bot_user_id ? id : null);
}

/** Tell whether a conversation is the one with the app. */
export function isApp(id) {
  return Boolean(state.app) && partnerOf(id) === state.app.bot_user_id;
}

/** Return the title of a conversation. */
export function channelTitle(id) {
  const partner = partnerOf(id);
  if (partner) return personName(partner) + (partner === state.as ? ` (${t("you")})` : "");
  const channel = state.channels.get(id);
  if (channel?.is_mpim) return (channel.members || []).filter((user) => user !== state.as).map(personName).join(", ") || channel.name;
  return channel ? `#${channel.name}` : id;
}

/** Return the channels, or the direct messages with people, in the order of the sidebar. */
export function sorted(kind) {
  const direct = (channel) => channel.is_im || channel.is_mpim;
  const wanted = [...state.channels.values()].filter((channel) => (kind === "direct") === Boolean(direct(channel)) && !isApp(channel.id) && !channel.is_archived);
  return wanted.sort((a, b) => channelTitle(a.id).localeCompare(channelTitle(b.id)));
}
