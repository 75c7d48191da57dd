// What has this visitor asked and read so far? Kept for this tab only, and shown beside the telephone number.
import { element } from "./dom.js";
import { read, write } from "./store.js";

const KEY = "kb-trail";
const KEPT = 4;
const tab = () => sessionStorage;

export function rememberTrail() {
  const now = step();
  let trail = read(KEY, [], tab);
  if (now && !trail.includes(now)) {
    trail = [...trail, now].slice(-KEPT);
    write(KEY, trail, tab);
  }
  const box = document.querySelector("[data-trail]");
  if (!box || !trail.length) return;
  box.querySelector("ol").replaceChildren(...trail.map((text) => element("li", {}, text)));
  box.hidden = false;
}

/** What this page adds: a question that was asked, or an article that was read. */
function step() {
  const asked = new URLSearchParams(location.search).get("q")?.trim();
  if (document.querySelector("[data-results]")) return asked ? `问：${asked}` : "";
  const article = document.querySelector("[data-article] h1");
  return article ? `看：${article.textContent}` : "";
}
