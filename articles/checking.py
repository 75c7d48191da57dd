"""Is the knowledge base right? Every problem of every file in one run: errors here, style in style/."""

from __future__ import annotations

import posixpath
import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import date

from articles.addresses import OWN
from articles.config import PLACEHOLDER, SiteConfig
from articles.flows import flow_problems
from articles.loading import Entry, Kb, load
from articles.look_checking import look_problems
from articles.markdown import SAFE_SCHEMES, links_and_html, scheme
from articles.style import style_problems
from core.errors import Problem, ProblemsFound
from core.paths import Root

_PLAIN_KEY = re.compile(r"^[\w-]+$")
_HALF = re.compile(r"\{\{|\}\}")
_TARGET = re.compile(r"^([a-z0-9-]+)\.(?:md|yml)$")


def check(root: Root, errors_only: bool = False) -> tuple[Kb, list[Problem]]:
    """The knowledge base under ``root`` and everything that is wrong with it today, in order.

    errors_only: leave out what does not stop a release.
    """
    kb = load(root)
    return kb, problems_of(kb, errors_only)


def problems_of(kb: Kb, errors_only: bool = False) -> list[Problem]:
    """The same for articles that have been read already."""
    found = [*kb.problems, *_config_problems(kb), *look_problems(kb)]
    found += _needs_review(kb)
    found += _twice(kb.entries)
    ids = {entry.article.id for entry in kb.entries}
    for entry in kb.entries:
        for rule in _RULES:
            found += rule(entry, kb.config)
        found += _references(entry, ids)
        found += flow_problems(entry, ids)
    found += style_problems(kb.entries, kb.config, date.today(), errors_only)
    return sorted(set(found))


def load_checked(root: Root) -> Kb:
    """The knowledge base under ``root``.

    Raises ProblemsFound when it has an error; warnings are not looked for.
    """
    kb, errors = check(root, errors_only=True)
    if errors:
        raise ProblemsFound(errors)
    return kb


def _config_problems(kb: Kb) -> Iterator[Problem]:
    """Article ids and brand facts that the configuration names must exist; no category may hide a page of the site."""
    for key in kb.config.categories.categories:
        if not _PLAIN_KEY.match(key):
            yield Problem(
                f"kb/{key}", 1, "K702", f"类别的文件夹名“{key}”里有不能放进网址的字符", "只用文字、数字和连字符"
            )
        if key in OWN:
            path = "site_config/categories.yml" if _lines(kb, "categories.yml") else f"kb/{key}"
            at = _line_of(kb, "categories.yml", key)
            yield Problem(path, at, "K702", f"类别不能叫“{key}”，站点自己要用", "换一个键，文件夹同名")
    ids = {entry.article.id for entry in kb.entries}
    home, footer = kb.config.brand.home, kb.config.brand.footer
    named = [("categories.yml", i) for i in kb.config.categories.featured]
    named += [("brand.yml", m.article) for m in home.moments] + [("brand.yml", x.article) for x in footer.links]
    named += [("brand.yml", home.urgent.article)] if home.urgent and home.urgent.article else []
    named += [("brand.yml", footer.process)] if footer.process else []
    for name, wanted in named:
        if wanted not in ids:
            path = f"site_config/{name}"
            yield Problem(path, _line_of(kb, name, wanted), "K701", f"没有编号是“{wanted}”的文章", "改成现有文章的编号")
    yield from _glossary_problems(kb)
    for name in ("brand.yml", "channels.yml"):
        for number, line in enumerate(_lines(kb, name), 1):
            for wanted in PLACEHOLDER.findall(line.split("#", 1)[0]):
                if wanted not in kb.config.brand.facts:
                    message = f"没有叫“{wanted}”的品牌事实"
                    yield Problem(f"site_config/{name}", number, "K504", message, "在 brand.yml 的 facts 里声明")


def _glossary_problems(kb: Kb) -> Iterator[Problem]:
    """Each name once, and explanations that rest on facts which may be stated."""
    path = "site_config/glossary.yml"
    glossary = kb.config.glossary
    names = [term.term for term in glossary.terms] + [old.name for old in glossary.outdated]
    for name in sorted({name for name in names if names.count(name) > 1}):
        line = _line_of(kb, "glossary.yml", name)
        yield Problem(path, line, "K703", f"词汇表里“{name}”写了两次", "只留一处")
    slugs: set[str] = set()
    for term in glossary.terms:
        line = _line_of(kb, "glossary.yml", f"term: {term.term}")
        if term.slug and term.slug in slugs:
            yield Problem(path, line, "K703", f"“{term.term}”的 slug“{term.slug}”别的词已经用了", "换一个")
        elif term.slug and term.instead:
            yield Problem(path, line, "K703", f"“{term.term}”已经改用“{term.instead}”，不该有自己的一页", "删掉 slug")
        slugs.add(term.slug)
        for row in term.facts if kb.config.facts else ():
            if kb.config.facts.get(row) not in {"A", "B"}:
                message = f"“{term.term}”的解释引用的 {row} 不是事实清单里 A、B 级的条目"
                yield Problem(path, line, "K703", message, "改成 facts.md 里 A、B 级的编号，或只写词典的意思")


def _needs_review(kb: Kb) -> Iterator[Problem]:
    """What must be reviewed is named as it is called: a slip of the pen would switch the review off."""
    categories = kb.config.categories
    known = {*categories.categories, *(entry.article.topic for entry in kb.entries)}
    known |= {topic for category in categories.categories.values() for topic in category.topics or ()}
    for name in categories.needs_review:
        if name not in known:
            message = f"needs_review 里的“{name}”不是子主题，也不是类别"
            line = _line_of(kb, "categories.yml", name)
            yield Problem("site_config/categories.yml", line, "K704", message, "改成现有的子主题名或类别的键，或删掉")


def _lines(kb: Kb, name: str) -> list[str]:
    path = kb.root.config / name
    return path.read_text("utf-8", errors="replace").splitlines() if path.is_file() else []


def _line_of(kb: Kb, name: str, wanted: str) -> int:
    return next((n for n, line in enumerate(_lines(kb, name), 1) if wanted in line), 1)


def normal(question: str) -> str:
    """A question as it counts for “the same question”: without spaces, punctuation and case."""
    return re.sub(r"[\W_]+", "", question).casefold()


def _twice(entries: list[Entry]) -> Iterator[Problem]:
    """Ids and questions that are claimed more than once; archived articles claim no question."""
    by_id: dict[str, list[Entry]] = defaultdict(list)
    by_question: dict[str, list[tuple[Entry, tuple[str | int, ...]]]] = defaultdict(list)
    for entry in entries:
        by_id[entry.article.id].append(entry)
        if entry.article.status != "archived":
            by_question[normal(entry.article.question)].append((entry, ("question",)))
            for i, text in enumerate(entry.article.similar):
                by_question[normal(text)].append((entry, ("similar", i)))
    for same in by_id.values():
        for entry in same[1:]:
            message = f"编号“{entry.article.id}”已被 {same[0].where('id')} 使用"
            yield entry.problem("K402", message, "换一个编号", "id")
    for key, places in by_question.items():
        first_entry, first_place = places[0]
        for entry, place in places[1:] if key else ():
            yield entry.problem(
                "K403", f"这个问法 {first_entry.where(*first_place)} 已经有了", "删掉一处，或改成不同的问法", *place
            )


def _identity(entry: Entry, config: SiteConfig) -> Iterator[Problem]:
    article = entry.article
    categories = config.categories.categories
    category = categories.get(article.category)
    if category is None:
        yield entry.problem("K404", f"没有“{article.category}”这个类别", f"可选：{'、'.join(categories)}", "category")
    elif article.topic and category.topics is not None and article.topic not in category.topics:
        others = [c.name for c in categories.values() if article.topic in (c.topics or ())]
        message = f"{category.name}下没有子主题“{article.topic}”" + (f"，它属于{others[0]}" if others else "")
        yield entry.problem("K406", message, "改成 categories.yml 里列出的名称，或先在那里加上", "topic")


def _keys(entry: Entry, config: SiteConfig) -> Iterator[Problem]:
    """Keys of things that the configuration lists."""
    article = entry.article
    for i, product in enumerate(article.products):
        if product not in config.categories.products:
            known = "、".join(config.categories.products)
            yield entry.problem("K407", f"没有“{product}”这个险种", f"可选：{known}", "products", i)
    for i, action in enumerate(article.actions):
        if action not in config.brand.actions:
            yield entry.problem(
                "K408", f"brand.yml 里没有动作“{action}”", "改键名，或先在 brand.yml 里加上", "actions", i
            )
    if article.opening and article.opening not in config.phrases.openers:
        yield entry.problem(
            "K408", f"phrases.yml 里没有“{article.opening}”", "改键名，或先在 phrases.yml 里加上", "opening"
        )
    if article.escalate and article.escalate.to not in config.queues.queues:
        yield entry.problem(
            "K408", f"queues.yml 里没有队列“{article.escalate.to}”", "改键名，或先加上", "escalate", "to"
        )
    for i, source in enumerate(article.sources):
        for row in source.facts if config.facts else ():
            grade = config.facts.get(row)
            if grade is None:
                yield entry.problem("K508", f"事实清单里没有 {row}", "改成 facts.md 里的编号", "sources", i, "facts")
            elif grade == "C":
                yield entry.problem(
                    "K508", f"{row} 是 C 级（未核实），不能作依据", "删掉这条事实", "sources", i, "facts"
                )


def _blanks(entry: Entry, config: SiteConfig) -> Iterator[Problem]:
    """{{…}}: brand facts anywhere, placeholders in channel texts only."""
    article = entry.article
    texts: list[tuple[str, tuple[str | int, ...]]] = [
        (article.answer, ("answer",)),
        (article.agent_notes, ("agent_notes",)),
    ]
    texts += [(step.title + step.text, ("steps", i)) for i, step in enumerate(article.steps)]
    texts += [(document.name + document.note, ("documents", i)) for i, document in enumerate(article.documents)]
    texts += [(text, ("answers", name)) for name, text in article.answers.model_dump().items()]
    for text, place in texts:
        if text.count("{{") != text.count("}}") or _HALF.search(PLACEHOLDER.sub("", text)):
            yield entry.problem("K503", "{{ 和 }} 没有配对", "写成 {{名称}}", *place)
        for name in PLACEHOLDER.findall(text):
            if name in config.brand.facts:
                continue
            if name in config.channels.placeholders:
                if place[0] != "answers":
                    yield entry.problem(
                        "K503", f"空格“{name}”只能写在渠道文案里", "挪到 answers，或改成普通文字", *place
                    )
            elif name.isascii():
                yield entry.problem("K504", f"没有叫“{name}”的品牌事实", "在 brand.yml 的 facts 里声明", *place)
            else:
                yield entry.problem("K503", f"没有声明过空格“{name}”", "在 channels.yml 的 placeholders 里声明", *place)


def _dates(entry: Entry, config: SiteConfig) -> Iterator[Problem]:  # noqa: ARG001 - one shape for every rule
    article = entry.article
    if article.valid_from and article.valid_to and article.valid_to < article.valid_from:
        yield entry.problem("K304", "valid_to 比 valid_from 还早", "对调或改正日期", "valid_to")


_RULES: list[Callable[[Entry, SiteConfig], Iterator[Problem]]] = [_identity, _keys, _blanks, _dates]


def _references(entry: Entry, ids: set[str]) -> Iterator[Problem]:
    """Links and ids that name other articles, and what a link may not be."""
    article = entry.article
    for i, wanted in enumerate(article.related):
        if wanted not in ids:
            yield entry.problem("K502", f"related 里的“{wanted}”不存在", "改成现有文章的编号，或删掉", "related", i)
    if article.replaced_by and article.replaced_by not in ids:
        yield entry.problem("K502", f"replaced_by“{article.replaced_by}”不存在", "改成现有文章的编号", "replaced_by")
    for text, place in ((article.answer, "answer"), (article.agent_notes, "agent_notes")):
        links, html = links_and_html(text)
        start = entry.line(place) + (1 if entry.body_line is None else 0)
        for piece in html:
            message = f"不能写 HTML：{piece.text[:30]}"
            yield Problem(entry.path, start + piece.line, "K505", message, "用 Markdown 写法，或把 < 写成 \\<")
        for link in links:
            problem = _IMAGE if link.image else _link(link.href, article.category, ids)
            if problem:
                yield Problem(entry.path, start + link.line, *problem)


_IMAGE = ("K509", "文章里不能放图片", "用文字说清楚；二维码写进 brand.yml 的 actions")


def _link(href: str, category: str, ids: set[str]) -> tuple[str, str, str] | None:
    """Code, message and fix of a bad link; None for a good one."""
    kind = scheme(href)
    if kind in SAFE_SCHEMES or href.startswith("#"):
        return None
    if kind or href.startswith("//"):
        return "K506", f"不允许的链接：{href[:60]}", "只用 http、https、mailto、tel 或站内文章"
    target = posixpath.normpath(posixpath.join(category, href.split("#")[0].split("?")[0]))
    if target.startswith(("..", "/")):
        return "K507", f"链接指到了 kb/ 之外：{href[:60]}", "站内链接写成 ../类别/编号.md"
    return None if article_of(target) in ids else ("K501", f"链接的文章不存在：{href[:60]}", "写成 ../类别/编号.md")


def article_of(target: str) -> str | None:
    """The article id that a link inside the site names: ``../claims/some-id.md`` or ``some-id.md``."""
    found = _TARGET.match(posixpath.basename(target))
    return found[1] if found else None
