// What has this visitor asked and read so far? Kept for this tab only, and shown beside the telephone number.
import { element } from "./dom.js";
import { forget, read, write } from "./store.js";

const KEY = "kb-trail";
const KEPT = 6;
const tab = () => sessionStorage;

/** The steps so far, as 问：…, 选：… and 看：…, the oldest first. */
export function trail() {
  const kept = read(KEY, [], tab);
  return Array.isArray(kept) ? kept.filter((step) => typeof step === "string") : [];
}

export const forgetTrail = () => forget(KEY, tab);

/** Adds a step (null: none) and shows all where the page has room for them. */
export function rememberStep(step) {
  const steps = trail();
  if (step && steps.at(-1) !== step) {
    const now = [...steps.filter((other) => other !== step), step].slice(-KEPT);
    write(KEY, now, tab);
  }
  const box = document.querySelector("[data-trail]");
  const shown = trail();
  if (!box || !shown.length) return;
  box.querySelector("ol").replaceChildren(...shown.map((text) => element("li", {}, text)));
  box.hidden = false;
}

/** What the page itself adds: an article that is read. */
export function pageStep() {
  const title = document.querySelector("[data-article] h1");
  return title ? `看：${title.textContent}` : null;
}
