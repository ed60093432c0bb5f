/** Small pictures of people and of the app: initials on a colour of their own. */

import { h, icon } from "../dom.js";
import { personName, state } from "../state.js";

/** Return the avatar of a person or of the app's bot. */
export function avatar(id, size = "") {
  const shape = `span.avatar${size && `.${size}`}`;
  if (id === state.app?.bot_user_id) return h(`${shape}.bot`, { "aria-hidden": "true" }, icon("bolt"));
  const face = h(shape, { "aria-hidden": "true" }, initials(personName(id)));
  face.style.setProperty("--hue", String(hueOf(id)));
  if (state.people.get(id)?.deleted) face.classList.add("gone");
  return face;
}

function initials(name) {
  if (/\p{Script=Han}/u.test(name)) return [...name.replace(/\s/g, "")].slice(-2).join("");
  const words = name.split(/[\s._-]+/).filter(Boolean);
  return (words[0]?.[0] || "?").toUpperCase() + (words.length > 1 ? words.at(-1)[0].toUpperCase() : "");
}

function hueOf(id) {
  return ([...id].reduce((sum, letter) => sum * 31 + letter.charCodeAt(0), 7) >>> 0) * 137 % 360;
}
