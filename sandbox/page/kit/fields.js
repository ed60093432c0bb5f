/** What people have put into fields, kept while the view or message that holds them lives. */

const held = new Map();
const labels = new Map();

const key = (block, action) => `${block}\n${action}`;

/** Remember how an option that the app offered is called. */
export function nameOption(block, action, value, label) {
  labels.set(`${key(block, action)}\n${value}`, label);
}

/** Return how an offered option is called, or undefined. */
export function optionName(block, action, value) {
  return labels.get(`${key(block, action)}\n${value}`);
}

/** Keep what was put into a field. */
export function hold(owner, block, action, value) {
  if (!held.has(owner)) held.set(owner, new Map());
  held.get(owner).set(key(block, action), value);
}

/** Forget the fields that an updated view no longer has, so that they start afresh should they come back. */
export function keepOnly(owner, blocks) {
  const alive = new Set(blocks.flatMap((block) => elementsOf(block).map((element) => key(block.block_id, element.action_id))));
  for (const name of held.get(owner)?.keys() || []) if (!alive.has(name)) held.get(owner).delete(name);
}

/** Take over what a view already holds, when the page begins with it. */
export function restore(view) {
  for (const block of view.blocks) {
    for (const element of elementsOf(block)) {
      const entered = view.state?.values[block.block_id]?.[element.action_id];
      const value = entered && valueIn(entered);
      for (const option of [entered?.selected_option, ...(entered?.selected_options || [])].filter(Boolean)) nameOption(block.block_id, element.action_id, option.value, option.text.text);
      if (entered && JSON.stringify(value) !== JSON.stringify(initial(element))) hold(view.id, block.block_id, element.action_id, value);
    }
  }
}

function valueIn({ type, timezone: _, ...entered }) {
  const [value = null] = Object.values(entered);
  const plain = (each) => (type === "file_input" ? each : (each?.value ?? each));
  return Array.isArray(value) ? value.map(plain) : plain(value);
}

/** Forget all fields of an owner that is gone. */
export function release(owner) {
  held.delete(owner);
}

/** Return the elements of a block that a person can act on. */
export function elementsOf(block) {
  return [block.element, block.accessory, ...(block.elements || [])].filter((element) => element?.action_id);
}

const FIRST = {
  static_select: (element) => element.initial_option?.value,
  external_select: (element) => element.initial_option?.value,
  radio_buttons: (element) => element.initial_option?.value,
  multi_static_select: (element) => (element.initial_options || []).map((option) => option.value),
  multi_external_select: (element) => (element.initial_options || []).map((option) => option.value),
  checkboxes: (element) => (element.initial_options || []).map((option) => option.value),
  users_select: (element) => element.initial_user,
  multi_users_select: (element) => element.initial_users || [],
  conversations_select: (element) => element.initial_conversation,
  multi_conversations_select: (element) => element.initial_conversations || [],
  channels_select: (element) => element.initial_channel,
  multi_channels_select: (element) => element.initial_channels || [],
  datepicker: (element) => element.initial_date,
  timepicker: (element) => element.initial_time,
  datetimepicker: (element) => element.initial_date_time,
  file_input: () => [],
};

/** Return what a field holds before anybody touches it: null, a string, a number or a list. */
export function initial(element) {
  return (FIRST[element.type] || ((text) => text.initial_value))(element) ?? null;
}

/** Return what a field holds now. */
export function current(owner, block, element) {
  const put = held.get(owner)?.get(key(block.block_id, element.action_id));
  return put === undefined ? initial(element) : put;
}

/** Return the values of a view's input blocks, as the control interface takes them. */
export function valuesOf(owner, blocks) {
  const values = {};
  for (const block of blocks.filter((each) => each.type === "input")) {
    const value = current(owner, block, block.element);
    values[block.block_id] = { [block.element.action_id]: value === "" ? null : value };
  }
  return values;
}
