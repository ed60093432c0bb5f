/** The left side: as whom one acts, the channels, the direct messages and the app. */

import { act } from "../control.js";
import { fill, h, icon, iconButton, keepingFocus } from "../dom.js";
import { draft } from "../drafts.js";
import { moveFocus, popup, row, toast } from "../popup.js";
import { t } from "../words.js";
import { channelTitle, channelWith, isApp, on, people, personName, sorted, state } from "../state.js";
import { actAs, open } from "../workspace.js";
import { avatar } from "./avatar.js";

const OPENS = { "aria-haspopup": "dialog", "aria-expanded": "false" };
let side;
let onOpened;

/** Put the sidebar into its region of the page; `opened` is called when a conversation was chosen. */
export function startSidebar(region, opened) {
  side = region;
  onOpened = opened;
  on("place people channels language drafts", () => keepingFocus(side, paint));
}

function paint() {
  if (!state.me) return;
  const onkeydown = (event) => moveFocus(event, [...side.querySelectorAll(".place")]);
  fill(side, actingCard(), h("nav", { "aria-label": t("conversations"), onkeydown }, channels(), directs(), apps()));
}

function actingCard() {
  const { id, profile } = state.me;
  const words = h("span.grow", {}, h("small", {}, t("actingAs")), h("b", {}, personName(id)), h("small", {}, profile?.title || ""));
  const choose = (event) => chooseWho(event.currentTarget, t("actAs"), "actas", actAs);
  return h("button.acting", { testid: "actas", focusKey: "actas", ...OPENS, onclick: choose }, avatar(id), words, icon("chevron"));
}

/** Offer everybody beside a button, with a search, and hand on the one chosen. */
function chooseWho(anchor, label, testid, onChoice) {
  const rows = people().map((user) => whoRow(user, testid, () => (box.hidePopover(), onChoice(user.id))));
  const search = h("input.search", { type: "search", placeholder: t("search"), "aria-label": t("search"), testid: `${testid}-search` });
  search.oninput = () => rows.forEach((each) => (each.hidden = !each.textContent.toLowerCase().includes(search.value.toLowerCase())));
  const visible = () => rows.filter((each) => !each.hidden);
  const onkeydown = (event) => {
    if (event.target !== search || event.key.startsWith("Arrow")) moveFocus(event, visible());
    else if (event.key === "Enter") visible()[0]?.click();
  };
  const box = popup(anchor, h("div.who", { onkeydown }, search, rows), { label, testid: `${testid}-list` });
  search.focus();
}

function whoRow(user, testid, onclick) {
  const here = user.id === state.as;
  const notes = [user.profile?.title, (user.is_restricted || user.is_stranger) && t("guest"), user.locale].filter(Boolean).join(" · ");
  const props = { testid: `${testid}-${user.id}`, "aria-current": here ? "true" : null, onclick };
  return row(personName(user.id), props, { detail: notes, before: avatar(user.id, "small"), after: here && icon("check") });
}

function channels() {
  const add = iconButton("plus", t("newChannel"), { testid: "new-channel", ...OPENS, onclick: (event) => newChannel(event.currentTarget) });
  return group(t("channels"), sorted("channel").map((channel) => place(channel.id, icon(channel.is_private ? "lock" : "hash"), channel)), add);
}

function directs() {
  const write = (event) => chooseWho(event.currentTarget, t("newMessage"), "write-to", (id) => go(channelWith(id)));
  const add = iconButton("plus", t("newMessage"), { testid: "new-message", ...OPENS, onclick: write });
  const fresh = state.place.channel;
  const started = sorted("direct").filter((channel) => channel.user !== "USLACKBOT").map((channel) => place(channel.id, avatar(channel.user || channel.members?.[0], "tiny"), channel));
  const extra = state.people.has(fresh) && !isApp(fresh) ? [place(fresh, avatar(fresh, "tiny"))] : [];
  return group(t("directs"), [...started, ...extra], add);
}

function apps() {
  if (!state.app) return null;
  const id = channelWith(state.app.bot_user_id);
  return group(t("apps"), [place(id, avatar(state.app.bot_user_id, "tiny"), state.channels.get(id), "app")]);
}

function group(title, rows, add) {
  return h("section.place-group", { "aria-label": title }, h("div.place-title", {}, h("h2", {}, title), add), rows);
}

function place(id, sign, channel, testid = `channel-${id}`) {
  const open_ = state.place.channel === id;
  const unread = open_ && !isApp(id) ? 0 : channel?.unread || 0;
  const name = channelTitle(id).replace(/^#/, "");
  const pen = !open_ && draft(id, null) && icon("edit");
  const classes = ["button.place", unread && "unread", channel?.is_member === false && "outside"].filter(Boolean).join(".");
  const props = { testid, "data-channel": id, focusKey: testid, "aria-current": open_ ? "page" : null, onclick: () => go(id) };
  const words = [h("span.grow", {}, name), pen, unread > 0 && h("span.count", { "aria-label": t("nUnread", { n: unread }) }, String(unread))];
  return h(classes, props, sign, words);
}

function go(id) {
  const first = isApp(id) && state.app.home_tab_enabled !== false;
  open(id, null, first ? "home" : "messages").catch((refused) => toast(refused.message));
  onOpened();
}

function newChannel(anchor) {
  const name = h("input.input", { "aria-label": t("channelName"), placeholder: t("channelName"), maxlength: 80, testid: "new-channel-name" });
  const secret = h("input", { type: "checkbox" });
  const make = async (event) => {
    event.preventDefault();
    try {
      const answer = await act("channel", { as: state.as, name: name.value.trim(), private: secret.checked });
      box.hidePopover();
      if (answer.channel?.id) go(answer.channel.id);
    } catch (refused) {
      toast(refused.message);
    }
  };
  const hidden = h("label.tick", {}, secret, h("span", {}, t("private")));
  const form = h("form.small-form", { onsubmit: make }, name, hidden, h("button.button.primary", { type: "submit" }, t("create")));
  const box = popup(anchor, form, { label: t("newChannel") });
  name.focus();
}
