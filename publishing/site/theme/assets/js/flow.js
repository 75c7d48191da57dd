// 先选一选: one question at a time. The address says which one (44-flow.css shows it); this tells what was chosen and leads back.
import { element } from "./dom.js";
import { rememberStep } from "./trail.js";

export function attachFlow(box) {
  const questions = [...box.querySelectorAll(".flow")];
  const now = () => questions.find((question) => question.id === decodeURIComponent(location.hash.slice(1))) ?? questions[0];
  const chosen = element("span");
  const back = element("a", { className: "flow-back", textContent: "返回上一步" });
  const way = element("p", { className: "flow-way", hidden: true }, back, chosen);
  way.setAttribute("role", "status");
  box.prepend(way);
  let path = now() === questions[0] ? [] : [{ from: questions[0], text: "" }];

  box.addEventListener("click", (event) => {
    const link = event.target.closest(".picks a");
    if (!link) return;
    const from = link.closest(".flow");
    const wayOut = link.closest(".way-out"); // that is no answer about the reader's case
    const said = [...path.map((step) => step.text), wayOut ? "" : link.textContent].filter(Boolean);
    if (said.length) rememberStep(`选：${said.join("、")}`);
    const to = questions.find((question) => `#${question.id}` === decodeURIComponent(link.hash));
    if (to) path = [...path.filter((step) => step.from !== from), { from, text: link.textContent }];
    else if (link.getAttribute("href") === "#h-answer") showAnswer(event);
  });
  addEventListener("hashchange", () => {
    const shown = now();
    const been = path.findIndex((step) => step.from === shown);
    if (been >= 0) path = path.slice(0, been);
    show();
    if (`#${shown.id}` === decodeURIComponent(location.hash)) focus(shown.querySelector("h3"));
  });
  show();

  function show() {
    const texts = path.map((step) => step.text).filter(Boolean);
    chosen.textContent = texts.length ? `您选了：${texts.join("、")}` : "";
    way.hidden = !path.length;
    if (path.length) back.href = `#${path.at(-1).from.id}`;
  }
}

/** The page's own answer is the one: it is led to and read out, and the flow stays where it is. */
function showAnswer(event) {
  event.preventDefault();
  const line = document.querySelector(".answer-line");
  focus(line);
  line.closest(".answer").scrollIntoView();
}

function focus(element) {
  element.tabIndex = -1;
  element.focus();
}
