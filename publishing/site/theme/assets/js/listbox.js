// The list under the question box: what it shows, and which line is active. The focus stays in the box (WAI-ARIA combobox).
import { element } from "./dom.js";

export class Listbox {
  /** Makes input a combobox with an empty, closed list at the end of form. */
  constructor(form, input) {
    this.input = input;
    this.list = element("ul", { id: `${input.id}-list`, role: "listbox" });
    this.list.setAttribute("aria-label", "答得上的问题");
    this.note = element("p", { hidden: true });
    this.pop = element("div", { className: "pop", hidden: true }, this.note, this.list);
    this.said = element("p", { className: "vh", role: "status" });
    this.index = -1;
    form.append(this.pop, this.said);
    const attributes = {
      role: "combobox",
      "aria-autocomplete": "list",
      "aria-expanded": "false",
      "aria-controls": this.list.id,
    };
    for (const [name, value] of Object.entries(attributes)) input.setAttribute(name, value);
  }

  get isOpen() {
    return !this.pop.hidden;
  }

  get active() {
    return this.list.children[this.index];
  }

  /** Lines, a note above them (nodes), and what a screen reader is told. No lines: closed. */
  show(options, { note = [], className = "", told = "" } = {}) {
    this.#activate(-1);
    options.forEach((option, i) => {
      option.id = `${this.list.id}-${i}`;
      option.setAttribute("role", "option");
      option.setAttribute("aria-selected", "false");
    });
    this.list.replaceChildren(...options);
    this.note.replaceChildren(...note);
    this.note.className = className;
    this.note.hidden = !note.length;
    this.pop.hidden = !options.length;
    this.input.setAttribute("aria-expanded", String(this.isOpen));
    this.said.textContent = told;
  }

  close() {
    this.show([]);
  }

  /** Up and down go round through the box itself, which is the place before the first line. */
  move(by) {
    const places = this.list.children.length + 1;
    this.#activate(((this.index + 1 + by + places) % places) - 1);
  }

  #activate(index) {
    this.active?.setAttribute("aria-selected", "false");
    this.index = index;
    if (!this.active) {
      this.input.removeAttribute("aria-activedescendant");
      return;
    }
    this.active.setAttribute("aria-selected", "true");
    this.active.scrollIntoView({ block: "nearest" });
    this.input.setAttribute("aria-activedescendant", this.active.id);
  }
}
