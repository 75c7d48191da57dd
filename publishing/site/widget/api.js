// Who answers? The help centre that this script came from. The token says what this visit has asked; it is kept nowhere else.
const TIMEOUT = 8000;
let session = "";
let trail = [];

/** The API's reply. Throws a Refused with words for the reader, or another error when nobody answers. */
class Refused extends Error {}

async function ask(body) {
  const timer = new AbortController();
  const timeout = setTimeout(() => timer.abort(), TIMEOUT);
  try {
    const response = await fetch(`${HOME}api/v1/answer`, {
      method: "POST",
      credentials: "omit",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ ...body, session }),
      signal: timer.signal,
    });
    const told = await response.json();
    if (response.status >= 400 && response.status < 500 && told.title) throw new Refused(`${told.title}。${told.detail}。`);
    if (!response.ok || !told.band) throw new Error();
    ({ session, trail } = told);
    return told;
  } finally {
    clearTimeout(timeout);
  }
}
