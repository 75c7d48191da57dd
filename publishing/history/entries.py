"""What does one line of the history hold? A version that went live, one that went away, or the end of a switch."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

from publishing.texts import Reason, Said


class Line(BaseModel):
    """seq: counts up over all lines and files, without gaps; time: of the switch, by the clock of that moment (UTC);
    release and commit: what was switched to."""

    model_config = ConfigDict(frozen=True)

    seq: int
    time: datetime
    release: str
    commit: str


class Live(Line):
    """From here on ``said`` is what the article says. Each line is whole: no earlier one is needed to read it.

    changed: the channels whose text is another than before.
    """

    kind: Literal["live"] = "live"
    changed: list[str]
    said: Said

    @property
    def article(self) -> str:
        return self.said.id


class Gone(Line):
    """From here on the article is not live."""

    kind: Literal["gone"] = "gone"
    article: str
    reason: Reason


class Switch(Line):
    """The last line of a set: ``release`` is live. known: whether the release had kept its texts."""

    kind: Literal["switch"] = "switch"
    known: bool = True


Version = Live | Gone
AnyLine = Annotated[Live | Gone | Switch, Field(discriminator="kind")]
LINE: TypeAdapter[Live | Gone | Switch] = TypeAdapter(AnyLine)
