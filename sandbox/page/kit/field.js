/** One element that a person can act on: its value, and how its change reaches the app. */

import { h } from "../dom.js";
import { toast } from "../popup.js";
import { t } from "../words.js";
import { current, hold } from "./fields.js";
import { wordsOf, textOf } from "./text.js";

/** Bind an element of a block to the place (message or view) that shows it. */
export function fieldOf(element, block, place, labels = {}) {
  const acts = block.type !== "input" || block.dispatch_action;
  return {
    element,
    block,
    place,
    acts,
    focusKey: `${block.block_id}/${element.action_id}`,
    aria: ariaOf(element, labels),
    get: () => current(place.owner, block, element),
    set: (value) => hold(place.owner, block.block_id, element.action_id, value),
  };
}

function ariaOf(element, labels) {
  const words = wordsOf(element.placeholder) || element.accessibility_label || element.action_id;
  const named = labels.labelledby ? { "aria-labelledby": labels.labelledby } : { "aria-label": words };
  const invalid = labels.invalid ? { "aria-invalid": "true" } : {};
  const required = labels.required ? { "aria-required": "true" } : {};
  return { ...named, ...invalid, ...required, "aria-describedby": labels.describedby || null };
}

/** Return the attributes by which tests, and the focus after a repaint, find an element. */
export function marksOf(field) {
  return { "data-action-id": field.element.action_id, focusKey: field.focusKey, ...field.aria };
}

/** Keep a value and, where the element acts at once, tell the app. */
export function choose(field, value, control) {
  field.set(value);
  if (field.acts) press(field, value, control);
}

const underWay = new Set();

/** Tell the app that an element was used, after its confirm dialog if it has one. */
export async function press(field, value, control) {
  if (field.element.confirm && !(await confirmed(field.element.confirm))) return;
  control?.setAttribute("aria-busy", "true");
  const told = field.place.press(field.block.block_id, field.element.action_id, value);
  underWay.add(told);
  try {
    await told;
  } catch (refused) {
    toast(refused.word === "operation_timeout" ? t("appSilent") : refused.message);
  } finally {
    underWay.delete(told);
    control?.removeAttribute("aria-busy");
  }
}

/** Wait until the app has been told of all that was pressed so far, whatever it answered. */
export const allPressed = () => Promise.allSettled(underWay);

/** Ask "are you sure" in the app's words; resolves to the answer. */
export function confirmed({ title, text, confirm, deny, style }) {
  return new Promise((resolve) => {
    const yes = h(`button.button.${style || "primary"}`, { type: "submit", value: "yes", testid: "confirm-yes" }, wordsOf(confirm) || t("yes"));
    const no = h("button.button", { type: "submit", value: "no", testid: "confirm-no", autofocus: true }, wordsOf(deny) || t("cancel"));
    const form = h("form.confirm", { method: "dialog" }, h("h2", {}, textOf(title)), h("div.prose", {}, textOf(text)), h("div.modal-foot", {}, no, yes));
    const box = h("dialog.modal.small", { "aria-label": wordsOf(title), testid: "confirm" }, form);
    box.addEventListener("close", () => {
      box.remove();
      resolve(box.returnValue === "yes");
    });
    document.body.append(box);
    box.showModal();
  });
}
