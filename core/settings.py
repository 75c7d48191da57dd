"""What does the environment say? The only place that reads it.

Every setting is an environment variable with the prefix ``KB_``: ``KB_PORT=8001 make serve``.
"""

from __future__ import annotations

from functools import cache
from typing import Literal

from pydantic import Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from core.errors import SettingsError


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


@cache
def settings() -> Settings:
    """The settings, read once a process.

    Raises SettingsError with every one that cannot be used.
    """
    try:
        return Settings()
    except ValidationError as error:
        wrong = "；".join(f"KB_{str(e['loc'][0]).upper()}={e['input']}" for e in error.errors())
        raise SettingsError(f"设置不对：{wrong}", "改成 README 里说明的值") from error
