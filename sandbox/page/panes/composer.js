/** Where a person writes: messages, commands, mentions, emoji and files; with drafts that are never lost. */

import { act, base64Of } from "../control.js";
import { fill, h, icon, iconButton } from "../dom.js";
import { draft, keepDraft } from "../drafts.js";
import { glyph } from "../kit/emoji.js";
import { menu } from "../popup.js";
import { t } from "../words.js";
import { changed, channelTitle, state } from "../state.js";
import { completion } from "./completion.js";
import { pickEmoji } from "./emoji_picker.js";
import { beginEdit } from "./message.js";

/** Draw the composer of a conversation, or of a thread in it. */
export function composer(channel, thread = null) {
  const label = thread ? t("replyHere") : t("messageTo", { x: channelTitle(channel) });
  const aria = { role: "combobox", "aria-expanded": "false", "aria-label": label };
  const area = h("textarea.composer-text", { rows: "1", ...aria, placeholder: label, focusKey: "composer", testid: thread ? "thread-composer" : "composer" });
  const hint = h("div.usage", { hidden: true, testid: "usage" });
  const notice = h("div.notice", { role: "alert", hidden: true, testid: "notice" });
  const model = { channel, thread, area, as: state.as, hint, notice };
  model.completion = completion(area);
  area.value = draft(channel, thread);
  area.oninput = () => typed(model);
  area.onkeydown = (event) => onKey(model, event);
  area.onpaste = (event) => attach(model, [...event.clipboardData.files]);
  model.send = iconButton("send", t("send"), { testid: thread ? "thread-send" : "send", onclick: () => send(model) });
  model.send.classList.add("send");
  const frame = h("div.composer-frame", {}, model.completion.list, model.hint, area, h("div.composer-tools", {}, toolsOf(model), h("span.grow.keys", {}, t("enterSends")), model.send));
  requestAnimationFrame(() => fit(model));
  const element = h("form.composer", { onsubmit: (event) => event.preventDefault() }, model.notice, frame);
  return { element, focus: () => area.focus(), put: (text) => put(model, text) };
}

function toolsOf(model) {
  const hidden = { tabindex: "-1", "aria-hidden": "true", testid: "attach-file" };
  const file = h("input.visually-hidden", { type: "file", multiple: true, ...hidden, onchange: () => attach(model, [...file.files]) });
  const shortcuts = state.shortcuts.filter((shortcut) => shortcut.type === "global").map((shortcut) => shortcutItem(model, shortcut));
  const offer = (event) => menu(event.currentTarget, t("shortcuts"), shortcuts);
  return [
    iconButton("clip", t("attach"), { testid: "attach", onclick: () => file.click() }),
    iconButton("smile", t("emoji"), { testid: "emoji", onclick: (event) => pickEmoji(event.currentTarget, (name) => insert(model, glyph(name) || `:${name}:`)) }),
    iconButton("mention", t("mention"), { onclick: () => insert(model, "@") }),
    !model.thread && iconButton("slash", t("commands"), { testid: "slash", onclick: () => (model.area.value || insert(model, "/"), model.area.focus()) }),
    shortcuts.length > 0 && !model.thread && iconButton("bolt", t("shortcuts"), { testid: "shortcuts", "aria-haspopup": "menu", onclick: offer }),
    file,
  ];
}

function shortcutItem(model, shortcut) {
  const run = () => guarded(model, () => act("shortcut", { as: state.as, callback_id: shortcut.callback_id }));
  return { label: shortcut.name, detail: shortcut.description, icon: icon("bolt"), testid: `shortcut-${shortcut.callback_id}`, onclick: run };
}

function put(model, text) {
  model.area.value = text;
  typed(model);
  model.completion.close();
  model.area.focus();
}

function insert(model, text) {
  model.area.focus();
  model.area.setRangeText(text, model.area.selectionStart, model.area.selectionEnd, "end");
  typed(model);
}

function typed(model) {
  keepDraft(model.channel, model.thread, model.area.value);
  changed("drafts");
  say(model, null);
  fit(model);
  model.completion.update();
  model.area.setAttribute("aria-expanded", String(!model.completion.list.hidden));
  showUsage(model);
}

function fit({ area, send }) {
  area.style.height = "auto";
  area.style.height = `${Math.min(area.scrollHeight, 220)}px`;
  send.classList.toggle("ready", Boolean(area.value.trim()));
}

function showUsage({ area, hint }) {
  const word = /^(\/\S+)\s/.exec(area.value)?.[1];
  const known = state.commands.find(({ command }) => command === word);
  hint.hidden = !known;
  if (known) fill(hint, h("b", {}, known.command), " ", h("span", {}, known.usage_hint || ""), known.description && h("small", {}, known.description));
}

function say({ notice }, text) {
  notice.hidden = !text;
  notice.textContent = text || "";
}

function onKey(model, event) {
  if (event.isComposing || event.keyCode === 229 || model.completion.keydown(event)) return;
  if (event.key === "Enter" && !event.shiftKey) {
    event.preventDefault();
    send(model);
  }
  if (event.key === "ArrowUp" && !model.area.value && !model.thread) editLast(model, event);
}

function editLast({ channel }, event) {
  const last = state.messages.get(channel)?.findLast((message) => message.user === state.as && !message.is_ephemeral && !message.subtype);
  if (!last) return;
  event.preventDefault();
  beginEdit(last.ts);
  changed("messages");
}

async function send(model) {
  const text = model.area.value;
  if (!text.trim()) return;
  const command = /^\/[^\s/]/.test(text);
  if (command && model.thread) return say(model, t("noCommandsHere"));
  clear(model);
  await guarded(model, () => (command ? act("command", { as: state.as, channel: model.channel, text }) : speak(model, text)), text);
}

function speak({ channel, thread }, text) {
  return act("say", { as: state.as, channel, text, thread_ts: thread || undefined });
}

function clear(model) {
  model.area.value = "";
  typed(model);
}

/** Do something; when it is refused, say why and give the text back. */
async function guarded(model, doing, text = "") {
  model.send.setAttribute("aria-busy", "true");
  try {
    await doing();
  } catch (refused) {
    if (text && !model.area.value && state.as === model.as) put(model, text);
    say(model, sentence(refused, text));
  } finally {
    model.send.removeAttribute("aria-busy");
  }
}

function sentence(refused, text) {
  if (refused.word === "operation_timeout") return t("commandTimeout", { x: text.split(/\s/)[0] || state.app?.name });
  return refused.message;
}

async function attach(model, files) {
  for (const file of files) await guarded(model, () => upload(model, file));
}

async function upload({ channel, thread }, file) {
  const content = await base64Of(file);
  return act("upload", { as: state.as, channel, name: file.name, content_base64: content, thread_ts: thread || undefined });
}
