"""Write the ontology's table into README.md, between its markers."""

import re
from pathlib import Path

from kg.ontology import load_ontology, markdown_table

README = Path(__file__).parent.parent / "README.md"
MARKED = re.compile(r"(<!-- ontology -->\n).*?(<!-- /ontology -->)", re.DOTALL)


def main() -> None:
    """Replace what stands between the markers."""
    table = markdown_table(load_ontology())
    text = README.read_text(encoding="utf-8")
    README.write_text(MARKED.sub(rf"\g<1>\n{table}\n\g<2>", text), encoding="utf-8")


if __name__ == "__main__":
    main()
