"""Does every rule find its bad example and leave its good one in peace? Is the page that editors read made from them?"""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from articles.checking import check
from articles.style import RULES
from articles.style.__main__ import PAGE
from articles.style.page import page
from articles.style.registry import Rule
from core.errors import Problem
from core.paths import Root
from tests.articles.style.conftest import Fields, Findings
from tests.conftest import REPOSITORY

EACH = pytest.mark.parametrize("rule", RULES.values(), ids=list(RULES))


def codes(problems: list[Problem]) -> list[str]:
    return sorted({problem.code for problem in problems})


@EACH
def test_good_example_is_good_and_bad_example_has_just_this_fault(rule: Rule, findings: Findings) -> None:
    assert [str(p) for p in findings(rule.good, rule.beside)] == []
    found = findings(rule.bad, rule.beside)
    assert codes(found) == [rule.code]
    assert all(p.message and p.fix and p.path == "kb/policy/1.yml" for p in found)
    assert {p.level for p in found} == {rule.level or ("error" if rule.code.startswith("K") else "warning")}


@EACH
def test_rule_is_told_to_editors_in_chinese(rule: Rule) -> None:
    assert re.search("[\u4e00-\u9fff]", rule.title)
    assert re.search("[\u4e00-\u9fff]", rule.why)
    assert rule.check.__doc__


def test_page_for_editors_is_up_to_date() -> None:
    said = "python -m articles.style writes it anew"
    assert PAGE == REPOSITORY / "docs" / "editors" / "style-rules.md"
    assert PAGE.read_text("utf-8") == page(RULES), said


def test_codes_are_in_the_table_of_contributing() -> None:
    text = (REPOSITORY / "CONTRIBUTING.md").read_text("utf-8")
    ranges = [
        (low[0], int(low[1:]), int(high[1:])) for low, high in re.findall(r"([KW]\d{3})(?:–([KW]\d{3}))?", text) if high
    ]
    singles = set(re.findall(r"[KW]\d{3}", text))
    for code in [*RULES, "W622"]:
        assert code in singles or any(k == code[0] and low <= int(code[1:]) <= high for k, low, high in ranges), code


FINE: list[tuple[str, Fields]] = [
    ("a follow-up is the same intent", {"question": "犹豫期有几天，从哪天算？"}),
    ("and without two questions", {"question": "保单和发票怎么寄？"}),
    ("sent to the police, not promised", {"answer": "马上拨 110 报警。"}),
    ("a quoted saying", {"answer": "别信“15 天内全额退”“我们尽快退”的说法。"}),
    ("limit from a fact", {"answer": "谈妥以后十天内付款。", "sources": [{"cite": "《保险法》第二十三条", "facts": ["A01"]}]}),
    ("limit from a step", {"answer": "10 天内付款。", "steps": [{"title": "付款", "within": 10, "unit": "自然日"}]}),
    ("no limit", {"answer": "保险期间一年，买满 2 年以后可以退。"}),
    ("term with a tooltip", {"answer": "退的是现金价值。"}),
    ("term explained in brackets", {"answer": "可以复效（把保单接上）。"}),
    ("term explained before", {"answer": "把停了的保单接上，叫“复效”。"}),
    ("term in plain words too", {"answer": "可以复效。恢复效力以后照样保。"}),
    ("term as a name", {"answer": "看条款“复效”一条。"}),
    ("term in the question", {"question": "保单复效要带什么？", "answer": "复效带身份证。"}),
    ("former name", {"sources": ["原银保监会公告（2020 年）"]}),
    ("old name in a title", {"sources": ["《银保监会关于调整限额的公告》"]}),
    ("link", {"answer": "带身份证补办。\n\n看[续保](other.yml)怎么办，办完存一份 PDF, JPG。"}),
    ("number", {"answer": "拨 {{hotline}},再说。".replace(",", "，"), "answers": {"phone": "拨 95518，再按 2。", "chat": "拨 95518。"}}),
    ("regulation whose number is not known", {"sources": [{"cite": "《健康保险管理办法》", "facts": ["B01"]}]}),
    ("no law", {"sources": ["机动车商业保险示范条款（2020 版）"]}),
    ("long facts", {"answers": {"phone": "看看车。" * 20, "chat": "看车。"}}),
    ("draft", {"status": "draft", "question": "嗯？", "answer": "您好。", "owner": ""}),
    ("archived", {"status": "archived", "question": "嗯？", "answer": "您好。", "owner": ""}),
]  # fmt: skip


@pytest.mark.parametrize("fields", [pytest.param(fields, id=name) for name, fields in FINE])
def test_what_looks_like_a_fault_and_is_none(fields: Fields, findings: Findings) -> None:
    assert [str(p) for p in findings(fields)] == []


WRONG: list[tuple[str, Fields]] = [
    ("W609", {"question": "怎么补办？能退多少？"}),
    ("W610", {"answer": "保单丢了吗？带身份证补办。"}),
    ("W611", {"answers": {"phone": "看[续保](other.yml)。", "chat": "看续保。"}}),
    ("W611", {"answers": {"phone": "带身份证。", "chat": "带**身份证**。"}}),
    ("W611", {"answers": {"phone": "带证件：\n- 身份证", "chat": "带身份证。"}}),
    ("W614", {"answers": {"phone": "3-5 天办好。", "chat": "带身份证。"}}),
    ("W614", {"answers": {"phone": "2026-11-20 以前办。", "chat": "带身份证。"}}),
    ("W615", {"answers": {"phone": "可以复效。", "chat": "复效就是恢复效力。"}}),
    ("W615", {"answer": "看除外责任。"}),
    ("W616", {"question": "保单丢了怎么补办?"}),
    ("W616", {"steps": [{"title": "申请", "text": "带身份证,到柜台。"}]}),
    ("W617", {"answer": "办好要 3 个工作日。"}),
    ("W617", {"answers": {"phone": "四十八小时内报案。", "chat": "带身份证。"}}),
    ("W618", {"answers": {"phone": "我第一时间给您回电话，很快答复您。", "chat": "带身份证。"}}),
    ("W619", {"question": "续保要带什么东西呢？"}),
    ("W621", {"sources": ["《保险法》第十三条；《民法典》"]}),
    ("W621", {"sources": [{"cite": "《保险法》", "facts": ["A01"]}]}),
    ("K602", {"sources": ["《合同法》第五十二条"]}),
    ("K602", {"agent_notes": "请客户找银保监会。"}),
]  # fmt: skip


@pytest.mark.parametrize(("code", "fields"), WRONG)
def test_other_forms_of_the_fault_are_found(code: str, fields: Fields, findings: Findings) -> None:
    assert codes(findings(fields)) == [code]


PERSONAL: list[tuple[str, Fields]] = [
    ("a draft", {"status": "draft", "answer": "打 13800138000。"}),
    ("a way to ask", {"similar": ["我电话 13800138000 换了", "合同丢了", "补一份保单", "保险单遗失", "保单找不到"]}),
    ("a note for agents", {"agent_notes": "上次的客户电话是 13800138000。"}),
    ("a channel", {"answers": {"phone": "带身份证补办。", "chat": "请打 13800138000。"}}),
]


@pytest.mark.parametrize("fields", [pytest.param(fields, id=name) for name, fields in PERSONAL])
def test_personal_data_is_an_error_wherever_it_stands_and_is_not_repeated(fields: Fields, findings: Findings) -> None:
    found = findings(fields)
    assert codes(found) == ["K601"]
    assert "13800138000" not in str(found[0])


BODY = """---
id: one
question: 保单丢了怎么补办？
similar: [保单不见了, 合同丢了, 补一份保单, 保险单遗失, 保单找不到]
answers:
  phone: 带身份证补办。
  chat: |
    带身份证补办。
    办好要 3 个工作日。
sources: [公司公布的办理方式]
owner: 保全组
review_by: 2099-06-30
---
带身份证补办。

请带原件,
到柜台。

我们会尽快办好。
"""


def test_findings_name_file_line_and_code(make_root: Callable[[dict[str, str | bytes]], Root]) -> None:
    found = check(make_root({"kb/policy/one.md": BODY}))[1]
    assert [(p.path, p.line, p.code) for p in found] == [
        ("kb/policy/one.md", 9, "W617"),
        ("kb/policy/one.md", 16, "W616"),
        ("kb/policy/one.md", 19, "W618"),
    ]


def test_glossary_of_this_repository_is_large_enough_and_rests_on_checked_facts() -> None:
    kb, found = check(Root.at(REPOSITORY))
    assert len(kb.config.glossary.terms) >= 40
    assert [p for p in found if p.path.endswith("glossary.yml")] == []


def test_glossary_mistakes_are_found(make_root: Callable[[dict[str, str | bytes]], Root]) -> None:
    glossary = """terms:
  - {term: 复效, plain: 恢复, explain: 恢复。, facts: [C01]}
  - {term: 垫交, plain: 先垫, explain: 先垫。}
  - {term: 垫交, plain: 先垫, explain: 先垫。}
"""
    files: dict[str, str | bytes] = {
        "site_config/glossary.yml": glossary,
        "site_config/facts.md": "| C01 | x | y | C |\n",
        "kb/policy/one.md": BODY,
    }
    found = check(make_root(files))[1]
    assert [(p.line, p.code) for p in found if p.path == "site_config/glossary.yml"] == [(2, "K703"), (3, "K703")]
