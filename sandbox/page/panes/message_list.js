/** A list of messages: grouped by person, divided by day, repainted only where something changed. */

import { h } from "../dom.js";
import { dayName, dayOf } from "../kit/dates.js";
import { t } from "../words.js";
import { drawMessage, signature } from "./message.js";

const STEP = 120;

/** Make a list that can be painted again and again; `element` is what scrolls. */
export function messageList({ label, inThread = false, testid }) {
  const element = h("div.messages", { role: "log", "aria-live": "off", "aria-label": label, tabindex: "0", testid });
  const list = { element, drawn: new Map(), shown: STEP, key: null, low: true, inThread };
  element.onkeydown = (event) => walk(event, element);
  element.onscroll = () => (list.low = isLow(element));
  new ResizeObserver(() => list.low && toEnd(element)).observe(element);
  return { element, paint: (channel, messages, intro) => paint(list, channel, messages, intro), toEnd: () => toEnd(element) };
}

function paint(list, channel, messages, intro) {
  const { element } = list;
  const fresh = list.key !== channel;
  if (fresh) Object.assign(list, { key: channel, shown: STEP, drawn: new Map() });
  const low = fresh || list.low;
  const focused = focusIn(element);
  arrange(element, rowsOf(list, channel, messages, intro));
  if (focused) giveBack(element, focused);
  if (low) toEnd(element);
}

function focusIn(element) {
  const active = element.contains(document.activeElement) ? document.activeElement : null;
  const message = active?.closest(".message");
  return message && { ts: message.dataset.ts, key: active.dataset.focusKey };
}

/** Give the focus back when the message that had it was drawn again: to the same control, or else to the message. */
function giveBack(element, { ts, key }) {
  if (element.contains(document.activeElement)) return;
  const message = element.querySelector(`[data-ts="${ts}"]`);
  const control = key && message && [...message.querySelectorAll("[data-focus-key]")].find((each) => each.dataset.focusKey === key);
  (control || message)?.focus({ preventScroll: true });
}

function rowsOf(list, channel, messages, intro) {
  const hidden = Math.max(0, messages.length - list.shown);
  const repaint = () => paint(list, channel, messages, intro);
  const rows = hidden ? [earlier(() => ((list.shown += STEP), repaint()))] : [intro].filter(Boolean);
  const drawn = new Map();
  messages.slice(hidden).forEach((message, index, visible) => {
    const before = visible[index - 1];
    if (!before || dayOf(Number(before.ts)) !== dayOf(Number(message.ts))) rows.push(divider(Number(message.ts)));
    const grouped = follows(message, before);
    const mark = signature(message, grouped);
    const kept = list.drawn.get(message.ts);
    const node = kept?.mark === mark ? kept.node : drawMessage(message, { channel, grouped, inThread: list.inThread, repaint });
    drawn.set(message.ts, { mark, node });
    rows.push(node);
    if (list.inThread && index === 0 && visible.length > 1) rows.push(h("div.reply-count", {}, t(visible.length === 2 ? "oneReply" : "nReplies", { n: visible.length - 1 })));
  });
  list.drawn = drawn;
  return rows;
}

/** Put rows in order, moving none that already stands right, so that focus and typing survive. */
function arrange(element, rows) {
  const wanted = new Set(rows);
  for (const child of [...element.children]) if (!wanted.has(child)) child.remove();
  rows.forEach((row, index) => {
    if (element.children[index] !== row) element.insertBefore(row, element.children[index] || null);
  });
}

function follows(message, before) {
  if (!before || before.is_ephemeral || message.is_ephemeral || before.subtype || message.subtype || before.thread_ts === before.ts) return false;
  const near = message.ts - before.ts < 300 && dayOf(Number(message.ts)) === dayOf(Number(before.ts));
  return near && message.user === before.user && message.bot_id === before.bot_id && message.username === before.username;
}

function divider(seconds) {
  return h("div.day", { role: "separator" }, h("span", {}, dayName(seconds)));
}

function earlier(onclick) {
  return h("button.button.earlier", { onclick }, t("earlier"));
}

function isLow(element) {
  return element.scrollHeight - element.scrollTop - element.clientHeight < 80;
}

function toEnd(element) {
  element.scrollTop = element.scrollHeight;
}

function walk(event, element) {
  if (!["ArrowUp", "ArrowDown"].includes(event.key) || event.target.matches("input, textarea, select, [role=radio]")) return;
  const all = [...element.querySelectorAll(".message")];
  const at = all.indexOf(document.activeElement.closest(".message"));
  const to = at < 0 ? all.length - 1 : at + (event.key === "ArrowUp" ? -1 : 1);
  if (!all[to]) return;
  event.preventDefault();
  all[to].focus();
}
