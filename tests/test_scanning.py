"""What compile_scan returns finds what re.compile's does, and looks before it tries."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.scanning import compile_scan, iter_near

# A pattern, and whether a look at the first character can help.
PATTERNS = (
    ("责任|(?P<lead>牵头)(?:单位)?", True),  # a named group
    ("(?:共同|联合)?(?:牵头|负责)", True),  # what may be missing
    (r"(?:\d{1,3}|[一二三]+?)[、.．]|单位", True),  # classes, ranges, digits
    (r"(?<!不)低于|^以及|单位(?=：|$)", True),  # conditions take no character
    (r"[\]^\\-]单|-\]|\s牵", True),  # what means something in a class
    ("(?:责任)*", False),  # matches nothing, too
    ("(?:责任)?.位", False),  # may begin with anything
    ("[\u4e00-\u9fff]{2}单", False),  # may begin with nearly anything
    ("[^责]任|牵头", False),
    ("(?i:a)b|责任", False),
)


@pytest.mark.parametrize(("pattern", "is_guarded"), PATTERNS)
def test_looks_where_that_helps(pattern: str, is_guarded: bool) -> None:
    assert (compile_scan(pattern).pattern != pattern) == is_guarded


@pytest.mark.parametrize("pattern", [pattern for pattern, _ in PATTERNS])
@given(
    text=st.text(alphabet="责任牵头单位共同联合负不低于以及一二12、.．：]^\\- \nabAB", max_size=40)
)
def test_finds_the_same(pattern: str, text: str) -> None:
    plain, scan = re.compile(pattern), compile_scan(pattern)
    assert _found(scan, text) == _found(plain, text)
    assert scan.groupindex == plain.groupindex
    assert bool(scan.match(text)) == bool(plain.match(text))


def _found(pattern: re.Pattern[str], text: str) -> list[tuple[tuple[int, int], str | None]]:
    return [(found.span(), found.lastgroup) for found in pattern.finditer(text)]


@given(text=st.text(alphabet="甲乙丙、，", max_size=60), start=st.integers(0, 9))
def test_finds_the_same_near_signs(text: str, start: int) -> None:
    listed, comma = re.compile("[甲乙丙]{2,4}(?:、[甲乙丙]{2,4})+"), re.compile("、")
    near = iter_near(listed, comma, 4, text, (start, len(text)))
    assert [found.span() for found in near] == [m.span() for m in listed.finditer(text, start)]
