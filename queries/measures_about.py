"""Measures that support or mention a thing."""

from kg.store import Store
from queries.parameters import SUBJECT, SUBJECT_LABEL
from queries.rows import MeasureRow, row_fields
from queries.subjects import resolve_subject
from queries.types import Arguments, Found, Parameter, Query, run_file

_RELATIONS = ("SUPPORTS", "MENTIONS")
_RELATION = Parameter(
    "relation",
    "text",
    "只看支持 SUPPORTS 或提及 MENTIONS；不填为全部",
    "only SUPPORTS or only MENTIONS; without it, both",
    values=_RELATIONS,
)
_WITHIN = Parameter(
    "within",
    "bool",
    "是否包括该地方所辖的地方及其产品、机构",
    "whether to add the places within the place, and their products and institutions",
    default=False,
)


class SubjectMeasureRow(MeasureRow):
    """A measure and the thing it supports or mentions."""

    relation: str
    subject_id: str
    subject: str
    subject_label: str


def answer(store: Store, arguments: Arguments) -> Found:
    """Resolve the thing, then fetch the measures about it."""
    ids, notes = resolve_subject(store, arguments)
    relation = arguments["relation"]
    rows = run_file(
        store,
        QUERY.name,
        {
            "subject_ids": ids,
            "relations": [relation] if relation else list(_RELATIONS),
            "skip": arguments["skip"],
            "fetch": arguments["fetch"],
        },
    )
    return Found([row_fields(row, SubjectMeasureRow) for row in rows], notes)


QUERY = Query(
    name="measures_about",
    summary_zh="支持或提及某地方、产品、专项行动、机构、平台的措施",
    summary_en="measures that support or mention a place, product, program or the like",
    own_parameters=(SUBJECT, SUBJECT_LABEL, _RELATION, _WITHIN),
    row=SubjectMeasureRow,
    example={"subject": "盘锦大米"},
    answer=answer,
)
