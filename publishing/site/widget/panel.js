// When does what happen? A button, a dialog with a question box, and one view at a time.
const PATIENCE = 300;

function start() {
  if (document.querySelector("kb-ask")) return;
  const given = script?.dataset ?? {};
  const host = document.createElement("kb-ask");
  const shadow = host.attachShadow({ mode: "open" });
  dress(shadow);
  const title = given.title || `${BRAND.name} ${BRAND.site}`;
  const status = el("p.vh", { role: "status" });
  const view = el("div.view");
  const input = el("input", { type: "text", id: "q", enterKeyHint: "search", autocomplete: "off", spellcheck: false, maxLength: 500, placeholder: BRAND.placeholder });
  const send = el("button", { className: "btn act", type: "submit" }, "提问");
  const form = el("form.ask", el("label.vh", { htmlFor: "q" }, "用自己的话提问"), input, send);
  const open = button("act open", "提问", show, "ask");
  const close = button("quiet", "", () => dialog.close(), "close");
  const phone = BRAND.hotline && link("tel", dial(BRAND.hotline), `电话 ${BRAND.hotline}`);
  const human = button("act", "找人工", () => go.human(), "human");
  const name = el("b", { id: "title" }, title);
  const top = el("div.top", icon(SLIP, "0 0 20 28"), name, BRAND.demo && el("small", "演示站·非官方"), close);
  const dialog = el("dialog", top, form, view, el("div.foot", phone || el("span"), human), status);
  const root = el("div", { className: given.position === "left" ? "kb left" : "kb", lang: "zh-CN" }, open, dialog);
  // What the reader comes back to from 找人工.
  let before = [];
  let composing = false;
  let number = 0;
  const go = {
    again: () => (input.focus(), input.select()),
    ask: find,
    choose: (question, article) => find({ question, article }),
    human: () => draw(viewHuman(go), "找人工"),
    back: () => draw(before, ""),
    show: draw,
  };

  close.setAttribute("aria-label", "关闭");
  dialog.setAttribute("aria-labelledby", "title");
  open.setAttribute("aria-haspopup", "dialog");
  themed(root, given);
  open.style.marginBottom = `${parseInt(given.bottom, 10) || 0}px`;
  draw(viewStart(go), "");

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const question = input.value.trim();
    if (!composing && question) find({ question });
    else input.focus();
  });
  input.addEventListener("compositionstart", () => (composing = true));
  input.addEventListener("compositionend", () => (composing = false));
  input.addEventListener("keydown", (event) => {
    // Enter that ends a composition is no question; Safari tells it only by this number.
    if (event.key === "Enter" && (event.isComposing || event.keyCode === 229)) event.preventDefault();
  });
  dialog.addEventListener("keydown", trap);
  dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
  dialog.addEventListener("close", () => open.focus());
  // The host page's shortcuts are not for what is typed here.
  for (const type of ["keydown", "keyup", "keypress"]) shadow.addEventListener(type, (event) => event.stopPropagation());
  shadow.append(root);
  document.body.append(host);

  function show() {
    dialog.showModal();
    input.focus();
  }

  async function find(body) {
    const mine = ++number;
    send.textContent = "正在找……";
    input.value = body.question;
    const waiting = setTimeout(() => view.replaceChildren(el("div.bars", el("i"), el("i"), el("i"))), PATIENCE);
    const reply = await ask(body).catch((error) => error);
    clearTimeout(waiting);
    if (mine !== number) return;
    send.textContent = "提问";
    if (reply.band) draw(viewReply(reply, body.question, go), { answer: "找到了答案", choose: "请选一个", unsure: "没有把握" }[reply.band]);
    else draw(reply instanceof Refused ? viewRefused(reply.message, go) : viewAway(), "没有答上");
  }

  function draw(nodes, told) {
    if (told !== "找人工") before = nodes;
    view.replaceChildren();
    put(view, nodes);
    view.scrollTop = 0;
    status.textContent = told;
    if (dialog.open) view.querySelector("h2")?.focus();
  }

  function trap(event) {
    if (event.key !== "Tab") return;
    const all = [...dialog.querySelectorAll("a, button, input")].filter((each) => each.offsetParent);
    const [first, last] = [all[0], all.at(-1)];
    const edge = event.shiftKey ? first : last;
    if (shadow.activeElement !== edge) return;
    event.preventDefault();
    (event.shiftKey ? last : first).focus();
  }
}

/** The style sheet is made here, which a policy without unsafe-inline allows; old browsers get an element. */
function dress(shadow) {
  try {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(STYLE);
    shadow.adoptedStyleSheets = [sheet];
  } catch {
    shadow.append(el("style", STYLE));
  }
}

function themed(root, { theme, mode }) {
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const set = () => (root.dataset.theme = theme || (dark.matches ? "dark" : "light"));
  if (mode) root.dataset.mode = mode;
  dark.addEventListener("change", set);
  set();
}

if (document.body) start();
else addEventListener("DOMContentLoaded", start);
