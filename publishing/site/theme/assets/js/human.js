// 找人工: this visit as a text to read out or copy. Copying may be blocked: then the text is selected, and said so.
import { forgetTrail, trail } from "./trail.js";

export function showHuman(section) {
  const steps = trail();
  if (!steps.length) return;
  const text = section.querySelector(".said");
  text.textContent = said(steps);
  section.hidden = false;
  document.querySelector("[data-unsaid]").hidden = true;
  section.querySelector("[data-copy]").addEventListener("click", () => copy(section, text));
  section.querySelector("[data-forget]").addEventListener("click", () => {
    forgetTrail();
    section.hidden = true;
    document.querySelector("[data-unsaid]").hidden = false;
    document.getElementById("main").focus();
  });
}

/** 问, 选 and 看 as one would say them. */
function said(steps) {
  const all = (mark) => steps.filter((step) => step.startsWith(mark)).map((step) => `“${step.slice(mark.length)}”`).join("、");
  const line = (before, texts) => (texts ? [`${before}：${texts}。`] : []);
  return [
    "您好，我在帮助中心找过了。",
    ...line("我问的是", all("问：")),
    ...line("我的情况是", all("选：")),
    ...line("看过这几条", all("看：")),
    "还没有解决，想请您帮我看看。",
  ].join("\n");
}

async function copy(section, text) {
  const note = section.querySelector("[data-copied]");
  const select = () => getSelection().selectAllChildren(text);
  let done = false;
  try {
    await navigator.clipboard.writeText(text.textContent);
    done = true;
  } catch {
    select();
    done = document.execCommand("copy"); // plain http and in-app browsers have no other way
  }
  if (!done) select();
  note.textContent = done ? "已复制，可以粘贴给客服。" : "浏览器不让复制，文字已选中，请长按复制，或者照着念。";
  note.hidden = false;
}
