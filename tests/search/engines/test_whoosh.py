"""Whoosh keeps the contract."""

from __future__ import annotations

from search.engines.whoosh import WhooshEngine
from tests.search.engines.contract import EngineContract


class TestWhoosh(EngineContract):
    engine = WhooshEngine
