"""What has somebody arranged for themselves? The articles that they keep at hand, and the products whose changes they want to see."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import Connection, delete, select

from core.errors import DeskError
from records.database import Database
from records.desk_tables import InterestRow, PinRow
from records.upserts import insert

MOST_PINS = 50


class Own:
    """What the accounts of one site have arranged. Every method raises DatabaseError."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def pins(self, account: int) -> list[str]:
        """Articles, in their order."""
        with self._database.reading() as connection:
            return _pins(connection, account)

    def pin(self, account: int, article: str, place: int | None = None) -> None:
        """Keep ``article`` at hand, in this place (from 0) or, when it is new, at the end. Raises DeskError when there are too many."""
        with self._database.writing() as connection:
            have = _pins(connection, account)
            if article in have:
                if place is None:
                    return
                have.remove(article)
            elif len(have) >= MOST_PINS:
                raise DeskError(f"最多置顶 {MOST_PINS} 篇", "先取消几篇用不着的")
            have.insert(len(have) if place is None else place, article)
            for number, name in enumerate(have):
                given = insert(connection, PinRow).values(account=account, article=name, place=number)
                connection.execute(
                    given.on_conflict_do_update(
                        index_elements=["account", "article"], set_={"place": given.excluded.place}
                    )
                )

    def unpin(self, account: int, article: str) -> None:
        """No longer at hand."""
        with self._database.writing() as connection:
            connection.execute(delete(PinRow).where(PinRow.account == account, PinRow.article == article))

    def products(self, account: int) -> set[str]:
        """The products whose changes somebody wants; none: all."""
        with self._database.reading() as connection:
            rows = connection.execute(select(InterestRow.product).where(InterestRow.account == account))
            return set(rows.scalars())

    def choose_products(self, account: int, products: Collection[str]) -> None:
        """These and no others."""
        with self._database.writing() as connection:
            connection.execute(delete(InterestRow).where(InterestRow.account == account))
            for product in sorted(set(products)):
                given = insert(connection, InterestRow).values(account=account, product=product)
                connection.execute(given.on_conflict_do_nothing())


def _pins(connection: Connection, account: int) -> list[str]:
    rows = select(PinRow.article).where(PinRow.account == account).order_by(PinRow.place, PinRow.article)
    return list(connection.execute(rows).scalars())
