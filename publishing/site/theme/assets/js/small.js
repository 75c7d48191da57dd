// The browser's own search, for when the API is away: how many pairs of neighbouring characters do two questions share?
import { siteRoot } from "./dom.js";

const LEAST = 0.12;
let loading;

/** Shaped like the API's answer. Throws when the index cannot be had either. */
export async function searchSmall({ q, category, limit }) {
  const asked = pairs(q);
  const fitting = (await rows())
    .map((row) => best(row, asked))
    .filter(({ score }) => score >= LEAST)
    .sort((a, b) => b.score - a.score);
  const facets = new Map();
  for (const { row } of fitting) {
    const key = row.u.split("/")[0];
    facets.set(key, { key, name: row.c, count: (facets.get(key)?.count ?? 0) + 1 });
  }
  const kept = category ? fitting.filter(({ row }) => row.u.startsWith(`${category}/`)) : fitting;
  return {
    total: kept.length,
    results: kept.slice(0, limit).map(hit),
    facets: { category: [...facets.values()] },
  };
}

function rows() {
  loading ??= fetch(`${siteRoot()}assets/search/small.json`).then((response) => {
    if (!response.ok) throw new Error(response.statusText);
    return response.json();
  });
  loading.catch(() => (loading = undefined)); // the next question tries again
  return loading;
}

/** The way to ask it that fits best, and how well. */
function best(row, asked) {
  let found = { row, score: 0, text: row.q };
  for (const text of [row.q, ...row.s]) {
    const score = overlap(asked, pairs(text));
    if (score > found.score) found = { row, score, text };
  }
  return found;
}

function hit({ row, text }) {
  const kind = text === row.q ? "standard" : "similar";
  return { question: row.q, url: row.u, category_name: row.c, answer: row.a, matched: { text, kind } };
}

/** Pairs of neighbouring characters; a single character stands for itself. */
function pairs(text) {
  const plain = text.normalize("NFKC").toLowerCase().replace(/[^\p{L}\p{N}]/gu, "");
  const characters = [...plain];
  if (characters.length === 1) return new Set(characters);
  return new Set(characters.slice(1).map((character, i) => characters[i] + character));
}

/** Share of what was asked that is found, and a little for questions that hold nothing else. */
function overlap(asked, other) {
  if (!asked.size || !other.size) return 0;
  const [only] = asked;
  if (asked.size === 1 && [...only].length === 1) return [...other].some((pair) => pair.includes(only)) ? 0.5 : 0;
  let shared = 0;
  for (const pair of asked) if (other.has(pair)) shared += 1;
  return (0.8 * shared) / asked.size + (0.2 * shared) / other.size;
}
