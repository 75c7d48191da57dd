// How is text put on the page? Always as text, never as HTML.

export const byId = (id) => document.getElementById(id);

/** element("b", { className: "x", "aria-label": "…" }, "text", anotherElement); nothing for null and false. */
export function element(name, properties = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(properties)) {
    if (value === undefined || value === null || value === false) continue;
    if (key in made && !key.startsWith("aria-")) made[key] = value;
    else made.setAttribute(key, value === true ? "" : value);
  }
  made.append(...children.filter((child) => child !== null && child !== false && child !== undefined));
  return made;
}

/** One of the drawings of _icons.svg. */
export function icon(name) {
  const space = "http://www.w3.org/2000/svg";
  const drawn = document.createElementNS(space, "svg");
  const use = document.createElementNS(space, "use");
  drawn.setAttribute("class", "i");
  drawn.setAttribute("aria-hidden", "true");
  use.setAttribute("href", `#i-${name}`);
  drawn.append(use);
  return drawn;
}

export const key = (text) => element("kbd", { "aria-hidden": "true" }, text);

/** Say it to eyes and to screen readers; it fades by itself. */
let fading = 0;
export function say(text, isWrong = false) {
  const said = byId("said");
  said.textContent = text;
  said.className = `dk-said is-on${isWrong ? " is-wrong" : ""}`;
  clearTimeout(fading);
  fading = setTimeout(() => said.classList.remove("is-on"), isWrong ? 8000 : 3500);
}
