"""What XML cannot hold, left out."""

import re

_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def xml_text(text: str) -> str:
    """Return the text without characters that no XML 1.0 document may hold.

    Source: XML 1.0, production 2 (Char).
    """
    return _NOT_XML.sub("", text)
