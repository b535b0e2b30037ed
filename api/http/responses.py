"""What the OpenAPI document says of answers that several routes give."""

from typing import Any

from api.errors import MEDIA_TYPE, PROBLEM_SCHEMA, PROBLEMS, Ambiguous

_TEXT = {"schema": {"type": "string"}}
_TAG = {"ETag": {"description": "图的状态与地址的标记", "schema": {"type": "string"}}}
_PAGING = {
    "Link": {"description": '下一页,rel="next"', "schema": {"type": "string"}},
    "X-Total-Count": {"description": "各页合计的行数", "schema": {"type": "integer"}},
}
UNCHANGED: dict[str, Any] = {
    "description": "与 If-None-Match 所示相同,图没有变化",
    "headers": _TAG,
}

type Responses = dict[int | str, dict[str, Any]]

SAME: Responses = {200: {"headers": _TAG}, 304: UNCHANGED}
LIST: Responses = {
    200: {
        "description": "一页",
        "headers": _TAG | _PAGING,
        "content": {"application/x-ndjson": _TEXT, "text/csv": _TEXT},
    },
    304: UNCHANGED,
}
ONE: Responses = {
    **SAME,
    300: {
        "description": PROBLEMS[Ambiguous].title,
        "content": {MEDIA_TYPE: {"schema": dict(PROBLEM_SCHEMA)}},
    },
}
