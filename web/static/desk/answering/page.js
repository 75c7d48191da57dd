// The page /desk: which key does what, and how its parts meet.

import { call, whenPublished } from "./api.js";
import * as around from "./around.js";
import * as article from "./article.js";
import { toBlank } from "./blanks.js";
import * as contact from "./contact.js";
import * as dialogs from "./dialogs.js";
import { byId, say } from "./dom.js";
import * as reply from "./reply.js";
import * as search from "./search.js";

const setup = JSON.parse(byId("setup").textContent);
const views = new Map(); // the articles of the stack, by id
let view = null; // the one that is open
let opening = 0;

async function fetched(id) {
  return call(`articles/${encodeURIComponent(id)}`);
}

async function open(id, rank = null) {
  const mine = ++opening;
  if (!contact.now().query) contact.now().query = search.query();
  try {
    const found = await fetched(id);
    if (mine !== opening) return;
    views.clear();
    await lay([found], rank);
    around.drawPins(open);
  } catch (error) {
    if (mine === opening) say(error.message, true);
  }
}

/** These articles are the reply; the first is the one that is open. */
async function lay(found, rank = null) {
  for (const one of found) views.set(one.id, one);
  view = found[0] ?? null;
  byId("empty").hidden = Boolean(view);
  if (view) article.draw(view, around.isPinned(view.id), acts);
  else byId("side").replaceChildren();
  const stopped = found.find((one) => one.state === "stopped");
  const bar = stopped ? `“${stopped.question}”已停用，不能复制：${stopped.stop_reason}` : "";
  await reply.stackUp(found.map((one) => one.id), Object.assign({}, ...found.map((one) => one.events)), rank, bar);
  if (found.length > 1) byId("title").append(stackNote(found));
}

function stackNote(found) {
  const note = document.createElement("p");
  note.className = "dk-stack";
  note.textContent = `叠了 ${found.length} 篇：${found.map((one) => one.question).join("＋")}`;
  return note;
}

async function stack() {
  const hit = search.selected();
  if (!hit) return;
  const ids = reply.stacked();
  if (ids.includes(hit.id)) return lay(ids.filter((id) => id !== hit.id).map((id) => views.get(id)));
  try {
    const found = await fetched(hit.id);
    await lay([...ids.map((id) => views.get(id)), found]);
    say(`叠了 ${reply.stacked().length} 篇`);
  } catch (error) {
    say(error.message, true);
  }
}

/** The same articles as they are now: a release or a stop has come. */
async function again() {
  const ids = reply.stacked();
  if (!ids.length) return;
  try {
    const found = await Promise.all(ids.map((id) => fetched(id).catch((error) => (error.status === 404 ? null : Promise.reject(error)))));
    const gone = ids.filter((id, place) => !found[place]).map((id) => `“${views.get(id)?.question ?? id}”`);
    await lay(found.filter(Boolean));
    if (gone.length) say(`${gone.join("")}已经下线，请换一篇，或转办`, true);
  } catch (error) {
    say(error.message, true);
  }
}

/** The open articles as they are now, as long as the page takes one for stopped that is not, or the other way. */
function obey(stopped) {
  const open = reply.stacked().map((id) => views.get(id));
  if (open.some((one) => one && stopped.includes(one.id) !== (one.state === "stopped"))) again();
}

function end(result) {
  const done = (queue = "") =>
    around.close(result, queue, () => {
      contact.start();
      search.clear();
      views.clear();
      lay([]);
      around.drawPins(open);
      search.focus();
    });
  if (result === "handed") dialogs.handOver(setup.queues, view?.escalate?.to ?? "", done);
  else done();
}

async function gap() {
  const query = search.query();
  if (!query) return say("先在搜索框里写客户的问题", true);
  try {
    const told = await call("gaps", { query, product: search.filter() });
    say(told.new ? "记下了，编辑会看到" : `记下了，一共 ${told.times} 次`);
  } catch (error) {
    say(error.message, true);
  }
}

const acts = {
  open,
  human: () => end("handed"),
  mark: () => view && dialogs.mark(view, setup),
  history: () => view && dialogs.history(view),
  pin: () => {
    const id = view?.id ?? search.selected()?.id;
    if (id) around.flipPin(id, async () => { await around.drawPins(open); if (view) article.draw(view, around.isPinned(view.id), acts); });
  },
};

const KEYS = {
  "/": search.focus,
  ArrowDown: () => search.move(1),
  ArrowUp: () => search.move(-1),
  "+": stack,
  "=": stack, // the same key without Shift
  b: toBlank,
  p: acts.pin,
  "!": acts.mark,
  "！": acts.mark,
  g: gap,
  h: acts.history,
  "?": dialogs.help,
  "？": dialogs.help,
};

const isTyping = (target) => target.matches?.("input, textarea, select, [contenteditable]");

addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.keyCode === 229) return;
  if (byId("dialog").open) return;
  if (isTyping(event.target)) {
    if (event.key === "Escape" && event.target.id !== "q") byId("hits").focus({ preventScroll: true });
    return;
  }
  if (event.key === "Enter") {
    if (event.target.matches("button, a, summary")) return;
    event.preventDefault();
    return search.open();
  }
  if (event.key.startsWith("Arrow") && event.target.closest("[role=tablist], pre, .dk-side")) return;
  const channel = setup.channels.find((one) => one.digit === event.key);
  const result = event.shiftKey ? undefined : around.resultOf(event.key);
  const act = channel ? () => reply.copyFor(channel.key) : result ? () => end(result) : KEYS[event.key] ?? KEYS[event.key.toLowerCase()];
  if (!act || event.repeat) return event.repeat && event.key.startsWith("Arrow") ? act?.() : undefined;
  event.preventDefault();
  act();
});

const mode = () => (byId("mode").textContent = isTyping(document.activeElement) ? "在输入框里，数字照常打字" : "数字键可用，按下即复制");
addEventListener("focusin", mode);
addEventListener("focusout", () => setTimeout(mode));

let held = null; // what had the focus last; when it was drawn anew meanwhile, the results get it, where every key works
addEventListener("focusin", (event) => byId("main").contains(event.target) && (held = event.target));
const hold = () => held && !held.isConnected && document.activeElement === document.body && search.leave();
new MutationObserver(hold).observe(byId("main"), { childList: true, subtree: true });
byId("dialog").addEventListener("close", hold);

reply.attach(setup);
reply.show(setup.channels[0].key);
around.drawEnds(setup.results, end);
search.attach(setup.products, open);
around.drawPins(open);
around.watch(obey);
whenPublished(again);
byId("gap").addEventListener("click", gap);
byId("help").addEventListener("click", dialogs.help);
const wanted = new URLSearchParams(location.search).get("article");
if (wanted) open(wanted);
mode();
