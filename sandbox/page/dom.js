/** Elements: built from plain calls, so that text is always text and never markup. */

const SVG = "http://www.w3.org/2000/svg";

/** Line drawings of 24 by 24 units, one path each. */
const ICONS = {
  bolt: "M13 2 4 14h7l-1 8 9-12h-7z",
  bug: "M8 7a4 4 0 0 1 8 0M6 11h12v4a6 6 0 0 1-12 0zM3 9l3 2M21 9l-3 2M2 15h4M18 15h4M4 21l3-3M20 21l-3-3",
  check: "m4 12 5 5L20 6",
  chevron: "m6 9 6 6 6-6",
  clip: "m20 11-8.5 8.5a5 5 0 0 1-7-7L13 4a3.4 3.4 0 0 1 5 5l-8.5 8.5a1.7 1.7 0 0 1-2.4-2.4L15 7.5",
  clock: "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM12 7v5l3 2",
  close: "M6 6l12 12M18 6 6 18",
  compass: "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM15.5 8.5l-2 5-5 2 2-5z",
  dots: "M5 12h.01M12 12h.01M19 12h.01",
  edit: "M4 20h4L19 9l-4-4L4 16zM13 7l4 4",
  file: "M6 3h8l4 4v14H6zM14 3v4h4M9 13h6M9 17h6",
  globe: "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM3 12h18M12 3c3 3 3 15 0 18M12 3c-3 3-3 15 0 18",
  hash: "M9 4 7 20M17 4l-2 16M4 9h17M3 15h17",
  home: "M4 11 12 4l8 7v9h-5v-6H9v6H4z",
  left: "M15 5l-7 7 7 7",
  lock: "M6 11h12v9H6zM8.5 11V8a3.5 3.5 0 0 1 7 0v3",
  mention: "M16 12a4 4 0 1 0-4 4 4 4 0 0 0 4-4zm0 0c0 4 5 4 5 0a9 9 0 1 0-4 7.5",
  menu: "M4 6h16M4 12h16M4 18h16",
  moon: "M20 14A8.5 8.5 0 0 1 10 4a8.5 8.5 0 1 0 10 10z",
  people: "M9 11a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7zM3 20c0-8 12-8 12 0M16 4.5a3.5 3.5 0 0 1 0 6.5M18 14c2 1 3 3 3 6",
  plus: "M12 5v14M5 12h14",
  reply: "M4 5h16v11h-8l-5 4v-4H4z",
  search: "M11 4a7 7 0 1 0 0 14 7 7 0 0 0 0-14zM16 16l5 5",
  send: "M4 12 3 4l18 8-18 8zM4 12h8",
  slash: "M4 4h16v16H4zM14 8l-4 8",
  smile: "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM8.5 14c2 3 5 3 7 0M9 9.5h.01M15 9.5h.01",
  sun: "M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8zM12 2v2M12 20v2M2 12h2M20 12h2M5 5l1.5 1.5M17.5 17.5 19 19M19 5l-1.5 1.5M6.5 17.5 5 19",
  traffic: "M7 20V5M3 9l4-4 4 4M17 4v15M13 15l4 4 4-4",
  trash: "M4 7h16M9 7V4h6v3M6 7l1 13h10l1-13",
};

/**
 * Build an element: `h("button.primary", {onclick, "aria-label": "x"}, "text", child)`. A button submits nothing unless it says so;
 * `testid` and `focusKey` are the names by which tests, and the focus after a repaint, find it.
 */
export function h(spec, props = {}, ...children) {
  const [tag, ...classes] = spec.split(".");
  const element = document.createElement(tag || "div");
  if (tag === "button") element.type = "button";
  if (classes.length) element.className = classes.join(" ");
  for (const [name, value] of Object.entries(props || {})) setProperty(element, name, value);
  element.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

function setProperty(element, name, value) {
  if (value === undefined || value === null || value === false) return;
  if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
  else if (name === "testid" || name === "focusKey") element.setAttribute(name === "testid" ? "data-testid" : "data-focus-key", value);
  else if (name === "value" || name === "checked" || name === "hidden") element[name] = value;
  else element.setAttribute(name, value === true ? "" : value);
}

/** Return a drawing by name, hidden from screen readers. */
export function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", ICONS[name]);
  svg.append(path);
  return svg;
}

/** Build a button that shows only a drawing; its label is read out and shown as a tip. */
export function iconButton(name, label, props = {}) {
  return h("button.icon-button", { "aria-label": label, title: label, ...props }, icon(name));
}

/** Put these children, and nothing else, into an element. */
export function fill(element, ...children) {
  element.replaceChildren(...children.flat(Infinity).filter(Boolean));
  return element;
}

/** Rebuild with `paint`, then give the focus and the caret back to the element with the same `data-focus-key`. */
export function keepingFocus(root, paint) {
  const active = root.contains(document.activeElement) ? document.activeElement : null;
  const key = active?.dataset.focusKey;
  const caret = key && "selectionStart" in active ? [active.selectionStart, active.selectionEnd] : null;
  const scroll = root.scrollTop;
  paint();
  root.scrollTop = scroll;
  if (!key || root.contains(document.activeElement)) return;
  const again = [...root.querySelectorAll("[data-focus-key]")].find((element) => element.dataset.focusKey === key);
  again?.focus({ preventScroll: true });
  if (again && caret && caret[0] !== null) again.setSelectionRange(...caret);
}

/** Return an address that is safe to link to, or null. */
export function safeAddress(address) {
  return /^(https?:|mailto:|tel:|\/(?!\/))/i.test(address || "") ? address : null;
}

let counter = 0;

/** Return an id that nothing else on the page has. */
export function freshId(stem) {
  counter += 1;
  return `${stem}-${counter}`;
}

/** Say something to screen readers without showing it. */
export function announce(text) {
  const region = document.getElementById("announcer");
  if (region) region.textContent = region.textContent === text ? `${text}\u00a0` : text;
}
