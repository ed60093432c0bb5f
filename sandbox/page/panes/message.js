/** One message: who, when, what, and what can be done with it. */

import { act } from "../control.js";
import { h, icon, iconButton } from "../dom.js";
import { drawBlocks } from "../kit/blocks.js";
import { fileAddress } from "../kit/elements.js";
import { clockTime, fullTime, ago } from "../kit/dates.js";
import { glyph } from "../kit/emoji.js";
import { inMessage } from "../kit/place.js";
import { mrkdwn, wordsOf } from "../kit/text.js";
import { menu, toast } from "../popup.js";
import { language, t } from "../words.js";
import { apply } from "../changes.js";
import { personName, state } from "../state.js";
import { openThread } from "../workspace.js";
import { avatar } from "./avatar.js";
import { editor } from "./editor.js";
import { pickEmoji } from "./emoji_picker.js";

const QUIET = /^(channel|group)_(join|leave|topic|purpose|name|archive|unarchive)$|^tombstone$/;
const editing = new Set();

/** Draw a message of a conversation; a grouped one follows another of the same person. */
export function drawMessage(message, { channel, grouped = false, inThread = false, repaint }) {
  if (QUIET.test(message.subtype || "")) return quiet(message);
  const shape = ["div.message", grouped && "grouped", message.is_ephemeral && "ephemeral"].filter(Boolean).join(".");
  const props = { role: "article", tabindex: "-1", testid: "message", "data-ts": message.ts, "aria-label": labelOf(message) };
  const above = [message.is_ephemeral && onlyYou(message, channel), !grouped && head(message)];
  const below = [reactions(message, channel), !inThread && replies(message)];
  const body = h("div.message-body", {}, above, content(message, channel, repaint), below);
  return h(shape, props, gutter(message, grouped), body, tools(message, channel, inThread, repaint));
}

/** Tell what a message depends on, so that it is drawn again only when that changed. */
export function signature(message, grouped) {
  return JSON.stringify([message, grouped, editing.has(message.ts), language().code, state.as, message.reply_count && Math.floor(Date.now() / 60000)]);
}

function labelOf(message) {
  return `${nameOf(message)}, ${clockTime(Number(message.ts))}`;
}

/** Return the name under which a message was said. */
export function nameOf(message) {
  return message.username || (message.user ? personName(message.user) : message.bot_profile?.name) || state.app?.name || "";
}

function quiet(message) {
  const text = message.subtype === "tombstone" ? [t("deletedMessage")] : mrkdwn(message.text || "");
  return h("div.message.quiet", { role: "article", testid: "message", "data-ts": message.ts }, gutter(message, true), h("div.message-body.prose", {}, text));
}

function gutter(message, grouped) {
  const time = h("time.gutter-time", { title: fullTime(Number(message.ts)) }, clockTime(Number(message.ts)));
  return h("div.gutter", {}, grouped ? time : avatar(message.bot_id && !message.user ? state.app?.bot_user_id : message.user));
}

function onlyYou(message, channel) {
  const dismiss = () => tried(act("delete", { as: state.as, channel, ts: message.ts })).then(() => apply({ type: "message_deleted", channel, ts: message.ts }));
  return h("div.only-you", {}, icon("lock"), t("onlyYou"), " · ", h("button.as-link", { testid: "dismiss", onclick: dismiss }, t("dismiss")));
}

function head(message) {
  const title = state.people.get(message.user)?.profile?.title;
  return h(
    "div.message-head",
    {},
    h("b.name", { title: message.bot_id ? null : title }, nameOf(message)),
    message.bot_id && h("span.badge", {}, t("app")),
    h("time", { datetime: new Date(message.ts * 1000).toISOString(), title: fullTime(Number(message.ts)) }, clockTime(Number(message.ts))),
  );
}

function content(message, channel, repaint) {
  if (editing.has(message.ts)) return editor(message, channel, () => (editing.delete(message.ts), repaint()));
  const edited = message.edited && h("span.edited", {}, ` (${t("edited")})`);
  return h("div.content", {}, said(message, channel, edited), attachments(message, channel), files(message));
}

function said(message, channel, edited) {
  const blocks = message.blocks || [];
  const drawn = message.bot_id ? blocks.length : blocks.some((block) => block.type !== "rich_text");
  if (drawn) return [drawBlocks(blocks, inMessage(channel, message)), edited];
  if (!message.text) return edited;
  return h(`div.prose${message.subtype === "me_message" ? ".me" : ""}${loneEmoji(message.text) ? ".jumbo" : ""}`, { testid: "message-text" }, mrkdwn(message.text), edited);
}

function loneEmoji(text) {
  const names = text.trim().match(/:[a-z0-9_+-]+:/g) || [];
  return names.length > 0 && names.length < 4 && names.join("") === text.replace(/\s/g, "") && names.every((name) => glyph(name.slice(1, -1)));
}

function attachments(message, channel) {
  return (message.attachments || []).map((each) => {
    const words = [each.pretext, each.title, each.text].filter(Boolean).map((text) => h("div.prose", {}, mrkdwn(text)));
    const box = h("div.attachment", {}, each.blocks ? drawBlocks(each.blocks, inMessage(channel, message)) : words);
    if (/^#?[0-9a-f]{6}$/i.test(each.color || "")) box.style.borderInlineStartColor = `#${each.color.replace("#", "")}`;
    return box;
  });
}

function files(message) {
  return (message.files || []).map((file) => {
    const words = h("span.grow", {}, h("b", {}, file.title || file.name), h("small", {}, sizeOf(file)));
    return h("a.file", { href: fileAddress(file.id), download: file.name, testid: "file" }, icon("file"), words);
  });
}

function sizeOf(file) {
  const kilobytes = Math.max(1, Math.round((file.size || 0) / 1024));
  return `${(file.filetype || "").toUpperCase()} ${kilobytes} kB`;
}

function reactions(message, channel) {
  if (!message.reactions?.length) return null;
  const add = iconButton("smile", t("react"), { onclick: (event) => pickEmoji(event.currentTarget, (name) => react(message, channel, name)) });
  return h("div.reactions", {}, message.reactions.map((each) => reaction(each, message, channel)), add);
}

function reaction({ name, users, count }, message, channel) {
  const mine = users.includes(state.as);
  const who = `${users.map(personName).join(", ")}: ${name.replaceAll("_", " ")}`;
  const props = { "aria-pressed": String(mine), "aria-label": who, title: who, testid: `reaction-${name}` };
  return h("button.reaction", { ...props, onclick: () => react(message, channel, name, mine) }, h("span", {}, glyph(name) || `:${name}:`), String(count));
}

async function react(message, channel, name, remove = false) {
  await tried(act("react", { as: state.as, channel, ts: message.ts, name, remove }));
}

async function tried(promise) {
  try {
    return await promise;
  } catch (refused) {
    toast(refused.word === "operation_timeout" ? t("appSilent") : refused.message);
    return null;
  }
}

function replies(message) {
  if (!message.reply_count) return null;
  const faces = (message.reply_users || []).slice(0, 4).map((user) => avatar(user, "tiny"));
  const count = t(message.reply_count === 1 ? "oneReply" : "nReplies", { n: message.reply_count });
  const last = message.latest_reply && h("span.faint", {}, t("lastReply", { ago: ago(Number(message.latest_reply)) }));
  return h("button.replies", { testid: "replies", onclick: () => openThread(message.ts) }, faces, h("b", {}, count), last);
}

const QUICK = ["white_check_mark", "eyes", "raised_hands"];

function tools(message, channel, inThread, repaint) {
  if (message.is_ephemeral) return null;
  const give = (name) => react(message, channel, name);
  const pick = (event) => pickEmoji(event.currentTarget, give);
  const more = (event) => menu(event.currentTarget, t("more"), moreItems(message, channel, repaint));
  const buttons = [
    QUICK.filter(glyph).map((name) => quickButton(name, () => give(name))),
    iconButton("smile", t("react"), { testid: "react", focusKey: "react", "aria-haspopup": "dialog", onclick: pick }),
    !inThread && iconButton("reply", t("replyInThread"), { testid: "reply", focusKey: "reply", onclick: () => openThread(message.thread_ts || message.ts) }),
    iconButton("dots", t("more"), { testid: "more", focusKey: "more", "aria-haspopup": "menu", onclick: more }),
  ];
  return h("div.message-tools", { role: "toolbar", "aria-label": t("messageActions") }, buttons);
}

function quickButton(name, onclick) {
  const words = name.replaceAll("_", " ");
  return h("button.icon-button.wide-only", { "aria-label": words, title: words, onclick }, glyph(name));
}

function moreItems(message, channel, repaint) {
  const shortcuts = state.shortcuts.filter((shortcut) => shortcut.type === "message").map((shortcut) => shortcutItem(shortcut, message, channel));
  if (message.user !== state.as || message.bot_id) return [...shortcuts, copyItem(message)];
  const edit = () => (editing.add(message.ts), repaint());
  const remove = () => tried(act("delete", { as: state.as, channel, ts: message.ts }));
  return [
    ...shortcuts,
    copyItem(message),
    { label: t("editMessage"), icon: icon("edit"), testid: "edit", onclick: edit },
    { label: t("deleteMessage"), icon: icon("trash"), danger: true, testid: "delete", onclick: remove },
  ];
}

function copyItem(message) {
  const words = wordsOf({ type: "mrkdwn", text: message.text || "" });
  return { label: t("copyText"), icon: icon("clip"), testid: "copy", onclick: () => tried(navigator.clipboard.writeText(words)) };
}

function shortcutItem(shortcut, message, channel) {
  const run = () => tried(act("shortcut", { as: state.as, callback_id: shortcut.callback_id, channel, ts: message.ts }));
  return { label: shortcut.name, detail: shortcut.description, icon: icon("bolt"), testid: `shortcut-${shortcut.callback_id}`, onclick: run };
}

/** Begin to edit a message of one's own. */
export function beginEdit(ts) {
  editing.add(ts);
}
