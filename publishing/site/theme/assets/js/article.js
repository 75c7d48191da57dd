// What can be done with an answer, on its own page or shown on the ask page: tick things off, say whether it helped.

/** Wires all that stands in place. */
export function attachArticle(place) {
  const list = place.querySelector("[data-bring]");
  if (list) import("./checklist.js").then(({ attachChecklist }) => attachChecklist(list));
  const vote = place.querySelector("[data-vote]");
  if (vote) import("./vote.js").then(({ attachVote }) => attachVote(vote));
}
