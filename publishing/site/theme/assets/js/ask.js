// The question box: when is what is typed searched for, and what do its keys do? Safe for input methods.
import { search } from "./api.js";
import { element, pageAddress, snippet } from "./dom.js";
import { note } from "./events.js";
import { Listbox } from "./listbox.js";
import { forgetQuestions, pastQuestions, rememberQuestion } from "./past.js";

const DELAY = 40;
const HITS = 6;

export function attachAsk(form) {
  const input = form.querySelector("input");
  const box = new Listbox(form, input);
  let timer;
  let running = new AbortController();
  let composing = false;

  function stop() {
    clearTimeout(timer);
    running.abort();
    running = new AbortController();
  }

  function close() {
    stop();
    box.close();
  }

  function later() {
    clearTimeout(timer);
    timer = setTimeout(find, DELAY);
  }

  async function find() {
    stop();
    const { signal } = running;
    const q = input.value.trim();
    if (!q) {
      showPast();
      return;
    }
    try {
      const found = await search({ q, typing: "1", limit: HITS }, signal);
      if (signal.aborted || document.activeElement !== input) return;
      box.show(found.results.map((each, i) => hit(each, i + 1)), {
        ...(found.away ? { note: awayWords(), className: "msg" } : {}),
        ...(found.corrected ? { note: [element("span", {}, `已按「${found.corrected}」搜索`)] } : {}),
        told: found.results.length ? `${found.results.length} 个相近的问题，按上下键选` : "",
      });
    } catch {
      if (!signal.aborted) box.close(); // the results page says what is wrong
    }
  }

  function showPast() {
    const past = document.activeElement === input ? pastQuestions() : [];
    const clear = element("button", { className: "btn btn--quiet", type: "button", onclick: forgetPast }, "清除");
    box.show(
      past.map((q) => withData(element("li", { className: "past" }, q), { q })),
      { note: past.length ? [element("span", {}, "最近问过（只存在这台设备上）"), clear] : [] },
    );
  }

  function forgetPast() {
    forgetQuestions();
    close();
    input.focus();
  }

  /** A hit opens its page; a past question is asked again. */
  function take({ q, href, id, rank }) {
    if (href) {
      const asked = input.value.trim();
      rememberQuestion(asked);
      if (id) note("click", id, { rank: Number(rank), query: asked });
      location.assign(href);
    } else {
      input.value = q;
      form.requestSubmit();
    }
  }

  input.addEventListener("compositionstart", () => {
    composing = true;
    stop();
  });
  input.addEventListener("compositionend", () => {
    composing = false;
    later();
  });
  input.addEventListener("input", (event) => {
    if (!composing && !event.isComposing) later();
  });
  input.addEventListener("focus", () => {
    if (!input.value.trim()) showPast();
  });
  input.addEventListener("keydown", (event) => {
    if (event.isComposing || event.keyCode === 229 || !box.isOpen) return; // the input method's keys are its own
    if (event.key === "ArrowDown") box.move(1);
    else if (event.key === "ArrowUp") box.move(-1);
    else if (event.key === "Escape") close();
    else if (event.key === "Enter" && box.active) take(box.active.dataset);
    else return;
    event.preventDefault();
  });
  box.list.addEventListener("mousedown", (event) => event.preventDefault()); // the box keeps the focus
  box.list.addEventListener("click", (event) => {
    const option = event.target.closest("[role=option]");
    if (option) take(option.dataset);
  });
  form.addEventListener("focusout", (event) => {
    if (!form.contains(event.relatedTarget)) close();
  });
  form.addEventListener("submit", (event) => {
    const q = input.value.trim();
    if (q) {
      input.value = q;
      rememberQuestion(q);
      close();
    } else {
      event.preventDefault();
      input.focus();
    }
  });
}

/** One hit: the question, a stretch of its answer, and why it fits. */
function hit(found, rank) {
  const text = found.snippet ? snippet(found.snippet) : [found.answer];
  const made = element("li", {}, element("b", {}, found.question), element("span", {}, ...text));
  if (found.matched.kind === "similar") {
    made.append(element("span", { className: "why" }, `有人这样问：${found.matched.text}`));
  }
  return withData(made, { href: pageAddress(found.url), id: found.id ?? "", rank });
}

function awayWords() {
  return [...document.getElementById("ask-words").content.firstElementChild.cloneNode(true).childNodes];
}

function withData(made, data) {
  Object.assign(made.dataset, data);
  return made;
}
