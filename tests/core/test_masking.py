"""What is personal, what is not, and what stays true of any text?"""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.masking import LABELS, find, mask

ID_CARD = "330102199003071230"
MOBILE = "13800138000"


def found(text: str) -> list[tuple[str, str]]:
    return [(each.kind, text[each.start : each.end]) for each in find(text)]


PERSONAL = [
    (f"身份证{ID_CARD}", "id-card", ID_CARD),
    ("330102 19900307 1230", "id-card", "330102 19900307 1230"),
    # A wrong check digit: the region and the date of birth tell, or the word before it.
    ("330102199003071234", "id-card", "330102199003071234"),
    ("我的身份证是3301021990030712", "id-card", "3301021990030712"),
    ("身份证号33010219900307123x", "id-card", "33010219900307123x"),
    ("老证330102900307123", "id-card", "330102900307123"),
    (f"{MOBILE}一直打不通", "phone", MOBILE),
    ("+86 138-0013-8000", "phone", "+86 138-0013-8000"),
    ("１３８００１３８０００", "phone", "１３８００１３８０００"),
    ("1\u200b38\u200b00138000", "phone", "1\u200b38\u200b00138000"),
    ("1️⃣3️⃣8️⃣0️⃣0️⃣1️⃣3️⃣8️⃣0️⃣0️⃣0️⃣", "phone", "1️⃣3️⃣8️⃣0️⃣0️⃣1️⃣3️⃣8️⃣0️⃣0️⃣0️⃣"),
    ("幺三八，嗯，零零幺三，八零零零", "phone", "幺三八，嗯，零零幺三，八零零零"),
    ("（010）6234-5678转801", "phone", "（010）6234-5678转801"),
    ("家里電話62345678", "phone", "62345678"),
    ("4111 1111 1111 1111", "bank-card", "4111 1111 1111 1111"),
    ("6222021234567890128", "bank-card", "6222021234567890128"),
    ("我的账号1234567890123", "bank-card", "1234567890123"),
    ("粤B·DA1234", "plate", "粤B·DA1234"),
    ("滬a12345", "plate", "滬a12345"),
    ("粤Z1234澳", "plate", "粤Z1234澳"),
    ("保单号：2026 1101 0000 1234", "policy", "2026 1101 0000 1234"),
    ("报案号是 rdaa202600000000001", "claim", "rdaa202600000000001"),
    ("a.b+c@mail.example.com", "email", "a.b+c@mail.example.com"),
    ("我叫歐陽修遠，", "name", "歐陽修遠"),
    ("我叫王芳想查保单", "name", "王芳"),
    ("姓　名：王　伟", "name", "王　伟"),
    ("姓名：阿迪力·买买提", "name", "阿迪力·买买提"),
    (f"王建国 {MOBILE}", "name", "王建国"),
    ("微信：abc_12345", "wechat", "abc_12345"),
    ("QQ号10001234", "qq", "10001234"),
    ("家住杭州市西湖区文三路128号5幢302室", "address", "杭州市西湖区文三路128号5幢302室"),
]


@pytest.mark.parametrize(("text", "kind", "stretch"), PERSONAL, ids=[text for text, *_ in PERSONAL])
def test_personal(text: str, kind: str, stretch: str) -> None:
    assert (kind, stretch) in found(text)
    assert LABELS[kind] in mask(text)


@pytest.mark.parametrize(
    "text",
    [
        "打95518、12378、110、120、122或者400-820-8820、021-95518",
        "客服电话010-62345678",
        "2026-11-20 10:30:00，20261120103000",
        "《保险法》第二十三条，金规〔2023〕2号，法释〔2018〕13号",
        "13800138000元，¥13800138000，1,380,013.80元",
        "订单号6222021234567890128，流水号13800138000",
        "统一社会信用代码91330100MA2XXXXX1X",
        "1 2 3 4 5 6 7 8 9 10 11",
        "3.14159265358979",
        "138****8000，尾号6688",
        "我是客户，我是车主，我是全责，本人已签字，我叫了拖车",
        "王先生和李阿姨都来过",
        "姓名：（必填） 户名：与投保人一致",
        "新A款，地铁3号线2号口，我知道12号到期",
        "网点地址：中山路100号",
        "tousu@picc.com.cn",
        "微信公众号picc_95518",
    ],
)
def test_not_personal(text: str) -> None:
    assert found(text) == []
    assert mask(text) == text


def test_an_identity_card_is_one_even_where_an_order_number_should_be() -> None:
    assert found(f"订单号{ID_CARD}") == [("id-card", ID_CARD)]


def test_who_is_named_together_is_masked_together() -> None:
    assert mask("被保险人：王伟、李娜和张敏。") == "被保险人：〔姓名〕、〔姓名〕和〔姓名〕。"


def test_mask_keeps_the_rest() -> None:
    text = f"您好，我叫王芳，身份证{ID_CARD}，手机{MOBILE}，保费3200元"
    assert mask(text) == "您好，我叫〔姓名〕，身份证〔身份证号〕，手机〔手机号〕，保费3200元"


def test_labels_that_a_customer_types_are_left_alone() -> None:
    assert found("〔手机号〕〔姓名〕〔QQ号〕12345678") == []


# Pieces that the rules look for, in any order: more telling than any characters.
PIECES = st.sampled_from(
    [
        *"0123456789xX零一幺八 -.,，、：()（）+@·号路室京粤A#\n\u200b⑴\ud800\ue000",
        *("我叫", "姓名：", "王伟", "李建国", "先生", "的保单", "“", "”", "元", "嗯", "小区", "地址"),
        *("电话", "身份证", "卡号", "保单号", "订单号", "微信号", "QQ"),
        *(ID_CARD, MOBILE, "4111111111111111", "138", "6222", "wxid_abc123", "PDAA202600000000001", "a@b.cn"),
        *LABELS.values(),
    ]
)
TEXTS = st.one_of(st.text(), st.lists(PIECES, max_size=40).map("".join))


@given(TEXTS)
def test_any_text_is_masked_once_and_for_all(text: str) -> None:
    masked = mask(text)
    assert mask(masked) == masked
    assert find(masked) == []


@given(TEXTS)
def test_places_are_in_the_text_in_order_and_apart(text: str) -> None:
    end = 0
    for each in find(text):
        assert end <= each.start < each.end <= len(text)
        assert each.kind in LABELS
        end = each.end


LONG = 100_000


@pytest.mark.parametrize(
    "piece",
    [
        "1",
        "1 ",
        "62 ",
        "一,",
        "1嗯",
        "a",
        "a@a.",
        "路1号",
        "我叫",
        "王·",
        "保单号A-",
        "138-",
        "张伟 ",
        "“王",
        MOBILE,
        "(",
    ],
)
def test_a_long_hostile_text_is_no_trouble(piece: str) -> None:
    """Catastrophic patterns would not come back in a lifetime."""
    text = piece * (LONG // len(piece))
    for each in find(text):
        assert each.end - each.start < 100
