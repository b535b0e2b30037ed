"""Texts that spreadsheets leave alone.

A text that a spreadsheet would take for a formula gets an apostrophe before it, whatever white
space it hides behind; the full-width signs count, since East Asian versions of Excel take them so.
static/lib/exports.js does the same in the page. A code of ours that is no more than a sign, such as
the comparator `=`, is left alone: without anything after it no spreadsheet computes it.

Source: OWASP, CSV Injection.
"""

_FORMULA = tuple("=+-@＝＋－＠")
_BLANK = " \t\r\n\v\f\u00a0\u3000\ufeff\u200b"
_BREAKS = ("\t", "\r", "\n")


def safe_code(text: str, codes: frozenset[str]) -> str:
    """Return a cell of a column of codes: one of the codes as it is, any other text made safe."""
    return text if text in codes else safe_text(text)


def safe_text(text: str) -> str:
    """Return a text that no spreadsheet takes for a formula."""
    is_formula = text.startswith(_BREAKS) or text.lstrip(_BLANK).startswith(_FORMULA)
    return f"'{text}" if is_formula else text
