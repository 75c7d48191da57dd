"""May somebody try the desk out? On a site for show, on this machine alone, there is one agent whom nobody had to add."""

from __future__ import annotations

from records import audit
from records.accounts import DEMO, Accounts


def add_demo_agent(accounts: Accounts) -> str | None:
    """The password of a new demo agent; None when there are accounts already. Raises DatabaseError."""
    if accounts.all():
        return None
    # It may stay as it is: it was random, and it opens nothing outside of this machine.
    return accounts.add(DEMO, "演示坐席", "agent", audit.SYSTEM, must_change=False)[1]


def stop_demo_agent(accounts: Accounts) -> bool:
    """On a site that is not for show, or that others can reach, nobody gets in with it; whether somebody could have.

    Raises DatabaseError.
    """
    open_ones = [account for account in accounts.all() if account.login == DEMO and account.is_active]
    if open_ones:
        accounts.disable(DEMO, audit.SYSTEM)
    return bool(open_ones)
