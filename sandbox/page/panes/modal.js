/** The app's modals: one dialog that shows the top of the stack of views. */

import { act } from "../control.js";
import { fill, h, iconButton, keepingFocus } from "../dom.js";
import { drawBlocks } from "../kit/blocks.js";
import { allPressed } from "../kit/field.js";
import { valuesOf } from "../kit/fields.js";
import { inView } from "../kit/place.js";
import { textOf, wordsOf } from "../kit/text.js";
import { leaves } from "../popup.js";
import { complaint, t } from "../words.js";
import { on, state } from "../state.js";
import { avatar } from "./avatar.js";

let dialog = null;
let shown = null;
let opener = null;
let wrong = {};

/** Show modals whenever the app has opened one. */
export function startModals() {
  on("views", paint);
  on("people language", () => dialog && paint());
}

function paint() {
  const view = state.views.at(-1);
  if (!view) return leave();
  if (!dialog) enter();
  const another = shown !== view.id;
  shown = view.id;
  const scrolled = another ? 0 : dialog.querySelector(".modal-body").scrollTop;
  keepingFocus(dialog, () => fill(dialog, frame(view)));
  dialog.querySelector(".modal-body").scrollTop = scrolled;
  if (another) focusFirst(view);
}

function enter() {
  opener = document.activeElement;
  dialog = h("dialog.modal", { "aria-labelledby": "modal-title", testid: "modal", closedby: "none" });
  dialog.onkeydown = (event) => {
    if (!leaves(event)) return;
    event.preventDefault();
    close(false);
  };
  document.body.append(dialog);
  dialog.showModal();
}

function leave() {
  if (!dialog) return;
  dialog.close();
  dialog.remove();
  dialog = shown = null;
  if (opener?.isConnected) opener.focus({ preventScroll: true });
}

function frame(view) {
  const depth = state.views.length;
  const head = [
    avatar(state.app?.bot_user_id, "small"),
    h("h2", { id: "modal-title", testid: "modal-title" }, textOf(view.title)),
    depth > 1 && h("span.depth", {}, t("viewOf", { n: depth })),
    h("span.grow"),
    iconButton("close", t("close"), { testid: "modal-close", focusKey: "close", onclick: () => close(true) }),
  ];
  const errors = wrong.hash === view.hash ? wrong.errors : null;
  const body = h("div.modal-body", { testid: "modal-body" }, drawBlocks(view.blocks, inView(view, errors)));
  return h("form.modal-form", { novalidate: true, onsubmit: (event) => submit(event, view) }, h("header.modal-head", {}, head), body, foot(view), h("div.toasts-here"));
}

function foot(view) {
  const cancel = h("button.button", { testid: "modal-cancel", focusKey: "cancel", onclick: () => close(false) }, wordsOf(view.close) || t("cancel"));
  const needed = view.submit || view.blocks.some((block) => block.type === "input");
  const send = needed && h("button.button.primary", { type: "submit", testid: "modal-submit", focusKey: "submit" }, wordsOf(view.submit) || t("submit"));
  return h("footer.modal-foot", {}, h("span.modal-problem", { role: "alert", testid: "modal-problem" }), cancel, send);
}

function focusFirst(view) {
  const wanted = view.blocks.flatMap((block) => [block.element, ...(block.elements || [])]).find((element) => element?.focus_on_load);
  const asked = wanted && dialog.querySelector(`[data-action-id="${CSS.escape(wanted.action_id)}"]`);
  const first = dialog.querySelector(".modal-body :is(input, textarea, button.select, button.button)");
  focusOn(asked || first || dialog.querySelector(".modal-foot .button:last-child"));
}

function focusOn(element) {
  const inner = element?.matches(".ticks") ? element.querySelector("input:checked") || element.querySelector("input") : element;
  inner?.focus();
}

async function submit(event, view) {
  event.preventDefault();
  const button = dialog.querySelector("[data-testid=modal-submit]");
  if (!button || button.getAttribute("aria-busy")) return;
  busy(button, true);
  await allPressed();
  try {
    take(view, await act("submit", { as: state.as, view: view.id, values: valuesOf(view.id, view.blocks) }));
  } catch (refused) {
    if (refused.errors) take(view, { response_action: "errors", errors: refused.errors });
    else problem(refused.word === "operation_timeout" ? t("appSilent") : refused.message);
  } finally {
    busy(button, false);
  }
}

function busy(button, is) {
  if (is) button.setAttribute("aria-busy", "true");
  else button.removeAttribute("aria-busy");
}

function take(view, answer) {
  wrong = answer.response_action === "errors" ? { hash: view.hash, errors: translated(answer.errors) } : {};
  if (!dialog || shown !== view.id) return;
  paint();
  focusOn(dialog.querySelector(".input-block.invalid :is(input, textarea, button.select, .ticks)"));
}

function translated(found) {
  return Object.fromEntries(Object.entries(found).map(([block, text]) => [block, complaint(text)]));
}

function problem(text) {
  const line = dialog?.querySelector(".modal-problem");
  if (line) line.textContent = text;
}

/** Close the top view (Cancel, Esc), or the whole stack (X). */
async function close(all) {
  const view = state.views.at(-1);
  if (!view) return leave();
  dialog.querySelector(":focus")?.blur(); // what was typed last is told first, where typing is told
  await allPressed();
  try {
    await act("close", { as: state.as, view: view.id, all });
  } catch (refused) {
    problem(refused.message);
  }
}
