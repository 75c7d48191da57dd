"""Does a process that nobody asked for a while still serve when its release has been pruned?"""

from __future__ import annotations

from app import create_app
from core.paths import Root
from publishing.build import KEPT, publish


def test_a_quiet_process_takes_up_the_new_release_when_its_own_is_gone(good: Root) -> None:
    first = publish(good)[0]
    client = create_app(good).test_client()
    for number in range(KEPT + 1):
        text = f"- id: new\n  question: 怎么改电话号码？\n  answer: 第 {number} 种办法。\n"
        (good.kb / "policy" / "new.yml").write_text(text, "utf-8")
        last = publish(good)[0]
    assert not first.path.exists()
    response = client.get("/claims/first-steps/")
    assert (response.status_code, response.headers["X-KB-Release"]) == (200, last.name)
    assert client.get("/").status_code == 200
