// The answer itself, whole: its conclusion at once, then the rest as it stands on the article's own page.
import { attachArticle } from "./article.js";
import { clauses, pageAddress } from "./dom.js";
import { note } from "./events.js";
import { rememberStep } from "./trail.js";

/** Shows found in place. Where its page cannot be had, the conclusion and the way to the page stay. */
export async function showWhole(place, template, found) {
  const address = pageAddress(found.url);
  const made = template.content.cloneNode(true);
  made.querySelector(".asked-as a").href = address;
  made.querySelector(".asked-as a").append(...clauses(found.question));
  made.querySelector(".answer-line").append(...clauses(found.answer));
  made.querySelector("[data-page]").href = address;
  place.replaceChildren(made);
  place.hidden = false;
  note("view", found.id);
  rememberStep(`看：${found.question}`);
  try {
    const response = await fetch(address);
    if (!response.ok) return;
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    const parts = page.querySelectorAll("[data-article] > :is(section:not(.part--also), form)");
    if (!parts.length) return;
    const base = new URL(response.url);
    parts.forEach((part) => fromPage(part, base));
    place.querySelector(".answer").replaceWith(...parts);
    attachArticle(place);
  } catch {
    // no network: what the search gave stands
  }
}

/** Addresses were written for the article's page. */
function fromPage(part, base) {
  for (const link of part.querySelectorAll("a[href]:not([href^='#'])")) link.href = new URL(link.getAttribute("href"), base).href;
  for (const image of part.querySelectorAll("img[src]")) image.src = new URL(image.getAttribute("src"), base).href;
}
