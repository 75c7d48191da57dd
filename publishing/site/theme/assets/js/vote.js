// 解决了 or 没解决: one vote a visitor and article, changeable. Sent at once; a reason and words follow with 提交.
import { siteRoot } from "./dom.js";
import { read, write } from "./store.js";
import { token } from "./token.js";

export function attachVote(form) {
  const article = form.dataset.vote;
  const key = `kb-vote:${article}`;
  const part = (name) => form.querySelector(`[data-vote-${name}]`);
  const button = form.querySelector("[type=submit]");
  const visitor = token("votes");
  let sending = Promise.resolve();
  form.hidden = false;
  restore(read(key, {}));

  form.addEventListener("change", ({ target }) => {
    if (target.name === "words") return;
    part("human").hidden = form.elements.reason.value !== "human";
    part("kept").hidden = true;
    if (target.name === "solved") send();
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    send();
  });

  function restore({ solved, reason }) {
    if (typeof solved !== "boolean") return;
    form.elements.solved.value = solved ? "yes" : "no";
    if (typeof reason === "string") form.elements.reason.value = reason;
    part("human").hidden = form.elements.reason.value !== "human";
  }

  /** One after the other, so that the last tap is what stays. */
  function send() {
    sending = sending.then(post);
    return sending;
  }

  async function post() {
    const solved = form.elements.solved.value === "yes";
    const reason = solved ? "" : form.elements.reason.value;
    const words = solved ? "" : form.elements.words.value.trim();
    button.textContent = "正在提交……";
    try {
      const response = await fetch(`${siteRoot()}api/v1/votes`, {
        method: "POST",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify({ visitor, article, solved, ...(reason && { reason }), ...(words && { words }) }),
        keepalive: true,
      });
      if (!response.ok) throw new Error(response.statusText);
      write(key, { solved, reason });
      tell(true);
    } catch {
      tell(false);
    } finally {
      button.textContent = "提交";
    }
  }

  function tell(kept) {
    part("kept").hidden = !kept;
    part("lost").hidden = kept;
    part("said").textContent = (kept ? part("kept") : part("lost")).textContent;
  }
}
