"""The floors that extraction must hold on the annotated notices."""

from pathlib import Path

import pytest

from loaders.evaluate import evaluate_folder
from loaders.pipeline import extract_bytes
from loaders.scoring import Score

GOLD = Path(__file__).parent / "gold"

# Least F1 of each relation.
FLOORS = {
    "NOTICE_TITLE": 1.0,
    "DOC_NUMBER": 1.0,
    "ISSUER": 1.0,
    "ISSUED_ON": 1.0,
    "KIND": 1.0,
    "JURISDICTION": 1.0,
    "SECTION": 1.0,
    "PATH": 0.99,
    "TITLE": 0.99,
    "ROLES": 0.98,
    "LEADS": 0.98,
    "RESPONSIBLE_FOR": 0.98,
    "SUPPORTS": 0.98,
    "DUE": 1.0,
    "CITES": 0.97,
    "DERIVES_FROM": 0.97,
    "PLACE": 0.95,
    "PRODUCT": 0.95,
    "PLATFORM": 0.9,
    "INSTITUTION": 0.9,
    "PROGRAM": 0.9,
    "INSTRUMENT": 0.8,
    "TARGET": 0.8,
}


@pytest.fixture(scope="module")
def scores() -> dict[str, Score]:
    found = evaluate_folder(GOLD, lambda raw, uri: extract_bytes(raw, uri).fragment)
    return {score.relation: score for score in found}


def test_every_relation_that_is_annotated_or_found_has_a_floor(scores: dict[str, Score]) -> None:
    assert scores.keys() == FLOORS.keys()


@pytest.mark.parametrize("relation", FLOORS)
def test_floor(scores: dict[str, Score], relation: str) -> None:
    score = scores[relation]
    wrong = "".join(f"\n missed {fact}" for fact in score.misses)
    wrong += "".join(f"\n false {fact}" for fact in score.false)
    assert score.f1 >= FLOORS[relation], f"F1 {score.f1:.3f}{wrong}"
