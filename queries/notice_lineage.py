"""What a notice derives from."""

from dataclasses import replace

from kg.store import Store
from queries.derivations import walk_derivations
from queries.parameters import DEPTH, NOTICE
from queries.rows import DerivationRow
from queries.types import Arguments, Found, Query


def answer(store: Store, arguments: Arguments) -> Found:
    """Walk from the notice, any depth up to the one given."""
    return walk_derivations(store, arguments, QUERY.name)


QUERY = Query(
    name="notice_lineage",
    summary_zh="某公文的依据，逐级向上追溯",
    summary_en="what a notice derives from, step by step",
    own_parameters=(replace(NOTICE, required=True), DEPTH),
    row=DerivationRow,
    example={"notice": "盘锦市落实地理标志运用促进实施方案若干措施"},
    answer=answer,
)
