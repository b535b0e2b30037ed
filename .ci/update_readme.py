"""Write the ontology's tables and the quality scoreboard into README.md, between its markers.

The scoreboard is kept as loaders/scoreboard.md, too, for the methods note of the research pack.
"""

import re
from pathlib import Path

from kg.ontology import load_ontology, markdown_table
from loaders.evaluate import evaluate_folder
from loaders.pipeline import extract_bytes
from loaders.scoring import scoreboard

ROOT = Path(__file__).parent.parent


def main() -> None:
    """Replace what stands between the markers."""
    readme = ROOT / "README.md"
    text = readme.read_text(encoding="utf-8")
    gold = ROOT / "tests" / "gold"
    scores = evaluate_folder(gold, lambda raw, uri: extract_bytes(raw, uri).fragment)
    board = scoreboard(scores)
    (ROOT / "loaders" / "scoreboard.md").write_text(board, encoding="utf-8")
    for name, table in (("ontology", markdown_table(load_ontology())), ("quality", board)):
        marked = re.compile(rf"(<!-- {name} -->\n).*?(<!-- /{name} -->)", re.DOTALL)
        text = marked.sub(lambda m, table=table: f"{m[1]}\n{table}\n{m[2]}", text)
    readme.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
