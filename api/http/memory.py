"""What was worked out for a state of the graph, kept while that state lasts."""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable, Sized
from typing import Any

_MOST = 300_000  # items in all that is kept: some 100 MB


class Memory:
    """Keeps lists by their key, the latest used; forgets all when the graph's version changes."""

    def __init__(self, most: int = _MOST) -> None:
        self._most = most
        self._version = ""
        self._kept: OrderedDict[Hashable, Any] = OrderedDict()
        self._size = 0
        self._lock = threading.Lock()

    def recall[T: Sized](self, version: str, key: Hashable, make: Callable[[], T]) -> T:
        """Return what is kept for the key at that version, else what `make` returns.

        What is larger than a quarter of all that may be kept is not kept.
        """
        with self._lock:
            if version == self._version and key in self._kept:
                self._kept.move_to_end(key)
                kept: T = self._kept[key]
                return kept
        made = make()
        with self._lock:
            if version != self._version:
                self._kept.clear()
                self._version, self._size = version, 0
            if key not in self._kept and len(made) * 4 <= self._most:
                self._kept[key] = made
                self._size += len(made) + 1
            while self._size > self._most:
                _, dropped = self._kept.popitem(last=False)
                self._size -= len(dropped) + 1
        return made
