/** The app's Home tab, as the app published it for the acting person. */

import { fill, h, icon, keepingFocus } from "../dom.js";
import { drawBlocks } from "../kit/blocks.js";
import { inView } from "../kit/place.js";
import { t } from "../words.js";
import { on, state } from "../state.js";

let element;

on("home language", () => element?.isConnected && keepingFocus(element, paint));

/** Draw the Home tab; it repaints itself when the app publishes again. */
export function drawHome() {
  element = h("div.home", { role: "tabpanel", tabindex: "0", "aria-label": t("home"), testid: "home" });
  paint();
  return element;
}

function paint() {
  const view = state.home;
  fill(element, view?.blocks ? h("div.home-page", {}, drawBlocks(view.blocks, inView(view))) : nothing());
}

function nothing() {
  return h("div.nothing", {}, icon("home"), h("p", {}, t("noHome", { x: state.app?.name || "" })));
}
