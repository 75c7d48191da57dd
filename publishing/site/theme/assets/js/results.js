// The results page: what the address asks for, found and shown. Every word for its states stands in the page.
import { Refused, search } from "./api.js";
import { clauses, element, pageAddress, snippet } from "./dom.js";

const PATIENCE = 300; // grey bars only when it takes longer

export async function showResults(page) {
  const part = (name) => page.querySelector(`[data-${name}]`);
  const address = new URLSearchParams(location.search);
  const q = (address.get("q") ?? "").trim();
  const category = address.get("category") ?? "";
  const literal = address.get("literal") ?? "";
  const box = document.getElementById("q-top");
  part("again").addEventListener("click", (event) => {
    event.preventDefault();
    box.focus();
    box.select();
  });
  if (!q) return box.focus();

  box.value = q;
  document.title = `${q} - ${document.title}`;
  page.querySelector("h1").replaceChildren(element("span", { className: "vh" }, "您问："), `“${q}”`);
  const wait = part("wait");
  const waiting = setTimeout(() => (wait.hidden = false), PATIENCE);
  try {
    show(await search({ q, category, literal, limit: Number(page.dataset.results) }));
  } catch (error) {
    refuse(error);
  } finally {
    clearTimeout(waiting);
    wait.hidden = true;
  }
  return undefined;

  function show({ total, results, facets, corrected, away }) {
    part("away").hidden = !away;
    if (corrected) meant(corrected);
    part("hits").replaceChildren(...results.map(row));
    part("empty").hidden = results.length > 0;
    part("or").hidden = results.length === 0;
    part("more").hidden = total <= results.length;
    part("near").hidden = results.length > 3;
    part("status").textContent = results.length ? `找到 ${results.length} 个相近的问题` : "没有找到";
    chips(facets?.category ?? []);
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

  function row(found) {
    const made = part("hit").content.firstElementChild.cloneNode(true);
    made.querySelector("a").href = pageAddress(found.url);
    made.querySelector("b").append(...clauses(found.question));
    made.querySelector("b + span").textContent = found.answer;
    const why = reason(found);
    if (why.length) made.querySelector(".why").append(...why);
    else made.querySelector(".why").remove();
    return made;
  }

  /** Why it is here: another way to ask it, or words in its text. */
  function reason({ matched, snippet: text, answer }) {
    if (matched.kind === "similar") return [`有人这样问：${matched.text}`];
    const plain = matched.kind === "article" && text ? snippet(text) : [];
    return plain.length && plain.map((n) => n.textContent ?? n).join("") !== answer ? ["正文提到：", ...plain] : [];
  }

  function chips(found) {
    const list = part("facets");
    const shown = found.filter(({ key }) => key === category || found.length > 1);
    list.hidden = !shown.length;
    list.replaceChildren(...shown.map((facet) => element("li", {}, chip(facet))));
  }

  function chip({ key, name }) {
    const on = key === category;
    const target = new URLSearchParams({ q, ...(literal ? { literal } : {}), ...(on ? {} : { category: key }) });
    const made = element("a", { className: on ? "chip chip--on" : "chip", href: `?${target}` }, name);
    if (on) {
      made.setAttribute("aria-label", `${name}，点一下看全部类别`);
      made.setAttribute("aria-current", "true");
      made.append(element("span", { ariaHidden: "true" }, "×"));
    }
    return made;
  }
}
