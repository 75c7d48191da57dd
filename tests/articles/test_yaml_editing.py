"""Does a change of one field leave every other line alone?"""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from articles.schema import Article
from articles.yaml_editing import FieldEdit, edit_list, edit_mapping
from articles.yaml_lines import read_yaml
from articles.yaml_writing import yaml_fields, yaml_item
from tests.articles.tables.conftest import ARTICLES

TEXT = """\
# 头上的注释
- id: one     # 编号
  # 问法
  question: "怎么查？"   # 标准问
  similar: [甲,
    乙]
  agent_notes: |
    # 这是正文
    第二行

  # 下一个字段的注释
  topic: 退保
  answer: 旧的

# 第二篇的注释
- {id: two, question: 问二, answer: 答}   # 一行写完
-
  id: three
  question: 问三
  answer: >
    折起来的
    答案"""


def edit(**fields: object) -> FieldEdit:
    return FieldEdit({name: value for name, value in fields.items() if value is not None}, frozenset(fields))


def changed(*edits: tuple[int, FieldEdit | None]) -> str:
    text = edit_list(TEXT, dict(edits))
    assert text is not None
    return text


def test_one_line_keeps_its_comment() -> None:
    assert changed((0, edit(question="怎么看？"))) == TEXT.replace('"怎么查？"', "怎么看？") + "\n"


def test_values_of_several_lines() -> None:
    assert changed((0, edit(similar=["丙"], agent_notes="一行"))) == (
        TEXT.replace("[甲,\n    乙]", "\n    - 丙")
        .replace("similar: \n", "similar:\n")
        .replace("|\n    # 这是正文\n    第二行", "一行")
        + "\n"
    )
    assert (
        changed((2, edit(answer="新\n的")))
        == TEXT.replace("answer: >\n    折起来的\n    答案", "answer: |\n    新\n    的") + "\n"
    )


def test_fields_that_come_and_go() -> None:
    assert changed((0, edit(topic=None, owner="甲组"))) == (
        TEXT.replace("  topic: 退保\n", "").replace("  answer: 旧的\n", "  answer: 旧的\n  owner: 甲组\n") + "\n"
    )
    text = "- topic: 甲\n  id: x\n- id: y\n"
    assert edit_list(text, {0: edit(topic=None)}) == "- id: x\n- id: y\n"


def test_an_article_in_braces_is_written_anew() -> None:
    assert changed((1, FieldEdit({"id": "two", "question": "问贰", "answer": "答"}, frozenset({"question"})))) == (
        TEXT.replace(
            "- {id: two, question: 问二, answer: 答}   # 一行写完", "- id: two\n  question: 问贰\n  answer: 答"
        )
        + "\n"
    )


def test_articles_taken_out() -> None:
    whole = changed((0, None), (1, None))
    assert whole == "# 头上的注释\n\n# 第二篇的注释\n" + TEXT[TEXT.index("-\n  id: three") :] + "\n"
    assert read_yaml(changed((2, None))).value == read_yaml(TEXT[: TEXT.index("-\n  id: three")]).value


def test_a_list_in_brackets_has_no_lines_to_keep() -> None:
    assert edit_list("[{id: x}]", {0: edit(id="y")}) is None


def test_front_matter() -> None:
    assert edit_mapping("id: x # 注\nowner: 甲\n", edit(owner="乙", topic="丙")) == "id: x # 注\nowner: 乙\ntopic: 丙\n"
    assert edit_mapping("{id: x, owner: 甲}\n", FieldEdit({"id": "x"}, frozenset({"owner"}))) == "id: x\n"


@settings(max_examples=60, deadline=None)
@given(ARTICLES, ARTICLES, ARTICLES, st.sampled_from(["", "# 注释\n", "\n\n", "  # 注释\n"]))
def test_any_article_becomes_any_other(before: Article, after: Article, neighbour: Article, between: str) -> None:
    old, new, other = yaml_fields(before), yaml_fields(after), yaml_item(yaml_fields(neighbour))
    differs = frozenset(name for name in old | new if old.get(name) != new.get(name))
    text = edit_list(other + between + yaml_item(old) + between + other, {1: FieldEdit(new, differs)})
    assert text is not None
    assert text.startswith(other + between)
    assert text.endswith(between + other)
    value = read_yaml(text).value
    assert isinstance(value, list)
    assert Article.model_validate(value[1]) == after.model_copy(update={"category": ""})
