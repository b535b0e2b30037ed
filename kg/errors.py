"""The one tree of errors.

KgError
├─ OntologyError       ontology.yaml or reference data is wrong
├─ SourceError         bytes missing or undecodable     .uri
├─ OutlineError        structure unreadable             .doc_id .offset
├─ FragmentError       node or edge breaks ontology     .label .key
├─ QueryError          unknown query, bad parameter, refused statement
│  └─ LimitExceeded    a statement took more time or memory than allowed
├─ ExportError         files or figures cannot be made    .target
└─ StoreError
   ├─ StoreUnavailable   transient, or held by another writer: try again
   │  └─ StoreConflict   another writer came between; retried by the store itself
   └─ StoreRejected      terminal: do not retry
"""

from typing import Any


class KgError(Exception):
    """Base of every error this project raises on purpose; it may cross processes."""

    def __reduce__(self) -> tuple[Any, ...]:
        # By default an exception is made anew from its message, which is not what ours take.
        return _restore, (type(self), self.args, self.__dict__)


def _restore(kind: type[KgError], args: tuple[Any, ...], state: dict[str, Any]) -> KgError:
    error = kind.__new__(kind, *args)
    error.__dict__.update(state)
    return error


class OntologyError(KgError):
    """The ontology or a reference data file is wrong; nothing can run with it."""


class SourceError(KgError):
    """A source could not be read.

    Attributes:
        uri: the file or address at fault.
        reason: why, in a few words.
    """

    def __init__(self, uri: str, reason: str) -> None:
        super().__init__(f"{uri}: {reason}")
        self.uri = uri
        self.reason = reason


class OutlineError(KgError):
    """The structure of a document could not be read.

    Attributes:
        doc_id: the document.
        offset: where in its text, in code points.
    """

    def __init__(self, doc_id: str, offset: int, reason: str) -> None:
        super().__init__(f"{doc_id} at {offset}: {reason}")
        self.doc_id = doc_id
        self.offset = offset


class FragmentError(KgError):
    """A node or an edge breaks the ontology.

    Attributes:
        label: node label or edge type.
        key: id of the node or edge.
    """

    def __init__(self, label: str, key: str, reason: str) -> None:
        super().__init__(f"{label} {key}: {reason}")
        self.label = label
        self.key = key


class QueryError(KgError):
    """A query is unknown, or a parameter is missing or of the wrong kind."""


class ExportError(KgError):
    """Files or figures cannot be made: nothing to write, nowhere to write it, no font.

    Attributes:
        target: the file, folder or font at fault.
    """

    def __init__(self, target: str, reason: str) -> None:
        super().__init__(f"{target}: {reason}")
        self.target = target
        self.reason = reason


class LimitExceeded(QueryError):
    """An ad-hoc statement took more time or memory than it may."""


class StoreError(KgError):
    """The store could not do what was asked."""


class StoreUnavailable(StoreError):
    """Transient: the store is away or held by another writer; try again."""


class StoreConflict(StoreUnavailable):
    """Transient: another writer came between; the store itself tries again some times."""


class StoreRejected(StoreError):
    """Terminal: trying the same again would fail the same way."""
