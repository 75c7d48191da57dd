"""What do we say to this question? The answer whole, two or three to choose from, or that we do not know: as sure as the search is.

Never a confident wrong answer, and never a loop: a visit that gets nothing new is offered a human first.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from articles.channel_texts import WEB, page_text
from articles.customer import CustomerAnswers, PublicAction
from articles.markdown import to_plain
from articles.public import PublicArticle, PublicAsk, PublicPromise
from articles.schema import Document, Step
from search.bands import Band
from search.results import Found
from search.service import SearchService
from search.trail import Trail, Turn

CHOICES = 3
# From this probability on, choices are taken from the guessed category alone (right for 98.5 % of the development questions).
SURE_OF_CATEGORY = 0.9
# So many questions in a row without an answer, and a human comes first, whatever is new.
PATIENCE = 3

_CHOOSE = "您想问的是："
_UNSURE = "这个问题我们没有把握，不想答错您。"
_NOTHING = "没有找到。换个说法试试，或者直接找人工。"
_HUMAN_FIRST = "还是没答上，直接找人工更快。"
STOPPED = "这条回答正在停用核对，先不给您旧的说法。请直接找人工。"


@dataclass(frozen=True)
class Shelf:
    """What answers are made from: the public articles, what else they say, the name of each category, and the ids of articles that
    must not be told now."""

    articles: Mapping[str, PublicArticle]
    said: CustomerAnswers
    categories: Mapping[str, str]
    stopped: Collection[str] = ()


@dataclass(frozen=True)
class Asked:
    """category: None lets a good guess narrow the choices, empty forbids it. article: what the customer has chosen."""

    question: str
    channel: str = WEB
    category: str | None = None
    product: str | None = None
    literal: bool = False
    article: str | None = None


@dataclass(frozen=True)
class Answer:
    """One article for one channel. body, steps, documents, promises and actions: only for the web."""

    id: str
    question: str
    url: str
    text: str
    borrowed_from: str
    conclusion: str
    body: str = ""
    steps: list[Step] = field(default_factory=list)
    documents: list[Document] = field(default_factory=list)
    promises: list[PublicPromise] = field(default_factory=list)
    actions: list[PublicAction] = field(default_factory=list)


@dataclass(frozen=True)
class Choice:
    """answer: its first sentence."""

    id: str
    question: str
    url: str
    answer: str


@dataclass(frozen=True)
class Flow:
    """The questions that lead to the right article; articles: those that its choices lead to."""

    article: str
    ask: list[PublicAsk]
    articles: list[Choice]


@dataclass(frozen=True)
class Guess:
    """used: whether only this category was looked at."""

    key: str
    name: str
    probability: float
    used: bool


@dataclass(frozen=True)
class Reply:
    """hits: articles found. message: the sentence above it. human_first: whether a human is offered before anything else. turn: to
    remember."""

    band: Band
    probability: float
    hits: int
    corrected: str | None
    message: str
    human_first: bool
    guess: Guess | None
    answer: Answer | None
    choices: list[Choice]
    flow: Flow | None
    turn: Turn


def _chosen(asked: Asked, shelf: Shelf) -> Reply:
    """The reply to somebody who has chosen an article. Raises KeyError when customers have no such article."""
    article = shelf.articles[asked.article or ""]
    is_stopped = article.id in shelf.stopped
    guess = Guess(article.category, shelf.categories.get(article.category, article.category), 1.0, False)
    band: Band = "unsure" if is_stopped else "answer"
    turn = Turn.of(asked.question, band, [] if is_stopped else [article.id])
    return Reply(
        band=band,
        probability=0.0 if is_stopped else 1.0,
        hits=0 if is_stopped else 1,
        corrected=None,
        message=STOPPED if is_stopped else "",
        human_first=is_stopped,
        guess=guess,
        answer=None if is_stopped else _answer(article, asked.channel, shelf),
        choices=[],
        flow=None if is_stopped else _flow([article], shelf),
        turn=turn,
    )


def replied(asked: Asked, search: SearchService, shelf: Shelf, trail: Trail) -> Reply:
    """The reply to a question. Raises KeyError when an article was chosen that customers do not have."""
    if asked.article is not None:
        return _chosen(asked, shelf)
    found, band, category = _found(asked, search, shelf.stopped)
    shown = [r for r in found.results if r.id in shelf.articles][: 1 if band == "answer" else CHOICES]
    if not shown:
        band = "unsure"
    articles = [] if band == "unsure" else [shelf.articles[r.id] for r in shown]
    turn = Turn.of(asked.question, band, [a.id for a in articles])
    is_stopped = band == "unsure" and found.withheld is not None
    human_first = is_stopped or _goes_round(turn, trail)
    return Reply(
        band=band,
        probability=found.probability,
        hits=found.total,
        corrected=found.corrected,
        message=STOPPED if is_stopped else _message(band, bool(shown), human_first),
        human_first=human_first,
        guess=_guess(found, category, shelf),
        answer=_answer(articles[0], asked.channel, shelf) if band == "answer" else None,
        choices=[_choice(a) for a in articles] if band == "choose" else [],
        flow=_flow(articles, shelf),
        turn=turn,
    )


def _found(asked: Asked, search: SearchService, stopped: Collection[str]) -> tuple[Found, Band, str | None]:
    """What was found, how sure that is, and the only category that was looked at."""

    def look(category: str | None, product: str | None) -> Found:
        return search.search(
            asked.question, category=category, product=product, limit=CHOICES, literal=asked.literal, withheld=stopped
        )

    free = look(None, None)
    if asked.category or asked.product:
        found = look(asked.category or None, asked.product)
        # How sure we are was learned without filters: it holds for the same first article and for no other.
        sure = free.band != "answer" or _first(found) == _first(free)
        return found, free.band if sure else "choose", asked.category or None
    guess, probability = next(iter(free.guess.items()), ("", 0.0))
    if asked.category is None and free.band == "choose" and probability >= SURE_OF_CATEGORY:
        narrow = look(guess, None)
        if len(narrow.results) > 1 and _first(narrow) == _first(free):
            return narrow, free.band, guess
    return free, free.band, None


def _first(found: Found) -> str:
    return found.results[0].id if found.results else ""


def _goes_round(turn: Turn, trail: Trail) -> bool:
    """Whether this turn brings nothing that the visit has not seen, or the visit has been without an answer for too long."""
    if turn.band == "answer":
        return sum(earlier.band == "answer" and earlier.shown == turn.shown for earlier in trail) >= PATIENCE - 1
    row: list[Turn] = []
    for earlier in reversed(trail):
        if earlier.band == "answer":
            break
        row.append(earlier)
    seen = {name for earlier in row for name in earlier.shown}
    nothing_new = seen.issuperset(turn.shown) if turn.shown else any(not earlier.shown for earlier in row)
    return len(row) >= PATIENCE - 1 or nothing_new


def _message(band: Band, anything: bool, human_first: bool) -> str:
    if human_first:
        return _HUMAN_FIRST
    if band == "answer":
        return ""
    if band == "choose":
        return _CHOOSE
    return _UNSURE if anything else _NOTHING


def _guess(found: Found, category: str | None, shelf: Shelf) -> Guess | None:
    """The category that was looked at, else the most probable one."""
    key = category or next(iter(found.guess), None)
    if key is None or not (category or found.total):
        return None
    return Guess(key, shelf.categories.get(key, key), found.guess.get(key, 0.0), category is not None)


def _answer(article: PublicArticle, channel: str, shelf: Shelf) -> Answer:
    said = shelf.said.said[article.id]
    if channel != WEB:
        text = said.texts[channel]
        return Answer(article.id, article.question, article.url, text.text, text.borrowed_from, article.conclusion)
    body = to_plain(article.answer)
    answer = "\n".join(part for part in (article.conclusion, body) if part)
    return Answer(
        id=article.id,
        question=article.question,
        url=article.url,
        text=page_text(answer, article.steps, article.documents, article.promises),
        borrowed_from="",
        conclusion=article.conclusion,
        body=body,
        steps=article.steps,
        documents=article.documents,
        promises=article.promises,
        actions=said.actions,
    )


def _choice(article: PublicArticle) -> Choice:
    return Choice(article.id, article.question, article.url, article.conclusion)


def _flow(articles: list[PublicArticle], shelf: Shelf) -> Flow | None:
    """The flow of the first of ``articles`` that has one."""
    owner = next((a for a in articles if a.ask), None)
    if owner is None:
        return None
    wanted = dict.fromkeys(c.article for ask in owner.ask for c in ask.choices if c.article)
    leads = [_choice(shelf.articles[i]) for i in wanted if i in shelf.articles and i not in shelf.stopped]
    return Flow(owner.id, owner.ask, leads)
