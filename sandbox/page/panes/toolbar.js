/** The bar at the top: the workspace's clock, faults, the language and the light. */

import { act } from "../control.js";
import { fill, h, icon, iconButton } from "../dom.js";
import { format, fullTime } from "../kit/dates.js";
import { moveFocus, popup, toast } from "../popup.js";
import { chosenLanguage, LANGUAGES, language, setLanguage, t } from "../words.js";
import { recall, remember } from "../memory.js";
import { now, on, state } from "../state.js";

let bar;
let time;

/** Put the toolbar into its region; `toggles` are `{traffic, tour}`, called by their buttons. */
export function startToolbar(region, toggles) {
  bar = region;
  setLight(recall("light"));
  on("language place lost faults", () => paint(toggles));
  on("clock", tick);
  setInterval(tick, 5000);
  paint(toggles);
}

function paint(toggles) {
  const armed = (state.faults || []).length;
  time = h("span", { "data-testid": "clock-time" });
  const clock = h("button.bar-button.clock", { type: "button", "data-testid": "clock", "aria-haspopup": "dialog", "aria-expanded": "false", title: t("clockTip"), onclick: (event) => openClock(event.currentTarget) }, icon("clock"), time, icon("chevron"));
  fill(
    bar,
    h("span.brand", {}, h("span.brand-mark", {}, icon("bolt")), h("b", {}, t("workspace"))),
    clock,
    state.lost && h("span.lost", { role: "status", "data-testid": "lost" }, t("lost")),
    h("span.grow"),
    barButton("compass", t("tour"), { "data-testid": "tour", onclick: toggles.tour }),
    barButton("bug", armed ? `${t("faults")} (${armed})` : t("faults"), { "data-testid": "faults", "aria-haspopup": "dialog", "aria-expanded": "false", onclick: (event) => openFaults(event.currentTarget) }, armed ? "armed" : ""),
    barButton("traffic", t("traffic"), { "data-testid": "traffic", onclick: toggles.traffic }),
    iconButton("globe", `${t("language")}: ${language().name}`, { "data-testid": "language", "aria-haspopup": "menu", "aria-expanded": "false", onclick: (event) => openLanguages(event.currentTarget) }),
    iconButton(isDark() ? "sun" : "moon", t("light"), { "data-testid": "light", onclick: () => (setLight(isDark() ? "light" : "dark"), paint(toggles)) }),
  );
  tick();
}

function barButton(drawing, label, props, extra = "") {
  return h(`button.bar-button${extra && `.${extra}`}`, { type: "button", "aria-label": label, title: label, ...props }, icon(drawing), h("span.wide-only", {}, label));
}

function tick() {
  if (!time || !state.clock) return;
  const words = matchMedia("(max-width: 640px)").matches ? format(now(), { month: "short", day: "numeric", hour: "2-digit", minute: "2-digit", hourCycle: "h23" }) : fullTime(now());
  if (time.textContent !== words) time.textContent = words;
}

/** Return the moves that the clock offers: fixed ones, the workspace's marks, and the way back. */
function moves() {
  const marks = (state.clock?.marks || []).map((each) => (typeof each === "string" ? { mark: each } : each));
  return [
    { testid: "clock-hour", label: t("plusHour"), move: { by: 3600 } },
    { testid: "clock-day", label: t("plusDay"), move: { by: 86400 } },
    ...marks.map(({ mark, label, at }) => ({ testid: `clock-${mark}`, label: markName(mark) || label, detail: at && fullTime(Date.parse(at) / 1000), move: at ? { to: at } : { mark } })),
    { testid: "clock-reset", label: t("toStart"), move: { reset: true } },
  ];
}

const WEEKDAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
const A_MONDAY = Date.UTC(2026, 10, 23) / 1000;

/** Return a mark such as `friday-16:00` or `quarter-end` in words, or null for one that names itself. */
function markName(mark) {
  const [, day, hour = ""] = /^([a-z]+(?:-[a-z]+)*)(?:-(\d\d:\d\d))?$/.exec(mark) || [];
  const weekday = WEEKDAYS.indexOf(day);
  const words = weekday < 0 ? t(`mark_${day}`) : format(A_MONDAY + weekday * 86400, { weekday: "long" }, "UTC");
  return words === `mark_${day}` ? null : t("toMark", { x: `${words} ${hour}`.trim() });
}

function openClock(anchor) {
  const rows = moves().map(({ testid, label, detail, move }) => h("button.menu-row", { type: "button", "data-testid": testid, onclick: (event) => moveClock(move, event.currentTarget) }, h("span.grow", {}, label, detail && h("small", {}, detail))));
  const shown = h("div.clock-face", { "aria-live": "polite", "data-testid": "clock-face" }, fullTime(now()));
  const update = () => (shown.textContent = fullTime(now()));
  const timer = setInterval(update, 1000);
  popup(anchor, [shown, h("div.menu-rows", { onkeydown: (event) => moveFocus(event, rows) }, rows)], { label: t("clock"), testid: "clock-panel", onClose: () => clearInterval(timer) });
  rows[0].focus();
}

/** Move the workspace's clock; a move is `{by}`, `{to}`, `{mark}` or `{reset}`. */
export async function moveClock(move, button) {
  button?.setAttribute("aria-busy", "true");
  await act("clock", { as: state.as, ...move }).catch((refused) => toast(refused.message));
  button?.removeAttribute("aria-busy");
}

const FAULTS = ["ratelimited", "server_error", "delay", "drop", "repeat", "reorder", "disconnect", "revoked"];

function openFaults(anchor) {
  const method = h("input.input", { placeholder: t("anyMethod"), "aria-label": t("method"), list: "methods", "data-testid": "fault-method" });
  const names = h("datalist", { id: "methods" }, ["chat.postMessage", "chat.update", "views.open", "views.update", "views.publish", "users.info", "conversations.open"].map((value) => h("option", { value })));
  const arm = (kind) => act("faults", { kind, method: method.value.trim() || undefined, times: 1, ...(kind === "delay" ? { seconds: 4 } : {}) }).then(() => toast(t("faultSet", { x: t(`fault_${kind}`) }), "done")).catch((refused) => toast(refused.message));
  const rows = FAULTS.map((kind) => h("button.menu-row", { type: "button", "data-testid": `fault-${kind}`, onclick: () => arm(kind) }, h("span.grow", {}, t(`fault_${kind}`), h("small", {}, kind))));
  const clear = h("button.menu-row", { type: "button", "data-testid": "fault-clear", onclick: () => act("faults", { clear: true }).catch((refused) => toast(refused.message)) }, h("span.grow", {}, t("clearFaults")));
  popup(anchor, [h("p.panel-note", {}, t("faultsNote")), h("div.pad", {}, method, names), h("div.menu-rows", { onkeydown: (event) => moveFocus(event, [...rows, clear]) }, rows, clear)], { label: t("faults"), testid: "faults-panel" });
  rows[0].focus();
}

function openLanguages(anchor) {
  const choices = [["", t("asPerson")], ...LANGUAGES.map(({ code, name }) => [code, name])];
  const rows = choices.map(([code, name]) => h("button.menu-row", { type: "button", role: "menuitemradio", "aria-checked": String(chosenLanguage() === code), lang: code || null, "data-testid": `language-${code || "auto"}`, onclick: () => (box.hidePopover(), setLanguage(code)) }, h("span.grow", {}, name), chosenLanguage() === code && icon("check")));
  const box = popup(anchor, h("div.menu-rows", { onkeydown: (event) => moveFocus(event, rows) }, rows), { label: t("language"), role: "menu", kind: "menu" });
  rows[0].focus();
}

function isDark() {
  const chosen = document.documentElement.dataset.light;
  return chosen ? chosen === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
}

function setLight(light) {
  if (light) document.documentElement.dataset.light = light;
  remember("light", light);
}
