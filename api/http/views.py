"""/api/v1/views: what single views of the page show, put together for drawing."""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Annotated, Literal

from fastapi import APIRouter, Path, Query
from pydantic import BaseModel, Field

from api.errors import NotFound
from api.http.asking import Desk, TheDesk
from api.http.wire import EvidenceModel, find_node
from kg.datafiles import read_table
from kg.divisions import Division, load_divisions
from kg.store import Row as StoreRow
from queries.catalogue import run_query
from queries.cooperation import find_every_pair
from queries.divided import division_of, division_of_title
from queries.relation import find_relation
from queries.rows import DerivationRow
from queries.types import run_file, run_for_ids
from viz.alignment import LONGEST, align
from viz.circles import Pair, keep_within, place_members

router = APIRouter(prefix="/api/v1/views", tags=["views"])

Date = Annotated[str | None, Query(max_length=10, description="ISO 日期前缀,如 2024 或 2024-06")]
Place = Annotated[
    str | None, Query(min_length=1, max_length=100, description="只看某地及其下级的公文")
]


class TileModel(BaseModel):
    """A province as a square of the tile map; it says nothing of area, distance or boundaries."""

    code: str
    place: str
    short: str
    column: int = Field(description="自西向东")
    row: int = Field(description="自北向南")


class TilesModel(BaseModel):
    """The tile map."""

    tiles: list[TileModel]


class LineageNoticeModel(BaseModel):
    """A notice of a lineage, with the level at which it was made."""

    id: str
    title: str
    document_number: str | None
    issued_on: str | None
    status: str
    place: str | None
    level: str | None = Field(description="national, province, prefecture, county")
    level_basis: Literal["jurisdiction", "title"] | None = Field(
        description="层级据何而知:辖区,或由标题开头的地名推断"
    )
    steps: int = Field(description="距所问公文几步:依据为负,衍生为正")


class DerivationModel(BaseModel):
    """That one notice is made under another, in the words of the later one."""

    eid: str
    later: str
    earlier: str
    relation: str
    evidence: EvidenceModel


class LineageModel(BaseModel):
    """What a notice is made under and what is made under it, step by step."""

    root: str
    notices: list[LineageNoticeModel]
    derivations: list[DerivationModel]
    truncated: bool


class PieceModel(BaseModel):
    """A stretch of both texts; `added` is in the later alone, `dropped` in the earlier alone."""

    kind: Literal["same", "changed", "added", "dropped"]
    earlier: str
    later: str


class MeasureTextModel(BaseModel):
    """A measure with where it stands; `start` is the offset of its text in the notice's."""

    id: str
    title: str
    path: str
    notice_id: str
    notice_title: str
    jurisdiction: str | None
    issued_on: str | None
    start: int
    end: int


class ReuseModel(BaseModel):
    """Two measures side by side, the later of which takes over words of the earlier."""

    eid: str
    share: float = Field(description="后一措施的文字有多大比例是沿用的")
    earlier: MeasureTextModel
    later: MeasureTextModel
    pieces: list[PieceModel]
    truncated: bool = Field(description="文字过长,只比较了开头")


class AgencyModel(BaseModel):
    """An agency of the cooperation network and where it stands in the drawing."""

    id: str
    name: str
    level: str | None
    kind: str | None
    x: float
    y: float
    circle: int = Field(description="合作圈编号,0 最大")
    partners: int
    strength: int


class SharedModel(BaseModel):
    """How many measures two agencies share, and one of them."""

    first: str
    second: str
    shared: int
    measure_id: str


class NetworkModel(BaseModel):
    """Agencies that share measures; the strongest pairs, and who is in them."""

    agencies: list[AgencyModel]
    pairs: list[SharedModel]
    truncated: bool
    notes: list[str]


@router.get("/tiles", summary="省级行政区方格图")
def get_tiles() -> TilesModel:
    """Return where each province stands in the tile map."""
    divisions = load_divisions()
    rows = ((divisions.get(code), int(x), int(y)) for code, x, y in read_table(_TILES))
    return TilesModel(
        tiles=[
            TileModel(code=d.code, place=d.canonical, short=d.stem or d.name, column=x, row=y)
            for d, x, y in rows
        ]
    )


@router.get("/lineage", summary="政策谱系")
def get_lineage(
    desk: TheDesk,
    notice: Annotated[str, Query(min_length=1, max_length=64, description="公文 id")],
    depth: Annotated[int, Query(ge=1, le=6, description="上下各几步")] = 3,
    limit: Annotated[int, Query(ge=1, le=300, description="上下各最多几条关系")] = 120,
) -> LineageModel:
    """Return the notices up to some steps above and below a notice."""
    if find_node(desk.store, notice)["label"] != "Notice":
        raise NotFound(f"{notice!r} 不是公文 is no notice")
    asked = {"notice": notice, "depth": depth, "limit": limit}
    above = run_query(desk.store, "notice_lineage", asked)
    below = run_query(desk.store, "notice_descendants", asked)
    steps = {notice: 0}
    edges: dict[str, DerivationRow] = {}
    for row in _derivations(above.rows):
        steps.setdefault(row.origin_id, -row.depth)
        edges[row.eid] = row
    for row in _derivations(below.rows):
        steps.setdefault(row.notice_id, row.depth)
        edges[row.eid] = row
    heads = run_for_ids(desk.store, "_notice_heads", sorted(steps))
    return LineageModel(
        root=notice,
        notices=[_lineage_notice(head, steps[head["id"]]) for head in heads],
        derivations=[_derivation(row) for row in edges.values()],
        truncated=above.truncated or below.truncated,
    )


@router.get("/reuse/{eid}", summary="沿用文字对照")
def get_reuse(
    desk: TheDesk,
    eid: Annotated[str, Path(min_length=1, max_length=64, description="沿用关系的 eid")],
    measure: Annotated[str, Query(min_length=1, max_length=64, description="任一措施的 id")],
) -> ReuseModel:
    """Return both measures' texts side by side, with what the later one changed."""
    found = find_relation(desk.store, eid, measure)
    relation = found.row if found else None
    if relation is None or relation.properties.get("relation") != "text_reuse":
        raise NotFound(f"措施 {measure!r} 没有 eid 为 {eid!r} 的沿用关系 no such reuse")
    ends = [relation.end_id or "", relation.start_id or ""]
    earlier, later = (find_node(desk.store, end)["properties"] for end in ends)
    texts = [str(earlier["text"]), str(later["text"])]
    notices = [str(known["notice_id"]) for known in (earlier, later)]
    heads = {row["id"]: row for row in run_file(desk.store, "_notice_heads", {"ids": notices})}
    return ReuseModel(
        eid=eid,
        share=float(relation.properties["share"]),  # type: ignore[arg-type]
        earlier=_measure_text(ends[0], earlier, heads[notices[0]]),
        later=_measure_text(ends[1], later, heads[notices[1]]),
        pieces=[
            PieceModel(kind=piece.kind, earlier=piece.earlier, later=piece.later)
            for piece in align(*texts)
        ],
        truncated=max(map(len, texts)) > LONGEST,
    )


@router.get("/cooperation", summary="合作网络")
def get_cooperation(
    desk: TheDesk,
    jurisdiction: Place = None,
    issued_from: Date = None,
    issued_to: Date = None,
    least: Annotated[int, Query(ge=1, le=1000, description="至少共同参与几项措施")] = 1,
    limit: Annotated[int, Query(ge=1, le=600, description="最多几对机关")] = 200,
) -> NetworkModel:
    """Return the pairs of agencies that share most measures, laid out for drawing.

    Partners and strength of an agency are those of all of its pairs, drawn or not.
    """
    asked: dict[str, object] = {"jurisdiction": jurisdiction, "least": least}
    asked |= {"issued_from": issued_from, "issued_to": issued_to}
    found = find_every_pair(desk.store, asked)
    shown = found.rows[:limit]
    kept = keep_within([(row["first_id"], row["second_id"], row["shared"]) for row in shown])
    return NetworkModel(
        agencies=_agencies(desk, kept, found.rows),
        pairs=[
            SharedModel(
                first=row["first_id"],
                second=row["second_id"],
                shared=row["shared"],
                measure_id=row["measure_id"],
            )
            for row in shown[: len(kept)]
        ],
        truncated=len(kept) < len(found.rows),
        notes=list(found.notes),
    )


_TILES = "province_tiles.tsv"


def _derivations(rows: Iterable[object]) -> Iterable[DerivationRow]:
    return (row for row in rows if isinstance(row, DerivationRow))


def _lineage_notice(head: StoreRow, steps: int) -> LineageNoticeModel:
    place = division_of(head["jurisdiction"])
    guessed = None if place else division_of_title(head["title"])
    division: Division | None = place or guessed
    known = ("id", "title", "document_number", "issued_on", "status")
    return LineageNoticeModel(
        **{name: head[name] for name in known},
        place=head["jurisdiction"] or (division.canonical if division else None),
        level=division.level if division else None,
        level_basis="jurisdiction" if place else "title" if guessed else None,
        steps=steps,
    )


def _derivation(row: DerivationRow) -> DerivationModel:
    return DerivationModel(
        eid=row.eid,
        later=row.notice_id,
        earlier=row.origin_id,
        relation=row.relation,
        evidence=EvidenceModel(
            notice_id=row.notice_id,
            notice_title=row.notice_title,
            start=row.start,
            end=row.end,
            quote=row.quote,
        ),
    )


def _measure_text(measure_id: str, known: StoreRow, notice: StoreRow) -> MeasureTextModel:
    return MeasureTextModel(
        id=measure_id,
        **{name: known[name] for name in ("title", "path", "start", "end")},
        notice_id=notice["id"],
        notice_title=notice["title"],
        **{name: notice[name] for name in ("jurisdiction", "issued_on")},
    )


def _agencies(desk: Desk, pairs: tuple[Pair, ...], every: Sequence[StoreRow]) -> list[AgencyModel]:
    members = place_members(pairs)
    partners, strength = Counter[str](), Counter[str]()
    for row in every:
        for agency_id in (row["first_id"], row["second_id"]):
            partners[agency_id] += 1
            strength[agency_id] += row["shared"]
    heads = run_for_ids(desk.store, "_actor_heads", sorted(members))
    return [
        AgencyModel(
            **{name: head[name] for name in ("id", "name", "level", "kind")},
            x=member.x,
            y=member.y,
            circle=member.circle,
            partners=partners[head["id"]],
            strength=strength[head["id"]],
        )
        for head in heads
        for member in [members[head["id"]]]
    ]
