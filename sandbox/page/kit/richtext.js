/** The rich_text block: sections, lists, quotes and code, none of whose words are parsed. */

import { h } from "../dom.js";
import { broadcast, channelMention, date, link, userMention } from "./text.js";
import { glyph } from "./emoji.js";

const PARTS = {
  rich_text_section: (part) => h("div.rich-section", {}, runs(part.elements)),
  rich_text_quote: (part) => h("blockquote", {}, runs(part.elements)),
  rich_text_preformatted: (part) => h("pre", {}, h("code", {}, runs(part.elements))),
  rich_text_list: list,
};

const RUNS = {
  text: (run) => broken(run.text),
  link: (run) => [link(run.url, run.text || run.url)],
  user: (run) => [userMention(run.user_id)],
  usergroup: (run) => [h("span.mention", {}, `@${run.usergroup_id}`)],
  channel: (run) => [channelMention(run.channel_id)],
  broadcast: (run) => [broadcast(run.range)],
  emoji: (run) => [drawnEmoji(run)],
  date: (run) => [date(run.timestamp, run.format, run.url, run.fallback)],
  color: (run) => [swatch(run.value)],
};

const MARKS = { bold: "b", italic: "i", strike: "s", underline: "u", code: "code", highlight: "mark" };

/** Return the nodes of a rich_text block. */
export function richText(block) {
  return block.elements.map((part) => PARTS[part.type]?.(part) || h("div.unknown", {}, part.type));
}

function runs(elements) {
  return elements.flatMap((run) => marked(RUNS[run.type]?.(run) || [`[${run.type}]`], run.style));
}

function marked(nodes, style) {
  const marks = Object.keys(style || {}).filter((name) => style[name] && MARKS[name]);
  return marks.reduce((inside, name) => [h(MARKS[name], {}, inside)], nodes);
}

function broken(text) {
  return text.split("\n").flatMap((line, index) => (index ? [h("br"), line] : [line]));
}

function drawnEmoji(run) {
  const drawn = run.unicode ? String.fromCodePoint(...run.unicode.split("-").map((part) => parseInt(part, 16))) : glyph(run.name);
  return drawn ? h("span.emoji", { role: "img", "aria-label": run.name }, drawn) : `:${run.name}:`;
}

function swatch(value) {
  const dot = h("span.swatch");
  dot.style.backgroundColor = value;
  return h("span", {}, dot, value);
}

function list(part) {
  const indent = Math.min(part.indent || 0, 8);
  const kind = part.style === "ordered" ? "ol" : "ul";
  const items = part.elements.map((item) => h("li", {}, runs(item.elements)));
  const shape = `${kind}.rich-list.depth-${indent % 3}${part.border ? ".bordered" : ""}`;
  const drawn = h(shape, { start: kind === "ol" ? (part.offset || 0) + 1 : null }, items);
  drawn.style.marginInlineStart = `${indent * 24}px`;
  return drawn;
}

/** Turn typed lines into a rich_text value. */
export function richTextOf(text) {
  const elements = text.split("\n").map((line) => ({ type: "rich_text_section", elements: [{ type: "text", text: line || " " }] }));
  return { type: "rich_text", elements };
}

/** Return the words of a rich_text value, for editing as lines. */
export function linesOf(value) {
  return (value?.elements || []).map((part) => h("div", {}, PARTS[part.type]?.(part) || "").textContent).join("\n");
}
