"""What follows the conclusion? 怎么做, 带什么, 多久, 依据, 大家还这样问: each only when there is data for it."""

from __future__ import annotations

from markupsafe import Markup

from articles.pages.icons import icon
from articles.pages.library import Library
from articles.pages.text import clauses, h, join
from articles.schema import Article, Document, Promise, Step, Unit

_WHO = {"customer": ("you", "您来做"), "company": ("we", "我们来做"), "both": ("both", "一起做")}
_UNITS: dict[Unit, tuple[str, str]] = {
    "自然日": ("日", " 日内"),
    "工作日": ("个工作日", " 个工作日内"),
    "小时": ("小时", " 小时内"),
    "个月": ("个月", " 个月内"),
    "年": ("年", " 年内"),
}
_RULER_DAYS = 60

_ALSO_SHOWN = 6


def _part(key: str, title: Markup | str, body: Markup, kind: str = "") -> Markup:
    return h(
        '<section class="part{kind}" aria-labelledby="h-{key}"><h2 id="h-{key}">{title}</h2>'
        '<div class="part-body">{body}</div></section>',
        key=key,
        title=title,
        kind=f" part--{kind}" if kind else "",
        body=body,
    )


def how(library: Library, article: Article) -> Markup:
    """The steps, with who does each one and within how long."""
    if not article.steps:
        return Markup()
    doers = {step.who for step in article.steps}
    key = join(
        h('<span class="k k--{}">{}</span>', *_WHO[who]) for who in ("customer", "company", "both") if who in doers
    )
    steps = join(_step(library, step) for step in article.steps)
    return _part("do", "怎么做", h('<p class="key" aria-hidden="true">{}</p><ol class="steps">{}</ol>', key, steps))


def within(step: Step) -> str:
    """How long it may take, as it is said: “15 日内”. Only for a step that says so."""
    return f"{step.within}{_UNITS[step.unit][1]}"


def _step(library: Library, step: Step) -> Markup:
    mark, who = _WHO[step.who]
    due = h('<b class="due">{}</b>', within(step)) if step.within else Markup()
    return h(
        '<li class="{}"><h3><span>{}<span class="vh">（{}）</span></span>{}</h3>{}</li>',
        mark,
        library.config.fill(step.title),
        who,
        due,
        h("<p>{}</p>", library.line(step.text)) if step.text else Markup(),
    )


def bring(library: Library, article: Article) -> Markup:
    """What to bring, to be ticked off."""
    if not article.documents:
        return Markup()
    items = join(_document(library, document) for document in article.documents)
    note = "勾选只记在这台设备上。最后要哪些，以通知您的为准。"
    body = h('<ul class="bring" data-bring="{}">{}</ul><p class="aside">{}</p>', article.id, items, note)
    return _part("bring", "带什么", body, "rows")


def _document(library: Library, document: Document) -> Markup:
    note = h("<small>{}</small>", library.config.fill(document.note)) if document.note else Markup()
    name = library.config.fill(document.name)
    return h('<li><label><input type="checkbox"><span>{}{}</span></label></li>', name, note)


def terms(library: Library, article: Article) -> Markup:
    """The deadlines. The rule under each row is a ruler: its heavy part is days out of sixty."""
    if not article.promises:
        return Markup()
    rows = join(_term(library, promise) for promise in article.promises)
    wide = " terms--wide" if any(len(_UNITS[p.unit][0]) > 1 for p in article.promises) else ""
    body = h('<dl class="terms{}">{}</dl>', wide, rows)
    if any(p.unit == "自然日" for p in article.promises):
        body += h('<p class="aside">{}</p>', clauses("这里的“日”是自然日，不是工作日。"))
    return _part("when", "多久", body, "terms")


def _term(library: Library, promise: Promise) -> Markup:
    since = library.config.fill(promise.since).removeprefix("从").removesuffix("起")
    yours = Markup('<span class="k k--you">您的期限</span>') if promise.by == "customer" else Markup()
    return h(
        "<div><dt><b>{}</b>{}</dt><dd><b>{}{}</b><span>从{}起</span>{}</dd></div>",
        promise.within,
        _UNITS[promise.unit][0],
        clauses(library.config.fill(promise.what)),
        yours,
        since,
        _ruler(promise),
    )


def _ruler(promise: Promise) -> Markup:
    """Drawn, not styled: the content security policy allows no style attribute. Hours, months and years have none."""
    if promise.unit not in ("自然日", "工作日"):
        return Markup()
    return h(
        '<svg class="ruler" viewBox="0 0 {} 1" preserveAspectRatio="none" aria-hidden="true">'
        '<rect width="{}" height="1"/></svg>',
        _RULER_DAYS,
        min(promise.within, _RULER_DAYS),
    )


def sources(library: Library, article: Article) -> Markup:
    """What it rests on, folded away."""
    cites = [source.cite for source in article.sources] + [p.basis for p in article.promises if p.basis]
    shown = list(dict.fromkeys(library.config.fill(cite) for cite in cites))
    if not shown:
        return Markup()
    body = h(
        '<details class="fold"><summary><span>共 {} 项，点开看条号</span>{}</summary><ul>{}</ul></details>',
        len(shown),
        icon("down"),
        join(h("<li>{}</li>", cite) for cite in shown),
    )
    return _part("basis", "依据", body, "rows")


def also_asked(library: Library, article: Article) -> Markup:  # noqa: ARG001 - one shape for every part
    """How others put the same question."""
    if not article.similar:
        return Markup()
    shown, more = article.similar[:_ALSO_SHOWN], article.similar[_ALSO_SHOWN:]
    listed = h('<ul class="also">{}</ul>', join(h("<li>{}</li>", text) for text in shown))
    if more:
        listed += h(
            '<details class="fold"><summary><span>还有 {} 种问法</span>{}</summary><ul class="also">{}</ul></details>',
            len(more),
            icon("down"),
            join(h("<li>{}</li>", text) for text in more),
        )
    return _part("also", Markup('<span class="c">大家还</span><span class="c">这样问</span>'), listed, "also")
