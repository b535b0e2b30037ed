"""Encodings found without being told, and damaged bytes told."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import SourceError
from loaders.pipeline import extract_bytes
from loaders.readers.encodings import decode_text

SIMPLIFIED = "各市人民政府：现将知识产权保护工作要点印发给你们，请认真贯彻落实。\n一、加强保护\n"
TRADITIONAL = "各縣市政府：為加強智慧財產權之保護，請確實依照計畫辦理，並於期限內回報執行情形。\n一、加強保護\n"


@pytest.mark.parametrize(
    "encoding",
    [
        "utf-8",
        "utf-8-sig",
        "utf-16",
        "utf-16-le",
        "utf-16-be",
        "utf-32",
        "gb2312",
        "gbk",
        "gb18030",
    ],
)
def test_every_encoding_is_found(encoding: str) -> None:
    text, found, warnings = decode_text(SIMPLIFIED.encode(encoding), "n.txt")
    assert (text, warnings) == (SIMPLIFIED, ())
    same = {"gb2312": "gb18030", "gbk": "gb18030"}
    assert found == same.get(encoding, encoding)


@pytest.mark.parametrize("text", [TRADITIONAL, TRADITIONAL * 50, "智慧財產局公告第三號"])
def test_big5_is_told_from_gb18030(text: str) -> None:
    assert decode_text(text.encode("big5"), "n.txt")[:2] == (text, "big5")


def test_traditional_characters_in_gb18030_are_not_taken_for_big5() -> None:
    assert decode_text(TRADITIONAL.encode("gb18030"), "n.txt")[:2] == (TRADITIONAL, "gb18030")


def test_a_page_may_declare_big5() -> None:
    page = f"<meta charset=big5><p>{TRADITIONAL}</p>"
    assert decode_text(page.encode("big5"), "n.html")[0] == page


@pytest.mark.parametrize(
    ("encoding", "broken"), [("utf-8", b"\xe5"), ("gb18030", b"\xff"), ("utf-8", b"\xff\xfe")]
)
def test_damaged_bytes_are_told_and_the_rest_is_read(encoding: str, broken: bytes) -> None:
    text = SIMPLIFIED * 10
    raw = text.encode(encoding)
    at = len(SIMPLIFIED[:3].encode(encoding))
    read, found, warnings = decode_text(raw[:at] + broken + raw[at:], "n.txt")
    assert found == encoding
    assert len(warnings) == 1
    assert f"首处在第{at + 1}字节" in warnings[0]
    assert read.count("\ufffd") <= 3
    assert read.endswith(text[-50:])


def test_damaged_bytes_reach_the_report_and_no_text() -> None:
    raw = SIMPLIFIED.encode() * 10
    found = extract_bytes(raw[:9] + b"\xff" + raw[9:], "n.txt")
    assert "\ufffd" not in found.analysis.text
    assert any("字节损坏" in warning for warning in found.report.warnings)
    assert any("lost" in part.reason for part in found.report.removed)


@pytest.mark.parametrize("raw", [bytes(range(128, 256)) * 8, b"\xff\xfe" + b"\x00\xd8" * 7])
def test_what_is_text_in_no_encoding_is_refused(raw: bytes) -> None:
    with pytest.raises(SourceError, match="fits none"):
        decode_text(raw, "n.txt")


@given(st.text(st.characters(min_codepoint=0x20, codec="utf-8"), max_size=80))
def test_utf8_is_never_taken_for_anything_else(text: str) -> None:
    assert decode_text(text.encode(), "n.txt")[0] == text


@pytest.mark.parametrize("encoding", ["gb18030", "big5"])
@pytest.mark.parametrize("place", [0, 1])
def test_a_damaged_byte_shifts_no_others(encoding: str, place: int) -> None:
    text = (SIMPLIFIED if encoding == "gb18030" else TRADITIONAL).replace("\n", "") * 10
    raw = bytearray(text.encode(encoding))
    at = 2 * text.index("，") + 2
    raw[at + place] = 0xFF
    read, found, warnings = decode_text(bytes(raw), "n.txt")
    assert found == encoding
    assert len(warnings) == 1
    assert read.replace("\ufffd", "") == text[: at // 2] + text[at // 2 + 1 :]


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
@pytest.mark.parametrize("misread", ["latin-1", "cp1252"])
def test_text_that_was_saved_as_latin_1_is_restored(encoding: str, misread: str) -> None:
    def as_read(code: int) -> str:
        byte = bytes([code])
        return byte.decode(misread, errors="ignore") or byte.decode("latin-1")

    garbled = "".join(map(as_read, SIMPLIFIED.encode(encoding)))
    text, found, (told,) = decode_text(garbled.encode(), "n.txt")
    assert (text, found) == (SIMPLIFIED, encoding)
    assert "Latin-1" in told


def test_latin_text_is_left_as_it_is() -> None:
    text = "Propriété intellectuelle : décret n° 12 à l'État\n"
    assert decode_text(text.encode(), "n.txt") == (text, "utf-8", ())


def test_garbled_text_is_told() -> None:
    garbled = (SIMPLIFIED * 5).encode().decode("gb18030", errors="replace")
    (told,) = decode_text(garbled.encode(), "n.txt")[2]
    assert "乱码" in told
    assert not decode_text((TRADITIONAL * 5).encode(), "n.txt")[2]


@pytest.mark.parametrize("zeros", [b"\x00", b"\x00" * 5_000])
def test_zero_bytes_at_the_end_are_left_out_and_told(zeros: bytes) -> None:
    text, found, (told,) = decode_text((SIMPLIFIED * 5).encode() + zeros, "n.txt")
    assert (text, found) == (SIMPLIFIED * 5, "utf-8")
    assert f"{len(zeros)} zero bytes" in told
