"""Which icons are there? Line drawings on a 24 by 24 grid; brand.yml names them too."""

from __future__ import annotations

from markupsafe import Markup

# ruff: noqa: E501 - a drawing is one line
# fmt: off
_PATHS = {
    "back": '<path d="M8.5 13.5 4 9l4.5-4.5M4.5 9h9.7a5.3 5.3 0 0 1 0 10.6H10"/>',
    "bed": '<path d="M3 19V6M3 15.5h18V19M21 15.5v-2.2a3 3 0 0 0-3-3h-7.5v5.2"/><circle cx="6.8" cy="11.4" r="1.9"/>',
    "check": '<path d="m5 12.6 4.7 4.7L19.2 7"/>',
    "clock": '<circle cx="12" cy="12" r="8.5"/><path d="M12 7v5.2l3.4 2"/>',
    "docfind": '<path d="M18.5 10V7.5L14.5 3.5h-9v17h5"/><circle cx="15.3" cy="15.3" r="3.6"/><path d="m18 18 2.7 2.7M8.5 8.5h4M8.5 12h2.2"/>',
    "down": '<path d="m5.5 9.5 6.5 6.5 6.5-6.5"/>',
    "history": '<path d="M4.5 5v4h4"/><path d="M4.8 9A8 8 0 1 1 4 12.5M12 8v4.5l3 1.8"/>',
    "home": '<path d="m4 11 8-7 8 7v9h-5.5v-5.5h-5V20H4z"/>',
    "human": '<path d="M4.5 14.5v-2.3a7.5 7.5 0 0 1 15 0v2.3"/><path d="M4.5 13.2h2.6v5.3H6a1.5 1.5 0 0 1-1.5-1.5zM19.5 13.2h-2.6v5.3H18a1.5 1.5 0 0 0 1.5-1.5zM18.8 18.4c-.4 1.6-1.9 2.4-4.3 2.4"/>',
    "info": '<circle cx="12" cy="12" r="8.5"/><path d="M12 11v5.3M12 7.8v.1"/>',
    "left": '<path d="M14.5 5.5 8 12l6.5 6.5"/>',
    "listen": '<path d="M4 9.5v5h3.6l4.9 4v-13l-4.9 4zM16 9a4.2 4.2 0 0 1 0 6M18.6 6.4a8 8 0 0 1 0 11.2"/>',
    "moon": '<path d="M19.5 14.3A8 8 0 0 1 9.7 4.5a8 8 0 1 0 9.8 9.8z"/>',
    "offline": '<path d="m4 4 16 16M8.3 12.3a5.6 5.6 0 0 1 2.5-1.4M15.7 12.3a5.6 5.6 0 0 0-1.3-.9M4.8 8.9A10.5 10.5 0 0 1 8 6.9M19.2 8.9a10.5 10.5 0 0 0-8.3-2.8M11 15.8a2 2 0 0 1 2 0M12 18.8v.1"/>',
    "phone": '<path d="M5.2 4.2h3.1l1.6 4-2 1.5a11.5 11.5 0 0 0 6.4 6.4l1.5-2 4 1.6v3.1a1.6 1.6 0 0 1-1.7 1.6C10.7 19.9 4.1 13.3 3.6 5.9a1.6 1.6 0 0 1 1.6-1.7z"/>',
    "right": '<path d="m9.5 5.5 6.5 6.5-6.5 6.5"/>',
    "say": '<path d="M4 4.8h16v11.4h-9.2L6.5 20v-3.8H4z"/><path d="M12 8v3.4M12 13.6v.1"/>',
    "scam": '<path d="M12 3.2 19 6v5.2c0 4.4-2.8 7.7-7 9.6-4.2-1.9-7-5.2-7-9.6V6zM12 8v4.6"/><path d="M12 15.7v.1"/>',
    "search": '<circle cx="10.5" cy="10.5" r="6.5"/><path d="m15.4 15.4 5.1 5.1"/>',
    "swap": '<path d="M4 8.5h15M15.5 5 19 8.5 15.5 12M20 15.5H5M8.5 12 5 15.5 8.5 19"/>',
    "tow": '<path d="M2.5 17V8.5h10V17M12.5 11.5h4.2l4 3.6V17"/><path d="M9.3 17h4.6M2.5 17h1.8M19.4 17h1.3"/><circle cx="6.8" cy="17.3" r="2.2"/><circle cx="16.7" cy="17.3" r="2.2"/>',
    "type": '<path d="M3.5 19 8.6 6h.8l5.1 13M5.3 14.5h7.4M15.5 19l2.9-7.5h.4l2.7 7.5M16.6 16.2h4"/>',
    "warn": '<path d="M12 4 21.2 20H2.8zM12 10v4.6M12 17.2v.1"/>',
    "x": '<path d="m6 6 12 12M18 6 6 18"/>',
    "yuan": '<circle cx="12" cy="12" r="8.5"/><path d="m8.8 7.5 3.2 4.5 3.2-4.5M12 12v5M9.2 12.6h5.6M9.2 15h5.6"/>',
}
# fmt: on
_DRAWN = {
    name: Markup(f'<svg class="i" viewBox="0 0 24 24" aria-hidden="true">{paths}</svg>')
    for name, paths in _PATHS.items()
}


def icon(name: str) -> Markup:
    """The icon called ``name`` as SVG; nothing for a name that there is no drawing of."""
    return _DRAWN.get(name, Markup())
