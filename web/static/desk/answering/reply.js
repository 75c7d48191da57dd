// Which words are copied? Those of every channel are asked for with what was filled in; the copy is what the preview shows.

import { call, deliver } from "./api.js";
import { drawBlanks, mend, toBlank } from "./blanks.js";
import { copy } from "./clipboard.js";
import { answered, now, reference } from "./contact.js";
import { byId, element, key, say } from "./dom.js";
import { drawOthers, drawPaper } from "./preview.js";

const FRESH = 3000; // milliseconds: an older preview is asked for again before it is copied, in case the article was stopped or changed
const LOOK = 1500; // milliseconds: a key pressed so soon after other words came was meant for the ones before
const AGAIN = 2000; // milliseconds until words are asked for again that nobody has answered
const CHANGED = "这一篇刚改过，话术已换成新的，看一眼再按一次";
const PAUSE = 60; // milliseconds after a key in a blank

let setup;
let stack = []; // ids, in order
let events = {}; // what deadlines run from → whether the hour counts
let channel = "phone";
let told = null; // the replies that are shown
let toldAt = 0;
let toldOf = ""; // what they were asked with
let toldWords = ""; // the words of all channels
let changedAt = -Infinity; // when other words came for the same question
let asking = Promise.resolve();
let number = 0; // of the last question
let timer = 0;
let rank = null;
let barred = "";

export const stacked = () => stack;

export function attach(given) {
  setup = given;
  byId("tabs").replaceChildren(...setup.channels.map(tab));
  byId("tabs").addEventListener("keydown", (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    const names = setup.channels.map((one) => one.key);
    show(names[(names.indexOf(channel) + step + names.length) % names.length]);
    byId("tabs").querySelector("[aria-selected=true]").focus();
  });
}

/** Say these articles; place: of the one article among the results; bar: why they must not be copied, whatever another process of the
 * desk says that has not heard of it yet. */
export async function stackUp(ids, since, place = null, bar = "") {
  if (String(ids) !== String(stack)) for (const place of ["paper", "others"]) byId(place).replaceChildren(); // never the words of another article under this title
  stack = ids;
  events = since;
  rank = place;
  barred = bar;
  told = null;
  byId("open").hidden = !ids.length;
  number += 1; // what was asked for the ones before is nobody's any more
  asking = Promise.resolve(null);
  clearTimeout(timer);
  timer = 0;
  if (!ids.length) {
    toldOf = "";
    return;
  }
  await ask();
  askFor();
}

/** What the words depend on, beside the release. */
const question = () => ({ articles: stack, blanks: filled(now().blanks), began: filled(now().began), without: now().without });

/** Ask for the words again; resolves to null, or to the error when they do not come. */
export function ask(isAgain = false) {
  clearTimeout(timer);
  timer = 0;
  const mine = ++number;
  const wanted = question();
  const wantedOf = JSON.stringify(wanted);
  asking = call("reply", wanted).then(
    (found) => {
      if (mine !== number) return asking; // whoever waits, waits for the newest
      const words = JSON.stringify(found.replies.map((one) => one.text));
      if (toldOf === wantedOf && words !== toldWords) {
        changedAt = performance.now();
        say(CHANGED, true);
      }
      [toldOf, toldWords] = [wantedOf, words];
      told = Object.fromEntries(found.replies.map((one) => [one.channel, one]));
      toldAt = performance.now();
      draw();
      return null;
    },
    (error) => {
      if (mine !== number) return asking;
      if (!isAgain) say(error.message, true);
      if (error.status === 0 || error.status >= 500) timer = setTimeout(ask, AGAIN, true);
      return error;
    },
  );
  return asking;
}

const filled = (values) => Object.fromEntries(Object.entries(values).filter(([, value]) => value.trim()));

/** Copy what the preview of ``wanted`` shows; when the words have changed meanwhile, show them and copy nothing. */
export async function copyFor(wanted) {
  if (!stack.length) return say("先打开一篇，再复制", true);
  if (!setup.channels.some((one) => one.key === wanted)) return;
  show(wanted);
  let error = null;
  if (timer) error = await ask();
  else await asking;
  const shown = told?.[wanted];
  if (!shown) return say(error?.message ?? "话术还没有出来，再按一次", true);
  if (!error && performance.now() - toldAt > FRESH) error = await ask();
  const fresh = told?.[wanted];
  if (error?.status === 400 || !fresh) return; // the page has said why
  const why = error && (error.status === 401 ? "登录已经结束" : "连不上知识库");
  if (error && toldOf !== JSON.stringify(question())) return say(`${why}，刚填的还没有进话术，先别复制`, true);
  if (fresh.text !== shown.text || performance.now() - changedAt < LOOK) {
    changedAt = -Infinity;
    return say(CHANGED, true);
  }
  if (fresh.refusal || barred) {
    say(fresh.refusal || barred, true);
    if (fresh.missing.some((one) => one.kind === "blank" || one.kind === "pattern")) toBlank();
    return;
  }
  const name = setup.channels.find((one) => one.key === wanted).name;
  const how = await copy(fresh.text, byId("paper"));
  say(how === "copied" ? `已复制${name}话术${why ? `（${why}，这是刚才那一版）` : ""}` : "浏览器不让复制：文字已选中，请按 Ctrl+C", how !== "copied");
  answered(stack, wanted);
  const body = { articles: [...stack], channel: wanted, query: now().query, contact: now().id };
  if (rank && stack.length === 1) body.rank = rank;
  if (reference()) body.reference = reference();
  deliver("copied", body);
  document.dispatchEvent(new CustomEvent("desk:copied"));
}

export function show(wanted) {
  if (!setup.channels.some((one) => one.key === wanted)) return;
  channel = wanted;
  for (const each of byId("tabs").children) {
    each.setAttribute("aria-selected", String(each.dataset.channel === channel));
    each.tabIndex = each.dataset.channel === channel ? 0 : -1;
  }
  byId("paper").setAttribute("aria-labelledby", `tab-${channel}`);
  draw();
  if (stack.length) askFor();
}

function tab({ key: name, digit, name: words }) {
  return element(
    "button",
    { type: "button", role: "tab", id: `tab-${name}`, "data-channel": name, "aria-controls": "paper", onclick: () => show(name) },
    key(digit),
    words,
  );
}

function draw() {
  const reply = told?.[channel];
  if (!reply) return byId("paper").replaceChildren();
  const own = setup.channels.find((one) => one.key === channel);
  const flip = (label) => {
    const { without } = now();
    if (without.includes(label)) without.splice(without.indexOf(label), 1);
    else without.push(label);
    ask();
  };
  drawPaper(reply, own, now().without, { flip, copy: () => copyFor(channel) });
  drawOthers(setup.channels.filter((one) => one !== own), told, show);
  mend(reply.missing);
}

/** The fields of this channel's words. */
function askFor() {
  const later = () => {
    clearTimeout(timer);
    timer = setTimeout(ask, PAUSE);
  };
  const names = told?.[channel]?.blanks ?? [];
  drawBlanks(names.map((name) => ({ name, label: name, ...setup.blanks[name] })), events, now(), { later, atOnce: ask });
  mend(told?.[channel]?.missing ?? []);
}
