"""Texts that spreadsheets leave alone.

A text that a spreadsheet would take for a formula gets an apostrophe before it, whatever white
space it hides behind; the full-width signs count, since East Asian versions of Excel take them so.
static/lib/exports.js does the same in the page.

Source: OWASP, CSV Injection.
"""

_FORMULA = tuple("=+-@＝＋－＠")
_BLANK = " \t\r\n\v\f\u00a0\u3000\ufeff\u200b"
_BREAKS = ("\t", "\r", "\n")


def safe_text(text: str) -> str:
    """Return a text that no spreadsheet takes for a formula."""
    is_formula = text.startswith(_BREAKS) or text.lstrip(_BLANK).startswith(_FORMULA)
    return f"'{text}" if is_formula else text
