// How do words get into the clipboard? By the browser's interface; over plain http, which has none, by the old way; else they are
// selected for the agent's own Ctrl+C. Says which: "copied" or "selected".

import { element } from "./dom.js";

/** shown: the element that holds the text, to be selected at the last. */
export async function copy(text, shown) {
  try {
    await navigator.clipboard.writeText(text);
    return "copied";
  } catch {
    if (copiedTheOldWay(text)) return "copied";
  }
  const spot = element("textarea", { className: "dk-byhand", value: text, readOnly: true, "aria-label": "按 Ctrl+C 复制" });
  shown.querySelector(".dk-byhand")?.remove();
  shown.prepend(spot);
  spot.focus();
  spot.select();
  return "selected";
}

function copiedTheOldWay(text) {
  const before = document.activeElement;
  const spot = element("textarea", { className: "vh", value: text, readOnly: true, "aria-hidden": "true" });
  (document.querySelector("dialog[open]") ?? document.body).append(spot);
  spot.select();
  let done = false;
  const put = (event) => {
    event.clipboardData.setData("text/plain", text);
    event.preventDefault();
    done = true;
  };
  document.addEventListener("copy", put);
  try {
    done = document.execCommand("copy") && done;
  } catch {
    done = false;
  }
  document.removeEventListener("copy", put);
  spot.remove();
  before?.focus({ preventScroll: true });
  return done;
}
