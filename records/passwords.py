"""Is this the password? argon2 hashes, first passwords that nobody chose, and which new ones are too weak."""

from __future__ import annotations

import secrets
import unicodedata

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from core.errors import AccountError

SHORTEST, LONGEST = 12, 128
_FEWEST_KINDS = 6
# Nothing that looks like something else on a screen or on paper.
_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
# OWASP's first choice for argon2id: 46 MiB, one pass. Four threads of a process may check four at once.
_HASHER = PasswordHasher(time_cost=1, memory_cost=47_104, parallelism=1)
# The hash of a password that nobody has: names that we do not know cost as much as those that we do.
_NOBODY = _HASHER.hash(secrets.token_urlsafe(32))


def first_password() -> str:
    """A random one (about 79 bits) that can be read out and typed."""
    return "-".join("".join(secrets.choice(_LETTERS) for _ in range(4)) for _ in range(4))


def hashed_password(password: str) -> str:
    return _HASHER.hash(_folded(password))


def matches(stored: str | None, password: str) -> bool:
    """Whether ``password`` has the hash ``stored``; with None nothing has, and finding that out takes as long."""
    if len(password) > LONGEST:
        password = ""
    try:
        return _HASHER.verify(stored or _NOBODY, _folded(password)) and stored is not None
    except (VerificationError, InvalidHashError):
        return False


def is_dated(stored: str) -> bool:
    """Whether the hash was made with other costs than those of today."""
    return _HASHER.check_needs_rehash(stored)


def check_password(password: str, login: str) -> None:
    """Raises AccountError when ``password`` is too weak for the account ``login``."""
    folded = _folded(password)
    if not SHORTEST <= len(folded) <= LONGEST:
        raise AccountError(f"新密码要 {SHORTEST} 到 {LONGEST} 个字符", "写一句只有您知道的话，例如四个不相干的词")
    if len(set(folded.lower())) < _FEWEST_KINDS:
        raise AccountError("新密码重复的字符太多", f"至少用 {_FEWEST_KINDS} 种不同的字符")
    if len(login) > 3 and login in folded.lower():
        raise AccountError("新密码里有登录名", "换一个和登录名无关的")


def _folded(password: str) -> str:
    """An input method may type full-width letters: they are the same password."""
    return unicodedata.normalize("NFKC", password)
