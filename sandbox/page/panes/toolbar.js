/** The bar at the top: the workspace's clock, faults, the language and the light. */

import { act } from "../control.js";
import { fill, h, icon, iconButton } from "../dom.js";
import { format, fullTime } from "../kit/dates.js";
import { row, rowsPopup, toast } from "../popup.js";
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
  time = h("span", { testid: "clock-time" });
  const turn = () => {
    setLight(isDark() ? "light" : "dark");
    paint(toggles);
  };
  fill(
    bar,
    h("span.brand", {}, h("span.brand-mark", {}, icon("bolt")), h("b", {}, t("workspace"))),
    h("button.bar-button.clock", { testid: "clock", title: t("clockTip"), ...opens("dialog", openClock) }, icon("clock"), time, icon("chevron")),
    state.lost && h("span.lost", { role: "status", testid: "lost" }, t("lost")),
    h("span.grow"),
    barButton("compass", t("tour"), { testid: "tour", onclick: toggles.tour }),
    barButton("bug", armed ? `${t("faults")} (${armed})` : t("faults"), { testid: "faults", ...opens("dialog", openFaults) }, armed ? ".armed" : ""),
    barButton("traffic", t("traffic"), { testid: "traffic", onclick: toggles.traffic }),
    iconButton("globe", `${t("language")}: ${language().name}`, { testid: "language", ...opens("menu", openLanguages) }),
    iconButton(isDark() ? "sun" : "moon", t("light"), { testid: "light", onclick: turn }),
  );
  tick();
}

function opens(what, open) {
  return { "aria-haspopup": what, "aria-expanded": "false", onclick: (event) => open(event.currentTarget) };
}

function barButton(drawing, label, props, extra = "") {
  return h(`button.bar-button${extra}`, { "aria-label": label, title: label, ...props }, icon(drawing), h("span.wide-only", {}, label));
}

const SHORT = { month: "short", day: "numeric", hour: "2-digit", minute: "2-digit", hourCycle: "h23" };

function tick() {
  if (!time || !state.clock) return;
  const words = matchMedia("(max-width: 640px)").matches ? format(now(), SHORT) : fullTime(now());
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

/** Return a mark such as `friday-16:00` or `month-end` in words, or null for one that names itself. */
function markName(mark) {
  const [, day, hour = ""] = /^([a-z]+(?:-[a-z]+)*)(?:-(\d\d:\d\d))?$/.exec(mark) || [];
  const weekday = WEEKDAYS.indexOf(day);
  const words = weekday < 0 ? t(`mark_${day}`) : format(A_MONDAY + weekday * 86400, { weekday: "long" }, "UTC");
  return words === `mark_${day}` ? null : t("toMark", { x: `${words} ${hour}`.trim() });
}

function openClock(anchor) {
  const rows = moves().map(({ testid, label, detail, move }) => row(label, { testid, onclick: (event) => moveClock(move, event.currentTarget) }, { detail }));
  const face = h("div.clock-face", { "aria-live": "polite", testid: "clock-face" }, fullTime(now()));
  const timer = setInterval(() => (face.textContent = fullTime(now())), 1000);
  rowsPopup(anchor, rows, { label: t("clock"), testid: "clock-panel", onClose: () => clearInterval(timer) }, face);
}

/** Move the workspace's clock; a move is `{by}`, `{to}`, `{mark}` or `{reset}`. */
export async function moveClock(move, button) {
  button?.setAttribute("aria-busy", "true");
  await act("clock", { as: state.as, ...move }).catch((refused) => toast(refused.message));
  button?.removeAttribute("aria-busy");
}

const FAULTS = ["ratelimited", "server_error", "delay", "drop", "repeat", "reorder", "disconnect", "revoked"];
const METHODS = ["chat.postMessage", "chat.update", "views.open", "views.update", "views.publish", "users.info", "conversations.open"];

function openFaults(anchor) {
  const method = h("input.input", { placeholder: t("anyMethod"), "aria-label": t("method"), list: "methods", testid: "fault-method" });
  const names = h("datalist", { id: "methods" }, METHODS.map((value) => h("option", { value })));
  const arm = (kind) => ask({ kind, method: method.value.trim() || undefined, times: 1, seconds: kind === "delay" ? 4 : undefined }, t("faultSet", { x: t(`fault_${kind}`) }));
  const rows = FAULTS.map((kind) => row(t(`fault_${kind}`), { testid: `fault-${kind}`, onclick: () => arm(kind) }, { detail: kind }));
  const clear = row(t("clearFaults"), { testid: "fault-clear", onclick: () => ask({ clear: true }) });
  const head = [h("p.panel-note", {}, t("faultsNote")), h("div.pad", {}, method, names)];
  rowsPopup(anchor, [...rows, clear], { label: t("faults"), testid: "faults-panel" }, head);
}

/** Ask the workspace for a fault, and say that it is ready. */
async function ask(fault, words) {
  try {
    await act("faults", fault);
    if (words) toast(words, "done");
  } catch (refused) {
    toast(refused.message);
  }
}

function openLanguages(anchor) {
  const choices = [["", t("asPerson")], ...LANGUAGES.map(({ code, name }) => [code, name])];
  const rows = choices.map(([code, name]) => {
    const chosen = chosenLanguage() === code;
    const choose = () => (box.hidePopover(), setLanguage(code));
    return row(name, { role: "menuitemradio", "aria-checked": String(chosen), lang: code || null, testid: `language-${code || "auto"}`, onclick: choose }, { after: chosen && icon("check") });
  });
  const box = rowsPopup(anchor, rows, { label: t("language"), role: "menu", kind: "menu" });
}

function isDark() {
  const chosen = document.documentElement.dataset.light;
  return chosen ? chosen === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
}

function setLight(light) {
  if (light) document.documentElement.dataset.light = light;
  remember("light", light);
}
