"""From bytes to characters: encodings by ladder.

BOM, UTF-16 by its zero bytes, strict UTF-8, then GB18030 or Big5, whichever gives the commoner
characters: statistical detectors misread GB18030. Bytes that a text lost on its way are
replaced by U+FFFD and told.
"""

import codecs
import re

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
        try:
            return raw.decode(encoding), encoding, ()
        except UnicodeDecodeError:
            continue
    sound = {name: text for name in ("gb18030", "big5") if (text := _strict(raw, name)) is not None}
    if sound:
        best = max(sound, key=lambda name: (_share_common(sound[name]), name == "gb18030"))
        return sound[best], best, ()
    best = min(("utf-8", "gb18030", "big5"), key=lambda name: _damage(raw[:_SAMPLE], name))
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
    """Decode UTF-16 that bears no BOM; other bytes with zeros among them are no text."""
    for encoding in ("utf-16-le", "utf-16-be"):
        text = _strict(raw, encoding)
        if text and _share_plausible(text) >= _PLAUSIBLE:
            return text, encoding, ()
    raise SourceError(uri, "not a text file (binary data)")


def _share_plausible(text: str) -> float:
    sample = text[:_SAMPLE]
    known = sum(" " <= c <= "~" or c in "\t\r\n" or "\u2000" <= c <= "\u9fff" for c in sample)
    common = sum(c in _COMMON or c < "\x7f" for c in sample)
    return known / len(sample) if common * 4 >= len(sample) else 0.0


def _damage(raw: bytes, encoding: str) -> float:
    """Return the share of characters that the bytes do not give in an encoding."""
    text = raw.decode(encoding, errors="replace")
    return text.count("\ufffd") / max(1, len(text))


def _repaired(raw: bytes, encoding: str, uri: str) -> tuple[str, str, tuple[str, ...]]:
    """Decode with U+FFFD for the damaged bytes, unless they are too many.

    Raises:
        SourceError: more than a few characters are damaged.
    """
    try:
        return raw.decode(encoding), encoding, ()
    except UnicodeDecodeError as error:
        first = error.start
    text = raw.decode(encoding, errors="replace")
    lost = text.count("\ufffd") - raw.count("\ufffd".encode())
    if lost > _MOST_DAMAGED * len(text):
        reason = f"neither UTF-8 nor GB18030 nor Big5 text (byte {first:,} fits none)"
        raise SourceError(uri, reason)
    warning = (
        f"有{lost}处字节损坏，按{encoding}无法解读，首处在第{first + 1:,}字节 "
        f"{lost} damaged bytes, the first at {first + 1:,}"
    )
    return text, encoding, (warning,)
