/** The control interface: calls that act as a person, and the stream of what changed. */

import { t } from "./words.js";

/** Why a call was refused: `word` is Slack's, `message` one sentence. */
export class Refused extends Error {
  constructor(answer, status) {
    super(answer?.message || answer?.error || `HTTP ${status}`);
    this.word = answer?.error || `http_${status}`;
    this.errors = answer?.errors;
  }
}

/** Ask with GET; throw Refused when told no. */
export function ask(path, query = {}) {
  const given = Object.entries(query).filter(([, value]) => value !== undefined && value !== null);
  return answered(fetch(`/control/${path}?${new URLSearchParams(given)}`));
}

/** Act with POST; throw Refused when told no. */
export function act(path, body) {
  const headers = { "content-type": "application/json" };
  return answered(fetch(`/control/${path}`, { method: "POST", headers, body: JSON.stringify(body) }));
}

async function answered(request) {
  const response = await request.catch(() => {
    throw new Refused({ error: "unreachable", message: t("lost") });
  });
  const answer = await response.json().catch(() => null);
  if (!response.ok || !answer?.ok) throw new Refused(answer, response.status);
  return answer;
}

/** Listen to changes as a person sees them; `onOpen` is called at every connection, `onLoss` when it breaks. Returns a stopper. */
export function listen(as, onEvent, onOpen, onLoss) {
  const source = new EventSource(`/control/stream?${new URLSearchParams({ as })}`);
  source.onmessage = (message) => onEvent(JSON.parse(message.data));
  source.onopen = onOpen;
  source.onerror = onLoss;
  return () => source.close();
}

/** Read a file as base64, without the prefix of a data address. */
export function base64Of(file) {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result).split(",")[1] || "");
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(file);
  });
}
