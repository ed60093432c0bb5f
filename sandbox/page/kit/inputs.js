/** Text fields, pickers, ticks and files. */

import { base64Of } from "../control.js";
import { fill, freshId, h, icon } from "../dom.js";
import { toast } from "../popup.js";
import { t } from "../words.js";
import { fromLocalField, toLocalField } from "./dates.js";
import { choose, marksOf, press } from "./field.js";
import { linesOf, richTextOf } from "./richtext.js";
import { textOf, wordsOf } from "./text.js";

const PAUSE = 300; // milliseconds without a character

/** Draw a plain_text_input, one line or several. */
export function plainText(field) {
  const { multiline, min_length: minlength, max_length: maxlength } = field.element;
  const kind = multiline ? { rows: 4 } : { type: "text" };
  return typed(field, multiline ? "textarea.input" : "input.input", { ...kind, minlength, maxlength });
}

/** Draw an e-mail, address or number input. */
export function formatted(field) {
  const kind = { email_text_input: "email", url_text_input: "url", number_input: "text" }[field.element.type];
  const mode = { email: "email", url: "url", text: field.element.is_decimal_allowed ? "decimal" : "numeric" }[kind];
  return typed(field, "input.input", { type: kind, inputmode: mode });
}

function typed(field, shape, props) {
  const control = h(shape, { ...marksOf(field), ...props, placeholder: wordsOf(field.element.placeholder), value: field.get() ?? "" });
  const when = field.element.dispatch_action_config?.trigger_actions_on || ["on_enter_pressed"];
  const tell = field.acts && when.includes("on_character_entered") ? afterPause(() => press(field, control.value)) : null;
  control.oninput = () => {
    field.set(control.value);
    tell?.later();
  };
  control.onchange = () => tell?.now();
  control.onkeydown = (event) => {
    const entered = event.key === "Enter" && !event.isComposing && !(event.shiftKey && field.element.multiline);
    if (entered && field.acts && when.includes("on_enter_pressed")) pressTyped(event, field, control);
  };
  return control;
}

/** Do something once a person pauses in their typing, or at once when they leave the field. */
function afterPause(act) {
  let waiting = 0;
  const now = () => {
    if (!waiting) return;
    clearTimeout(waiting);
    waiting = 0;
    act();
  };
  const later = () => {
    clearTimeout(waiting);
    waiting = setTimeout(now, PAUSE);
  };
  return { now, later };
}

function pressTyped(event, field, control) {
  event.preventDefault();
  event.stopPropagation();
  press(field, control.value, control);
}

/** Draw a rich_text_input as lines of text. */
export function richTextInput(field) {
  const value = field.get();
  const control = h("textarea.input", { rows: 4, ...marksOf(field), placeholder: wordsOf(field.element.placeholder) });
  control.value = value ? linesOf(value) : "";
  control.oninput = () => field.set(control.value ? richTextOf(control.value) : null);
  return control;
}

const PICKERS = {
  datepicker: { type: "date", shown: (value) => value, taken: (text) => text },
  timepicker: { type: "time", shown: (value) => value, taken: (text) => text },
  datetimepicker: { type: "datetime-local", shown: (value) => toLocalField(Number(value)), taken: fromLocalField },
};

/** Draw a date, time, or date and time picker; typing counts when the field is left, a click at once. */
export function picker(field) {
  const kind = PICKERS[field.element.type];
  const value = field.get();
  const control = h("input.input.picker", { type: kind.type, ...marksOf(field), title: wordsOf(field.element.placeholder) });
  control.value = value ? kind.shown(value) : "";
  let sent = control.value;
  const commit = () => {
    if (control.value === sent || !control.value) return;
    sent = control.value;
    choose(field, kind.taken(control.value), control);
  };
  let typing = false;
  control.onkeydown = (event) => {
    typing = true;
    if (event.key === "Enter") commit();
  };
  control.onpointerdown = () => (typing = false);
  control.oninput = () => field.set(control.value ? kind.taken(control.value) : null);
  control.onchange = () => typing || commit();
  control.onblur = commit;
  return control;
}

/** Draw radio buttons. */
export function radios(field) {
  const name = freshId("radio");
  const pick = (value, control) => choose(field, value, control);
  return ticks(field, "radiogroup", (option) => ({ type: "radio", name, checked: field.get() === option.value, onchange: (event) => pick(option.value, event.target) }));
}

/** Draw checkboxes. */
export function checkboxes(field) {
  const flip = (value, control) => {
    const others = (field.get() || []).filter((each) => each !== value);
    choose(field, control.checked ? [...others, value] : others, control);
  };
  return ticks(field, "group", (option) => ({ type: "checkbox", checked: (field.get() || []).includes(option.value), onchange: (event) => flip(option.value, event.target) }));
}

function ticks(field, role, propsOf) {
  const { focusKey: key, ...marks } = marksOf(field);
  const rows = field.element.options.map((option) => {
    const words = h("span.grow", {}, textOf(option.text), option.description && h("small", {}, textOf(option.description)));
    return h("label.tick", {}, h("input", { ...propsOf(option), value: option.value, focusKey: `${key}/${option.value}` }), words);
  });
  return h("div.ticks", { role, tabindex: "-1", ...marks }, rows);
}

/** Draw a file input: files are uploaded when chosen, and sent with the form. */
export function fileInput(field) {
  const { element } = field;
  const list = h("div.files");
  const accept = element.filetypes?.map((type) => `.${type}`).join(",");
  const control = h("input.visually-hidden", { type: "file", accept, multiple: (element.max_files ?? 10) > 1, ...marksOf(field) });
  const paint = () => fill(list, (field.get() || []).map((file) => fileRow(file, () => (field.set(field.get().filter((other) => other !== file)), paint()))));
  control.onchange = async () => {
    const added = await Promise.all([...control.files].map((file) => uploaded(field, file)));
    field.set([...(field.get() || []), ...added.filter(Boolean)].slice(-(element.max_files ?? 10)));
    control.value = "";
    paint();
  };
  paint();
  return h("div", {}, h("label.button.file-button", {}, icon("clip"), t("chooseFiles"), control), list);
}

async function uploaded(field, file) {
  try {
    return await field.place.upload(file.name, await base64Of(file));
  } catch (refused) {
    toast(refused.message);
    return null;
  }
}

function fileRow(file, onclick) {
  return h("span.chip", {}, icon("file"), file.name, h("button.chip-x", { "aria-label": t("removeX", { x: file.name }), onclick }, icon("close")));
}
