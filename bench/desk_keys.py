"""How long from a key to painted results on /desk? Questions typed letter by letter, each as a key that goes down and up."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from playwright.sync_api import CDPSession, Page

_PATIENCE = 1500  # milliseconds; a key after which nothing is painted has no time
# From the key's own time stamp to the frame after the one in which the results of that key were painted.
_WATCH = """() => {
  window.took = [];
  let pressed = null;
  document.getElementById("q").addEventListener("keydown", (event) => (pressed = event.timeStamp), true);
  const drawn = new MutationObserver(() => {
    if (pressed === null) return;
    const from = pressed;
    pressed = null;
    requestAnimationFrame(() => requestAnimationFrame(() => window.took.push(performance.now() - from)));
  });
  for (const id of ["hits", "band"]) drawn.observe(document.getElementById(id), { childList: true });
}"""
_PAINTED = """([before, patience]) => new Promise((done) => {
  const end = performance.now() + patience;
  const look = () => (window.took.length > before || performance.now() > end ? done(window.took.length) : setTimeout(look, 5));
  look();
})"""


@dataclass(frozen=True)
class KeyTimes:
    """took: milliseconds of each key that painted something; missed: how many painted nothing."""

    took: list[float]
    missed: int


def press(session: CDPSession, letter: str) -> None:
    """One key, whatever its letter: Playwright knows those of an English keyboard only, and puts others in without a key."""
    told = {"key": letter, "text": letter, "unmodifiedText": letter}
    session.send("Input.dispatchKeyEvent", {"type": "keyDown", **told})
    session.send("Input.dispatchKeyEvent", {"type": "keyUp", "key": letter})


def key_times(page: Page, url: str, questions: Iterable[str]) -> KeyTimes:
    """Type ``questions`` on the desk at ``url``, where somebody is signed in; the next key waits until the last one has painted."""
    missed = done = 0
    page.goto(f"{url}/desk", wait_until="networkidle")
    page.evaluate(_WATCH)
    session = page.context.new_cdp_session(page)
    for question in questions:
        page.locator("#q").fill("")
        for letter in question:
            press(session, letter)
            now = page.evaluate(_PAINTED, [done, _PATIENCE])
            missed += now == done
            done = now
    return KeyTimes([float(each) for each in page.evaluate("window.took")], missed)
