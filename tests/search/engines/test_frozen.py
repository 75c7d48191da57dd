"""The frozen engine keeps the contract, and agrees with a plain sum."""

from __future__ import annotations

from search.engines.frozen import FrozenEngine
from tests.search.engines.contract import EngineContract


class TestFrozen(EngineContract):
    engine = FrozenEngine
