// What does the agent tell beside the words? A mark, whom a contact is handed to, every version of an answer, all keys.

import { call } from "./api.js";
import { byId, element, key, say } from "./dom.js";

const KEYS = [
  ["/", "回到搜索框"],
  ["↑ ↓", "选结果"],
  ["Enter", "打开；在空格里：到下一个空格"],
  ["Esc", "离开输入框，数字键可用"],
  ["1–6", "复制：电话、在线、微信、邮件、短信、公开回复"],
  ["B", "填空格"],
  ["+", "把选中的一篇叠进回复，再按一次拿掉"],
  ["P", "置顶或取消"],
  ["!", "标记问题"],
  ["G", "没有答案，记一笔"],
  ["H", "看每一版"],
  ["Y N T X", "结束：客户确认解决、未解决、转办、中断，并复制通话小结"],
];

function open(title, ...content) {
  const dialog = byId("dialog");
  if (!content.some((one) => one.classList.contains("dk-choices"))) dialog.onkeydown = null; // the digits of the one before
  dialog.replaceChildren(
    element("h2", { id: "dialog-title" }, title),
    ...content,
    element("button", { type: "button", className: "btn", onclick: () => dialog.close() }, "关闭 ", key("Esc")),
  );
  dialog.showModal();
  return dialog;
}

/** Buttons with digits before them; then(key) when one is chosen. */
function choices(dialog, told, then) {
  const rows = Object.entries(told).map(([name, words], place) =>
    element("button", { type: "button", className: "btn dk-choice", "data-digit": String(place + 1), onclick: () => then(name) }, place < 9 && key(String(place + 1)), ` ${words}`),
  );
  dialog.onkeydown = (event) => {
    if (/^(INPUT|TEXTAREA)$/.test(event.target.tagName) || event.isComposing) return;
    const row = rows.find((one) => one.dataset.digit === event.key);
    if (!row) return;
    event.preventDefault();
    row.click();
  };
  return rows;
}

export function mark(view, { kinds, words }) {
  const dialog = byId("dialog");
  const text = element("textarea", { rows: 2, maxLength: words, placeholder: "哪里不对，可以不写", "aria-label": "哪里不对" });
  const send = async (kind) => {
    try {
      await call("marks", { article: view.id, version: view.version, kind, words: text.value });
      dialog.close();
      say("已标记，改好后会告诉您");
    } catch (error) {
      say(error.message, true); // what was written stays
    }
  };
  const rows = choices(dialog, kinds, send);
  open(`标记问题：${view.question}`, element("div", { className: "dk-choices" }, ...rows), text);
  rows[0].focus();
}

export function handOver(queues, first, then) {
  const dialog = byId("dialog");
  const ordered = first in queues ? { [first]: queues[first], ...queues } : queues;
  const rows = choices(dialog, ordered, (queue) => {
    dialog.close();
    then(queue);
  });
  open("转办给谁", element("div", { className: "dk-choices" }, ...rows));
  rows[0]?.focus();
}

export async function history(view) {
  try {
    const { versions } = await call(`articles/${encodeURIComponent(view.id)}/history`);
    const rows = versions.map((one) => element("li", {}, element("b", {}, one.at), ...one.changes.map((line) => element("p", {}, line))));
    open(`改过什么：${view.question}`, rows.length ? element("ol", { className: "dk-history", tabIndex: 0 }, ...rows) : element("p", {}, "还没有上线过。"));
  } catch (error) {
    say(error.message, true);
  }
}

export function help() {
  open("快捷键（不在输入框里时）", element("dl", { className: "dk-help" }, ...KEYS.map(([name, words]) => element("div", {}, element("dt", {}, key(name)), element("dd", {}, words)))));
}
