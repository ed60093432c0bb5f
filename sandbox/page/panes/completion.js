/** What could be meant by the word being typed: commands, people, channels, emoji. */

import { fill, freshId, h } from "../dom.js";
import { glyph, matching } from "../kit/emoji.js";
import { people, personName, sorted, state } from "../state.js";
import { avatar } from "./avatar.js";

const TRIGGERS = [
  [/^(\/\S*)$/, commands],
  [/(?:^|[^\w@])(@[^\s@]{0,30})$/, mentions],
  [/(?:^|[^\w#])(#[^\s#]{0,30})$/, channels],
  [/(?:^|\s)(:[a-z0-9_+-]{2,})$/, emoji],
];

function commands(word) {
  const fits = state.commands.filter(({ command }) => command.startsWith(word.toLowerCase()));
  return fits.map((each) => ({ insert: `${each.command} `, label: each.command, hint: each.usage_hint, detail: each.description, testid: `command-${each.command.slice(1)}` }));
}

function mentions(word) {
  const wanted = word.slice(1).toLowerCase();
  const fits = ({ id }) => `${personName(id)} ${state.people.get(id)?.real_name || ""}`.toLowerCase().includes(wanted);
  const all = [...people(), ...(state.app ? [{ id: state.app.bot_user_id }] : [])].filter(fits).slice(0, 8);
  return all.map(({ id }) => ({ insert: `@${personName(id)} `, label: personName(id), detail: state.people.get(id)?.profile?.title, picture: avatar(id, "tiny"), testid: `mention-${id}` }));
}

function channels(word) {
  const fits = sorted("channel").filter(({ name }) => name.includes(word.slice(1).toLowerCase())).slice(0, 8);
  return fits.map(({ name, id }) => ({ insert: `#${name} `, label: `#${name}`, testid: `channel-choice-${id}` }));
}

function emoji(word) {
  return matching(word.slice(1)).map((name) => ({ insert: glyph(name) || `:${name}:`, label: `:${name}:`, picture: h("span", {}, glyph(name)), testid: `emoji-choice-${name}` }));
}

/** Offer completions over a text area. `keydown` returns true when it has used the key. */
export function completion(area) {
  const id = freshId("completions");
  const list = h("div.completions", { role: "listbox", id, hidden: true });
  const model = { area, list, rows: [], choices: [], word: "", at: 0 };
  area.setAttribute("aria-controls", id);
  area.setAttribute("aria-autocomplete", "list");
  area.addEventListener("blur", () => setTimeout(() => close(model), 150));
  return { list, update: () => update(model), keydown: (event) => keydown(model, event), close: () => close(model) };
}

function update(model) {
  const before = model.area.value.slice(0, model.area.selectionStart);
  const [match, choicesOf] = TRIGGERS.map(([pattern, choices]) => [pattern.exec(before), choices]).find(([found]) => found) || [];
  model.word = match?.[1] || "";
  model.choices = match ? choicesOf(model.word) : [];
  const complete = model.choices.length === 1 && model.choices[0].insert.trim() === before.trim() && before.startsWith("/");
  if (!model.choices.length || (complete && before.endsWith(" "))) return close(model);
  model.rows = model.choices.map((choice, index) => row(model, choice, index));
  fill(model.list, model.rows);
  model.list.hidden = false;
  point(model, 0);
}

function row(model, { label, hint, detail, picture, testid }, index) {
  const onmousedown = (event) => {
    event.preventDefault();
    take(model, index);
  };
  const words = h("span.grow", {}, h("b", {}, label), hint && h("code.hint-code", {}, hint), detail && h("small", {}, detail));
  return h("div.option", { role: "option", id: freshId("completion"), testid, onmousedown }, picture, words);
}

function point(model, at) {
  model.rows.forEach((each, index) => each.setAttribute("aria-selected", String(index === at)));
  model.at = at;
  model.area.setAttribute("aria-activedescendant", model.rows[at].id);
  model.rows[at].scrollIntoView({ block: "nearest" });
}

function take(model, index) {
  const { area, word } = model;
  const start = area.selectionStart - word.length;
  area.setRangeText(model.choices[index].insert, start, area.selectionStart, "end");
  close(model);
  area.dispatchEvent(new Event("input"));
}

function close(model) {
  model.list.hidden = true;
  model.choices = [];
  model.area.removeAttribute("aria-activedescendant");
}

function keydown(model, event) {
  if (model.list.hidden || !model.choices.length) return false;
  const count = model.choices.length;
  const step = { ArrowDown: 1, ArrowUp: count - 1 }[event.key];
  if (step) point(model, (model.at + step) % count);
  else if (event.key === "Escape") close(model);
  else if (event.key === "Tab" || (event.key === "Enter" && !saysItself(model))) take(model, model.at);
  else return false;
  event.preventDefault();
  event.stopPropagation();
  return true;
}

/** Tell whether the chosen completion is what already stands there, so that Enter sends it. */
function saysItself(model) {
  return model.word.startsWith("/") && model.choices[model.at].insert.trim() === model.word;
}
