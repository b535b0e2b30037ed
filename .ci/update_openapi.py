"""Write api/openapi.json: the interface as it is committed, so that a change of it is seen."""

import json
from pathlib import Path

from api.app import create_app
from api.openapi import describe_api
from kg.opening import open_store

FILE = Path(__file__).parent.parent / "api" / "openapi.json"


def main() -> None:
    """Write the document of the application."""
    with open_store("memory:", mode="write") as store:
        document = describe_api(create_app(store))
    text = json.dumps(document, ensure_ascii=False, indent=1, sort_keys=True)
    FILE.write_text(f"{text}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
