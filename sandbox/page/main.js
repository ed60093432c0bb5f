/** The page: puts each pane into its region and begins to act as somebody. */

import { fill, h } from "./dom.js";
import { recall } from "./memory.js";
import { focusComposer, startConversation } from "./panes/conversation.js";
import { startGuide, toggleGuide } from "./panes/guide.js";
import { startModals } from "./panes/modal.js";
import { startSidebar } from "./panes/sidebar.js";
import { startThread } from "./panes/thread.js";
import { startToolbar } from "./panes/toolbar.js";
import { startTraffic, toggleTraffic } from "./panes/traffic.js";
import { leaves, toast } from "./popup.js";
import { language, onLanguage, t } from "./words.js";
import { changed, on, state } from "./state.js";
import { actAs, markRead } from "./workspace.js";

const region = (id) => document.getElementById(id);
const toggleSidebar = (visible) => document.body.classList.toggle("with-sidebar", visible);

async function begin() {
  onLanguage(() => changed("language"));
  startToolbar(region("toolbar"), { tour: toggleGuide, traffic: toggleTraffic });
  startSidebar(region("sidebar"), () => toggleSidebar(false));
  startConversation(region("conversation"), () => openSidebar());
  startThread(region("thread"));
  startTraffic(region("traffic"));
  startModals();
  on("people place channels language", nameWindow);
  listenToPage();
  const wanted = new URLSearchParams(location.search).get("as") || recall("as");
  await actAs(wanted).catch(() => actAs(null));
  startGuide(region("guide"));
}

function openSidebar() {
  toggleSidebar(true);
  region("sidebar").querySelector("[aria-current=page], button")?.focus();
}

function listenToPage() {
  region("skip").onclick = focusComposer;
  region("veil").onclick = () => toggleSidebar(false);
  addEventListener("unhandledrejection", (event) => toast(event.reason?.message || String(event.reason)));
  document.addEventListener("visibilitychange", () => markRead(state.place.channel));
  document.addEventListener("keydown", (event) => {
    if (leaves(event)) toggleSidebar(false);
    if (event.key === "F6") nextRegion(event);
  });
}

/** Move the focus from region to region, as F6 does in desktop programs. */
function nextRegion(event) {
  event.preventDefault();
  const stops = [".acting", "#sidebar [aria-current=page]", "#conversation :is(.messages, .home)", "#conversation .composer-text", "#thread .composer-text"];
  const all = stops.map((stop) => document.querySelector(stop)).filter((element) => element?.checkVisibility());
  const at = all.findIndex((element) => element === document.activeElement);
  all[(at + (event.shiftKey ? all.length - 1 : 1)) % all.length]?.focus();
}

function nameWindow() {
  const unread = [...state.channels.values()].reduce((sum, channel) => sum + (channel.unread || 0), 0);
  document.title = `${unread ? `(${unread}) ` : ""}${state.app?.name || ""} · ${t("workspace")}`;
  document.documentElement.lang = language().code;
  region("skip").textContent = t("skip");
  const labels = { toolbar: "workspace", sidebar: "conversations", thread: "thread", traffic: "traffic", guide: "tour" };
  for (const [id, label] of Object.entries(labels)) region(id).setAttribute("aria-label", t(label));
}

begin().catch((refused) => {
  fill(region("conversation"), h("div.nothing", { role: "alert" }, h("p", {}, refused.message), h("button.button", { onclick: () => location.reload() }, "↻")));
});
