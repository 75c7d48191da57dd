// What is known of this contact? It lives in this page alone, and is forgotten with the contact.

import { byId } from "./dom.js";

const LATEST_COPY = 12 * 3600 * 1000; // milliseconds; later ones say nothing of speed
let contact = fresh();

function fresh() {
  const bytes = crypto.getRandomValues(new Uint8Array(18));
  const id = btoa(String.fromCharCode(...bytes)).replaceAll("+", "-").replaceAll("/", "_");
  return { id, beganAt: new Date(), query: "", answers: [], blanks: {}, began: {}, without: [], firstKey: null, firstCopy: null };
}

export const now = () => contact;

export function start() {
  contact = fresh();
  byId("ref").value = "";
  document.querySelector(".dk-call b").textContent = "本次联系"; // who the telephone system named is no longer there
  document.querySelector(".dk-told")?.remove();
  history.replaceState(null, "", location.pathname); // a reload brings nobody back
}

export const reference = () => byId("ref").value.trim();

/** The first key of this contact, from which the time to the first copy is counted. */
export function touched() {
  contact.firstKey ??= performance.now();
}

/** These articles were copied for a channel. */
export function answered(articles, channel) {
  const took = Math.round(performance.now() - (contact.firstKey ?? performance.now()));
  if (contact.firstCopy === null && took <= LATEST_COPY) contact.firstCopy = took;
  for (const id of articles) {
    if (!contact.answers.some((one) => one.id === id && one.channel === channel)) contact.answers.push({ id, channel });
  }
}

/** What the calls of a contact take. */
export function told() {
  return {
    contact: contact.id,
    began_at: contact.beganAt.toISOString(),
    articles: contact.answers.slice(-20),
    query: contact.query,
    reference: reference(),
    blanks: contact.blanks,
    began: contact.began,
    without: contact.without,
    first_copy_ms: contact.firstCopy,
  };
}
