// A word that the site explains: pointing at it, reaching it with the keyboard or tapping it shows the explanation below it.
// The word stays a link to its page; Escape closes, a second tap follows it.
import { element } from "./dom.js";

const LEAVING = 250; // milliseconds to get from the word to its explanation

export function attachTerms(words) {
  const said = element("span", { id: "term-said" });
  const more = element("a", { textContent: "看详细", tabIndex: -1 });
  const tip = element("div", { className: "term-tip", hidden: true }, said, more);
  const leaf = words[0].closest(".leaf");
  leaf.append(tip);
  let open = null;
  let leaving;

  function show(word) {
    clearTimeout(leaving);
    if (open === word) return;
    close();
    open = word;
    said.textContent = word.dataset.explain;
    more.href = word.href;
    word.setAttribute("aria-describedby", said.id);
    tip.hidden = false;
    place(tip, word, leaf);
  }
  function close() {
    clearTimeout(leaving);
    open?.removeAttribute("aria-describedby");
    open = null;
    tip.hidden = true;
  }
  const leave = () => (leaving = setTimeout(close, LEAVING));

  for (const word of words) {
    word.addEventListener("pointerenter", (event) => event.pointerType === "mouse" && show(word));
    word.addEventListener("pointerleave", (event) => event.pointerType === "mouse" && leave());
    word.addEventListener("focus", () => word.matches(":focus-visible") && show(word));
    word.addEventListener("blur", leave);
    word.addEventListener("click", (event) => {
      if (event.pointerType === "mouse" || event.detail === 0 || open === word) return; // a mouse or a key follows it
      event.preventDefault();
      show(word);
    });
  }
  tip.addEventListener("pointerenter", () => clearTimeout(leaving));
  tip.addEventListener("pointerleave", (event) => event.pointerType === "mouse" && leave());
  addEventListener("keydown", (event) => event.key === "Escape" && close());
  addEventListener("pointerdown", (event) => {
    if (open && !tip.contains(event.target) && !open.contains(event.target)) close();
  });
  addEventListener("resize", close);
}

/** Under the line on which the word begins, within the text's own width. */
function place(tip, word, leaf) {
  const line = word.getClientRects()[0];
  const around = leaf.getBoundingClientRect();
  const left = parseFloat(getComputedStyle(leaf).paddingLeft);
  const most = around.width - tip.offsetWidth;
  tip.style.left = `${Math.max(left, Math.min(line.left - around.left, most))}px`;
  tip.style.top = `${line.bottom - around.top + 6}px`;
}
