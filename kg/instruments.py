"""The taxonomy of policy instruments and the phrases that show their use, from reference data."""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from kg.datafiles import read_text, read_yaml
from kg.errors import OntologyError

_COLUMNS = ("id", "class", "category", "name_zh", "name_en", "scope")
CLASSES = ("supply", "environment", "demand")


@dataclass(frozen=True, slots=True)
class Instrument:
    """A kind of policy tool.

    Attributes:
        id: stable identifier, e.g. `pledge_financing`.
        class_: supply, environment or demand (Rothwell and Zegveld).
        category: in Chinese, within the class.
        name_zh: name in Chinese.
        name_en: name in English.
        scope: what counts as this instrument, in Chinese.
    """

    id: str
    class_: str
    category: str
    name_zh: str
    name_en: str
    scope: str


class InstrumentCues(BaseModel):
    """Phrases for one instrument; `A…B` means A, then B a few characters on in the same clause."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    strong: tuple[str, ...] = ()
    plain: tuple[str, ...] = ()
    faint: tuple[str, ...] = ()
    mask: tuple[str, ...] = ()


class PropertyCues(BaseModel):
    """Instruments of intellectual property alone, and the words that tell of such property."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    words: tuple[str, ...]
    instruments: frozenset[str]


class CueFile(BaseModel):
    """The whole of instrument_cues.yaml."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    meta: Mapping[str, str]
    everywhere: InstrumentCues = Field(default_factory=InstrumentCues)
    property: PropertyCues
    instruments: Mapping[str, InstrumentCues]


@cache
def load_instruments() -> tuple[Instrument, ...]:
    """Return the taxonomy in the order of its file.

    Raises:
        OntologyError: a column is missing, an id appears twice, or a class is unknown.
    """
    lines = read_text("instruments.tsv").splitlines()
    rows = list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))
    if not rows or tuple(rows[0]) != _COLUMNS:
        raise OntologyError(f"instruments.tsv: columns must be {', '.join(_COLUMNS)}")
    instruments = tuple(Instrument(*(row[column] for column in _COLUMNS)) for row in rows)
    if len({instrument.id for instrument in instruments}) != len(instruments):
        raise OntologyError("instruments.tsv: an id appears twice")
    if unknown := {item.class_ for item in instruments} - set(CLASSES):
        raise OntologyError(f"instruments.tsv: unknown class {sorted(unknown)}; known: {CLASSES}")
    return instruments


@cache
def load_cues() -> CueFile:
    """Return the phrases that show an instrument in use.

    Raises:
        OntologyError: the file is malformed, or names an instrument outside the taxonomy.
    """
    try:
        cues = CueFile.model_validate(read_yaml("instrument_cues.yaml"))
    except ValidationError as error:
        raise OntologyError(f"instrument_cues.yaml: {error}") from error
    known = {instrument.id for instrument in load_instruments()}
    if unknown := (set(cues.instruments) | cues.property.instruments) - known:
        raise OntologyError(f"instrument_cues.yaml: not in instruments.tsv: {sorted(unknown)}")
    return cues
