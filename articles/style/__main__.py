"""Which rules do editors read about? ``python -m articles.style`` writes docs/editors/style-rules.md anew."""

from __future__ import annotations

from pathlib import Path

from articles.style import RULES
from articles.style.page import page

PAGE = Path(__file__).parents[2] / "docs" / "editors" / "style-rules.md"

if __name__ == "__main__":
    PAGE.parent.mkdir(parents=True, exist_ok=True)
    PAGE.write_text(page(RULES), encoding="utf-8")
    print(PAGE)
