// How is one result shown? Its question, the first sentence of its answer, and why it is here.
import { clauses, pageAddress, snippet } from "./dom.js";
import { note } from "./events.js";

/** A line of template with found in it; found.asked and found.rank: for what question it came, and which place it has. */
export function link(template, found) {
  const made = template.content.firstElementChild.cloneNode(true);
  const to = made.querySelector("a");
  to.href = pageAddress(found.url);
  if (found.id) to.addEventListener("click", () => note("click", found.id, { rank: found.rank, query: found.asked }));
  made.querySelector("b").append(...clauses(found.question));
  made.querySelector("b + span").textContent = found.answer;
  return made;
}

/** The same with why it fits. */
export function row(template, found) {
  const made = link(template, found);
  const why = reason(found);
  if (why.length) made.querySelector(".why").append(...why);
  else made.querySelector(".why").remove();
  return made;
}

/** Another way to ask it, or words in its text. */
function reason({ matched, snippet: text, answer }) {
  if (matched.kind === "similar") return [`有人这样问：${matched.text}`];
  const plain = matched.kind === "article" && text ? snippet(text) : [];
  return plain.length && plain.map((n) => n.textContent ?? n).join("") !== answer ? ["正文提到：", ...plain] : [];
}
