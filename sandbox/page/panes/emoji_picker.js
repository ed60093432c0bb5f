/** A small set of emoji to pick from. */

import { h } from "../dom.js";
import { COMMON, glyph } from "../kit/emoji.js";
import { popup } from "../popup.js";
import { t } from "../words.js";

const COLUMNS = 8;

/** Offer emoji beside a button and hand on the shortcode of the one picked. */
export function pickEmoji(anchor, onPick) {
  const buttons = COMMON.map((name) => {
    const words = name.replaceAll("_", " ");
    const pick = () => {
      box.hidePopover();
      onPick(name);
    };
    return h("button.emoji-choice", { title: words, "aria-label": words, testid: `emoji-${name}`, onclick: pick }, glyph(name) || words);
  });
  const grid = h("div.emoji-grid", { onkeydown: (event) => walk(event, buttons) }, buttons);
  document.documentElement.classList.toggle("worded", !glyph(COMMON[4]));
  const box = popup(anchor, grid, { label: t("react"), kind: "emoji-picker" });
  buttons[0].focus();
}

function walk(event, buttons) {
  const step = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: COLUMNS, ArrowUp: -COLUMNS }[event.key];
  if (!step) return;
  event.preventDefault();
  const at = buttons.indexOf(document.activeElement) + step;
  buttons[(at + buttons.length) % buttons.length].focus();
}
