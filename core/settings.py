"""What does the environment say? The only place that reads it, or writes what a library reads there.

Every setting is an environment variable with the prefix ``KB_``: ``KB_PORT=8001 make serve``.
"""

from __future__ import annotations

import os
import re
from functools import cache
from pathlib import Path
from typing import Literal

from pydantic import Field, SecretStr, ValidationError, ValidationInfo, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from core.errors import SettingsError

SHORTEST_SECRET = 16
_ORIGIN = re.compile(r"https?://[A-Za-z0-9.-]+(:\d{1,5})?|https?://\[[0-9A-Fa-f:]+\](:\d{1,5})?")
# In the open only to this machine, for tests and tries.
_ISSUER = re.compile(r"https://[^\s?#]+|http://(127\.0\.0\.1|localhost)(:\d{1,5})?(/[^\s?#]*)?")
# Settings whose value is not repeated in a message.
_SECRET = dict.fromkeys(("hook_secret", "metrics_token"), f"至少 {SHORTEST_SECRET} 个字符") | {
    "database_url": "以 postgresql:// 开头",
    "limits_url": "以 redis:// 开头",
}


class Settings(BaseSettings):
    """Settings of one process; see README for the table."""

    model_config = SettingsConfigDict(env_prefix="KB_")

    host: str = Field("127.0.0.1", min_length=1, description="address to listen on")
    port: int = Field(8000, ge=1, le=65535, description="port to listen on")
    workers: int = Field(2, ge=1, le=64, description="web processes")
    log_level: str = Field("info", pattern="^(debug|info|warning|error)$", description="least level that is logged")
    smtp_url: SecretStr = Field(
        SecretStr(""), description="mail server of the digest: smtp(s)://user:password@host:port"
    )
    mail_from: str = Field("", description="address that mails come from")
    digest_to: str = Field("", description="who gets the whole digest: addresses with commas between them")
    chat_webhook: SecretStr = Field(SecretStr(""), description="address of a chat robot that gets the digest")
    chat_kind: Literal["auto", "wecom", "dingtalk", "feishu"] = Field("auto", description="whose robot it is")
    keep: int = Field(5, ge=2, le=100, description="releases that are kept, the live one among them")
    repository: str = Field("", description="git repository that web hooks publish from; empty: that of the root")
    branch: str = Field("main", pattern=r"^[A-Za-z0-9][A-Za-z0-9._/-]*$", description="branch that hooks publish")
    allowed_origins: str = Field("", description="origins of other sites whose pages may ask, commas between them")
    hook_secret: SecretStr = Field(SecretStr(""), description="secret of POST /hooks/publish; empty: switched off")
    database_url: SecretStr = Field(
        SecretStr(""), description="postgresql://user:password@host/name; empty: SQLite at var/kb.sqlite3"
    )
    keep_events_days: int = Field(
        180, ge=1, le=3650, description="days that events, contacts and the words of votes are kept"
    )
    limits: int = Field(1, ge=0, le=1000, description="how many times the usual rate limits; 0: none")
    limits_url: SecretStr = Field(SecretStr(""), description="redis://host:6379/0 that processes share their limits in")
    proxies: int = Field(0, ge=0, le=5, description="proxies in front that name the visitor in X-Forwarded-For")
    secure_cookies: bool = Field(
        False, description="the desk's cookie only over https, whatever the request looks like"
    )
    metrics_token: SecretStr = Field(SecretStr(""), description="secret of /metrics; empty: only from this machine")

    oidc_issuer: str = Field(
        "", description="https://… of the OpenID Connect provider whose people may sign in; empty: none"
    )
    oidc_client_id: str = Field("", validate_default=True, description="what the provider calls us")
    oidc_client_secret: SecretStr = Field(SecretStr(""), description="our secret there; empty: PKCE alone")
    oidc_role_claim: str = Field(
        "roles", min_length=1, description="claim of the ID token with the role; dots lead into it"
    )
    oidc_scope: str = Field("openid profile", pattern=r"(^| )openid( |$)", description="what is asked for there")

    @field_validator("oidc_issuer")
    @classmethod
    def _is_an_issuer(cls, value: str) -> str:
        if value and not _ISSUER.fullmatch(value):
            raise ValueError("not https://")
        return value

    @field_validator("oidc_client_id")
    @classmethod
    def _goes_with_an_issuer(cls, value: str, info: ValidationInfo) -> str:
        if bool(value) != bool(info.data.get("oidc_issuer", value)):
            raise ValueError("one without the other")
        return value

    @field_validator("database_url")
    @classmethod
    def _is_postgresql(cls, value: SecretStr) -> SecretStr:
        if value.get_secret_value() and not value.get_secret_value().startswith(("postgresql://", "postgres://")):
            raise ValueError("not postgresql://")
        return value

    @field_validator("limits_url")
    @classmethod
    def _is_redis(cls, value: SecretStr) -> SecretStr:
        if value.get_secret_value() and not value.get_secret_value().startswith(("redis://", "rediss://", "unix://")):
            raise ValueError("not redis://")
        return value

    @field_validator("allowed_origins")
    @classmethod
    def _are_origins(cls, value: str) -> str:
        if not all(map(_ORIGIN.fullmatch, _listed(value))):
            raise ValueError("not https://host")
        return value

    @property
    def origins(self) -> frozenset[str]:
        """The origins of ``allowed_origins``, as browsers write them."""
        return frozenset(_listed(self.allowed_origins))

    @field_validator("hook_secret", "metrics_token")
    @classmethod
    def _long_enough(cls, value: SecretStr) -> SecretStr:
        if 0 < len(value.get_secret_value()) < SHORTEST_SECRET:
            raise ValueError("too short")
        return value


def _listed(origins: str) -> list[str]:
    return [origin.strip().lower().removesuffix("/") for origin in origins.split(",") if origin.strip()]


@cache
def settings() -> Settings:
    """The settings, read once a process.

    Raises SettingsError with every one that cannot be used.
    """
    try:
        return Settings()
    except ValidationError as error:
        wrong = "；".join(_told(str(e["loc"][0]), e["input"]) for e in error.errors())
        raise SettingsError(f"设置不对：{wrong}", "改成 README 里说明的值") from error


def share_metrics(folder: Path) -> None:
    """Let the processes that come from this one count together, in files in ``folder``.

    prometheus-client reads the environment when it is imported: call this before.
    """
    os.environ["PROMETHEUS_MULTIPROC_DIR"] = str(folder)


def _told(name: str, value: object) -> str:
    """A setting that cannot be used; a secret is not repeated."""
    shown = f"（{_SECRET[name]}）" if name in _SECRET else f"={value}"
    return f"KB_{name.upper()}{shown}"
