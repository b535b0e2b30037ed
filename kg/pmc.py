"""The variables of the PMC index, from reference data."""

from collections.abc import Iterator
from functools import cache

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from kg.activities import load_activities
from kg.datafiles import read_yaml
from kg.errors import OntologyError
from kg.instruments import CLASSES, load_instruments
from kg.ontology import load_ontology

FACTS = (
    "target",
    "deadline",
    "ongoing",
    "leader",
    "role",
    "citation",
    "derivation",
    "number",
)


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class SubVariable(_Strict):
    """A binary sub-variable: 1 where any of its rules is met.

    Attributes:
        zh: name in Chinese.
        en: name in English.
        instruments: keys; any use of one.
        classes: of instruments; any use in one.
        activities: any use that works on one.
        kinds: 文种 of the notice.
        levels: the highest of the notice's jurisdiction and its issuers.
        horizon: years from the notice to a deadline, more than the first, at most the second.
        actors: kinds of agency with a role, or `institution`.
        subjects: labels of what measures name or support.
        facts: of FACTS.
        always: whether it is 1 for every notice.
    """

    zh: str
    en: str
    instruments: tuple[str, ...] = ()
    classes: tuple[str, ...] = ()
    activities: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    levels: tuple[str, ...] = ()
    horizon: tuple[float, float] | None = None
    actors: tuple[str, ...] = ()
    subjects: tuple[str, ...] = ()
    facts: tuple[str, ...] = ()
    always: bool = False


class MainVariable(_Strict):
    """A main variable, the mean of its parts."""

    key: str
    zh: str
    en: str
    parts: tuple[SubVariable, ...] = Field(min_length=1)


class Grade(_Strict):
    """A grade of the index, from its bound upwards."""

    bound: float = Field(alias="from")
    zh: str
    en: str


class PmcFrame(_Strict):
    """The whole of pmc.yaml."""

    variables: tuple[MainVariable, ...]
    grades: tuple[Grade, ...]

    def grade(self, index: float) -> Grade:
        """Return the grade of an index."""
        return next(grade for grade in self.grades if index >= grade.bound)


@cache
def load_pmc() -> PmcFrame:
    """Return the variables and grades.

    Raises:
        OntologyError: the file is malformed, or a rule names what does not exist.
    """
    try:
        frame = PmcFrame.model_validate(read_yaml("pmc.yaml"))
    except ValidationError as error:
        raise OntologyError(f"pmc.yaml: {error}") from error
    if unknown := sorted(_unknown(frame)):
        raise OntologyError(f"pmc.yaml: unknown {unknown}")
    return frame


def _unknown(frame: PmcFrame) -> Iterator[str]:
    known = {
        "instruments": {instrument.id for instrument in load_instruments()},
        "classes": set(CLASSES),
        "activities": set(load_activities()),
        "subjects": set(load_ontology().labels),
        "facts": set(FACTS),
    }
    for variable in frame.variables:
        for part in variable.parts:
            for name, values in known.items():
                yield from set(getattr(part, name)) - values
