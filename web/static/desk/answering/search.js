// What may the customer mean? Results as one types; the box keeps the focus, arrows move, Enter opens.

import { call } from "./api.js";
import { touched } from "./contact.js";
import { byId, element, say } from "./dom.js";

const PAUSE = 30; // milliseconds after a key: a fast typist asks once for two letters
const BANDS = { answer: "有把握", choose: "可能是", unsure: "没把握" };
const TICKS = { answer: "tick--sure", choose: "tick--choose", unsure: "tick--unsure" };
const STATES = {
  draft: "草稿，不能复制",
  archived: "已下线，不能复制",
  expired: "已过期，不能复制",
  not_yet: "还没有生效，不能复制",
  stopped: "已停用，不能复制",
};

const box = byId("q");
const list = byId("hits");
let hits = [];
let at = -1;
let product = "";
let asking = null;
let asked = "";
let timer = 0;
let opens = () => {};

export const selected = () => hits[at] ?? null;
export const query = () => box.value.trim();
export const filter = () => product;
export const stateInWords = (state) => STATES[state] ?? "";

/** then(id, rank): somebody wants this article open. */
export function attach(products, then) {
  opens = then;
  byId("products").replaceChildren(
    ...Object.entries(products).map(([key, name]) =>
      element("button", { type: "button", className: "chip", "aria-pressed": "false", "data-product": key, onclick: () => choose(key) }, name),
    ),
  );
  box.addEventListener("input", (event) => {
    touched();
    clearTimeout(timer);
    if (!event.isComposing) timer = setTimeout(look, PAUSE); // half of a word in pinyin is no question
  });
  box.addEventListener("compositionend", () => (timer = setTimeout(look, PAUSE)));
  box.addEventListener("keydown", (event) => {
    if (event.isComposing || event.keyCode === 229) return; // Enter ends the composition of an IME
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      move(event.key === "ArrowDown" ? 1 : -1);
    } else if (event.key === "Escape") {
      event.preventDefault();
      leave();
    }
  });
  byId("ask").addEventListener("submit", (event) => {
    event.preventDefault();
    enter();
  });
  list.addEventListener("click", (event) => {
    const row = event.target.closest("li");
    if (!row) return;
    point(Number(row.dataset.at));
    open();
  });
  list.tabIndex = -1;
  if (box.value) look();
}

export function focus() {
  box.focus();
  box.select();
}

/** Away from the box, where digits are keys. */
export function leave() {
  list.focus({ preventScroll: true });
}

export function clear() {
  box.value = "";
  asked = "";
  show({ hits: [], query: "", band: "unsure", read_as: "", by_fields: false });
  byId("band").textContent = "";
}

export function move(step) {
  if (hits.length) point(Math.min(hits.length - 1, Math.max(0, at + step)));
}

export function open() {
  const hit = selected();
  if (!hit) return;
  leave();
  opens(hit.id, at + 1);
}

/** What is typed now is searched before its first result is opened. */
async function enter() {
  clearTimeout(timer);
  if (!query()) return;
  if (asked !== question()) await look();
  if (asked === question()) {
    call(`search?${new URLSearchParams({ q: query(), product })}`).catch(() => {}); // now it counts
    if (hits.length) open();
    else leave();
  }
}

const question = () => `${query()}\n${product}`;

async function look(isAgain = false) {
  asking?.abort();
  const mine = (asking = new AbortController());
  const wanted = question();
  if (!query()) return clear();
  try {
    const found = await call(`search?${new URLSearchParams({ q: query(), product, typing: "1" })}`, undefined, { signal: mine.signal });
    if (mine !== asking) return;
    asked = wanted;
    show(found);
  } catch (error) {
    if (mine.signal.aborted) return;
    if (!isAgain) say(error.message, true);
    if (error.status === 0 || error.status >= 500) timer = setTimeout(look, 2000, true);
  }
}

function choose(key) {
  product = product === key ? "" : key;
  for (const chip of byId("products").children) {
    const on = chip.dataset.product === product;
    chip.classList.toggle("chip--on", on);
    chip.setAttribute("aria-pressed", String(on));
  }
  look();
}

function show(found) {
  hits = found.hits;
  list.replaceChildren(...hits.map(row));
  const how = found.by_fields ? "按字段和短语搜" : found.read_as ? `按“${found.read_as}”搜` : "";
  byId("band").textContent = found.query
    ? [hits.length ? BANDS[found.band] : "没有找到。换个说法，或按 G 记一笔", how].filter(Boolean).join("，")
    : "";
  point(hits.length ? 0 : -1);
}

function row(hit, number) {
  const told = [hit.topic, hit.products.join("、") || "通用"].filter(Boolean).join("·");
  return element(
    "li",
    { role: "option", id: `hit-${number}`, "data-at": String(number), "aria-selected": "false", className: hit.state === "live" ? "" : "is-dead" },
    element("i", { className: `tick ${TICKS[hit.band]}`, title: BANDS[hit.band], "aria-hidden": "true" }),
    element(
      "div",
      {},
      element("b", {}, hit.question),
      element(
        "span",
        {},
        told,
        hit.why && element("em", { className: "why" }, `对上${hit.why}`),
        hit.changed && element("em", { className: "tag" }, "上次读后有改"),
        hit.internal && element("em", { className: "tag tag--in" }, "内部"),
        hit.state !== "live" && element("em", { className: "tag tag--dead" }, STATES[hit.state]),
      ),
    ),
  );
}

function point(number) {
  at = number;
  [...list.children].forEach((item, place) => {
    item.classList.toggle("is-on", place === at);
    item.setAttribute("aria-selected", String(place === at));
  });
  const on = list.children[at];
  if (on) {
    box.setAttribute("aria-activedescendant", on.id);
    list.setAttribute("aria-activedescendant", on.id);
    on.scrollIntoView({ block: "nearest" });
  } else {
    box.removeAttribute("aria-activedescendant");
    list.removeAttribute("aria-activedescendant");
  }
}
