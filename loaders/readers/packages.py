"""Zip packages and their XML, opened with limits: nothing expands or reaches out unasked."""

import io
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager

from lxml import etree

from kg.errors import SourceError
from loaders.readers.types import MAX_BYTES

MAX_EXPANDED = 10 * MAX_BYTES  # all members of one package together


@contextmanager
def open_package(raw: bytes, uri: str, what: str) -> Iterator[zipfile.ZipFile]:
    """Open a zip package, and tell whatever is wrong with it in one way.

    Raises:
        SourceError: it is damaged, encrypted, or would expand to more than is allowed.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as package:
            check_expansion(package, uri)
            yield package
    except SourceError:
        raise
    except RuntimeError as error:  # zipfile has no type of its own for encryption
        raise SourceError(uri, f"an encrypted {what}") from error
    except Exception as error:
        # Damaged packages make zipfile, lxml and their callers raise a dozen types.
        raise SourceError(uri, f"a damaged {what} ({type(error).__name__}: {error})") from error


def check_expansion(package: zipfile.ZipFile, uri: str) -> None:
    """Refuse a package whose members, as it declares them, are too large together.

    Raises:
        SourceError: they are. zipfile itself stops at the declared size of a member.
    """
    expanded = sum(member.file_size for member in package.infolist())
    if expanded > MAX_EXPANDED:
        limit = f"the {MAX_EXPANDED // 1_000_000} MB allowed"
        raise SourceError(uri, f"expands to {expanded / 1e6:,.0f} MB, more than {limit}")


def read_member(package: zipfile.ZipFile, name: str) -> bytes:
    """Return the bytes of a member.

    Raises:
        KeyError: there is none.
    """
    with package.open(name) as member:
        return member.read(MAX_EXPANDED)


def parse_xml(raw: bytes) -> etree._Element:
    """Return the root of XML; no entity is expanded, no DTD loaded, no address opened.

    Raises:
        ValueError: it is no XML, or declares a document type, which no office file does.
    """
    parser = etree.XMLParser(
        resolve_entities=False, load_dtd=False, no_network=True, huge_tree=False
    )
    try:
        root = etree.fromstring(raw, parser)
    except etree.XMLSyntaxError as error:
        raise ValueError(f"no XML: {error}") from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise ValueError("XML with a document type")
    return root
