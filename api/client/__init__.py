"""A client of the API for Python programs.

>>> with PolicyGraph("http://127.0.0.1:8000") as graph:  # doctest: +SKIP
...     for measure in graph.measures(involves="辽宁省教育厅", role="LEADS"):
...         print(measure["title"], measure["evidence"])
"""

from api.client.answers import Answer, Conditions, Evidence, Fact, Measure, Notice, Thing
from api.client.asking import AsyncPolicyGraph, PolicyGraph
from api.client.errors import AmbiguousName, ApiError, NothingFound
from api.client.rows import AsyncRows, Rows

__all__ = [
    "AmbiguousName",
    "Answer",
    "ApiError",
    "AsyncPolicyGraph",
    "AsyncRows",
    "Conditions",
    "Evidence",
    "Fact",
    "Measure",
    "NothingFound",
    "Notice",
    "PolicyGraph",
    "Rows",
    "Thing",
]
