// What can be done with an answer, on its own page or shown on the ask page: choose one's case, see what a word means, tick things off, say whether it helped.

/** Wires all that stands in place. */
export function attachArticle(place) {
  const list = place.querySelector("[data-bring]");
  if (list) import("./checklist.js").then(({ attachChecklist }) => attachChecklist(list));
  const flow = place.querySelector("[data-flow]");
  if (flow) import("./flow.js").then(({ attachFlow }) => attachFlow(flow));
  const words = place.querySelectorAll(".term");
  if (words.length) import("./terms.js").then(({ attachTerms }) => attachTerms(words));
  const vote = place.querySelector("[data-vote]");
  if (vote) import("./vote.js").then(({ attachVote }) => attachVote(vote));
}
