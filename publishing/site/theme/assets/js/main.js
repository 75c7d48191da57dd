// Which scripts does this page need? Wires each one to the elements that ask for it.
import { attachAsk } from "./ask.js";
import { attachReading } from "./read.js";
import { attachSwitches } from "./switches.js";
import { rememberTrail } from "./trail.js";

attachSwitches(document.querySelectorAll("[data-flip]"));
document.querySelectorAll("form.ask").forEach(attachAsk);
attachReading(document.querySelectorAll("[data-read]"));

const results = document.querySelector("[data-results]");
if (results) import("./results.js").then(({ showResults }) => showResults(results));

const list = document.querySelector("[data-bring]");
if (list) import("./checklist.js").then(({ attachChecklist }) => attachChecklist(list));

const flow = document.querySelector("[data-flow]");
if (flow) import("./flow.js").then(({ attachFlow }) => attachFlow(flow));

const words = document.querySelectorAll(".term");
if (words.length) import("./terms.js").then(({ attachTerms }) => attachTerms(words));

rememberTrail();
