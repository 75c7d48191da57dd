// The ask page: what the address asks, answered as sure as the search is. Every word for its states stands in the page.
import { Refused, search } from "./api.js";
import { element } from "./dom.js";
import { link, row } from "./hits.js";
import { pastQuestions, rememberQuestion } from "./past.js";
import { rememberStep } from "./trail.js";
import { showWhole } from "./whole.js";

const PATIENCE = 300; // grey bars only when it takes longer
const PICKS = 3;
const BESIDE = 5; // under an answer, or under choices, a few more are enough
const SURE_OF_CATEGORY = 0.9;
const EVERY = "all"; // in the address: the guessed category has been taken away

export async function answer(page) {
  const part = (name) => page.querySelector(`[data-${name}]`);
  const address = new URLSearchParams(location.search);
  const q = (address.get("q") ?? "").trim();
  const chosen = address.get("category") ?? "";
  const category = chosen === EVERY ? "" : chosen;
  const literal = address.get("literal") ?? "";
  const box = document.getElementById("q-top");
  page.querySelectorAll("[data-again]").forEach((link) => link.addEventListener("click", askAgain));
  if (!q) return start();

  box.value = q;
  document.title = `${q} - ${document.title}`;
  page.querySelector("h1").replaceChildren(element("span", { className: "vh" }, "您问："), `“${q}”`);
  rememberQuestion(q);
  rememberStep(`问：${q}`);
  const waiting = setTimeout(() => (part("wait").hidden = false), PATIENCE);
  try {
    const found = await search({ q, category, literal, limit: Number(page.dataset.ask) });
    waited();
    await show(found);
  } catch (error) {
    waited();
    refuse(error);
  }
  page.classList.add("is-shown");
  return undefined;

  function waited() {
    clearTimeout(waiting);
    part("wait").hidden = true;
  }

  function start() {
    delete document.documentElement.dataset.asked;
    const past = pastQuestions();
    const rows = past.map((text) => element("li", {}, element("a", { href: `?${new URLSearchParams({ q: text })}` }, text)));
    part("past").querySelector("ul").replaceChildren(...rows);
    part("past").hidden = !past.length;
    box.focus();
  }

  function askAgain(event) {
    event.preventDefault();
    box.focus();
    box.select();
  }

  async function show({ total, results: given, facets, corrected, band = "", guess = [], away }) {
    const results = given.map((found, i) => ({ ...found, asked: q, rank: i + 1 }));
    part("away").hidden = !away;
    if (corrected) meant(corrected);
    const guessed = guessedCategory(band, guess, results);
    const kept = guessed ? results.filter((found) => found.category === guessed.key) : results;
    // The bands choose for the reader; other categories are offered to those who chose or took away one.
    const shown = band && !chosen ? [] : (facets?.category ?? []);
    chips(guessed ? [guessed] : shown, guessed?.key ?? category);
    const leading = kept.length ? await lead(band, kept) : 0;
    const rest = kept.slice(leading, band ? leading + BESIDE : undefined);
    others(rest, leading, band);
    part("empty").hidden = kept.length > 0;
    part("more").hidden = total <= rest.length + leading;
    part("near").hidden = kept.length > 3 && band !== "unsure";
    part("status").textContent = told(band, kept.length);
  }

  /** What stands on top, as sure as the search is; how many of found it took. */
  async function lead(band, found) {
    if (band === "answer") {
      await showWhole(part("answer"), part("whole"), found[0]);
      return 1;
    }
    if (band === "choose") {
      const picks = found.slice(0, PICKS);
      part("choose").querySelector(".picks").replaceChildren(...picks.map((each) => link(part("pick"), each)));
      part("choose").hidden = false;
      return picks.length;
    }
    part("unsure").hidden = band !== "unsure";
    return 0;
  }

  function told(band, count) {
    if (!count) return "没有找到";
    const lines = { answer: "找到答案", choose: "有几个相近的问题，请选一个", unsure: "这个问题我们没有把握" };
    return lines[band] ?? `找到 ${count} 个相近的问题`;
  }

  /** The category that the question is most probably of, unless one was chosen, or taken away. */
  function guessedCategory(band, guess, results) {
    const [best] = guess;
    const fits = !chosen && band !== "answer" && best?.probability >= SURE_OF_CATEGORY;
    return fits && results[0]?.category === best.key ? best : undefined;
  }

  function others(found, leading, band) {
    part("hits").replaceChildren(...found.map((each) => row(part("hit"), each)));
    part("others").hidden = !found.length;
    part("others").querySelector("h2").textContent = leading ? "也可能是在问" : "可能相近的问题";
    part("others").querySelector(".or").hidden = band === "choose"; // it stands under the choices
  }

  /** Another reading of the question was searched; the original one is a tap away. */
  function meant(corrected) {
    const line = part("fixed");
    line.querySelector("b").textContent = corrected;
    line.querySelector("a").textContent = `仍搜「${q}」`;
    line.querySelector("a").href = `?${new URLSearchParams({ q, literal: "1" })}`;
    line.hidden = false;
  }

  function refuse(error) {
    const [title, detail] = part("error").querySelectorAll("b, span > span");
    const known = error instanceof Refused;
    title.textContent = known ? `${error.message.replace(/。$/, "")}。` : "现在搜不了。";
    detail.textContent = known ? error.detail : "请稍后再试，或直接找人工。";
    part("error").hidden = false;
    part("status").textContent = title.textContent;
  }

  function chips(found, on) {
    const list = part("facets");
    const shown = found.filter(({ key }) => key === on || found.length > 1);
    list.hidden = !shown.length;
    list.replaceChildren(...shown.map((facet) => element("li", {}, chip(facet, facet.key === on))));
  }

  function chip({ key, name }, on) {
    const target = new URLSearchParams({ q, ...(literal ? { literal } : {}), category: on ? EVERY : key });
    const made = element("a", { className: on ? "chip chip--on" : "chip", href: `?${target}` }, name);
    if (on) {
      made.setAttribute("aria-label", `${name}，点一下看全部类别`);
      made.setAttribute("aria-current", "true");
      made.append(element("span", { ariaHidden: "true" }, "×"));
    }
    return made;
  }
}
