// 带什么: what is ticked off is kept in this browser, one entry an article.
import { forget, read, write } from "./store.js";

export function attachChecklist(list) {
  const key = `kb-bring:${list.dataset.bring}`;
  const boxes = [...list.querySelectorAll("input")];
  const name = (box) => box.parentElement.textContent.trim();
  const ticked = new Set(read(key, []));
  boxes.forEach((box) => (box.checked = ticked.has(name(box))));
  list.addEventListener("change", () => {
    const now = boxes.filter((box) => box.checked).map(name);
    if (now.length) write(key, now);
    else forget(key);
  });
}
