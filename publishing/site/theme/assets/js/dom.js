// How is text put on the page? Always as text, never as HTML.

/** element("b", { className: "x" }, "text", anotherElement) */
export function element(name, properties = {}, ...children) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
}

/** A question with its clauses marked, so that lines break after a comma first. */
export function clauses(text) {
  const parts = text.match(/[^，；：。？！]*[，；：。？！]+[”’」』）]*|[^，；：。？！]+/g) ?? [text];
  return parts.length < 2 ? [text] : parts.map((part) => element("span", { className: "c" }, part));
}

/** The API's snippet (escaped text and <mark>) as nodes. */
export function snippet(html) {
  return html.split(/(<mark>.*?<\/mark>)/s).map((part) => {
    const marked = /^<mark>(.*)<\/mark>$/s.exec(part);
    return marked ? element("mark", {}, decode(marked[1])) : decode(part);
  });
}

/** Entities become characters; nothing in ``text`` is ever parsed as a tag. */
function decode(text) {
  const named = { amp: "&", lt: "<", gt: ">", quot: '"' };
  return text.replace(/&(?:#(\d+)|#x([\da-f]+)|(amp|lt|gt|quot));/gi, (_, decimal, hex, name) =>
    name ? named[name.toLowerCase()] : String.fromCodePoint(decimal ? Number(decimal) : parseInt(hex, 16)),
  );
}

export const siteRoot = () => document.documentElement.dataset.root;

/** The address of a page from here; the API gives it from the site's root. */
export const pageAddress = (url) => siteRoot() + url.replace(/^\/+/, "");
