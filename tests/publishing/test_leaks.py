"""Does one internal word reach anything public? A secret in each internal place, looked for in everything that goes out."""

from __future__ import annotations

import json
from urllib.parse import quote

import pytest

from app import create_app
from core.paths import Root
from publishing.build import publish

PLACES = {
    "agent_notes": "agent_notes: 密语壬辰一号",
    "avoid": "avoid: [密语壬辰二号]",
    "leeway": "escalate: {when: 客户坚持, to: motor, leeway: 密语壬辰三号}",
    "owner": "owner: 密语壬辰四号",
}
ARTICLES = {
    "agent": "- id: secret-agent\n  question: 密语壬辰五号怎么用？\n  audience: agent\n  similar: [密语壬辰六号]\n  answer: 密语壬辰七号。\n",
    "draft": "- id: secret-draft\n  question: 密语壬辰八号怎么用？\n  status: draft\n  similar: [密语壬辰九号]\n  answer: 密语壬辰十号。\n",
    "future": "- id: secret-future\n  question: 密语壬辰甲号怎么用？\n  valid_from: 2999-01-01\n  answer: 密语壬辰乙号。\n",
    "past": "- id: secret-past\n  question: 密语壬辰丙号怎么用？\n  valid_to: 2001-01-01\n  answer: 密语壬辰丁号。\n",
}
SECRET = "密语壬辰"


@pytest.fixture
def planted(good: Root) -> Root:
    """The good knowledge base with a secret in every internal place."""
    path = good.kb / "policy" / "secrets.yml"
    inner = "\n  ".join(PLACES.values())
    public = f"- id: bearer\n  question: 怎么改联系电话？\n  answer: 打电话改。\n  {inner}\n"
    path.write_text(public + "".join(ARTICLES.values()), "utf-8")
    return good


def test_no_secret_in_any_public_file(planted: Root) -> None:
    release, _ = publish(planted)
    files = [p for p in (release.path / "public").rglob("*") if p.is_file()]
    assert any(p.parent.name == "bearer" for p in files)
    assert len(files) > 30
    for path in files:
        raw = path.read_bytes()
        text = raw.decode("utf-8", "replace")
        assert SECRET not in text, path
        assert "壬辰" not in text, path
        assert "secret-agent" not in text, path
        assert "secret-draft" not in text, path
        assert path.suffix not in {".md", ".yml", ".yaml"}, path


def test_no_secret_in_any_answer(planted: Root) -> None:
    publish(planted)
    client = create_app(planted).test_client()
    calls = [f"/api/v1/{call}?q={quote(SECRET + '一号')}" for call in ("search", "suggest")]
    calls += [f"/api/v1/suggest?q={quote(word)}" for word in ("密", "壬辰", "密语壬辰五号")]
    calls += [
        f"/api/v1/articles/{name}"
        for name in ("bearer", "secret-agent", "secret-draft", "secret-future", "secret-past")
    ]
    calls += ["/api/v1/categories", "/api/v1/openapi.json", "/policy/secret-agent/", "/policy/secret-draft/", "/readyz"]
    calls += ["/kb/policy/secrets.yml", "/policy/secrets.yml", "/policy/secrets/", "/assets/search/small.json"]
    for call in calls:
        response = client.get(call)
        body = response.get_json(silent=True)
        if isinstance(body, dict):
            body.pop("query", None)  # what somebody typed is repeated to nobody but them
        text = json.dumps(body, ensure_ascii=False) if body is not None else response.get_data(as_text=True)
        assert "壬辰" not in text, call
    for name in ("secret-agent", "secret-draft", "secret-future", "secret-past"):
        assert client.get(f"/api/v1/articles/{name}").status_code == 404
        assert client.get(f"/policy/{name}/").status_code == 404
    assert client.get("/api/v1/search?q=" + quote("改联系电话")).get_json()["results"][0]["id"] == "bearer"
