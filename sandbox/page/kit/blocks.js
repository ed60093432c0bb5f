/** Blocks by their type, for messages, App Home and modals. */

import { freshId, h } from "../dom.js";
import { t } from "../words.js";
import { drawElement, picture } from "./elements.js";
import { markdown } from "./markdown.js";
import { richText } from "./richtext.js";
import { textOf } from "./text.js";

const DRAWN = { section, actions, input, context, header, image, divider, alert, table, rich_text: rich, markdown: marked, file: () => null };

/**
 * Draw blocks. A place says where they stand: `owner` (whose fields these are), `surface` (message, home, modal), `errors` by block_id,
 * and what acting does: `press(block_id, action_id, value)`, `options(block_id, action_id, query)`, `upload(name, base64)`.
 */
export function drawBlocks(blocks, place) {
  return blocks.map((block) => {
    const draw = DRAWN[block.type] || unknown;
    const node = draw(block, place);
    node?.setAttribute("data-block-id", block.block_id || "");
    return node;
  }).filter(Boolean);
}

function unknown(block) {
  return h("div.unknown", {}, t("notDrawn", { type: block.type }));
}

function section(block, place) {
  const text = block.text && h("div.prose", {}, textOf(block.text));
  const fields = block.fields && h("div.fields", {}, block.fields.map((field) => h("div.prose", {}, textOf(field))));
  const accessory = block.accessory && h("div.accessory", {}, drawElement(block.accessory, block, place));
  const wide = /checkboxes|radio/.test(block.accessory?.type || "") ? ".stacked" : "";
  return h(`div.block.section${wide}`, {}, h("div.grow", {}, text, fields), accessory);
}

function actions(block, place) {
  return h("div.block.actions", { role: "group" }, block.elements.map((element) => drawElement(element, block, place)));
}

function input(block, place) {
  const [label, hint, error] = [freshId("label"), freshId("hint"), freshId("error")];
  const words = place.errors?.[block.block_id];
  const described = [words && error, block.hint && hint].filter(Boolean).join(" ");
  const labels = { labelledby: label, describedby: described || null, invalid: Boolean(words), required: !block.optional };
  return h(
    words ? "div.block.input-block.invalid" : "div.block.input-block",
    {},
    h("div.label", { id: label }, textOf(block.label), block.optional && h("span.optional", {}, ` (${t("optional")})`)),
    drawElement(block.element, block, place, labels),
    words && h("div.field-error", { id: error, role: "alert", testid: `error-${block.block_id}` }, words),
    block.hint && h("div.hint", { id: hint }, textOf(block.hint)),
  );
}

function context(block) {
  return h("div.block.context", {}, block.elements.map((element) => (element.type === "image" ? picture(element) : h("span.prose", {}, textOf(element)))));
}

function header(block) {
  return h(`div.block.header.level-${block.level || 1}`, { role: "heading", "aria-level": String((block.level || 1) + 2) }, textOf(block.text));
}

function image(block) {
  return h("figure.block.image", {}, block.title && h("figcaption", {}, textOf(block.title)), picture(block));
}

function divider() {
  return h("hr.block");
}

function alert(block) {
  return h(`div.block.alert.${block.level || "default"}`, { role: "note" }, h("div.prose", {}, textOf(block.text)));
}

function rich(block) {
  return h("div.block.rich", {}, richText(block));
}

function marked(block) {
  return h("div.block.markdown", {}, markdown(block.text));
}

function table(block) {
  const rows = block.rows.map((cells, index) => h("tr", {}, cells.map((cell, column) => tableCell(cell, block.column_settings?.[column], index))));
  return h("div.block.table-box", { tabindex: "0", role: "region", "aria-label": t("table") }, h("table", {}, rows));
}

function tableCell(cell, settings, row) {
  const words = cell.type === "rich_text" ? richText(cell) : [String(cell.text ?? cell.value ?? "")];
  const align = settings?.align || (cell.type === "raw_number" ? "right" : "left");
  return h(`${row ? "td" : "th"}.${align}${settings?.is_wrapped ? ".wrapped" : ""}`, { scope: row ? null : "col" }, words);
}
