// What does each state say? Every view begins with its heading, which gets the focus. go: what a tap leads to (panel.js).
const heading = (text) => el("h2", { tabIndex: -1 }, text);
const slip = (text, ...rest) => el("div.say", el("span.slip", text), el("div", ...rest));
const UNITS = { 自然日: "日", 工作日: "个工作日" };
const within = ({ within: number, unit }) => (number ? `${number} ${UNITS[unit] ?? unit}内` : "");
const section = (title, list) => [el("h3", title), list];

function call() {
  if (!BRAND.hotline) return el("p", "请拨保单上印的客服电话。");
  return [
    link("btn act big", dial(BRAND.hotline), icon(ICONS.phone), el("span", "拨打 ", el("span.tel", BRAND.hotline))),
    BRAND.hours && el("p.dim", BRAND.hours),
  ];
}

const pick = (title, text, onclick) =>
  el("li", el("button.pick", { type: "button", onclick }, el("b", title), text && el("span.dim", text)));

const again = (text, go, human) => el("div.row", button("quiet", text, go.again), human && button("quiet", "看接通后怎么说", go.human));

function viewStart(go) {
  return [
    heading(BRAND.title),
    el("p.dim", BRAND.lead),
    el("ul", BRAND.moments.map(([title, text, article]) => pick(title, text, () => go.choose(title, article)))),
  ];
}

function viewReply(reply, question, go) {
  const { band, message, human_first: human, corrected, guess } = reply;
  const fixed = corrected && [
    `已按「${corrected}」搜索。`,
    button("quiet", `仍搜「${question}」`, () => go.ask({ question, literal: true })),
  ];
  const only = guess?.used && band === "choose" && [
    `只看了“${guess.name}”。`,
    button("quiet", "看全部类别", () => go.ask({ question, category: "" })),
  ];
  return [
    fixed && el("p.dim", fixed),
    human && band === "answer" && [el("p", message), el("div.row", call())],
    { answer: viewAnswer, choose: viewChoose, unsure: viewUnsure }[band](reply, question, go),
    only && el("p.dim", only),
    reply.flow && viewFlow(reply.flow, question, go),
    band !== "unsure" && again(band === "choose" ? "都不是，换个说法" : "没答到，换个说法", go, human),
  ];
}

function viewAnswer({ answer }) {
  const who = { customer: ["you", "您来做"], company: ["we", "我们来做"], both: ["both", "一起做"] };
  const step = (each) =>
    el("li", { className: who[each.who][0] }, el("b", `${each.title} ${within(each)}`), el("span.vh", `（${who[each.who][1]}）`), each.text && el("p.dim", each.text));
  const paragraphs = answer.body.split("\n").filter(Boolean);
  const actions = answer.actions.map((each, i) => link(i ? "btn" : "btn act", each.url ? page(each.url) : dial(each.tel), each.tel && icon(ICONS.phone), each.label));
  return [
    heading(answer.question),
    slip("结论", el("p.lead", answer.conclusion)),
    actions[0] && el("div.row", actions),
    paragraphs.map((text) => el("p", text)),
    answer.steps[0] && section("怎么做", el("ol.steps", answer.steps.map(step))),
    answer.documents[0] && section("带什么", el("ul.docs", answer.documents.map((d) => el("li", d.name, d.note && el("span.dim", ` ${d.note}`))))),
    answer.promises[0] && section("多久", el("ul.terms", answer.promises.map((p) => el("li", el("span", p.what, el("span.dim", ` 从${p.since.replace(/^从|起$/g, "")}起`)), el("b", within(p)))))),
    el("p.row", link("", page(answer.url), "看依据和全文")),
  ];
}

function viewChoose({ choices, message, human_first: human }, question, go) {
  return el("div.choose",
    slip("请选", heading(message), el("p.dim", `您问：“${question}”`)),
    human && el("div.row", call()),
    el("ul", choices.map((each) => pick(each.question, each.answer, () => go.choose(question, each.id)))),
  );
}

function viewUnsure({ message, categories, human_first: human }, question, go) {
  return el("div.unsure",
    slip("没把握", heading(message), el("p.dim", `您问：“${question}”`)),
    call(),
    again("换个说法", go, human),
    section("从类别里找", el("ul", categories.map((each) => el("li", link("pick", page(each.url), el("b", each.name)))))),
  );
}

/** One question of a flow after the other; each choice leads to an article or to the next question. */
function viewFlow(flow, question, go, key = flow.ask[0].key) {
  const now = flow.ask.find((each) => each.key === key);
  const lead = (choice) =>
    choice.to ? go.human() : choice.article ? go.choose(question, choice.article) : go.show(viewFlow(flow, question, go, choice.next), now.question);
  const list = el("ul", now.choices.map((choice) => pick(choice.text, "", () => lead(choice))));
  return key === flow.ask[0].key ? [el("h3", `先选一选：${now.question}`), list] : [heading(now.question), list, again("都不是，换个说法", go)];
}

function viewHuman(go) {
  const told = el("ol.tell", trail.map((line) => el("li", line)));
  const ways = BRAND.ways.map(([label, value]) => el("li", el("span.dim", label), value));
  return [
    heading("找人工"),
    el("div.row", call()),
    trail.length ? [el("p", "不用从头讲，接通后照着说："), told, button("", "复制这段话", (event) => copy(told, event.target))] : el("p", "接通后，说您遇到的事就行。"),
    ways[0] && section("其他渠道", el("ul.terms", ways)),
    el("div.row", button("quiet", "返回", go.back)),
  ];
}

const viewAway = () => [heading(BRAND.hotline ? `暂时连不上，请直接拨 ${BRAND.hotline}。` : "暂时连不上，请稍后再试。"), el("div.row", call())];

const viewRefused = (text, go) => [heading(text), again("换个说法", go)];

async function copy(from, told) {
  try {
    await navigator.clipboard.writeText(trail.join("\n"));
    told.textContent = "已复制";
  } catch {
    getSelection().selectAllChildren(from);
    told.textContent = "浏览器不让复制，文字已选中。请按 Ctrl+C。";
  }
}
