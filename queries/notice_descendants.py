"""What derives from a notice."""

from dataclasses import replace

from kg.store import Store
from queries.derivations import walk_derivations
from queries.jurisdictions import JURISDICTION
from queries.parameters import DEPTH, NOTICE
from queries.rows import DerivationRow
from queries.types import Arguments, Found, Query


def answer(store: Store, arguments: Arguments) -> Found:
    """Walk from the notice, any depth up to the one given."""
    return walk_derivations(store, arguments, QUERY.name)


QUERY = Query(
    name="notice_descendants",
    summary_zh="依据某公文制定的公文，逐级向下",
    summary_en="what derives from a notice, step by step",
    own_parameters=(replace(NOTICE, required=True), DEPTH, JURISDICTION),
    row=DerivationRow,
    example={"notice": "辽宁省地理标志运用促进实施方案"},
    answer=answer,
)
