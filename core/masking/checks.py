"""Does a string of digits have the shape and the check digit of an identity or bank card?"""

from __future__ import annotations

import re
from datetime import date

# GB/T 2260: the first digits of an identity card; 81–83 are Hong Kong, Macao and Taiwan, 9 foreigners with permanent residence.
_REGION = re.compile(r"1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[1-3]|9[1-9]")
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK = "10X98765432"
_EARLIEST, _LATEST = 1880, 2099

# What card numbers begin with, as far as they are used in China: UnionPay and the older cards of its banks, Visa, Mastercard, JCB, Amex.
_ISSUERS = re.compile(r"(?:62|4|5[1-8]|2[2-7]|35|3[47]|6[0589]|8[1-8]|9[0-9])")
_CARD_LENGTHS = range(13, 20)
_UNIONPAY_LENGTHS = range(16, 20)


def id_card(number: str) -> bool:
    """An identity card of 18 places with its check digit (GB 11643, ISO 7064 MOD 11-2), region and date of birth, or one of 15."""
    if len(number) == 15:
        return number.isdigit() and bool(_REGION.match(number)) and _day("19" + number[6:12])
    return (
        mistyped_id_card(number)
        and number[17]
        == _CHECK[sum(int(digit) * weight for digit, weight in zip(number[:17], _WEIGHTS, strict=True)) % 11]
    )


def mistyped_id_card(number: str) -> bool:
    """18 places with the region and date of birth of an identity card, whatever the last one is."""
    return len(number) == 18 and number[:17].isdigit() and bool(_REGION.match(number)) and _day(number[6:14])


def bank_card(number: str) -> bool:
    """13 to 19 digits that an issuer's begin with, and the check digit is right (Luhn); for 62 (UnionPay) a wrong one will do."""
    if not number.isdigit() or len(number) not in _CARD_LENGTHS or not _ISSUERS.match(number):
        return False
    return luhn(number) or (number.startswith("62") and len(number) in _UNIONPAY_LENGTHS)


def luhn(digits: str) -> bool:
    doubled = sum(sum(divmod(2 * int(digit), 10)) for digit in digits[-2::-2])
    return (doubled + sum(map(int, digits[-1::-2]))) % 10 == 0


def _day(digits: str) -> bool:
    year, month, day = int(digits[:4]), int(digits[4:6]), int(digits[6:])
    if not _EARLIEST <= year <= _LATEST:
        return False
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True
