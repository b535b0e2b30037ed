"""From bytes to characters: encodings by ladder.

BOM, UTF-16 by its zero bytes, strict UTF-8, then GB18030 or Big5, whichever gives the commoner
characters: statistical detectors misread GB18030. Bytes that a text lost on its way are
replaced by U+FFFD and told.
"""

import codecs
import re
from collections.abc import Iterator

from kg.errors import SourceError

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # begins like UTF-16's
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_DECLARED = re.compile(rb"charset\s*=\s*[\"']?\s*(?P<name>[\w-]{2,20})", re.IGNORECASE)
_SAMPLE = 200_000
_MOST_DAMAGED = 0.02  # of the characters, from which the encoding itself is in doubt
_PLAUSIBLE = 0.9
_MOST_ZEROS = 0.005  # of the bytes, from which they are no text
_HAN = re.compile(r"[\u4e00-\u9fff]")
_LATIN = re.compile(r"[\u0080-\u00ff]")
_CP1252 = {bytes([code]).decode("cp1252", "replace"): code for code in range(0x80, 0xA0)}
_FEW_THOUSAND = 3_000
_FEWEST = 100  # Chinese characters by which text is judged
_LEAST_COMMON = 0.15  # of them; notices have 0.36 and more, what was misread hundredths
_AHEAD = 40  # bytes behind a damaged one by which the next character's begin is told
_MOST_BREAKS = 200  # in a line; the rest of it is read as it comes
# The commonest characters of notices, in either script: what a wrong encoding hardly gives.
_COMMON = frozenset(
    "的一是了在不和有大人中国国为上个我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子"
    "说产种面而方后多定行学法所民得经十三之进着等部度家电力里如水化高自二理起小物现实加量都两体制机"
    "当使点从业本去把性好应开它合还因由其些然前外天政四日那社义事平形相全表间样与关各重新线内数正心"
    "反你明看原又么利比或但质气第向道命此变条只没结解问意建月公无系军很情者最立代想已通并提直题党程"
    "展五果料象员革位入常文总次品式活设及管特件长求老头基资边流路级少图山统接知较将组见计别她手角期"
    "根论运农指几九区强放决西被干做必战先回则任取据处府研质量保护执施条款项目标推市省县局厅委单位责"
    "國爲個來時們對會發動產種後學經進過還說電裡裏現實體兩機當點從業應開關間與線數質氣條沒結問無係"
    "軍題黨員總設長頭資邊統較將組見計別據處執項標縣廳單責權護創運服務則規東西書財團國際證劃辦準導"
)


def decode_text(raw: bytes, uri: str) -> tuple[str, str, tuple[str, ...]]:
    """Return the characters of the bytes, their encoding, and warnings on damaged ones.

    Raises:
        SourceError: the bytes are text in none of the encodings.
    """
    for bom, encoding in _BOMS:
        if raw.startswith(bom):
            return _repaired(raw, encoding, uri)
    if b"\x00" in raw[:_SAMPLE]:
        return _without_bom(raw, uri)
    for encoding in ("utf-8", *_declared(raw)):
        text = _strict(raw, encoding)
        if text is not None:
            return _restored(text) or (text, encoding, tuple(_doubts(text)))
    sound = {name: text for name in ("gb18030", "big5") if (text := _strict(raw, name)) is not None}
    if sound:
        best = max(sound, key=lambda name: (_share_common(sound[name]), name == "gb18030"))
        return sound[best], best, ()
    best = max(("utf-8", "gb18030", "big5"), key=lambda name: _fit(raw[:_SAMPLE], name))
    return _repaired(raw, best, uri)


def _declared(raw: bytes) -> tuple[str, ...]:
    """Return what a page says of its own encoding, where it is one that the ladder would miss."""
    match = _DECLARED.search(raw[:4_096])
    name = match["name"].decode("ascii").lower() if match else ""
    return ("big5hkscs",) if name.startswith("big5") else ()


def _strict(raw: bytes, encoding: str) -> str | None:
    try:
        return raw.decode(encoding)
    except UnicodeDecodeError:
        return None


def _share_common(text: str) -> float:
    """Return how many of the Chinese characters are common ones, in [0, 1]."""
    chinese = [c for c in text[:_SAMPLE] if c > "\u2e7f"]
    return sum(c in _COMMON for c in chinese) / len(chinese) if chinese else 0.0


def _without_bom(raw: bytes, uri: str) -> tuple[str, str, tuple[str, ...]]:
    """Decode UTF-16 that bears no BOM, or other text with few zeros; the rest is no text."""
    for encoding in ("utf-16-le", "utf-16-be"):
        text = _strict(raw, encoding)
        if text and _share_plausible(text) >= _PLAUSIBLE:
            return text, encoding, ()
    padded = raw.rstrip(b"\x00")
    zeros = padded.count(b"\x00")
    if zeros > _MOST_ZEROS * len(padded):
        raise SourceError(uri, "not a text file (binary data)")
    text, encoding, warnings = decode_text(padded.replace(b"\x00", b""), uri)
    lost = len(raw) - len(padded) + zeros
    told = f"略去了{lost}个零字节，文件可能不完整 {lost} zero bytes left out; text may be missing"
    return text, encoding, (told, *warnings)


def _restored(text: str) -> tuple[str, str, tuple[str, ...]] | None:
    """Return the text whose bytes were read as Latin-1 and saved so: å®æ³¢ for 宁波.

    Programs that fetch pages do so where a server does not tell the encoding.
    """
    sample = text[:_SAMPLE]
    latin = len(_LATIN.findall(sample))
    if latin * 4 < len(sample) or _HAN.search(sample):
        return None
    codes = bytes(ord(char) if char < "\u0100" else _CP1252.get(char, 0x3F) for char in text)
    for encoding in ("utf-8", "gb18030"):
        restored = codes.decode(encoding, errors="replace")
        is_whole = restored.count("\ufffd") <= _MOST_DAMAGED * len(restored)
        if is_whole and _share_common(restored) >= _LEAST_COMMON:
            told = f"原文按Latin-1误读后保存，已还原 restored: {encoding} that was saved as Latin-1"
            return restored, encoding, (told,)
    return None


def _doubts(text: str) -> Iterator[str]:
    """Yield a warning on Chinese characters that no notice has: another encoding's, misread."""
    sample = text[:_FEW_THOUSAND]
    if len(_HAN.findall(sample)) >= _FEWEST and _share_common(sample) < _LEAST_COMMON:
        yield "文字疑为乱码：保存前可能用错了编码 garbled: saved after a wrong encoding was read?"


def _share_plausible(text: str) -> float:
    sample = text[:_SAMPLE]
    known = sum(" " <= c <= "~" or c in "\t\r\n" or "\u2000" <= c <= "\u9fff" for c in sample)
    common = sum(c in _COMMON or c < "\x7f" for c in sample)
    return known / len(sample) if common * 4 >= len(sample) else 0.0


def _fit(raw: bytes, encoding: str) -> tuple[bool, float]:
    """Tell how well damaged bytes fit an encoding: few are lost, then how common the rest is."""
    text = raw.decode(encoding, errors="replace")
    damage = text.count("\ufffd") / max(1, len(text))
    is_fit = damage <= _MOST_DAMAGED
    return is_fit, _share_common(text) if is_fit else -damage


def _repaired(raw: bytes, encoding: str, uri: str) -> tuple[str, str, tuple[str, ...]]:
    """Decode with U+FFFD for the damaged bytes, unless they are too many.

    Raises:
        SourceError: more than a few characters are damaged.
    """
    try:
        return raw.decode(encoding), encoding, ()
    except UnicodeDecodeError as error:
        first = error.start
    by_pairs = encoding in ("gb18030", "big5")
    text = _decode_pairs(raw, encoding) if by_pairs else raw.decode(encoding, errors="replace")
    lost = text.count("\ufffd") - raw.count("\ufffd".encode())
    if lost > _MOST_DAMAGED * len(text):
        reason = f"neither UTF-8 nor GB18030 nor Big5 text (byte {first:,} fits none)"
        raise SourceError(uri, reason)
    warning = (
        f"有{lost}处字节损坏，按{encoding}无法解读，首处在第{first + 1:,}字节 "
        f"{lost} damaged bytes, the first at {first + 1:,}"
    )
    return text, encoding, (warning,)


def _decode_pairs(raw: bytes, encoding: str) -> str:
    """Decode an encoding of two bytes a character, in step again after each damaged byte.

    A lost byte would otherwise shift all pairs behind it to the end of the line.
    """
    return "\n".join(_decode_line(line, encoding) for line in raw.split(b"\n"))


def _decode_line(line: bytes, encoding: str) -> str:
    parts: list[str] = []
    for _ in range(_MOST_BREAKS):
        try:
            return "".join((*parts, line.decode(encoding)))
        except UnicodeDecodeError as error:
            parts += [line[: error.start].decode(encoding), "\ufffd"]
            line = line[_next_start(line, error.start, encoding) :]
    return "".join((*parts, line.decode(encoding, errors="replace")))


def _next_start(line: bytes, damaged: int, encoding: str) -> int:
    """Return where the next character begins: one byte behind the damaged one's start, or two."""
    ways = (damaged + 1, damaged + 2)
    return max(
        ways,
        key=lambda way: _share_common(line[way : way + _AHEAD].decode(encoding, errors="ignore")),
    )
