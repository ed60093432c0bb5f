/** Things that open beside a button: panels and menus, closed by Esc or by a click elsewhere. */

import { h } from "./dom.js";

const NARROW = "(max-width: 640px)";
const closedAt = new WeakMap();

/** Show content beside an anchor, in the top layer. Returns the popup, or null when this very click has just closed it. */
export function popup(anchor, content, { label, role = "dialog", kind = "panel", testid, onClose, wide = false } = {}) {
  if (performance.now() - (closedAt.get(anchor) || -1000) < 250) return null;
  const box = h(`div.popup.${kind}`, { popover: "auto", role, "aria-label": label, testid }, content);
  anchor.after(box);
  const place = () => box.isConnected && beside(anchor, box, wide);
  box.addEventListener("toggle", (event) => event.newState === "closed" && closed(anchor, box, place, onClose));
  anchor.setAttribute("aria-expanded", "true");
  box.showPopover();
  place();
  window.addEventListener("resize", place);
  window.addEventListener("scroll", place, true);
  return box;
}

function closed(anchor, box, place, onClose) {
  closedAt.set(anchor, performance.now());
  anchor.setAttribute("aria-expanded", "false");
  window.removeEventListener("resize", place);
  window.removeEventListener("scroll", place, true);
  const inside = box.contains(document.activeElement) || document.activeElement === document.body;
  box.remove();
  if (inside && anchor.isConnected) anchor.focus({ preventScroll: true });
  onClose?.();
}

function beside(anchor, box, wide) {
  box.style.cssText = "";
  box.classList.toggle("sheet", matchMedia(NARROW).matches && !wide);
  if (box.classList.contains("sheet")) return;
  const at = anchor.getBoundingClientRect();
  if (wide) box.style.width = `${Math.max(at.width, 200)}px`;
  const [width, height] = [box.offsetWidth, box.offsetHeight];
  const below = innerHeight - at.bottom - 12;
  const under = below >= Math.min(height, 240) || below >= at.top;
  const room = Math.max(120, under ? below : at.top - 12);
  box.style.maxHeight = `${room}px`;
  box.style.left = `${Math.max(8, Math.min(at.left, innerWidth - width - 8))}px`;
  box.style.top = `${under ? at.bottom + 4 : at.top - 4 - Math.min(height, room)}px`;
}

/** Open a menu of `{label, icon, detail, danger, testid, onclick}` under a button. */
export function menu(anchor, label, items, testid) {
  const rows = items.map((item) => menuRow(item, () => box?.hidePopover()));
  const list = h("div", { onkeydown: (event) => walk(event, rows, box) }, rows);
  const box = popup(anchor, list, { label, role: "menu", kind: "menu", testid });
  rows[0]?.focus();
  return box;
}

function menuRow({ label, icon, detail, danger, testid, onclick }, close) {
  const chosen = () => {
    close();
    onclick();
  };
  return row(label, { role: "menuitem", tabindex: "-1", testid, danger, onclick: chosen }, { detail, before: icon });
}

/** Build one row of a panel: words, a smaller line below them, and pictures before and after. */
export function row(label, { danger, ...props }, { detail, before, after } = {}) {
  return h(danger ? "button.menu-row.danger" : "button.menu-row", props, before, h("span.grow", {}, label, detail && h("small", {}, detail)), after);
}

/** Show rows beside a button, the first one focused, to be walked with the arrow keys; `head` stands above them. */
export function rowsPopup(anchor, rows, options, head = []) {
  const box = popup(anchor, [head, h("div", { onkeydown: (event) => moveFocus(event, rows) }, rows)], options);
  if (box) rows[0].focus();
  return box;
}

function walk(event, rows, box) {
  if (event.key === "Tab") box.hidePopover();
  moveFocus(event, rows);
}

/** Move the focus among rows with the arrow keys, Home and End. */
export function moveFocus(event, rows) {
  const at = rows.indexOf(document.activeElement);
  const to = { ArrowDown: at + 1, ArrowUp: at < 0 ? rows.length - 1 : at - 1, Home: 0, End: rows.length - 1 }[event.key];
  if (to === undefined || !rows.length) return;
  event.preventDefault();
  rows[(to + rows.length) % rows.length].focus();
}

/** Tell whether a key press means to leave a region, and not only a popup in it. */
export function leaves(event) {
  return event.key === "Escape" && !event.defaultPrevented && !document.querySelector(":popover-open");
}

let toasts = null;

/** Show one sentence at the foot of the page for some seconds. */
export function toast(text, kind = "error") {
  toasts ||= document.getElementById("toasts");
  const note = h(`div.toast.${kind}`, { role: kind === "error" ? "alert" : "status", testid: "toast" }, text);
  (document.querySelector("dialog[open]:last-of-type .toasts-here") || toasts).append(note);
  setTimeout(() => note.remove(), 6000);
}
