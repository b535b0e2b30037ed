"""Numbers as notices write them: Arabic, full-width and Chinese digits."""

from functools import lru_cache

from kg.scanning import compile_scan

_DIGITS = {"零": 0, "〇": 0, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4}
_DIGITS |= {"五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
_PLACES = {"十": 10, "百": 100, "千": 1_000}
_GROUPS = {"万": 10_000, "亿": 100_000_000}

# One character for one character, so that offsets into the folded text are offsets into the text.
_FOLD = tuple(zip("１２３４５６７８９０．％－／，○◯", "1234567890.%-/,〇〇", strict=True))

CHINESE_DIGITS = "零〇一二两三四五六七八九"
CHINESE_NUMBER = f"[{CHINESE_DIGITS}十百千]"
# What keyboards and OCR leave where 〇 was meant: 二O二一, 二OO九.
_LETTERS = compile_scan(f"(?<=[{CHINESE_DIGITS}])[OoＯΟО]{{1,2}}")
_ARABIC = compile_scan(r"\d{1,15}(?:\.\d{1,9})?|\d{1,3}(?:,\d{3}){1,4}(?:\.\d{1,9})?")


def fold_digits(text: str) -> str:
    """Return the text with full-width digits narrowed and look-alikes of 〇 unified.

    The result is as long as the text: an offset into the one is an offset into the other.
    """
    if text.isascii():
        return text
    for wide, narrow in _FOLD:  # many times faster than str.translate on Chinese text
        text = text.replace(wide, narrow)
    return _LETTERS.sub(lambda match: "〇" * len(match.group()), text)


@lru_cache(maxsize=8)  # a notice is read item by item, with titles by themselves in between
def fold_all_digits(text: str) -> str:
    """Return fold_digits of a whole notice, kept for the next of its items."""
    return fold_digits(text)


def parse_number(text: str) -> float | None:
    """Return the value of a number such as 12, 1,200, 6.5, ２０, 三十五, 两千 or 一百零五.

    None for anything else, and for a Chinese numeral that is out of order (十百).
    """
    folded = fold_digits(text.strip())
    if _ARABIC.fullmatch(folded):
        return float(folded.replace(",", ""))
    value = _parse_chinese(folded)
    return None if value is None else float(value)


def _parse_chinese(text: str) -> int | None:
    if not text or len(text) > 30:
        return None
    if all(char in _DIGITS for char in text):
        # 二〇二一 is read digit by digit; 一二 alone is no number anybody writes, but harmless.
        return int("".join(str(_DIGITS[char]) for char in text))
    total = group = 0
    digit: int | None = None
    last_place = 10_000
    for char in text:
        if char in _DIGITS:
            digit = _DIGITS[char]
        elif char in _PLACES:
            if _PLACES[char] >= last_place:
                return None
            last_place = _PLACES[char]
            group += (1 if digit is None else digit) * last_place
            digit = None
        elif char in _GROUPS:
            total = (total + group + (digit or 0)) * _GROUPS[char]
            group, digit, last_place = 0, None, 10_000
        else:
            return None
    return total + group + (digit or 0)
