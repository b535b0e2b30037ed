"""The rows of each flat table, from one batch of the graph."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from kg.types import Edge, Node
from queries.issuing_levels import issuing_level
from queries.jurisdictions import level_of
from queries.parameters import last_date
from queries.rows import ROLES
from queries.subgraph import Subgraph
from queries.tables import columns
from queries.types import Row

_EVIDENCE = ("notice_id", "quote", "start", "end", "method", "confidence")
_PRECISION = {4: "year", 7: "month", 10: "day"}
_ACTORS = ("Agency", "Institution")
_NUMBERED = re.compile(r"〔(\d{4})〕")  # 辽知发〔2022〕6号
_THINGS = ("Place", "Institution", "Product", "Program", "Platform")


def notices(part: Subgraph) -> Iterator[columns.NoticeRow]:
    """Yield the notices."""
    for node in part.fresh_nodes("Notice"):
        kept = _kept(node, columns.NoticeRow)
        dated = {"level": level_of(kept["jurisdiction"]), "year": _year(kept["issued_on"])}
        kept["issuers"] = tuple(kept["issuers"] or ())
        is_chosen = kept["status"] == "loaded" and node.id in part.chosen
        ids = {"notice_id": node.id, "is_chosen": is_chosen}
        yield columns.NoticeRow(**kept | dated | ids)


def texts(part: Subgraph) -> Iterator[columns.TextRow]:
    """Yield the full texts of the notices chosen."""
    for node in part.fresh_nodes("Notice"):
        if node.id in part.chosen and node.properties.get("text"):
            yield columns.TextRow(notice_id=node.id, text=str(node.properties["text"]))


def sections(part: Subgraph) -> Iterator[columns.SectionRow]:
    """Yield the sections."""
    for node in part.fresh_nodes("Section"):
        yield columns.SectionRow(**_kept(node, columns.SectionRow) | {"section_id": node.id})


def measures(part: Subgraph) -> Iterator[columns.MeasureRow]:
    """Yield the measures."""
    above = {
        edge.start.id: part.nodes[edge.end.id]
        for edge in part.edges_of("PART_OF")
        if edge.start.label == "Measure" and edge.end.label == "Section"
    }
    for node in part.fresh_nodes("Measure"):
        kept = _kept(node, columns.MeasureRow)
        notice = _notice_of(part, node)
        section = above.get(node.id)
        yield columns.MeasureRow(
            **kept
            | _of_notice(notice)
            | {
                "measure_id": node.id,
                "section_id": section.id if section else None,
                "section": _title(section) if section else None,
                "ongoing": bool(kept["ongoing"]),
            }
        )


def issuers(part: Subgraph) -> Iterator[columns.IssuerRow]:
    """Yield who issued which notice."""
    for edge in part.edges_of("ISSUED"):
        agency, notice = part.nodes[edge.start.id], part.nodes[edge.end.id]
        yield columns.IssuerRow(
            **_evidence(edge),
            agency_id=agency.id,
            agency=_title(agency),
            notice_title=_title(notice),
            issued_on=_text(notice, "issued_on"),
        )


def roles(part: Subgraph) -> Iterator[columns.RoleRow]:
    """Yield the roles of actors."""
    for edge in part.edges_of(*ROLES):
        if edge.start.label in _ACTORS:
            actor = part.nodes[edge.start.id]
            yield columns.RoleRow(
                **_evidence(edge),
                **_of_measure(part.nodes[edge.end.id]),
                role=edge.type,
                actor_id=actor.id,
                actor=_title(actor),
                actor_label=actor.label,
                surface=_fact(edge, "surface"),
                resolution=_fact(edge, "resolution"),
            )


def mentions(part: Subgraph) -> Iterator[columns.MentionRow]:
    """Yield what measures name or support."""
    for edge in part.edges_of("MENTIONS", "SUPPORTS"):
        if edge.start.label == "Measure":
            thing = part.nodes[edge.end.id]
            yield columns.MentionRow(
                **_evidence(edge),
                **_of_measure(part.nodes[edge.start.id]),
                relation=edge.type,
                thing_id=thing.id,
                thing=_title(thing),
                thing_label=thing.label,
                surface=_fact(edge, "surface"),
            )


def uses(part: Subgraph) -> Iterator[columns.UseRow]:
    """Yield which instruments measures use."""
    for edge in part.edges_of("USES"):
        tool: Mapping[str, Any] = part.nodes[edge.end.id].properties
        yield columns.UseRow(
            **_evidence(edge),
            **_of_measure(part.nodes[edge.start.id]),
            instrument=tool["instrument"],
            instrument_zh=tool["name_zh"],
            instrument_class=tool["class"],
            category=tool["category"],
        )


def targets(part: Subgraph) -> Iterator[columns.TargetRow]:
    """Yield the targets, with who sets them."""
    for edge in part.edges_of("SETS"):
        setter, target = part.nodes[edge.start.id], part.nodes[edge.end.id]
        facts = {name: target.properties.get(name) for name in _own(columns.TargetRow)}
        ids = {"target_id": target.id, "setter_id": setter.id, "setter_label": setter.label}
        yield columns.TargetRow(**facts | _evidence(edge) | ids | {"setter": _title(setter)})


def deadlines(part: Subgraph) -> Iterator[columns.DeadlineRow]:
    """Yield the deadlines."""
    for node in part.fresh_nodes("Measure"):
        due, ongoing = _text(node, "due_on"), bool(node.properties.get("ongoing"))
        if due is None and not ongoing:
            continue
        notice = _of_notice(_notice_of(part, node))
        yield columns.DeadlineRow(
            **_of_measure(node),
            due_on=due,
            last_day=last_date(due) if due else None,
            precision=_PRECISION.get(len(due)) if due else None,
            ongoing=ongoing,
            due_text=_text(node, "due_text"),
            notice_id=str(node.properties["notice_id"]),
            notice_title=notice["notice_title"],
            issued_on=notice["issued_on"],
        )


def citations(part: Subgraph) -> Iterator[columns.CitationRow]:
    """Yield the citations."""
    for edge in part.edges_of("CITES"):
        citing, cited = part.nodes[edge.start.id], part.nodes[edge.end.id]
        yield columns.CitationRow(
            **_evidence(edge),
            citing_id=citing.id,
            citing_label=citing.label,
            citing=_title(citing),
            cited_id=cited.id,
            cited=_title(cited),
            cited_number=_text(cited, "document_number"),
            cited_status=str(cited.properties["status"]),
        )


def derivations(part: Subgraph) -> Iterator[columns.DerivationRow]:
    """Yield the derivations."""
    for edge in part.edges_of("DERIVES_FROM"):
        derived, origin = part.nodes[edge.start.id], part.nodes[edge.end.id]
        later, earlier = _of_notice(_notice_of(part, derived)), _of_notice(_notice_of(part, origin))
        yield columns.DerivationRow(
            **_evidence(edge),
            derived_id=derived.id,
            derived_label=derived.label,
            derived=_title(derived),
            derived_on=later["issued_on"],
            derived_level=later["level"],
            relation=_fact(edge, "relation"),
            share=_fact(edge, "share"),
            origin_id=origin.id,
            origin=_title(origin),
            origin_number=earlier["document_number"],
            origin_on=earlier["issued_on"],
            **_origin_year(earlier),
            **_origin_level(earlier),
        )


def agencies(part: Subgraph) -> Iterator[columns.AgencyRow]:
    """Yield the agencies."""
    above = _above(part, "PART_OF")
    for node in part.fresh_nodes("Agency"):
        kept = _kept(node, columns.AgencyRow)
        parent = above.get(node.id)
        kept["aliases"] = tuple(kept["aliases"] or ())
        ids = {"agency_id": node.id, "parent_id": parent.id if parent else None}
        yield columns.AgencyRow(**kept | ids | {"parent": _title(parent) if parent else None})


def things(part: Subgraph) -> Iterator[columns.ThingRow]:
    """Yield places, institutions, products, programmes and platforms."""
    above = _above(part, "PART_OF", "LOCATED_IN")
    for label in _THINGS:
        for node in part.fresh_nodes(label):
            kept = _kept(node, columns.ThingRow)
            place = above.get(node.id)
            others = (alias for alias in kept["aliases"] or () if alias != node.properties["name"])
            kept["aliases"] = tuple(others)
            ids = {"thing_id": node.id, "label": label, "within_id": place.id if place else None}
            yield columns.ThingRow(**kept | ids | {"within": _title(place) if place else None})


def instruments(part: Subgraph) -> Iterator[columns.InstrumentRow]:
    """Yield the instruments."""
    for node in part.fresh_nodes("Instrument"):
        ids = {"instrument_id": node.id, "instrument_class": node.properties["class"]}
        yield columns.InstrumentRow(**_kept(node, columns.InstrumentRow) | ids)


def links(part: Subgraph) -> Iterator[columns.LinkRow]:
    """Yield what is known of actors and places, the outline of notices left out."""
    for edge in part.edges_of("PART_OF", "INCLUDES", "GOVERNS", "LOCATED_IN"):
        if edge.start.label in ("Measure", "Section"):
            continue
        yield columns.LinkRow(
            relation=edge.type,
            start_id=edge.start.id,
            start_label=edge.start.label,
            start_name=_title(part.nodes[edge.start.id]),
            end_id=edge.end.id,
            end_label=edge.end.label,
            end_name=_title(part.nodes[edge.end.id]),
            source=_fact(edge, "source"),
            notice_id=_fact(edge, "notice_id"),
            eid=edge.id,
        )


def _own(row_type: type[Row]) -> list[str]:
    return [name for name in row_type.model_fields if name not in (*_EVIDENCE, "eid")]


def _kept(node: Node, row_type: type[Row]) -> dict[str, Any]:
    """Return the columns that are properties of the node, None where it lacks one."""
    return {name: node.properties.get(name) for name in row_type.model_fields}


def _evidence(edge: Edge) -> dict[str, Any]:
    return {name: edge.properties[name] for name in _EVIDENCE} | {"eid": edge.id}


def _notice_of(part: Subgraph, node: Node) -> Mapping[str, Any]:
    """Return the properties of the notice that the node is or stands in; none if it is unread."""
    if node.label == "Notice":
        return node.properties
    found = part.nodes.get(str(node.properties["notice_id"]))
    return found.properties if found else {}


def _of_notice(notice: Mapping[str, Any]) -> dict[str, Any]:
    issued, place = notice.get("issued_on"), notice.get("jurisdiction")
    return {
        "notice_title": notice.get("title", ""),
        "document_number": notice.get("document_number"),
        "jurisdiction": place,
        "level": level_of(place),
        "issued_on": issued,
        "year": _year(issued),
    }


def _fact(edge: Edge, name: str) -> Any:
    """Return a property of the edge, None if it lacks it; the row checks its type."""
    return edge.properties.get(name)


def _of_measure(node: Node) -> dict[str, Any]:
    return {"measure_id": node.id, "measure": _title(node), "path": str(node.properties["path"])}


def _above(part: Subgraph, *types: str) -> dict[str, Node]:
    """Return for each node what it is part of; of several, the one with the smallest edge id."""
    edges = sorted(part.edges_of(*types), key=lambda edge: edge.id, reverse=True)
    return {edge.start.id: part.nodes[edge.end.id] for edge in edges}


def _title(node: Node) -> str:
    return str(node.properties["name"])


def _text(node: Node, name: str) -> str | None:
    value = node.properties.get(name)
    return None if value is None else str(value)


def _origin_year(notice: Mapping[str, Any]) -> dict[str, Any]:
    """Return the year that a notice is of, and whether its date or its number tells it."""
    if notice["year"] is not None:
        return {"origin_year": notice["year"], "origin_year_basis": "date"}
    numbered = _NUMBERED.search(notice["document_number"] or "")
    year = int(numbered[1]) if numbered else None
    return {"origin_year": year, "origin_year_basis": "number" if numbered else None}


def _origin_level(notice: Mapping[str, Any]) -> dict[str, Any]:
    found = issuing_level(notice["jurisdiction"], notice["notice_title"], notice["document_number"])
    return {"origin_level": found.level, "origin_level_basis": found.basis}


def _year(date: str | None) -> int | None:
    return int(date[:4]) if date else None
