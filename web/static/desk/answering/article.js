// What stands around the words? Its title, the flow, and on the right what keeps an agent from mistakes.

import { call, deliver } from "./api.js";
import { byId, element, icon, key } from "./dom.js";
import { stateInWords } from "./search.js";

/** act: { open(id), mark(), pin(), history() } */
export function draw(view, pinned, act) {
  const dead = stateInWords(view.state);
  byId("title").replaceChildren(
    element("h1", {}, view.question),
    element(
      "p",
      {},
      element("span", {}, view.products.join("、") || "通用"),
      view.internal && element("span", { className: "tag--in" }, "内部"),
      view.commit && element("span", {}, `版本 ${view.commit}`),
      view.review_by && element("span", {}, `${view.review_by} 前复核`),
      view.owner && element("span", {}, view.owner),
      element(
        "span",
        { className: "dk-acts" },
        view.url && element("a", { href: view.url, target: "_blank" }, "原文"),
        element("button", { type: "button", className: "linkish", onclick: act.pin }, icon("pin"), pinned ? "取消置顶" : "置顶", key("P")),
        element("button", { type: "button", className: "linkish", onclick: act.mark }, icon("flag"), "标记问题", key("!")),
      ),
    ),
    dead &&
      element(
        "p",
        { className: "dk-dead" },
        view.stop_reason ? `${dead}：${view.stop_reason}` : dead,
        view.replaced_by && element("button", { type: "button", className: "linkish", onclick: () => act.open(view.replaced_by.id) }, `换成：${view.replaced_by.question}`),
      ) || "",
  );
  flow(view.ask, act);
  byId("side").replaceChildren(
    ...[
      view.notes.length && section("先查一下", bullets(view.notes)),
      view.avoid.length && section("不要这样说", bullets(view.avoid), "no", "nt--no"),
      view.escalate && section("升级", facts({ 何时: view.escalate.when, 交给: view.escalate.queue, 可自定: view.escalate.leeway }), "handoff"),
      element("section", { className: "nt nt--diff", id: "changes", hidden: true }),
      view.steps.length && section("怎么做", bullets(view.steps)),
      view.documents.length && section("要带", bullets(view.documents)),
      view.sources.length && section("依据", element("ul", { className: "law" }, ...view.sources.map((cite) => element("li", {}, cite))), "book"),
      view.similar.length && section("相近案例", element("ul", { className: "law" }, ...view.similar.map((one) => element("li", {}, element("button", { type: "button", className: "linkish", onclick: () => act.open(one.id) }, one.question))))),
      section("改过什么", element("button", { type: "button", className: "linkish", id: "history", onclick: () => act.history() }, "看每一版 ", key("H")), "history"),
    ].filter(Boolean),
  );
  changes(view);
}

function flow(asks, act) {
  const place = byId("flow");
  const step = (name) => {
    const ask = asks.find((one) => one.key === name);
    if (!ask) return place.replaceChildren();
    place.replaceChildren(
      element(
        "div",
        { className: "dk-flow", role: "group", "aria-label": ask.question },
        element("b", {}, ask.question),
        ...ask.choices.map((choice) =>
          element(
            "button",
            { type: "button", className: "chip", onclick: () => (choice.article ? act.open(choice.article) : choice.next ? step(choice.next) : act.human()) },
            choice.text,
          ),
        ),
      ),
    );
  };
  step(asks[0]?.key);
}

/** What differs from what this agent opened last; from now on they have opened this one. */
async function changes(view) {
  try {
    const told = await call(`articles/${encodeURIComponent(view.id)}/changes`);
    const place = byId("changes");
    if (told.parts.length && told.version === view.version && place) {
      place.hidden = false;
      place.replaceChildren(
        element("h2", {}, icon("history"), "上次读后有改"),
        ...told.parts.map((part) =>
          element("p", { className: "diff-p" }, element("span", {}, `${part.part}：`), ...part.pieces.map(({ kind, text }) => (kind === "same" ? text : element(kind, {}, text)))),
        ),
      );
    }
    deliver("reads", { article: view.id, version: view.version });
  } catch {
    // the answer stands without it
  }
}

const section = (title, content, drawing = "", kind = "") =>
  element("section", { className: `nt ${kind}` }, element("h2", {}, drawing && icon(drawing), title), content);
const bullets = (texts) => element("ul", {}, ...texts.map((text) => element("li", {}, text)));
const facts = (told) =>
  element("dl", {}, ...Object.entries(told).filter(([, text]) => text).map(([name, text]) => element("div", {}, element("dt", {}, name), element("dd", {}, text))));
