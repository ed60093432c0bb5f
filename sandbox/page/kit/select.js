/** Select menus of every source, single and multiple: a button that opens a searchable list. */

import { fill, freshId, h, icon } from "../dom.js";
import { popup } from "../popup.js";
import { t } from "../words.js";
import { people, personName, channelTitle, state } from "../state.js";
import { choose, marksOf } from "./field.js";
import { nameOption, optionName } from "./fields.js";
import { wordsOf } from "./text.js";

/** Draw a select element. */
export function select(field) {
  const many = field.element.type.startsWith("multi_");
  const face = h("span.select-face");
  const button = h("button.select", { "aria-haspopup": "listbox", "aria-expanded": "false", ...marksOf(field) }, face, icon("chevron"));
  const chips = h("div.chips");
  const paint = () => (many ? paintChips(field, face, chips, paint) : paintFace(field, face));
  button.onclick = () => openList(field, button, many, paint);
  button.onkeydown = (event) => event.key === "ArrowDown" && (event.preventDefault(), button.click());
  paint();
  return h("div.select-box", {}, many && chips, button);
}

function paintFace(field, face) {
  const value = field.get();
  face.textContent = value ? labelOf(field, value) : wordsOf(field.element.placeholder) || t("choose");
  face.classList.toggle("unset", !value);
}

function paintChips(field, face, chips, paint) {
  const values = field.get() || [];
  face.textContent = wordsOf(field.element.placeholder) || t("choose");
  face.classList.add("unset");
  const remove = (value) => {
    choose(field, values.filter((other) => other !== value));
    paint();
  };
  fill(chips, values.map((value) => chip(labelOf(field, value), () => remove(value))));
}

function chip(label, onclick) {
  return h("span.chip", {}, label, h("button.chip-x", { "aria-label": t("removeX", { x: label }), onclick }, icon("close")));
}

function labelOf(field, value) {
  const listed = choicesIn(field.element).find((choice) => choice.value === value);
  if (listed) return listed.label;
  if (field.element.type.includes("users")) return personName(value);
  if (/conversations|channels/.test(field.element.type)) return channelTitle(value);
  return optionName(field.block.block_id, field.element.action_id, value) || startLabel(field.element, value) || value;
}

function startLabel(element, value) {
  const options = element.initial_options || [element.initial_option];
  return wordsOf(options.find((option) => option?.value === value)?.text);
}

function choicesIn(element) {
  const groups = element.option_groups || [{ options: element.options || [] }];
  return groups.flatMap((group) => (group.options || []).map((option) => choice(option, wordsOf(group.label))));
}

function choice(option, group) {
  return { value: option.value, label: wordsOf(option.text), detail: wordsOf(option.description), group };
}

/** Return the choices of an element that fit a query: from its options, the people, the channels, or the app. */
async function choicesFor(field, query) {
  const { type } = field.element;
  if (type.includes("external")) return externalChoices(field, query);
  const all = type.includes("users") ? userChoices() : /conversations|channels/.test(type) ? channelChoices(field.element) : choicesIn(field.element);
  const wanted = query.toLowerCase();
  return all.filter(({ label, detail }) => `${label} ${detail || ""}`.toLowerCase().includes(wanted));
}

async function externalChoices(field, query) {
  if ([...query].length < (field.element.min_query_length ?? 3)) return null;
  const answer = await field.place.options(field.block.block_id, field.element.action_id, query);
  const options = answer.options.map((option) => choice(option));
  for (const each of options) nameOption(field.block.block_id, field.element.action_id, each.value, each.label);
  return options;
}

function userChoices() {
  return people().map((user) => ({ value: user.id, label: personName(user.id), detail: user.profile?.title }));
}

function channelChoices(element) {
  const include = element.type.includes("channels") ? ["public"] : element.filter?.include || ["public", "private", "im", "mpim"];
  const fits = (channel) => include.includes(channel.is_im ? "im" : channel.is_mpim ? "mpim" : channel.is_private ? "private" : "public");
  return [...state.channels.values()].filter((channel) => fits(channel) && !channel.is_archived).map((channel) => ({ value: channel.id, label: channelTitle(channel.id) }));
}

/** Open the list under its button and let a person search, walk and choose. */
function openList(field, button, many, paint) {
  const id = freshId("list");
  const aria = { role: "combobox", "aria-expanded": "true", "aria-controls": id, "aria-autocomplete": "list", "aria-label": t("search") };
  const search = h("input.search", { ...aria, placeholder: t("search"), testid: "select-search" });
  const list = h("div.options", { role: "listbox", id, "aria-multiselectable": many || null });
  const box = popup(button, [search, list], { label: button.getAttribute("aria-label") || t("choose"), kind: "select-list", wide: true });
  if (!box) return;
  const model = { field, button, many, list, search, rows: [], at: -1, close: () => box.hidePopover(), paint, asked: 0 };
  search.oninput = () => refresh(model);
  search.onkeydown = (event) => onKey(model, event);
  search.focus();
  refresh(model);
}

async function refresh(model) {
  const turn = (model.asked += 1);
  if (model.field.element.type.includes("external")) await new Promise((resolve) => setTimeout(resolve, 200));
  if (turn !== model.asked) return;
  const choices = await choicesFor(model.field, model.search.value.trim()).catch((refused) => refused);
  if (turn !== model.asked) return;
  const words = choices === null ? t("typeToSearch") : choices instanceof Error ? choices.message : t("nothingFound");
  model.rows = Array.isArray(choices) ? choices.map((each) => row(model, each)) : [];
  fill(model.list, model.rows.length ? withGroups(choices, model.rows) : h("div.options-note", { role: "status" }, words));
  point(model, model.rows.findIndex((each) => each.getAttribute("aria-selected") === "true"));
  if (model.at < 0) point(model, 0);
}

function row(model, { value, label, detail }) {
  const chosen = model.many ? (model.field.get() || []).includes(value) : model.field.get() === value;
  const props = { role: "option", id: freshId("option"), "aria-selected": String(chosen), testid: `option-${value}`, onclick: () => take(model, value) };
  return h("div.option", props, h("span.grow", {}, label, detail && h("small", {}, detail)), chosen && icon("check"));
}

function withGroups(choices, rows) {
  return rows.flatMap((each, index) => {
    const { group } = choices[index];
    return group && group !== choices[index - 1]?.group ? [h("div.option-group", { role: "presentation" }, group), each] : [each];
  });
}

function point(model, at) {
  model.rows[model.at]?.classList.remove("pointed");
  model.at = model.rows.length ? Math.max(-1, Math.min(at, model.rows.length - 1)) : -1;
  const pointed = model.rows[model.at];
  pointed?.classList.add("pointed");
  pointed?.scrollIntoView({ block: "nearest" });
  if (pointed) model.search.setAttribute("aria-activedescendant", pointed.id);
}

function onKey(model, event) {
  if (event.isComposing) return;
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step) point(model, model.at + step);
  else if (event.key === "Enter") model.rows[model.at]?.click();
  else if (event.key === "Tab") return model.close();
  else return;
  event.preventDefault();
}

function take(model, value) {
  const { field, many } = model;
  if (!many) {
    model.close();
    choose(field, value, model.button);
    return model.paint();
  }
  const now = field.get() || [];
  const most = field.element.max_selected_items || Infinity;
  if (!now.includes(value) && now.length >= most) return;
  choose(field, now.includes(value) ? now.filter((other) => other !== value) : [...now, value], model.button);
  model.paint();
  refresh(model);
}
