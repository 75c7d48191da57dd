// Which scripts does this page need? Wires each one to the elements that ask for it.
import { attachArticle } from "./article.js";
import { attachAsk } from "./ask.js";
import { note } from "./events.js";
import { attachReading } from "./read.js";
import { attachSwitches } from "./switches.js";
import { pageStep, rememberStep } from "./trail.js";

attachSwitches(document.querySelectorAll("[data-flip]"));
document.querySelectorAll("form.ask").forEach(attachAsk);
attachReading(document.querySelectorAll("[data-read]"));
rememberStep(pageStep());

const answers = document.querySelector("[data-ask]");
if (answers) import("./answer.js").then(({ answer }) => answer(answers));
else attachArticle(document);

const read = document.querySelector("[data-article]");
if (read) note("view", read.dataset.article);

const said = document.querySelector("[data-said]");
if (said) import("./human.js").then(({ showHuman }) => showHuman(said));
