/** Slack's text: plain_text and mrkdwn, turned into nodes. Whatever is not markup stays text. */

import { h, safeAddress } from "../dom.js";
import { channelNamed, channelWith, person, personName, state } from "../state.js";
import { open } from "../workspace.js";
import { filled, fullTime } from "./dates.js";
import { glyph, withGlyphs } from "./emoji.js";

/** Return the nodes of a text object. */
export function textOf(object) {
  if (!object) return [];
  if (typeof object === "string") return [object];
  if (object.type === "mrkdwn") return mrkdwn(object.text, object.verbatim);
  return withBreaks(object.emoji === false ? object.text : withGlyphs(object.text));
}

/** Return the words of a text object, without markup, for labels. */
export function wordsOf(object) {
  return h("span", {}, textOf(object)).textContent;
}

/** Undo the three escapes. */
export function unescaped(text) {
  return text.replace(/&lt;/g, "<").replace(/&gt;/g, ">").replace(/&amp;/g, "&");
}

/** Escape the three characters that could begin markup. */
export function escaped(text) {
  return text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");
}

function withBreaks(text) {
  return text.split("\n").flatMap((line, index) => (index ? [h("br"), line] : [line]));
}

/** Return the nodes of mrkdwn text. */
export function mrkdwn(text, verbatim = false) {
  return text.split(/```\n?([\s\S]+?)\n?```\n?/).flatMap((part, index) => {
    if (index % 2) return [h("pre", {}, h("code", {}, codeOf(part)))];
    return part ? quotesAndLines(part, verbatim) : [];
  });
}

function codeOf(text) {
  return unescaped(text.replace(/<([^<>|]+)(?:\|([^<>]*))?>/g, (whole, target, label) => label || target));
}

function quotesAndLines(text, verbatim) {
  const nodes = [];
  let lines = [];
  let quoted = false;
  const flush = () => {
    if (lines.length) nodes.push(...(quoted ? [h("blockquote", {}, joined(lines, verbatim))] : joined(lines, verbatim)));
    lines = [];
  };
  let rest = false;
  for (const line of text.split("\n")) {
    const mark = /^(?:(?:&gt;|>){3}|&gt;|>|＞) ?/.exec(line);
    if ((rest || Boolean(mark)) !== quoted) flush();
    quoted = rest || Boolean(mark);
    lines.push(mark && !rest ? line.slice(mark[0].length) : line);
    rest ||= Boolean(mark && /^(?:&gt;|>){3}/.test(mark[0]));
  }
  flush();
  return nodes;
}

function joined(lines, verbatim) {
  return lines.flatMap((line, index) => (index ? [h("br"), ...inline(line, verbatim)] : inline(line, verbatim)));
}

const STYLES = { "*": "b", _: "i", "~": "s" };
const OPENERS = /<([^<>\n]+)>|`([^`\n]+)`|:([a-z0-9_+'-]+(?:::skin-tone-\d)?):|([*_~])/;
const WORD = /[\p{L}\p{N}]/u;

/** Return the nodes of one line of mrkdwn. */
export function inline(line, verbatim) {
  const openers = new RegExp(OPENERS, "g");
  const nodes = [];
  let from = 0;
  let match;
  while ((match = openers.exec(line))) {
    const found = drawn(line, match, verbatim);
    openers.lastIndex = found ? found.end : match.index + 1;
    if (!found) continue;
    nodes.push(...leaf(line.slice(from, match.index), verbatim), found.node);
    from = found.end;
  }
  return [...nodes, ...leaf(line.slice(from), verbatim)];
}

function drawn(line, match, verbatim) {
  const end = match.index + match[0].length;
  if (match[1]) return asNode(angle(match[1]), end);
  if (match[2]) return { node: h("code", {}, codeOf(match[2])), end };
  if (match[3]) return asNode(glyph(match[3]), end);
  return styled(line, match.index, match[4], verbatim);
}

function asNode(node, end) {
  return node ? { node, end } : null;
}

function styled(line, start, mark, verbatim) {
  if (start > 0 && WORD.test(line[start - 1])) return null;
  if (!line[start + 1] || /\s/.test(line[start + 1]) || line[start + 1] === mark) return null;
  for (let close = line.indexOf(mark, start + 2); close > 0; close = line.indexOf(mark, close + 1)) {
    const after = line[close + 1];
    if (/\s/.test(line[close - 1]) || (after && WORD.test(after))) continue;
    return { node: h(STYLES[mark], {}, inline(line.slice(start + 1, close), verbatim)), end: close + 1 };
  }
  return null;
}

const LIVE = /https?:\/\/[^\s<>|]+[^\s<>|.,;:!?)\]，。；：！？）」』]|@(?:here|channel|everyone)\b|#[\p{L}\p{N}_-]+/gu;

function leaf(text, verbatim) {
  const plain = unescaped(text);
  if (verbatim) return plain ? [plain] : [];
  const nodes = [];
  let from = 0;
  for (const match of plain.matchAll(LIVE)) {
    const node = liveNode(match[0]);
    if (!node) continue;
    nodes.push(plain.slice(from, match.index), node);
    from = match.index + match[0].length;
  }
  return [...nodes, plain.slice(from)].filter((part) => part !== "");
}

function liveNode(word) {
  if (word.startsWith("@")) return broadcast(word.slice(1));
  if (!word.startsWith("#")) return link(word, word);
  const channel = channelNamed(word.slice(1));
  return channel ? channelMention(channel.id, channel.name) : null;
}

function angle(inside) {
  const [target, label] = split(inside, "|");
  if (/^@[UW]/.test(target)) return userMention(target.slice(1), label);
  if (/^#[CG]/.test(target)) return channelMention(target.slice(1), label);
  if (/^!(here|channel|everyone)$/.test(target)) return broadcast(target.slice(1));
  if (target.startsWith("!subteam^")) return h("span.mention", {}, label || "@group");
  if (target.startsWith("!date^")) return dateOf(target.slice(6), label);
  return safeAddress(unescaped(target)) ? link(unescaped(target), label ? unescaped(label) : unescaped(target).replace(/^mailto:/, "")) : null;
}

function split(text, mark) {
  const at = text.indexOf(mark);
  return at < 0 ? [text, ""] : [text.slice(0, at), text.slice(at + 1)];
}

function dateOf(inside, fallback) {
  const [seconds, template = "", address] = inside.split("^");
  return date(Number(seconds), template, address, unescaped(fallback));
}

/** Return an instant in the reader's zone, after a template of tokens. */
export function date(seconds, template, address, fallback) {
  const words = filled(template, seconds) || fallback || template;
  const node = h("time", { datetime: new Date(seconds * 1000).toISOString(), title: fullTime(seconds) }, words);
  return safeAddress(address) ? h("a", { href: address, target: "_blank", rel: "noopener noreferrer" }, node) : node;
}

/** Return a link, or its words alone when the address is not one to follow. */
export function link(address, words) {
  const safe = safeAddress(address);
  return safe ? h("a", { href: safe, target: "_blank", rel: "noopener noreferrer" }, words) : h("span", {}, words);
}

/** Return a mention of a person, that leads to the conversation with them. */
export function userMention(id, label) {
  const name = person(id) ? personName(id) : unescaped(label || id);
  const kind = id === state.as ? "button.mention.mine" : "button.mention";
  return h(kind, { onclick: () => open(channelWith(id)) }, `@${name}`);
}

/** Return a mention of a channel, that leads to it. */
export function channelMention(id, label) {
  const known = state.channels.get(id);
  const name = known?.name || unescaped(label || "") || id;
  if (!known) return h("span.mention", {}, `#${name}`);
  return h("button.mention", { onclick: () => open(id) }, `#${name}`);
}

/** Return a mention of everybody. */
export function broadcast(range) {
  return h("span.mention.mine", {}, `@${range}`);
}
