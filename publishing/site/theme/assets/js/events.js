// What was read, and which result was taken? Told to the server so that answers get better; nobody waits for it.
import { siteRoot } from "./dom.js";
import { token } from "./token.js";

export const visitor = () => token("visits");

/** kind: view or click; article: its id; more: the rank of a click and what was asked. */
export function note(kind, article, more = {}) {
  fetch(`${siteRoot()}api/v1/events`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ kind, article, visitor: visitor(), ...more }),
    keepalive: true, // a click leaves the page
  }).catch(() => undefined);
}
