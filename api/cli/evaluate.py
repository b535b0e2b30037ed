"""`policykg evaluate`: how right the extraction is, against annotations made by people."""

import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from api.cli.shared import Format, check_format, make_console, tell

if TYPE_CHECKING:
    from loaders.scoring import Comparison, Fact, Score

_SHOWN = {"misses": ("misses",), "false": ("false",), "all": ("misses", "false"), None: ()}


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("evaluate")(evaluate)


def evaluate(  # noqa: PLR0913  one for each option of the command
    gold: Annotated[Path, typer.Argument(metavar="GOLD_DIR", help="Annotations and their texts.")],
    notices: Annotated[
        Path | None, typer.Option(metavar="DIR", help="Where texts are that GOLD_DIR lacks.")
    ] = None,
    show: Annotated[
        str | None, typer.Option(metavar="misses|false|all", help="List these, with quotes.")
    ] = None,
    floor: Annotated[
        list[str] | None,
        typer.Option(metavar="RELATION=F1", help="Exit with 1 below this F1; may be repeated."),
    ] = None,
    save: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Keep this run as JSON.")
    ] = None,
    against: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Show gains and losses since a kept run.")
    ] = None,
    output: Format = "table",
) -> None:
    """Score the extraction: precision, recall and F1 for each relation.

    GOLD_DIR holds NNN.tsv (path, relation, value, quote), the text NNN.txt, and aliases.tsv.
    PATH stands for the paths of measures, ROLES for the three roles together.

    \b
    policykg evaluate tests/gold --show misses
    policykg evaluate tests/gold --floor roles=0.98 --floor place=0.95
    policykg evaluate tests/gold --save before.json
    policykg evaluate tests/gold --against before.json
    """  # noqa: D301  \b keeps the lines as they are
    check_format(output)
    if show not in _SHOWN:
        raise typer.BadParameter(f"{show!r} is not one of misses, false, all", param_hint="--show")
    floors = _parse_floors(floor or [])
    from loaders.evaluate import evaluate_folder
    from loaders.pipeline import extract_bytes
    from loaders.scoring import compare_scores

    earlier = _read_run(against) if against else None
    scores = evaluate_folder(gold, lambda raw, uri: extract_bytes(raw, uri).fragment, notices)
    if save:
        save.write_text(_to_json(scores, None), encoding="utf-8")
    changes = compare_scores(earlier, scores) if earlier is not None else None
    if output == "json":
        typer.echo(_to_json(scores, changes))
    else:
        _print_scores(scores)
        _print_facts(scores, _SHOWN[show])
        _print_changes(changes)
    _hold_floors(scores, floors)


def _parse_floors(texts: Iterable[str]) -> dict[str, float]:
    from loaders.scoring import POOLED, RELATIONS

    floors = {}
    for text in texts:
        name, _, number = text.partition("=")
        relation = name.strip().upper().replace("-", "_")
        if relation not in (*RELATIONS, POOLED):
            known = ", ".join((*RELATIONS, POOLED))
            raise typer.BadParameter(f"unknown relation {name!r}; known: {known}")
        try:
            floors[relation] = float(number)
        except ValueError:
            raise typer.BadParameter(f"{text!r} is not RELATION=F1, as in place=0.95") from None
    return floors


def _read_run(path: Path) -> tuple["Score", ...]:
    from kg.errors import SourceError
    from loaders.scoring import parse_scores

    try:
        records = json.loads(path.read_text(encoding="utf-8"))
        return parse_scores(records["scores"], str(path))
    except (ValueError, KeyError, TypeError) as error:
        raise SourceError(str(path), "is not a saved evaluation") from error


def _to_json(scores: Iterable["Score"], changes: "Comparison | None") -> str:
    from loaders.scoring import format_fact, format_scores

    record: dict[str, object] = {"scores": format_scores(scores)}
    if changes is not None:
        record["gains"] = [format_fact(fact) for fact in changes.gains]
        record["losses"] = [format_fact(fact) for fact in changes.losses]
    return json.dumps(record, ensure_ascii=False, indent=1)


def _print_scores(scores: Iterable["Score"]) -> None:
    from rich.table import Table

    table = Table("relation")
    for name in ("precision", "recall", "F1", "right", "missed", "false"):
        table.add_column(name, justify="right")
    for score in scores:
        shares = (f"{share:.3f}" for share in (score.precision, score.recall, score.f1))
        counts = (score.hits, len(score.misses), len(score.false))
        table.add_row(score.relation, *shares, *map(str, counts))
    make_console().print(table)


def _print_facts(scores: Iterable["Score"], kinds: Sequence[str]) -> None:
    from loaders.scoring import POOLED

    for score in scores:
        if score.relation == POOLED:
            continue
        for kind in kinds:
            sign = "missed" if kind == "misses" else "false "
            facts = score.misses if kind == "misses" else score.false
            for fact in facts:
                typer.echo(f"{sign} {_line(fact)}")


def _print_changes(changes: "Comparison | None") -> None:
    if changes is None:
        return
    typer.echo(f"{len(changes.gains)} gains, {len(changes.losses)} losses")
    for sign, facts in (("+", changes.gains), ("-", changes.losses)):
        for fact in facts:
            typer.echo(f"{sign} {_line(fact)}")


def _line(fact: "Fact") -> str:
    return f"{fact.notice} {fact.path} {fact.relation} {fact.value}  “{fact.quote}”"


def _hold_floors(scores: Iterable["Score"], floors: dict[str, float]) -> None:
    found = {score.relation: score.f1 for score in scores}
    # A relation that is neither annotated nor found cannot show that it is above its floor.
    below = {name: least for name, least in floors.items() if found.get(name, 0.0) < least}
    for name, least in below.items():
        tell(f"{name} is below its floor: F1 {found.get(name, 0.0):.3f} < {least}")
    if below:
        raise typer.Exit(1)
