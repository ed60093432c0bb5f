/** The markdown block: headings, lists, quotes, code, tables and inline marks. */

import { h } from "../dom.js";
import { link } from "./text.js";
import { withGlyphs } from "./emoji.js";

const BLOCKS = [
  [/^```\w*\s*$/, fence],
  [/^(#{1,6})\s+(.*?)\s*#*$/, heading],
  [/^\s*(?:-{3,}|\*{3,}|_{3,})\s*$/, (lines) => (lines.shift(), h("hr"))],
  [/^\s*>/, quote],
  [/^\s*(?:[-*+]|\d+[.)])\s+/, list],
  [/^\s*\|.*\|\s*$/, table],
];

/** Return the nodes of Markdown text. */
export function markdown(text) {
  const lines = text.replace(/\r/g, "").split("\n");
  const nodes = [];
  while (lines.length) nodes.push(next(lines));
  return nodes.filter(Boolean);
}

function next(lines) {
  if (!lines[0].trim()) return void lines.shift();
  const kind = BLOCKS.find(([pattern]) => pattern.test(lines[0]));
  return kind ? kind[1](lines) : paragraph(lines);
}

function take(lines, pattern) {
  const taken = [];
  while (lines.length && pattern.test(lines[0])) taken.push(lines.shift());
  return taken;
}

function paragraph(lines) {
  const taken = [lines.shift()];
  while (lines.length && lines[0].trim() && !BLOCKS.some(([pattern]) => pattern.test(lines[0]))) taken.push(lines.shift());
  return h("p", {}, taken.flatMap((line, index) => (index ? [h("br"), ...marks(line)] : marks(line))));
}

function fence(lines) {
  lines.shift();
  const code = take(lines, /^(?!```)/);
  lines.shift();
  return h("pre", {}, h("code", {}, code.join("\n")));
}

function heading(lines) {
  const [, hashes, words] = BLOCKS[1][0].exec(lines.shift());
  return h(`div.md-heading.md-${Math.min(hashes.length, 4)}`, { role: "heading", "aria-level": Math.min(hashes.length + 2, 6) }, marks(words));
}

function quote(lines) {
  return h("blockquote", {}, markdown(take(lines, /^\s*>/).map((line) => line.replace(/^\s*> ?/, "")).join("\n")));
}

const ITEM = /^(\s*)([-*+]|\d+[.)])\s+(?:\[([ xX])\]\s+)?(.*)$/;

function list(lines) {
  const rows = take(lines, ITEM).map((line) => ITEM.exec(line));
  const lists = [];
  while (rows.length) lists.push(nested(rows, rows[0][1].length));
  return h("div", {}, lists);
}

const isOrdered = ([, , mark]) => /\d/.test(mark);

function nested(rows, indent) {
  const ordered = isOrdered(rows[0]);
  const root = h(ordered ? "ol" : "ul", { start: ordered ? parseInt(rows[0][2], 10) : null });
  while (rows.length && rows[0][1].length >= indent) {
    if (rows[0][1].length > indent) (root.lastChild || root).append(nested(rows, rows[0][1].length));
    else if (isOrdered(rows[0]) !== ordered) break;
    else root.append(item(rows.shift()));
  }
  return root;
}

function item([, , , tick, words]) {
  const box = tick === undefined ? null : h("input", { type: "checkbox", disabled: true, checked: tick !== " " });
  return h("li", {}, box, marks(words));
}

function table(lines) {
  const rows = take(lines, /^\s*\|.*\|\s*$/).map((line) => line.trim().slice(1, -1).split("|").map((cell) => cell.trim()));
  const body = rows.filter((cells, index) => !(index === 1 && cells.every((cell) => /^:?-+:?$/.test(cell))));
  const drawn = body.map((cells, index) => h("tr", {}, cells.map((cell) => h(index ? "td" : "th", {}, marks(cell)))));
  return h("div.table-box", { tabindex: "0", role: "region" }, h("table", {}, drawn));
}

const MARKS = [
  [/`([^`]+)`/, (match) => h("code", {}, match[1])],
  [/!?\[([^\]]*)\]\(([^)\s]+)[^)]*\)/, (match) => link(match[2], match[1] || match[2])],
  [/<(https?:[^>\s]+)>/, (match) => link(match[1], match[1])],
  [/\*\*(?=\S)(.+?)\*\*|__(?=\S)(.+?)__/, (match) => h("b", {}, marks(match[1] || match[2]))],
  [/~~(.+?)~~/, (match) => h("s", {}, marks(match[1]))],
  [/\*(?=\S)([^*]+)\*|\b_(?=\S)([^_]+)_\b/, (match) => h("i", {}, marks(match[1] || match[2]))],
];

function marks(text) {
  const found = MARKS.map(([pattern, draw]) => [pattern.exec(text), draw]).filter(([match]) => match);
  if (!found.length) return text ? [withGlyphs(text)] : [];
  const [match, draw] = found.reduce((first, other) => (other[0].index < first[0].index ? other : first));
  const rest = text.slice(match.index + match[0].length);
  return [withGlyphs(text.slice(0, match.index)), draw(match), ...marks(rest)];
}
