"""A font with Chinese characters for figures: found on this machine, or a clear message."""

from collections.abc import Iterable
from pathlib import Path

from matplotlib import font_manager
from matplotlib.font_manager import FontEntry

from kg.errors import ExportError

# Those that print best first; each is free, or comes with Windows or macOS.
FAMILIES = (
    "Noto Sans CJK SC",
    "Source Han Sans SC",
    "Source Han Sans CN",
    "Noto Sans SC",
    "PingFang SC",
    "Microsoft YaHei",
    "Hiragino Sans GB",
    "WenQuanYi Zen Hei",
    "WenQuanYi Micro Hei",
    "Heiti SC",
    "SimHei",
    "Noto Serif CJK SC",
    "SimSun",
    "Noto Sans CJK JP",
    "Arial Unicode MS",
)
_PROBE = "政策知识产权辽"
_FILES = ("cjk", "sourcehan", "notosanssc", "simhei", "simsun", "msyh", "pingfang", "heiti", "wqy")
_HELP = (
    "no font with Chinese characters was found; install one (Debian: fonts-noto-cjk) "
    "or name a file with --font FILE.ttf"
)


def find_font(wanted: str | None = None) -> str:
    """Return the name of a font family that figures can be drawn with.

    Args:
        wanted: name of a family, or a font file; None for the best one here.

    Raises:
        ExportError: there is none, or the one wanted is missing or lacks Chinese characters.
    """
    if wanted:
        return _check(wanted, _family_of(wanted))
    name = _installed(FAMILIES)
    if name is None:
        _read_new_files()
        name = _installed(FAMILIES)
    if name is None:
        raise ExportError("font", _HELP)
    return name


def _family_of(wanted: str) -> str:
    path = Path(wanted)
    if not path.suffix:
        return wanted
    try:
        font_manager.fontManager.addfont(path)
    except (OSError, RuntimeError) as error:
        raise ExportError(wanted, f"is no font that can be read: {error}") from error
    return str(font_manager.FontProperties(fname=path).get_name())


def _check(wanted: str, family: str) -> str:
    entries = [entry for entry in font_manager.fontManager.ttflist if entry.name == family]
    if not entries:
        raise ExportError(wanted, "no such font is installed")
    if not any(map(_has_chinese, entries)):
        raise ExportError(wanted, "has no Chinese characters")
    return family


def _installed(families: Iterable[str]) -> str | None:
    entries = {entry.name: entry for entry in font_manager.fontManager.ttflist}
    found = (name for name in families if name in entries and _has_chinese(entries[name]))
    return next(found, None)


def _read_new_files() -> None:
    """Read fonts that were installed after matplotlib made its list."""
    for path in font_manager.findSystemFonts():
        if any(part in Path(path).stem.lower().replace("-", "") for part in _FILES):
            font_manager.fontManager.addfont(path)


def _has_chinese(entry: FontEntry) -> bool:
    font = font_manager.get_font(entry.fname)
    return all(font.get_char_index(ord(character)) for character in _PROBE)
