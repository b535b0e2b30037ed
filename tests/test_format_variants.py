"""One made-up fragment for each way in which real notices differ, and what must be read of it."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from kg.text import normalise_title
from loaders.analyse import Analysis, Item
from loaders.pipeline import extract_bytes

CASES: list[dict[str, Any]] = yaml.safe_load(
    (Path(__file__).parent / "layouts" / "variants.yaml").read_text(encoding="utf-8")
)
ROLES = {"LEADS": "L", "RESPONSIBLE_FOR": "R", "SUPPORTS": "S"}


@pytest.mark.parametrize("case", CASES, ids=lambda case: str(case["variant"]).replace(" ", "-"))
def test_is_read_right(case: dict[str, Any]) -> None:
    analysis = extract_bytes(case["text"].encode(), "variant.txt").analysis
    expected = {key: value for key, value in case.items() if key not in ("variant", "text")}
    read = _facts(analysis)
    assert {key: read[key] for key in expected} == {
        key: sorted(value) if key in _SORTED else value for key, value in expected.items()
    }


def test_every_variant_has_a_case() -> None:
    assert {int(str(case["variant"]).split()[0]) for case in CASES} == set(range(1, 27))


_SORTED = ("roles", "due", "cites", "derives", "places")


def _facts(analysis: Analysis) -> dict[str, object]:
    text, metadata = analysis.text, analysis.metadata
    measures = [item for item in analysis.items if item.is_measure]
    leaves = [item for item in analysis.items if not item.node.children]
    return {
        "paths": [item.node.path for item in measures],
        "sections": [item.node.path for item in leaves if not item.is_measure],
        "titles": [text[item.heading.start : item.heading.end].strip("。. ") for item in measures],
        "roles": sorted(line for item in measures for line in _roles(item)),
        "due": sorted(line for item in measures for line in _due(item)),
        "cites": sorted(
            f"{item.node.path} {cited.title}" for item in measures for cited in item.citations
        ),
        "derives": sorted(_derives(analysis)),
        "places": sorted(
            entity.name for item in measures for entity in item.entities if entity.label == "Place"
        ),
        "title": metadata.title and normalise_title(metadata.title.value),
        "number": metadata.document_number and metadata.document_number.value,
        "issuers": [issuer.value for issuer in metadata.issuers],
        "date": metadata.issued_on and metadata.issued_on.value,
        "place": metadata.jurisdiction,
        "validity": metadata.validity and metadata.validity.value,
    }


def _roles(item: Item) -> Iterator[str]:
    for actor in item.actors:
        name = actor.target.name if actor.target else f"?{actor.surface}"
        yield f"{item.node.path} {ROLES[actor.role]} {name}"


def _due(item: Item) -> Iterator[str]:
    if item.deadline is not None:
        yield f"{item.node.path} {item.deadline.due_on or 'ongoing'}"


def _derives(analysis: Analysis) -> Iterator[str]:
    cited = [*analysis.citations, *(c for item in analysis.items for c in item.citations)]
    for citation in cited:
        if citation.relation:
            yield f"{citation.title} {citation.relation}"
