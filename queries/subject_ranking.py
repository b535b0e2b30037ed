"""What most of the measures that meet conditions are about."""

from kg.store import Store
from queries.conditions import CONDITIONS
from queries.tallies import tally
from queries.types import Arguments, Found, Parameter, Query, Row

_LABELS = ("Place", "Product", "Program", "Institution", "Platform")
_RELATIONS = ("SUPPORTS", "MENTIONS")


class SubjectCountRow(Row):
    """A thing and how many measures support or mention it.

    Attributes:
        thing_id: the thing.
        thing: its name.
        thing_label: its label.
        measures: number of measures.
        notices: number of notices they stand in.
        measure_id: one of the measures, that with the smallest id; `measures` lists them all.
    """

    thing_id: str
    thing: str
    thing_label: str
    measures: int
    notices: int
    measure_id: str


def answer(store: Store, arguments: Arguments) -> Found:
    """Resolve the conditions, then count by thing."""
    label, relation = arguments["label"], arguments["relation"]
    more = {
        "labels": [label] if label else list(_LABELS),
        "relations": [relation] if relation else list(_RELATIONS),
        "kind": arguments["kind"],
    }
    return tally(store, arguments, QUERY.name, "thing_id", more)


QUERY = Query(
    name="subject_ranking",
    summary_zh="符合条件的措施支持或提及最多的地方、产品、行动、机构、平台（条件同 measures）",
    summary_en="what most of the measures that meet the conditions support or mention",
    own_parameters=(
        Parameter("label", "text", "只看一类事物", "one kind of thing only", values=_LABELS),
        Parameter(
            "kind",
            "text",
            "只看一种，如地理标志 geographical_indication、高校 university",
            "one sort of them only, such as geographical_indication or university",
        ),
        Parameter(
            "relation",
            "text",
            "只看支持 SUPPORTS 或提及 MENTIONS；不填为全部",
            "only SUPPORTS or only MENTIONS; without it, both",
            values=_RELATIONS,
        ),
        *CONDITIONS,
    ),
    row=SubjectCountRow,
    example={"label": "Product"},
    answer=answer,
)
