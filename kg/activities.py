"""The activities of intellectual property that policy works on, from reference data."""

from collections.abc import Mapping
from functools import cache

from pydantic import BaseModel, ConfigDict, ValidationError

from kg.datafiles import read_yaml
from kg.errors import OntologyError
from kg.instruments import load_instruments


class Activity(BaseModel):
    """One link of the chain: creation, utilisation, protection, management or service.

    Attributes:
        zh: its name in Chinese.
        en: its name in English.
        cues: words in a measure's title that show it.
        instruments: keys of the instruments that always work on it.
        otherwise: keys of those that do unless the measure says another.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)
    zh: str
    en: str
    cues: tuple[str, ...]
    instruments: tuple[str, ...]
    otherwise: tuple[str, ...] = ()


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)
    activities: Mapping[str, Activity]


@cache
def load_activities() -> Mapping[str, Activity]:
    """Return the activities by key, in the order of the chain.

    Raises:
        OntologyError: the file is malformed, names an unknown instrument, or one twice.
    """
    try:
        activities = _File.model_validate(read_yaml("ip_activities.yaml")).activities
    except ValidationError as error:
        raise OntologyError(f"ip_activities.yaml: {error}") from error
    named = [key for item in activities.values() for key in (*item.instruments, *item.otherwise)]
    if len(set(named)) != len(named):
        raise OntologyError("ip_activities.yaml: an instrument works on two activities")
    if unknown := set(named) - {instrument.id for instrument in load_instruments()}:
        raise OntologyError(f"ip_activities.yaml: not in instruments.tsv: {sorted(unknown)}")
    return activities
