"""What do machines read? Structured data for search engines, and the small index for a browser whose search is away."""

from __future__ import annotations

import json

from markupsafe import Markup

from articles.markdown import to_plain
from articles.pages.library import Library
from articles.schema import Article

# In a script element only “<” can end it; the others keep old parsers and JavaScript out of trouble.
_UNSAFE = str.maketrans({"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"})


def faq_script(library: Library, article: Article) -> Markup:
    """The question and its answer as schema.org FAQPage."""
    first, rest = library.answer(article)
    text = "\n".join(part for part in (first, to_plain(rest)) if part)
    question = {
        "@type": "Question",
        "name": article.question,
        "acceptedAnswer": {"@type": "Answer", "text": text},
    }
    page = {"@context": "https://schema.org", "@type": "FAQPage", "inLanguage": "zh-CN", "mainEntity": [question]}
    safe = json.dumps(page, ensure_ascii=False).translate(_UNSAFE)
    return Markup(f'<script type="application/ld+json">{safe}</script>')


def small_index(library: Library) -> str:
    """JSON: for each article its question, the other ways to ask it, first sentence, address from the root, category."""
    names = library.config.categories.categories
    rows = [
        {
            "q": article.question,
            "s": article.similar,
            "a": library.answer(article)[0],
            "u": article.url[1:],
            "c": names[article.category].name,
        }
        for article in library.shown.values()
    ]
    return json.dumps(rows, ensure_ascii=False, separators=(",", ":"))
