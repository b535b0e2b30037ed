"""Ids are pure functions of a natural key, so runs, machines and load orders agree."""

import hashlib
from json.encoder import encode_basestring


def node_id(label: str, *key: str) -> str:
    """Return the id every loader derives for the same thing (20 hex digits).

    Args:
        label: ontology label.
        key: natural key, normalised, in ontology order.

    Raises:
        ValueError: the key is empty, or a part of it is.
    """
    if not key or not all(key):
        raise ValueError(f"empty key part for {label}: {key!r}")
    return _digest([label, *key])


def edge_id(edge_type: str, start: str, end: str, *key: str) -> str:
    """Return the id of an edge: its type, ends, and what tells it from others between them.

    Args:
        edge_type: ontology edge type.
        start: id of the start node.
        end: id of the end node.
        key: e.g. notice id and offsets, or the name of the reference source.
    """
    return _digest([edge_type, start, end, *key])


def _digest(parts: list[str]) -> str:
    # JSON keeps ("1", "23") and ("12", "3") apart, which joined strings would not.
    # encode_basestring is what json.dumps writes a string with, without the rest of its work.
    encoded = f"[{', '.join(map(encode_basestring, parts))}]"
    return hashlib.sha256(encoded.encode()).hexdigest()[:20]
