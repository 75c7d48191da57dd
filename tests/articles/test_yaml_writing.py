"""Is every value that we write as YAML read back the same, and does it look as if an editor had written it?"""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from articles.schema import Article
from articles.yaml_lines import read_yaml
from articles.yaml_writing import yaml_fields, yaml_item
from tests.articles.tables.conftest import ANY, ARTICLES

PARTS = st.recursive(
    st.one_of(ANY, st.booleans()),
    lambda inner: st.one_of(
        st.lists(inner.filter(lambda v: not isinstance(v, list)), min_size=1, max_size=3),
        st.dictionaries(st.sampled_from(["title", "from", "tags", "text"]), inner, min_size=1, max_size=3),
    ),
    max_leaves=6,
)


@settings(max_examples=150, deadline=None)
@given(st.dictionaries(st.sampled_from(["id", "tags", "question", "steps"]), PARTS, min_size=1))
def test_what_is_written_is_read_back(fields: dict[str, object]) -> None:
    assert read_yaml(yaml_item(fields) + "- id: next\n").value == [fields, {"id": "next"}]


@settings(max_examples=60, deadline=None)
@given(ARTICLES)
def test_every_article_comes_back(article: Article) -> None:
    value = read_yaml(yaml_item(yaml_fields(article))).value
    assert isinstance(value, list)
    assert Article.model_validate({**value[0], "category": article.category}) == article


def test_it_looks_like_the_work_of_an_editor() -> None:
    article = Article.model_validate(
        {
            "id": "x",
            "question": "怎么退保？",
            "answer": "写申请。\n\n拨 {{hotline}}。",
            "category": "a",
            "products": ["motor", "life"],
            "similar": ["退钱: 怎么办", "true"],
            "documents": ["身份证", {"name": "保单", "note": "原件"}],
            "review_by": "2027-06-30",
            "escalate": {"when": "有人受伤", "to": "motor"},
            "sources": ["《保险法》第十五条"],
        }
    )
    assert yaml_item(yaml_fields(article)) == (
        "- id: x\n  question: 怎么退保？\n  answer: |\n    写申请。\n\n    拨 {{hotline}}。\n"
        '  similar:\n    - "退钱: 怎么办"\n    - "true"\n  products: [motor, life]\n'
        "  documents:\n    - 身份证\n    - name: 保单\n      note: 原件\n"
        "  escalate:\n    when: 有人受伤\n    to: motor\n  sources:\n    - 《保险法》第十五条\n  review_by: 2027-06-30\n"
    )
