/** The conversation that is open: its header, its messages, and where to write. */

import { act } from "../control.js";
import { announce, fill, h, icon, iconButton, keepingFocus } from "../dom.js";
import { format } from "../kit/dates.js";
import { wordsOf } from "../kit/text.js";
import { popup, toast } from "../popup.js";
import { t } from "../words.js";
import { channelTitle, isApp, on, partnerOf, person, personName, state } from "../state.js";
import { open } from "../workspace.js";
import { avatar } from "./avatar.js";
import { composer } from "./composer.js";
import { drawHome } from "./home.js";
import { nameOf } from "./message.js";
import { messageList } from "./message_list.js";

let main;
let list;
let writing;

/** Put the conversation into its region of the page. */
export function startConversation(region, toggleSidebar) {
  main = region;
  main.toggleSidebar = toggleSidebar;
  on("place people language", paintAll);
  on("channels", paintHeader);
  on("messages", paintMessages);
  on("heard", readOut);
}

/** Give the composer a text, ready to be sent. */
export function compose(text) {
  writing?.put(text);
}

/** Move the focus to the composer. */
export function focusComposer() {
  writing?.focus();
}

function paintAll() {
  keepingFocus(main, paintRegion);
}

function paintRegion() {
  const { channel, tab } = state.place;
  if (!channel) return;
  announce("");
  const header = h("header.pane-header");
  const home = isApp(channel) && tab === "home";
  list = messageList({ label: t("messagesIn", { x: channelTitle(channel) }), testid: "messages" });
  writing = home ? null : foot(channel);
  fill(main, header, isApp(channel) && tabs(tab), home ? drawHome() : [list.element, writing.element]);
  paintHeader();
  if (!home) paintMessages();
}

function foot(channel) {
  const entry = state.channels.get(channel);
  if (isApp(channel) && state.app.messages_tab_read_only_enabled) return bar(t("readOnly"));
  if (entry?.is_archived) return bar(t("archived"));
  if (entry && !entry.is_im && entry.is_member === false) return joinBar(entry);
  return composer(channel);
}

function bar(...children) {
  return { element: h("div.join-bar", {}, children), focus() {}, put() {} };
}

function joinBar(entry) {
  const join = () => act("channel", { as: state.as, channel: entry.id, invite: [state.as] }).then(() => open(entry.id)).catch((refused) => toast(refused.message));
  return bar(h("span", {}, t("notMember", { x: entry.name })), h("button.button.primary", { onclick: join, testid: "join" }, t("join")));
}

function paintHeader() {
  const header = main.querySelector(".pane-header");
  if (!header) return;
  const { channel } = state.place;
  const entry = state.channels.get(channel);
  const topic = entry?.topic?.value || entry?.purpose?.value;
  fill(
    header,
    iconButton("menu", t("showSidebar"), { testid: "sidebar-toggle", onclick: main.toggleSidebar }),
    h("h1", { testid: "title" }, signOf(channel, entry), h("span", {}, channelTitle(channel).replace(/^#/, ""))),
    subtitle(channel, topic),
    h("span.grow"),
    entry && !entry.is_im && membersButton(entry),
  );
}

function signOf(channel, entry) {
  const partner = partnerOf(channel);
  if (partner) return avatar(partner, "small");
  return icon(entry?.is_mpim ? "people" : entry?.is_private ? "lock" : "hash");
}

function subtitle(channel, topic) {
  const partner = person(partnerOf(channel));
  if (isApp(channel)) return h("span.badge", {}, t("app"));
  if (!partner) return topic && h("span.topic", { title: topic }, wordsOf({ type: "mrkdwn", text: topic }));
  const time = partner.tz && format(Date.now() / 1000 + offset(), { hour: "2-digit", minute: "2-digit", hourCycle: "h23" }, partner.tz);
  return h("span.topic", {}, [partner.profile?.title, time && t("localTime", { time })].filter(Boolean).join(" · "));
}

function offset() {
  return state.clock ? Date.parse(state.clock.now) / 1000 + (performance.now() - state.clock.received) / 1000 - Date.now() / 1000 : 0;
}

function membersButton(entry) {
  const members = entry.members || [];
  const show = (event) => popup(event.currentTarget, members.map((id) => memberRow(id)), { label: t("members"), kind: "menu" });
  return h("button.members", { testid: "members", "aria-label": t("nMembers", { n: members.length }), onclick: show }, icon("people"), String(members.length));
}

function memberRow(id) {
  return h("div.menu-row", {}, avatar(id, "small"), h("span.grow", {}, personName(id), h("small", {}, person(id)?.profile?.title || "")));
}

function tabs(current) {
  const go = (name) => open(state.place.channel, null, name);
  const tab = (name) => {
    const here = name === current;
    const aria = { role: "tab", "aria-selected": String(here), tabindex: here ? "0" : "-1" };
    return h("button.tab", { ...aria, focusKey: here ? "tab" : null, testid: `tab-${name}`, onclick: () => go(name) }, t(name));
  };
  const flip = (event) => ["ArrowLeft", "ArrowRight"].includes(event.key) && go(current === "home" ? "messages" : "home");
  return h("div.tabs", { role: "tablist", onkeydown: flip }, tab("home"), tab("messages"));
}

function paintMessages() {
  const { channel, tab } = state.place;
  if (!list?.element.isConnected || (isApp(channel) && tab === "home")) return;
  list.paint(channel, state.messages.get(channel) || [], intro(channel));
}

function intro(channel) {
  const words = isApp(channel) ? t("introApp", { x: state.app.name }) : partnerOf(channel) ? t("introDirect", { x: channelTitle(channel) }) : t("introChannel", { x: channelTitle(channel) });
  const purpose = state.channels.get(channel)?.purpose?.value;
  return h("div.intro", {}, h("h2", {}, channelTitle(channel)), h("p", {}, words), purpose && h("p", {}, purpose));
}

function readOut(channel, message) {
  if (channel !== state.place.channel || message.user === state.as) return;
  announce(`${nameOf(message)}: ${wordsOf({ type: "mrkdwn", text: message.text || "" })}`);
}
