/** Editing a message in its place. */

import { act } from "../control.js";
import { h } from "../dom.js";
import { glyph } from "../kit/emoji.js";
import { unescaped } from "../kit/text.js";
import { toast } from "../popup.js";
import { t } from "../words.js";
import { personName, state } from "../state.js";

/** Return what a person would type to say a message's text. */
export function typedForm(text) {
  const marks = /<@(\w+)(?:\|[^>]*)?>|<#(\w+)(?:\|[^>]*)?>|<!(here|channel|everyone)>|<([^<>|]+)(?:\|[^<>]*)?>|:([a-z0-9_+-]+):/g;
  const plain = text.replace(marks, (whole, user, channel, range, address, name) => {
    if (user) return `@${personName(user)}`;
    if (channel) return `#${state.channels.get(channel)?.name || channel}`;
    if (name) return glyph(name) || whole;
    return range ? `@${range}` : address;
  });
  return unescaped(plain);
}

/** Draw the editor of a message; `done` is called when it is saved or left. */
export function editor(message, channel, done) {
  const area = h("textarea.input", { rows: "2", "aria-label": t("editMessage"), testid: "edit-text", focusKey: `edit-${message.ts}` });
  area.value = typedForm(message.text || "");
  const save = async () => {
    if (!area.value.trim()) return;
    try {
      await act("edit", { as: state.as, channel, ts: message.ts, text: area.value });
      done();
    } catch (refused) {
      toast(refused.message);
    }
  };
  area.onkeydown = (event) => {
    if (event.key === "Escape") done();
    else if (event.key === "Enter" && !event.shiftKey && !event.isComposing) save();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  queueMicrotask(() => (area.focus(), area.setSelectionRange(area.value.length, area.value.length)));
  const cancel = h("button.button", { onclick: done }, t("cancel"));
  const keep = h("button.button.primary", { onclick: save, testid: "edit-save" }, t("save"));
  return h("div.editor", {}, area, h("div.editor-foot", {}, cancel, keep));
}
