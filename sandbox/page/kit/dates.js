/** Dates and times as the acting person reads them: in their zone and language. */

import { language, t } from "../words.js";

const reader = { zone: undefined, now: () => Date.now() / 1000 };

/** Set whose zone is used, and what tells the workspace's time in unix seconds. */
export function setReader(zone, now) {
  reader.zone = zone || undefined;
  reader.now = now;
}

/** Return the workspace's time in unix seconds. */
export function workspaceNow() {
  return reader.now();
}

/** Format an instant (unix seconds) with Intl options, in the reader's zone unless another is named. */
export function format(seconds, options, zone = reader.zone) {
  try {
    return new Intl.DateTimeFormat(language().intl, { ...options, timeZone: zone }).format(seconds * 1000);
  } catch {
    return new Intl.DateTimeFormat(language().intl, options).format(seconds * 1000);
  }
}

/** Return the hour and minute of an instant. */
export const clockTime = (seconds) => format(seconds, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });

/** Return the whole date and time of an instant. */
export function fullTime(seconds) {
  return format(seconds, { weekday: "short", year: "numeric", month: "short", day: "numeric", hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
}

/** Return the calendar day of an instant as YYYY-MM-DD, in the reader's zone. */
export function dayOf(seconds) {
  const parts = partsOf(seconds, reader.zone);
  return `${parts.year}-${parts.month}-${parts.day}`;
}

function partsOf(seconds, zone) {
  const options = { timeZone: zone, hourCycle: "h23", year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit", second: "2-digit" };
  const parts = new Intl.DateTimeFormat("en-US", options).formatToParts(seconds * 1000);
  return Object.fromEntries(parts.map((part) => [part.type, part.value]));
}

/** Return the words over a day's messages: "Today", "Yesterday", or the date. */
export function dayName(seconds) {
  return nearName(seconds) || format(seconds, { weekday: "long", month: "long", day: "numeric", ...otherYear(seconds) });
}

function otherYear(seconds) {
  return dayOf(seconds).slice(0, 4) === dayOf(reader.now()).slice(0, 4) ? {} : { year: "numeric" };
}

function nearName(seconds) {
  const near = { [-1]: "yesterday", 0: "today", 1: "tomorrow" };
  const days = (Date.parse(dayOf(seconds)) - Date.parse(dayOf(reader.now()))) / 86400000;
  return near[days] ? t(near[days]) : null;
}

/** Return how far an instant lies from now, in words. */
export function ago(seconds) {
  const distance = seconds - reader.now();
  const units = [["day", 86400], ["hour", 3600], ["minute", 60], ["second", 1]];
  const [unit, size] = units.find(([, length]) => Math.abs(distance) >= length) || units[3];
  return new Intl.RelativeTimeFormat(language().intl, { numeric: "auto" }).format(Math.round(distance / size), unit);
}

const SHORT = { year: "numeric", month: "short", day: "numeric" };
const PLAIN = { year: "numeric", month: "long", day: "numeric" };
const LONG = { ...PLAIN, weekday: "long" };
const pretty = (options) => (seconds) => nearName(seconds) || format(seconds, options);
const TOKENS = {
  date_num: dayOf,
  date_slash: (seconds) => dayOf(seconds).replaceAll("-", "/"),
  date: (seconds) => format(seconds, PLAIN),
  date_short: (seconds) => format(seconds, SHORT),
  date_long: (seconds) => format(seconds, LONG),
  date_long_full: (seconds) => format(seconds, LONG),
  date_pretty: pretty(PLAIN),
  date_short_pretty: pretty(SHORT),
  date_long_pretty: pretty(LONG),
  day_divider_pretty: dayName,
  time: clockTime,
  time_secs: (seconds) => format(seconds, { hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23" }),
  ago,
};

/** Fill the tokens of a `<!date>`; return null when one is unknown, so that the fallback is shown. */
export function filled(template, seconds) {
  let known = true;
  const text = template.replace(/\{(\w+)\}/g, (whole, name) => {
    known &&= name in TOKENS;
    return known ? TOKENS[name](seconds) : whole;
  });
  return known ? text : null;
}

/** Turn an instant into the value of a datetime-local field, in the reader's zone. */
export function toLocalField(seconds) {
  const parts = partsOf(seconds, reader.zone);
  return `${parts.year}-${parts.month}-${parts.day}T${parts.hour}:${parts.minute}`;
}

/** Turn the value of a datetime-local field into unix seconds, in the reader's zone. */
export function fromLocalField(value) {
  const wanted = Date.parse(`${value}Z`) / 1000;
  const offset = (seconds) => Date.parse(`${toLocalField(seconds)}Z`) / 1000 - Math.floor(seconds / 60) * 60;
  const guess = wanted - offset(wanted);
  return wanted - offset(guess);
}
