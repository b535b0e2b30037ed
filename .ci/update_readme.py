"""Write the ontology's tables and the quality scoreboard into README.md, between its markers."""

import re
from collections.abc import Iterable
from pathlib import Path

from kg.ontology import load_ontology, markdown_table
from loaders.evaluate import evaluate_folder
from loaders.pipeline import extract_bytes
from loaders.scoring import Score

ROOT = Path(__file__).parent.parent


def main() -> None:
    """Replace what stands between the markers."""
    readme = ROOT / "README.md"
    text = readme.read_text(encoding="utf-8")
    gold = ROOT / "tests" / "gold"
    scores = evaluate_folder(gold, lambda raw, uri: extract_bytes(raw, uri).fragment)
    for name, table in (
        ("ontology", markdown_table(load_ontology())),
        ("quality", _scoreboard(scores)),
    ):
        marked = re.compile(rf"(<!-- {name} -->\n).*?(<!-- /{name} -->)", re.DOTALL)
        text = marked.sub(lambda m, table=table: f"{m[1]}\n{table}\n{m[2]}", text)
    readme.write_text(text, encoding="utf-8")


def _scoreboard(scores: Iterable[Score]) -> str:
    lines = [
        "| relation | precision | recall | F1 | right | missed | false |",
        "|---|---:|---:|---:|---:|---:|---:|",
    ]
    for score in scores:
        shares = f"{score.precision:.3f} | {score.recall:.3f} | {score.f1:.3f}"
        counts = f"{score.hits} | {len(score.misses)} | {len(score.false)}"
        lines.append(f"| {score.relation} | {shares} | {counts} |")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    main()
