"""The floors that extraction must hold on the annotated notices."""

from functools import cache
from pathlib import Path

import pytest

from loaders.evaluate import evaluate_folder
from loaders.pipeline import extract_bytes
from loaders.scoring import Score

HERE = Path(__file__).parent

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


# On made-up notices in many more layouts (tests/variants).
VARIANT_FLOORS = FLOORS | {
    "NOTICE_TITLE": 0.95,
    "PATH": 0.98,
    "TITLE": 0.97,
    "ROLES": 0.96,
    "LEADS": 0.97,
    "RESPONSIBLE_FOR": 0.96,
    "SUPPORTS": 0.95,
    "DUE": 0.95,
    "PLACE": 0.93,
    "INSTRUMENT": 0.9,
    "TARGET": 0.9,
}
FOLDERS = {"gold": FLOORS, "variants": VARIANT_FLOORS}
CASES = [(folder, relation) for folder, floors in FOLDERS.items() for relation in floors]


@cache
def scores_of(folder: str) -> dict[str, Score]:
    found = evaluate_folder(HERE / folder, lambda raw, uri: extract_bytes(raw, uri).fragment)
    return {score.relation: score for score in found}


@pytest.mark.parametrize("folder", FOLDERS)
def test_every_relation_that_is_annotated_or_found_has_a_floor(folder: str) -> None:
    assert scores_of(folder).keys() == FOLDERS[folder].keys()


@pytest.mark.parametrize(("folder", "relation"), CASES)
def test_floor(folder: str, relation: str) -> None:
    score = scores_of(folder)[relation]
    wrong = "".join(f"\n missed {fact}" for fact in score.misses)
    wrong += "".join(f"\n false {fact}" for fact in score.false)
    assert score.f1 >= FOLDERS[folder][relation], f"F1 {score.f1:.3f}{wrong}"
