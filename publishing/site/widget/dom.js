// How is the panel drawn? Always as elements and text, never as HTML: the host page's policy forbids it, and so do we.
const put = (parent, ...children) => {
  parent.append(...children.flat(9).filter((child) => child || child === 0));
  return parent;
};
/** el("p.dim", { id: "x" }, "text", [more]): name, class, properties if any, children; what is empty or false is left out. */
function el(what, ...children) {
  const [name, className] = what.split(".");
  const properties = children[0]?.constructor === Object ? children.shift() : {};
  return put(Object.assign(document.createElement(name), className && { className }, properties), children);
}
const SVG = "http://www.w3.org/2000/svg";

function icon(paths, box = "0 0 24 24") {
  const drawn = document.createElementNS(SVG, "svg");
  drawn.setAttribute("viewBox", box);
  drawn.setAttribute("aria-hidden", "true");
  for (const d of [paths].flat()) {
    const path = document.createElementNS(SVG, "path");
    path.setAttribute("d", d);
    drawn.append(path);
  }
  return drawn;
}

const ICONS = {
  ask: "M4 4.8h16v11.4h-9.2L6.5 20v-3.8H4zM8 8.8h8M8 12h5",
  close: "m6 6 12 12M18 6 6 18",
  phone:
    "M5.2 4.2h3.1l1.6 4-2 1.5a11.5 11.5 0 0 0 6.4 6.4l1.5-2 4 1.6v3.1a1.6 1.6 0 0 1-1.7 1.6C10.7 19.9 4.1 13.3 3.6 5.9a1.6 1.6 0 0 1 1.6-1.7z",
  human:
    "M4.5 14.5v-2.3a7.5 7.5 0 0 1 15 0v2.3M4.5 13.2h2.6v5.3H6a1.5 1.5 0 0 1-1.5-1.5zM19.5 13.2h-2.6v5.3H18a1.5 1.5 0 0 0 1.5-1.5zM18.8 18.4c-.4 1.6-1.9 2.4-4.3 2.4",
};
const SLIP = ["M0 0h20v22H9l-5 6v-6H0z", "M5 7.5h10M5 11h10M5 14.5h6"];

const button = (className, text, onclick, mark) =>
  el("button", { type: "button", className: `btn ${className}`, onclick }, mark && icon(ICONS[mark]), text);
const dial = (number) => `tel:${number.replace(/[^\d+]/g, "")}`;
/** An address of the help centre opens beside the host page, which the reader has not finished with. */
const link = (className, url, ...children) => {
  const out = !url.startsWith("tel:");
  const made = el("a", { className, href: url, rel: "noopener" }, children, out && el("span.vh", "（新窗口打开）"));
  if (out) made.target = "_blank";
  return made;
};
const page = (url) => (/^https?:/.test(url) ? url : HOME + url.replace(/^\/+/, ""));
