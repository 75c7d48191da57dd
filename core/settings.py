"""What does the environment say? The only place that reads it.

Every setting is an environment variable with the prefix ``KB_``: ``KB_PORT=8001 make serve``.
"""

from __future__ import annotations

from functools import cache
from typing import Literal

from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from core.errors import SettingsError

SHORTEST_SECRET = 16


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
    allowed_origins: str = Field("", description="other sites that may ask the API from a browser, commas between them")
    hook_secret: SecretStr = Field(SecretStr(""), description="secret of POST /hooks/publish; empty: switched off")

    @field_validator("hook_secret")
    @classmethod
    def _long_enough(cls, value: SecretStr) -> SecretStr:
        if 0 < len(value.get_secret_value()) < SHORTEST_SECRET:
            raise ValueError("too short")
        return value


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


def _told(name: str, value: object) -> str:
    """A setting that cannot be used; a secret is not repeated."""
    shown = f"（至少 {SHORTEST_SECRET} 个字符）" if "secret" in name else f"={value}"
    return f"KB_{name.upper()}{shown}"
