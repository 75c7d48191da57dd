// Which answers fit? Asks the API; when it is away, the small index that the site brings along.
import { siteRoot } from "./dom.js";
import { visitor } from "./events.js";

const TIMEOUT = 4000;
const REST = 30000; // after a failure the API is left alone for a while
let awayUntil = 0;

/** The API understood the question and refused it: its words are for the reader. */
export class Refused extends Error {
  constructor({ title = "", detail = "" }) {
    super(title);
    this.detail = detail;
  }
}

class Away extends Error {}

/**
 * typing: the question is not finished. { total, results, facets, away }: away says that the small index answered.
 * Throws Refused, or an AbortError when signal is aborted.
 */
export async function search({ q, category = "", literal = "", typing = "", limit }, signal) {
  try {
    return { ...(await ask({ q, category, literal, typing, limit }, signal)), away: false };
  } catch (error) {
    if (!(error instanceof Away)) throw error;
    const { searchSmall } = await import("./small.js");
    const found = await searchSmall({ q, category, limit });
    signal?.throwIfAborted();
    return { ...found, away: true };
  }
}

async function ask({ q, category, literal, typing, limit }, signal) {
  if (Date.now() < awayUntil) throw new Away();
  const parameters = new URLSearchParams({ q, limit });
  if (category) parameters.set("category", category);
  if (literal) parameters.set("literal", literal);
  if (typing) parameters.set("typing", typing); // half a question is not kept
  const timer = new AbortController();
  const timeout = setTimeout(() => timer.abort(), TIMEOUT);
  const stop = () => timer.abort();
  signal?.addEventListener("abort", stop);
  try {
    const response = await fetch(`${siteRoot()}api/v1/search?${parameters}`, {
      signal: timer.signal,
      headers: typing ? {} : { "X-KB-Visitor": visitor() },
    });
    if (response.status === 400 || response.status === 422) throw new Refused(await response.json());
    if (!response.ok) throw new Away();
    const found = await response.json();
    if (!Array.isArray(found.results)) throw new Away();
    awayUntil = 0;
    return found;
  } catch (error) {
    signal?.throwIfAborted();
    if (error instanceof Refused) throw error;
    awayUntil = Date.now() + REST;
    throw new Away();
  } finally {
    clearTimeout(timeout);
    signal?.removeEventListener("abort", stop);
  }
}
