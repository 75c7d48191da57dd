"""Who may do what? Four roles in order, each with all that the one before may do and something more."""

from __future__ import annotations

from typing import Literal, get_args

Role = Literal["agent", "editor", "supervisor", "admin"]
Permission = Literal["answer", "mend", "stop", "accounts"]

# What each role may do that the one before it may not.
_MORE: dict[Role, frozenset[Permission]] = {
    "agent": frozenset({"answer"}),  # search, read internal articles, copy, flag, close a contact
    "editor": frozenset({"mend"}),  # see what was flagged and what nobody answers
    "supervisor": frozenset({"stop"}),  # stop an article, post a notice, see who has not read
    "admin": frozenset({"accounts"}),  # see accounts and the audit log
}
ROLES: tuple[Role, ...] = get_args(Role)
PERMISSIONS: tuple[Permission, ...] = get_args(Permission)
ROLE_NAMES: dict[Role, str] = {"agent": "客服", "editor": "编辑", "supervisor": "主管", "admin": "管理员"}
GRANTS: dict[Role, frozenset[Permission]] = {
    role: frozenset().union(*(_MORE[each] for each in ROLES[: place + 1])) for place, role in enumerate(ROLES)
}


def may(role: Role, what: Role | Permission) -> bool:
    """Whether ``role`` has the permission ``what``, or is that role or a later one."""
    if what in ROLES:
        return ROLES.index(role) >= ROLES.index(what)
    return what in GRANTS[role]


def highest(names: object) -> Role | None:
    """The last in order of the roles among ``names`` (a name, or several); None when there is none."""
    given = names if isinstance(names, list | tuple) else [names]
    return next((role for role in reversed(ROLES) if role in given), None)
