"""Are settings read, and told when they cannot be used?"""

from __future__ import annotations

import subprocess
import sys

import pytest
from pydantic import ValidationError

from core.settings import Settings


def port_of(value: str) -> subprocess.CompletedProcess[str]:
    code = "from core.settings import settings; print(settings().port)"
    return subprocess.run(
        ["env", f"KB_PORT={value}", sys.executable, "-c", code], capture_output=True, text=True, check=False
    )


def test_read_from_the_environment() -> None:
    assert port_of("8123").stdout.strip() == "8123"


def test_all_that_is_wrong_is_one_sentence() -> None:
    command = ["env", "KB_PORT=abc", "KB_WORKERS=0", sys.executable, "-m", "cli", "serve", "--root", "tests/data/good"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert done.stderr.strip().startswith("SETTINGS: ")
    assert "KB_PORT=abc" in done.stderr
    assert "KB_WORKERS=0" in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1


def test_origins_are_read_from_one_line() -> None:
    assert Settings(allowed_origins="").origins == frozenset()
    allowed = Settings(allowed_origins=" https://A.example , http://[::1]:80/,").origins
    assert allowed == {"https://a.example", "http://[::1]:80"}


@pytest.mark.parametrize("text", ["*", "example.com", "https://a.example/path", "https://*.example", "null", "ftp://a"])
def test_what_is_no_origin_is_refused(text: str) -> None:
    with pytest.raises(ValidationError):
        Settings(allowed_origins=f"https://good.example,{text}")


def test_a_provider_and_our_name_there_go_together() -> None:
    for issuer in ("https://id.example/realms/kb", "http://127.0.0.1:8080"):
        assert Settings(oidc_issuer=issuer, oidc_client_id="kefu").oidc_issuer == issuer
    for issuer, client in (
        ("http://id.example", "kefu"),
        ("id.example", "kefu"),
        ("https://id.example", ""),
        ("", "kefu"),
        ("http://localhost.evil.example", "kefu"),
    ):
        with pytest.raises(ValidationError):
            Settings(oidc_issuer=issuer, oidc_client_id=client)
    with pytest.raises(ValidationError):
        Settings(oidc_scope="profile")
