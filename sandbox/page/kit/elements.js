/** Block elements by their type; buttons and overflow menus. */

import { h, icon, safeAddress } from "../dom.js";
import { menu } from "../popup.js";
import { t } from "../words.js";
import { state } from "../state.js";
import { fieldOf, marksOf, press } from "./field.js";
import { checkboxes, fileInput, formatted, picker, plainText, radios, richTextInput } from "./inputs.js";
import { select } from "./select.js";
import { textOf, wordsOf } from "./text.js";

const SELECTS = ["static", "external", "users", "conversations", "channels"].flatMap((source) => [`${source}_select`, `multi_${source}_select`]);

const DRAWN = {
  button,
  workflow_button: button,
  overflow,
  checkboxes,
  radio_buttons: radios,
  plain_text_input: plainText,
  email_text_input: formatted,
  url_text_input: formatted,
  number_input: formatted,
  rich_text_input: richTextInput,
  datepicker: picker,
  timepicker: picker,
  datetimepicker: picker,
  file_input: fileInput,
  image: (field) => picture(field.element),
  ...Object.fromEntries(SELECTS.map((type) => [type, select])),
};

/** Draw an element of a block; `labels` name it for screen readers when it stands in an input block. */
export function drawElement(element, block, place, labels) {
  const draw = DRAWN[element.type];
  return draw ? draw(fieldOf(element, block, place, labels)) : h("span.unknown", {}, element.type);
}

function button(field) {
  const { element } = field;
  const { "aria-label": _, ...marks } = marksOf(field);
  const shape = `button.button${element.style ? `.${element.style}` : ""}`;
  const control = h(shape, { testid: `action-${element.action_id}`, ...marks, "aria-label": element.accessibility_label }, textOf(element.text));
  control.onclick = () => {
    if (control.getAttribute("aria-busy")) return;
    if (safeAddress(element.url)) window.open(element.url, "_blank", "noopener");
    press(field, undefined, control);
  };
  return control;
}

function overflow(field) {
  const control = h("button.button.overflow", { "aria-haspopup": "menu", "aria-expanded": "false", ...marksOf(field), "aria-label": t("more"), title: t("more") }, icon("dots"));
  const items = field.element.options.map((option) => ({
    label: textOf(option.text),
    detail: wordsOf(option.description),
    testid: `option-${option.value}`,
    onclick: () => {
      if (safeAddress(option.url)) window.open(option.url, "_blank", "noopener");
      press(field, option.value, control);
    },
  }));
  control.onclick = () => menu(control, t("more"), items);
  return control;
}

/** Return where the acting person may fetch a file of the workspace. */
export function fileAddress(id) {
  return `/control/file?${new URLSearchParams({ as: state.as, id })}`;
}

/** Draw an image; its alternative text stands in when it cannot be fetched. */
export function picture(element) {
  const source = safeAddress(element.image_url || element.slack_file?.url || (element.slack_file && fileAddress(element.slack_file.id)));
  const instead = () => h("span.no-picture", { role: "img", "aria-label": element.alt_text, title: element.alt_text }, icon("file"), element.alt_text);
  if (!source) return instead();
  const image = h("img", { src: source, alt: element.alt_text, loading: "lazy" });
  image.onerror = () => image.replaceWith(instead());
  return image;
}
