"""What does an agent say or send in a channel? The article's own text there, or the one that it borrows."""

from __future__ import annotations

from dataclasses import dataclass

from articles.config import SiteConfig
from articles.markdown import split_first
from articles.schema import Article, Channel


@dataclass(frozen=True)
class ChannelText:
    """text: brand facts filled in; borrowed_from: the channel whose text it is, ``web`` for the first sentence of the
    answer, None for the article's own text."""

    text: str
    borrowed_from: str | None


def channel_text(article: Article, channel: Channel, config: SiteConfig) -> ChannelText:
    """The text of ``article`` in ``channel``: its own, else the first that channels.yml lets it borrow."""
    own = getattr(article.answers, channel)
    if own:
        return ChannelText(config.fill(own), None)
    setup = config.channels.channels.get(channel)
    for other in setup.fallback if setup else ():
        borrowed = getattr(article.answers, other)
        if borrowed:
            return ChannelText(config.fill(borrowed), other)
    return ChannelText(split_first(config.fill(article.answer))[0], "web")
