// What stands around one answer? Pins and recent ones, notices, and the end of the contact with its summary.

import { call, deliver } from "./api.js";
import { copy } from "./clipboard.js";
import * as contact from "./contact.js";
import { byId, element, icon, key, say } from "./dom.js";

const ENDS = [
  ["solved", "Y"],
  ["unsolved", "N"],
  ["handed", "T"],
  ["dropped", "X"],
];
const EVERY = 3000; // milliseconds between looks at what is stopped; with the desk's own 3 seconds, ten are kept
const WIDE = matchMedia("(min-width: 100rem)");
const IDLE = 10 * 60 * 1000; // milliseconds without a key or a click after which nobody looks: a session must be able to end
let pinned = [];
let lastSeen = performance.now();

export const isPinned = (id) => pinned.includes(id);

export async function drawPins(open) {
  try {
    const told = await call("pins");
    pinned = told.pins.map((one) => one.id);
    byId("pins").replaceChildren(...[list("pin", "置顶", told.pins, open), list("clock", "最近", told.recent, open)].filter(Boolean));
  } catch {
    // they come with the next article
  }
}

const list = (drawing, title, articles, open) =>
  articles.length &&
  element(
    "section",
    { "aria-label": title },
    element("h2", {}, icon(drawing), title),
    element("ul", {}, ...articles.map((one) => element("li", {}, element("button", { type: "button", className: "linkish", onclick: () => open(one.id) }, one.question), one.changed && element("em", { className: "tag" }, " 有改")))),
  );

export async function flipPin(id, then) {
  try {
    await call(`pins/${encodeURIComponent(id)}`, isPinned(id) ? undefined : {}, { method: isPinned(id) ? "DELETE" : "PUT" });
    say(isPinned(id) ? "已取消置顶" : "已置顶");
    then();
  } catch (error) {
    say(error.message, true);
  }
}

/** Look at stops and notices every few seconds; tell(ids) gets the articles that are stopped. */
export function watch(tell) {
  const seen = () => (lastSeen = performance.now());
  addEventListener("keydown", seen, true);
  addEventListener("pointerdown", seen, true);
  const look = async () => {
    if (document.hidden || performance.now() - lastSeen > IDLE) return;
    try {
      const told = await call("urgent");
      notices(told.notices);
      tell(told.stopped.map((one) => one.article));
    } catch {
      // the foot of the page says it
    }
  };
  look();
  setInterval(look, EVERY);
}

function notices(all) {
  const texts = all.map((one) => one.text.phone ?? one.text.web);
  if (byId("notices").dataset.texts === texts.join("\n")) return;
  byId("notices").dataset.texts = texts.join("\n");
  byId("notices").replaceChildren(...texts.map((text) => element("p", { className: "dk-notice", role: "status" }, element("b", {}, "公告 "), text)));
}

/** end(result): the agent closes the contact. */
export function drawEnds(results, end) {
  byId("end").replaceChildren(
    element("span", {}, "结束联系"),
    ...ENDS.map(([result, letter]) => element("button", { type: "button", className: "btn", onclick: () => end(result) }, `${results[result]} `, key(letter))),
    element("span", { className: "dk-endnote" }, "按下即复制通话小结"),
  );
}

export const resultOf = (letter) => ENDS.find(([, own]) => own === letter.toUpperCase())?.[0];

/** Where there is room, what the summary would say if the contact ended now. */
async function foresee() {
  if (!WIDE.matches) return;
  try {
    const { text } = await call("wrap-up", contact.told());
    showSummary(text);
  } catch {
    // it comes with the end of the contact
  }
}
document.addEventListener("desk:copied", foresee);

function showSummary(text) {
  byId("summary").hidden = false;
  byId("summary-text").textContent = text;
}

/** Store how the contact ended and copy its summary. Nobody there: it is kept, sent later, and the page goes on. */
export function close(result, queue, then) {
  const body = { ...contact.told(), result, handed_to: queue };
  const given = performance.now();
  const { reference } = body;
  deliver("contacts", body, async (told, error) => {
    if (error) return say(error.message, true);
    showSummary(told.text);
    const late = performance.now() - given > 5000;
    const how = late ? "late" : await copy(told.text, byId("summary"));
    const lost = reference && !body.reference ? "；案件号的写法不对，没有记下" : "";
    say({ copied: "已结束，通话小结已复制", selected: "已结束；浏览器不让复制，小结已选中，请按 Ctrl+C", late: "结果补交好了，小结在下面" }[how] + lost, how === "selected" || Boolean(lost));
  });
  then();
}
