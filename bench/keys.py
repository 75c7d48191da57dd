"""How long from a key to painted results? Questions typed letter by letter into a real browser on the home page."""

from __future__ import annotations

import shutil
from collections.abc import Sequence

from playwright.sync_api import sync_playwright

from bench.weight import ARGUMENTS

_BOX = "form.ask input[name=q] >> visible=true"
_LETTERS = 6
_PATIENCE = 1500  # milliseconds; a letter after which nothing is listed has no time
# From the input event to the frame after the one in which the list was drawn anew.
_WATCH = """() => {
  const box = document.querySelector("form.ask input[name=q]");
  const list = document.getElementById(`${box.id}-list`);
  window.took = [];
  let began = null;
  box.addEventListener("input", (event) => (began = event.timeStamp), true);
  new MutationObserver(() => {
    if (began === null || !list.children.length) return;
    const from = began;
    began = null;
    requestAnimationFrame(() => setTimeout(() => window.took.push(performance.now() - from)));
  }).observe(list, { childList: true });
}"""


def key_times(port: int, questions: Sequence[str]) -> list[float]:
    """Milliseconds of each letter of ``questions`` after which results were listed."""
    took: list[float] = []
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=shutil.which("chromium"), args=ARGUMENTS)
        page = browser.new_page(viewport={"width": 360, "height": 740})
        page.goto(f"http://127.0.0.1:{port}/", wait_until="networkidle")
        page.locator(_BOX).first.click()
        page.evaluate(_WATCH)
        for question in questions:
            for letter in question[:_LETTERS]:
                before = page.evaluate("window.took.length")
                page.keyboard.insert_text(letter)
                page.evaluate(
                    """([before, patience]) => new Promise((done) => {
                      const end = performance.now() + patience;
                      const look = () => (window.took.length > before || performance.now() > end ? done() : setTimeout(look, 5));
                      look();
                    })""",
                    [before, _PATIENCE],
                )
            page.locator(_BOX).first.fill("")
        took = [float(each) for each in page.evaluate("window.took")]
        browser.close()
    return took
