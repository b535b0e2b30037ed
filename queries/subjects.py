"""The things measures are about, resolved from the parameters `subject`, `label` and `within`."""

from kg.store import Store
from queries.names import MAX_MATCHES, SUBJECT_LABELS, describe, find_subjects, unknown
from queries.types import Arguments, run_file


def resolve_subject(store: Store, arguments: Arguments) -> tuple[list[str], tuple[str, ...]]:
    """Return the ids of the things meant, sorted by name, and the notes that say which.

    With `within`, what lies in a place comes with it.
    """
    name, label = str(arguments["subject"]), arguments["label"]
    labels = (str(label),) if label else SUBJECT_LABELS
    matches = find_subjects(store, name, labels)
    if not matches:
        return [], unknown(store, name, labels)
    ids = [match.id for match in matches]
    notes = describe(name, matches)
    if arguments.get("within"):
        inside = run_file(store, "_places_within", {"ids": ids})
        ids = list(dict.fromkeys([*ids, *sorted(row["id"] for row in inside)]))
    return ids[:MAX_MATCHES], notes
