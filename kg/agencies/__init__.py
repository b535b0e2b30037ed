"""Names of agencies: what a name as written means in its notice, and what a full name tells."""

from kg.agencies.history import NameHistory, trace_name
from kg.agencies.resolve import (
    describe_agency,
    describe_endings,
    list_national_names,
    resolve_agency,
)
from kg.agencies.shape import is_agency_like, names_nobody, normalise_surface
from kg.agencies.types import (
    INSTITUTION_KINDS,
    NATIONAL,
    AgencyName,
    NamingContext,
    Resolution,
)

__all__ = [
    "INSTITUTION_KINDS",
    "NATIONAL",
    "AgencyName",
    "NameHistory",
    "NamingContext",
    "Resolution",
    "describe_agency",
    "describe_endings",
    "is_agency_like",
    "list_national_names",
    "names_nobody",
    "normalise_surface",
    "resolve_agency",
    "trace_name",
]
