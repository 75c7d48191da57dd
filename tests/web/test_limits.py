"""Is one visitor told to wait, for one kind of request, without standing in anybody else's way?"""

from __future__ import annotations

import json
import logging

import pytest
import redis
from flask.testing import FlaskClient
from pydantic import SecretStr

from app import create_app
from core.paths import Root
from core.settings import Settings
from records.database import Database
from records.migrating import bring_up
from tests.web.figures import figure
from web.limits import DESK, LIMITS

VOTE = {"visitor": "anne-0123456789abcdefghij", "article": "first-steps", "solved": True}
PER_MINUTE = LIMITS["records.vote"]["minute"]


def client_of(site: Root, **given: object) -> FlaskClient:
    ours = Settings.model_validate(given)
    bring_up(Database(site, ours))
    return create_app(site, given=ours).test_client()


def vote(client: FlaskClient, address: str = "192.0.2.1", **headers: str) -> int:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    response = client.post("/api/v1/votes", json=VOTE, environ_base={"REMOTE_ADDR": address}, headers=named)
    return response.status_code


def votes(client: FlaskClient, number: int, address: str = "192.0.2.1", **headers: str) -> list[int]:
    return [vote(client, address, **headers) for _ in range(number)]


def test_too_many_is_a_problem_that_says_how_long_to_wait(site: Root) -> None:
    client = client_of(site)
    before = figure(client, "kb_limited_total", endpoint="records.vote")
    assert votes(client, PER_MINUTE) == [200] * PER_MINUTE
    response = client.post("/api/v1/votes", json=VOTE, environ_base={"REMOTE_ADDR": "192.0.2.1"})
    told = response.get_json()
    assert (response.status_code, told["code"], told["title"]) == (429, "TOO_MANY", "操作太快了")
    assert response.content_type == "application/problem+json"
    assert 1 <= int(response.headers["Retry-After"]) <= 61  # the window ends on a whole second
    assert told["detail"] == f"请过 {response.headers['Retry-After']} 秒再试"
    assert figure(client, "kb_limited_total", endpoint="records.vote") == before + 1
    assert client.get("/api/v1/search?q=a", environ_base={"REMOTE_ADDR": "192.0.2.1"}).status_code == 200
    assert client.get("/", environ_base={"REMOTE_ADDR": "192.0.2.1"}).status_code == 200
    assert vote(client, "192.0.2.2") == 200


def test_every_call_has_a_limit_and_every_limit_a_call(site: Root) -> None:
    app = create_app(site, given=Settings())
    calls = {rule.endpoint for rule in app.url_map.iter_rules() if rule.rule.startswith(("/api/v1/", "/hooks/"))}
    assert set(LIMITS) == calls - {"docs.page", "docs.swagger", "docs.static"}
    of_the_desk = {rule.endpoint for rule in app.url_map.iter_rules() if rule.rule.startswith("/desk/api/")}
    assert set(DESK) == of_the_desk


def test_a_visitor_with_ipv6_is_their_network(site: Root) -> None:
    client = client_of(site)
    assert votes(client, PER_MINUTE, "2001:db8::1") == [200] * PER_MINUTE
    assert vote(client, "2001:db8::2") == 429
    assert vote(client, "2001:db8:0:1::1") == 200


def test_more_and_none_by_a_setting(site: Root) -> None:
    assert votes(client_of(site, limits=2), 2 * PER_MINUTE + 1) == [200] * 2 * PER_MINUTE + [429]
    assert set(votes(client_of(site, limits=0), 3 * PER_MINUTE)) == {200}


def test_a_proxy_is_believed_only_by_a_setting(site: Root) -> None:
    client = client_of(site)
    told = [vote(client, X_Forwarded_For=f"198.51.100.{number}") for number in range(PER_MINUTE + 1)]
    assert told == [200] * PER_MINUTE + [429]
    behind = client_of(site, proxies=1)
    told = [vote(behind, X_Forwarded_For=f"203.0.113.9, 198.51.100.{number}") for number in range(PER_MINUTE + 1)]
    assert set(told) == {200}
    assert votes(behind, PER_MINUTE + 1, X_Forwarded_For="198.51.100.200")[-1] == 429


def test_shared_through_redis_without_an_address(site: Root, redis_url: str) -> None:
    one, other = (client_of(site, limits_url=SecretStr(redis_url)) for _ in range(2))
    assert votes(one, PER_MINUTE) == [200] * PER_MINUTE
    assert vote(other) == 429
    assert vote(other, "192.0.2.2") == 200
    keys = [key.decode() for key in redis.Redis.from_url(redis_url).scan_iter("*")]
    assert keys
    assert not [key for key in keys if "192.0.2" in key]


def test_without_its_redis_each_process_counts_for_itself(site: Root) -> None:
    client = client_of(site, limits_url=SecretStr("redis://:a-password@127.0.0.1:1/0"))
    assert votes(client, PER_MINUTE + 1) == [200] * PER_MINUTE + [429]


def test_no_address_in_the_log(site: Root, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        votes(client_of(site), PER_MINUTE + 1)
    assert "192.0.2.1" not in json.dumps([vars(record) for record in caplog.records], default=str)
