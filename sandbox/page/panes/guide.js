/** The tour's panel: the steps of tour.js, each with a "show me". */

import { fill, h, icon, iconButton } from "../dom.js";
import { leaves, toast } from "../popup.js";
import { STEPS } from "../tour.js";
import { LANGUAGES, language, t } from "../words.js";
import { recall, remember } from "../memory.js";
import { channelNamed, channelWith, on, people, state } from "../state.js";
import { actAs, open } from "../workspace.js";
import { compose } from "./conversation.js";
import { moveClock } from "./toolbar.js";

let pane;
const done = new Set();

/** Put the tour into its region of the page; it opens by itself on a first visit with room for it. */
export function startGuide(region) {
  pane = region;
  on("language", () => pane.hidden || paint());
  pane.onkeydown = (event) => leaves(event) && toggleGuide();
  if (!recall("toured") && matchMedia("(min-width: 1100px)").matches) show(true);
}

/** Show the tour, or hide it. */
export function toggleGuide() {
  show(pane.hidden);
  if (!pane.hidden) pane.querySelector("button")?.focus();
  else document.querySelector("[data-testid=tour]")?.focus();
}

function show(visible) {
  pane.hidden = !visible;
  document.body.classList.toggle("with-guide", visible);
  if (visible) paint();
  else remember("toured", "yes");
}

function paint() {
  const close = iconButton("close", t("close"), { testid: "tour-close", onclick: toggleGuide });
  fill(pane, h("header.pane-header", {}, icon("compass"), h("h1", {}, t("tourTitle")), h("span.grow"), close), h("ol.steps", {}, STEPS.map(step)));
}

function step(each, index) {
  const words = (texts) => texts[LANGUAGES.indexOf(language())];
  const typed = each.show.compose && h("code", {}, each.show.compose);
  const go = h("button.button", { testid: `tour-show-${each.id}`, onclick: () => perform(each) }, t("showMe"));
  const isDone = done.has(each.id);
  const mark = h("span.step-mark", {}, isDone ? icon("check") : String(index + 1));
  const body = h("div.grow", {}, h("b", {}, words(each.title)), h("p", {}, words(each.text)), typed, go);
  return h(isDone ? "li.step.done" : "li.step", { testid: `tour-step-${each.id}` }, mark, body);
}

async function perform({ id, show: wanted }) {
  done.add(id);
  paint();
  if (matchMedia("(max-width: 900px)").matches) toggleGuide();
  try {
    await lead(wanted);
  } catch (refused) {
    toast(refused.message);
  }
}

async function lead(wanted) {
  if (wanted.actAs) await actAs(personWith(wanted.actAs).id);
  if (wanted.toDeadline) await moveClock(toDeadline());
  if (wanted.openApp) await open(channelWith(state.app.bot_user_id));
  if (wanted.channel) await open(channelNamed(wanted.channel)?.id || state.place.channel);
  if (wanted.compose) compose(wanted.compose);
}

function toDeadline() {
  const mark = (state.clock.marks || []).find((each) => /deadline/.test(each.mark));
  if (mark?.at) return { to: mark.at };
  return mark ? { mark: mark.mark } : { by: 86400 };
}

function personWith(title) {
  const pattern = new RegExp(title, "i");
  const fits = people().filter((user) => pattern.test(user.profile?.title || "") && !user.is_restricted && !user.is_stranger);
  return fits.find((user) => user.locale?.startsWith(language().code.slice(0, 2))) || fits[0] || state.me;
}
