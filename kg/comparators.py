"""How the figure of a target is to be met: a fixed list of codes."""

_BASES = ("=", ">=", "<=", "about")
_CHANGES = ("", "up", "down")  # the figure itself, or by how much it is to grow or to fall

COMPARATORS = tuple(f"{change}{base}" for change in _CHANGES for base in _BASES)
