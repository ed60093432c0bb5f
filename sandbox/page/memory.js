/** Small things kept in this browser: who acts, drafts, language, light. */

const here = new Map();

/** Keep a value under a name; nothing forgets it. */
export function remember(name, value) {
  here.set(name, value);
  try {
    if (value) localStorage.setItem(`sandbox.${name}`, value);
    else localStorage.removeItem(`sandbox.${name}`);
  } catch {
    // A browser that keeps nothing still works: it only forgets on reload.
  }
}

/** Return what was kept under a name, or null. */
export function recall(name) {
  try {
    return localStorage.getItem(`sandbox.${name}`);
  } catch {
    return here.get(name) || null;
  }
}
