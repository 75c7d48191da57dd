// What has to be filled in before these words can be said? Blanks, and the dates that deadlines run from.

import { byId, element } from "./dom.js";

/** asked: { name, label, example } of each; events: what deadlines run from → whether the hour counts; contact: holds what is filled in.
 * act: { later(), atOnce() } ask for the words again; atOnce resolves when they are there. */
export function drawBlanks(asked, events, { blanks, began }, act) {
  const had = document.activeElement?.dataset?.field;
  byId("blanks").replaceChildren(
    ...asked.map(({ name, label, example }) => blank(`blank:${name}`, label, { type: "text", placeholder: example ? `如 ${example}` : "" }, blanks, name, act)),
    ...Object.entries(events).map(([since, byHour]) => blank(`began:${since}`, since.replace(/^从|起$/g, ""), { type: byHour ? "datetime-local" : "date" }, began, since, act)),
  );
  if (had) byId("blanks").querySelector(`[data-field="${CSS.escape(had)}"]`)?.focus();
}

function blank(field, label, kind, values, name, act) {
  const input = element("input", { ...kind, value: values[name] ?? "", maxLength: 200, autocomplete: "off", "data-field": field, "data-name": name });
  input.addEventListener("input", () => {
    values[name] = input.value;
    act.later();
  });
  input.addEventListener("keydown", async (event) => {
    if (event.key !== "Enter" || event.isComposing || event.keyCode === 229) return;
    event.preventDefault();
    await act.atOnce();
    if (document.activeElement !== input) return; // the agent has gone on
    const next = byId("blanks").querySelector(".blank--need input");
    if (next) next.focus();
    else byId("hits").focus({ preventScroll: true });
  });
  return element("label", { className: "blank" }, element("span", {}, label), input);
}

/** missing: what stands in the way of a copy; the blanks among it are shown. */
export function mend(missing) {
  const lacking = new Set(missing.filter((one) => one.kind === "blank" || one.kind === "pattern").map((one) => one.name));
  for (const input of byId("blanks").querySelectorAll('[data-field^="blank:"]')) {
    const lacks = lacking.has(input.dataset.name);
    input.parentElement.classList.toggle("blank--need", lacks);
    input.setAttribute("aria-invalid", String(lacks));
  }
}

/** To the first blank that lacks something. */
export function toBlank() {
  const next = byId("blanks").querySelector(".blank--need input") ?? byId("blanks").querySelector("input");
  next?.focus();
  next?.select?.();
}
