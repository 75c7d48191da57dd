"""Which addresses are the site's, the API's and the desk's own, so that no category may have them?"""

from __future__ import annotations

_PAGES = {"ask", "human", "offline", "privacy", "questions", "search", "terms", "widget-demo"}
_CALLS = {"api", "assets", "desk", "healthz", "metrics", "readyz"}
OWN = frozenset(_PAGES | _CALLS)
