// How do the words look before they are copied? Those of the channel in hand line by line, the others in short.

import { byId, element, icon, key } from "./dom.js";

const LABELS = { opening: "开场", body: "答案", promise: "时限", closing: "收尾" };
const HOLE = /\{\{\s*([^{}]+?)\s*\}\}/g;

/** without: labels that are left out for this contact; act: { flip(label), copy() } */
export function drawPaper(reply, { digit, name }, without, act) {
  const paper = byId("paper");
  const had = paper.querySelector(":focus")?.dataset.label;
  paper.replaceChildren(
    ...reply.pieces.map((piece) =>
      element(
        "div",
        { className: piece.label === "body" ? "ln ln--core" : "ln" },
        line(piece.label, false, act.flip),
        element("p", {}, ...marked(piece.text)),
      ),
    ),
    ...without.map((label) => element("div", { className: "ln ln--out" }, line(label, true, act.flip), element("p", {}, "这次不说"))),
    element(
      "footer",
      { className: "dk-copy" },
      element("p", { className: reply.refusal ? "dk-need" : "dk-hint", id: "need" }, reply.refusal && icon("warn"), reply.refusal || notes(reply)),
      element("span", { className: "dk-count" }, `${reply.count} / ${reply.limit} 字`),
      element(
        "button",
        { type: "button", className: "btn btn--act", "data-label": "copy", "aria-disabled": String(Boolean(reply.refusal)), "aria-describedby": "need", onclick: act.copy },
        icon("copy"),
        `复制${name}话术 `,
        key(digit),
      ),
    ),
  );
  if (had) paper.querySelector(`[data-label="${had}"]`)?.focus();
}

/** show(channel): somebody wants to see this one whole. */
export function drawOthers(channels, told, show) {
  byId("others").replaceChildren(
    ...channels.map(({ key: channel, digit, name }) => {
      const { text, count, borrowed, refusal } = told[channel];
      return element(
        "button",
        { type: "button", className: borrowed ? "oth oth--fall" : "oth", onclick: () => show(channel) },
        key(digit),
        element("b", {}, name),
        element("span", { className: "oth-t" }, ...marked(text)),
        element("span", { className: "oth-n" }, refusal ? "还不能复制" : borrowed ? `借用${borrowed}` : `${count} 字`),
      );
    }),
  );
}

/** What stands before a line; all but the answer itself can be left out for this contact, and taken back. */
function line(label, isOut, flip) {
  if (label === "body") return element("span", { className: "ln-k" }, LABELS[label]);
  const told = { type: "button", className: "ln-k", "data-label": label, "aria-pressed": String(!isOut), title: isOut ? "说这一句" : "这次不说这一句" };
  return element("button", { ...told, onclick: () => flip(label) }, LABELS[label]);
}

const notes = (reply) =>
  [reply.borrowed && `借用“${reply.borrowed}”的文案`, ...reply.hints, reply.left_out.length && "字数不够，少说了时限"].filter(Boolean).join("；");

/** The text with its open blanks marked. */
function marked(text) {
  return text.split(HOLE).map((part, place) => (place % 2 ? element("mark", { className: "hole" }, part) : part));
}
