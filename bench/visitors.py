"""As whom are pages pictured? A fresh visitor with a screen of some size, in one of the site's modes."""

from __future__ import annotations

import json

from playwright.sync_api import Browser, BrowserContext, StorageState

# What the switches keep in localStorage (js/switches.js).
MODES = {
    "light": {"kb-theme": "light"},
    "dark": {"kb-theme": "dark"},
    "elder": {"kb-theme": "light", "kb-mode": "elder"},
}


def visitor(
    browser: Browser, mode: str, size: tuple[int, int], signed_in: StorageState | None = None
) -> BrowserContext:
    """mode: a key of ``MODES``; size: width and height in CSS pixels, a narrow one has a touch screen; signed_in: whose cookies."""
    width, height = size
    context = browser.new_context(
        viewport={"width": width, "height": height},
        has_touch=width < 500,
        locale="zh-CN",
        device_scale_factor=1,
        service_workers="block",
        storage_state=signed_in,
    )
    kept = json.dumps(MODES[mode])
    context.add_init_script(f"for (const [k, v] of Object.entries({kept})) localStorage.setItem(k, v);")
    return context
