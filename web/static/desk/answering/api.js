// How does the page ask the desk? With the token against forgery, with patience, and telling whether anybody answers.

import { byId, say } from "./dom.js";

const PATIENCE = 6000; // milliseconds
const ONCE = 60000; // the same for what counts once: who gives up and sends it again may be taken twice
const AGAIN = 2000; // milliseconds between tries to send what must not be lost
let csrf = document.body.dataset.csrf;
const onRelease = [];
let release = JSON.parse(byId("setup").textContent).release;
const waiting = [];
let sending = false;

/** What the desk says no with, in words for the agent. status 0: nobody answered. */
export class Refused extends Error {
  constructor(status, told) {
    super([told.title, told.detail].filter(Boolean).join("。"));
    this.status = status;
    this.told = told;
  }
}

/** Call ``then`` whenever another release answers. */
export const whenPublished = (then) => onRelease.push(then);

/** JSON of the answer, null without one. Throws Refused, or AbortError when ``signal`` ends it. */
export async function call(path, body, { method = body === undefined ? "GET" : "POST", signal, patience = PATIENCE } = {}) {
  const headers = body === undefined ? {} : { "Content-Type": "application/json" };
  if (method !== "GET") headers["X-CSRFToken"] = csrf;
  const late = AbortSignal.timeout(patience);
  let response;
  try {
    response = await fetch(`/desk/api/${path}`, {
      method,
      headers,
      body: body === undefined ? undefined : JSON.stringify(body),
      signal: signal ? AbortSignal.any([signal, late]) : late,
    });
  } catch (error) {
    if (signal?.aborted) throw error;
    show("away");
    throw new Refused(0, { title: "连不上知识库", detail: "打的字都还在，连上后会自动接着做" });
  }
  const told = response.headers.get("Content-Type")?.includes("json") ? await response.json() : null;
  noticeRelease(response.headers.get("X-KB-Release"));
  if (response.ok) {
    show("well");
    return told;
  }
  show(response.status === 401 ? "out" : response.status >= 500 ? "away" : "well");
  if (told?.code === "CSRF" && (await renewed())) return call(path, body, { method, signal, patience });
  throw new Refused(response.status, told ?? { title: "没有做成", detail: "稍后再试" });
}

/** Whether somebody has signed in again in another tab, with whose token this one goes on. */
async function renewed() {
  const before = csrf;
  try {
    csrf = (await call("../me")).csrf;
  } catch {
    return false;
  }
  return csrf !== before;
}

function noticeRelease(name) {
  if (!name || name === release) return;
  release = name;
  onRelease.forEach((then) => then());
}

function show(what) {
  const live = byId("live");
  if (live.dataset.state === what) return;
  live.dataset.state = what;
  const words = { well: "服务正常", away: "连不上知识库，正在重试" };
  if (what !== "out") return live.replaceChildren(words[what]);
  const link = Object.assign(document.createElement("a"), { href: "/desk/sign-in", target: "_blank", textContent: "重新登录" });
  live.replaceChildren("登录已经结束，打的字都还在：", link, "（新标签页），回来接着做");
}

/** Send it when somebody can take it: again and again while nobody answers or the sign-in has ended. ``done`` gets the answer. */
export function deliver(path, body, done = () => {}) {
  waiting.push({ path, body, done });
  send();
}

async function send() {
  if (sending) return;
  sending = true;
  while (waiting.length) {
    const { path, body, done } = waiting[0];
    try {
      const told = await call(path, body, { patience: ONCE });
      waiting.shift();
      done(told);
    } catch (error) {
      const unknown = error.told?.unknown ?? [];
      const known = body.articles?.filter((one) => !unknown.includes(one.id ?? one));
      if (error.status === 0 || error.status === 401 || error.status === 429 || error.status >= 500) {
        await new Promise((resolve) => setTimeout(resolve, AGAIN));
      } else if (unknown.length && (known?.length || path === "contacts")) {
        body.articles = known; // a release has taken the others away
      } else if (body.reference && error.told?.problems?.some((one) => one.name === "reference")) {
        body.reference = ""; // the rest counts without it
        say(error.message, true);
      } else {
        waiting.shift();
        done(null, error);
      }
    }
  }
  sending = false;
}

addEventListener("beforeunload", (event) => waiting.length && event.preventDefault());
