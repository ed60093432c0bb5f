/** Where blocks stand: a message or a view, whose fields they hold, and what acting in them does. */

import { act } from "../control.js";
import { state } from "../state.js";
import { valuesOf } from "./fields.js";

/** Return the place of a message's blocks. */
export function inMessage(channel, message) {
  return placeOf(`${channel}/${message.ts}`, message.blocks || [], { message: { channel, ts: message.ts } });
}

/** Return the place of a view's blocks; `errors` are what is wrong with its fields, by block_id. */
export function inView(view, errors) {
  return { ...placeOf(view.id, view.blocks, { view: view.id }), errors };
}

function placeOf(owner, blocks, target) {
  const call = (path, block, action, rest) => act(path, { as: state.as, ...target, block_id: block, action_id: action, ...rest });
  return {
    owner,
    press: (block, action, value) => call("press", block, action, { value, values: valuesOf(owner, blocks) }),
    options: (block, action, value) => call("options", block, action, { value }),
    upload: async (name, content) => (await act("upload", { as: state.as, name, content_base64: content })).file,
  };
}
