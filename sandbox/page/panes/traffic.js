/** The developers' panel: every request between the workspace and the app, newest first. */

import { ask } from "../control.js";
import { fill, h, iconButton } from "../dom.js";
import { leaves } from "../popup.js";
import { t } from "../words.js";
import { on } from "../state.js";

const KEPT = 300;
let pane;
let calls = [];
let fetching = false;
let filter = "";
let hiddenUpTo = 0;

/** Put the panel into its region of the page. */
export function startTraffic(region) {
  pane = region;
  on("traffic", () => pane.hidden || refresh());
  on("language", () => pane.hidden || build());
  pane.onkeydown = (event) => leaves(event) && toggleTraffic();
}

/** Show the panel, or hide it. */
export function toggleTraffic() {
  pane.hidden = !pane.hidden;
  document.body.classList.toggle("with-traffic", !pane.hidden);
  if (pane.hidden) return document.querySelector("[data-testid=traffic]")?.focus();
  build();
  refresh();
}

function build() {
  const search = h("input.search", { type: "search", placeholder: t("filter"), "aria-label": t("filter"), value: filter, testid: "traffic-filter" });
  search.oninput = () => {
    filter = search.value;
    paint();
  };
  const clear = h("button.button", { onclick: () => ((hiddenUpTo = calls[0]?.n || 0), paint()) }, t("clear"));
  const close = iconButton("close", t("close"), { testid: "traffic-close", onclick: toggleTraffic });
  fill(pane, h("header.pane-header", {}, h("h1", {}, t("traffic")), h("span.grow"), clear, close), h("div.pad", {}, search), h("div.calls", { testid: "calls" }));
  paint();
  search.focus();
}

async function refresh() {
  if (fetching) return;
  fetching = true;
  try {
    const answer = await ask("traffic", { after: calls[0]?.n || 0 });
    calls = [...answer.calls.toReversed(), ...calls].slice(0, KEPT);
    paint();
  } finally {
    fetching = false;
  }
}

function paint() {
  const list = pane.querySelector(".calls");
  const wanted = calls.filter((call) => call.n > hiddenUpTo && JSON.stringify(call).toLowerCase().includes(filter.toLowerCase()));
  const open = new Set([...list.querySelectorAll("details[open]")].map((each) => each.dataset.number));
  fill(list, wanted.length ? wanted.map((call) => row(call, open)) : h("p.panel-note", {}, t("noTraffic")));
}

function row(call, open) {
  const toApp = call.direction === "out";
  const number = String(call.n);
  const failed = call.status >= 400 || call.status === 0 || call.response?.ok === false;
  const head = h(
    "summary",
    {},
    h(toApp ? "span.way.to" : "span.way.from", { title: toApp ? t("toApp") : t("fromApp") }, toApp ? "→" : "←"),
    h("code.grow", {}, call.name),
    h(failed ? "span.status.bad" : "span.status", {}, statusOf(call)),
    h("small", {}, `${Math.round(call.ms)} ms`),
  );
  return h("details.call", { "data-number": number, open: open.has(number) }, head, h("pre", { tabindex: "0" }, JSON.stringify(call, null, 2)));
}

function statusOf(call) {
  return String(call.response?.error || call.status || "");
}
