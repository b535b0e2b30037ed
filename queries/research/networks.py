"""Cooperation among agencies: who takes part in measures together, and who issues together.

Two agencies cooperate once for each measure in which both have a role (or each notice that both
issued). A collective such as 各市人民政府 is one agency.

Breadth is the number of partners, depth the mean number of joint measures per partner, the pair of
measures by which Chinese studies of joint policy-making place agencies. The core is the set of
agencies that leaves the fewest ties missing within it and the fewest among the others; its fit is
the correlation with the ideal pattern.

Source: 黄萃、任弢、李江、赵培强、苏竣 (2015), 责任与利益:基于政策文献量化分析的
中国科技创新政策府际合作关系演进研究, 管理世界 (12): 68-81, for cooperation
read from documents; Freeman, L. C. (1977), A set of measures of centrality based on betweenness,
Sociometry 40: 35-41, and Brandes, U. and Pich, C. (2007), Centrality estimation in large networks,
International Journal of Bifurcation and Chaos 17(7): 2303-2318, for the estimate where agencies
times ties exceed five million; Freeman (1978), Centrality in social networks: conceptual
clarification, Social Networks 1: 215-239, for degree and centralisation; Seidman, S. B. (1983),
Network structure and minimum degree, Social Networks 5: 269-287, for the k-core; Borgatti, S. P.
and Everett, M. G. (2000), Models of core/periphery structures, Social Networks 21: 375-395; Lip,
S. Z. W. (2011), A fast algorithm for the discrete core/periphery bipartitioning problem,
arXiv:1102.5511, for the exact solution by degrees.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import sqrt
from typing import Literal

import networkx as nx

from queries.research.material import Material
from queries.research.periods import WHOLE, Period
from queries.tables.columns import column
from queries.types import Row

type Basis = Literal["measure", "notice"]
BASES: tuple[Basis, ...] = ("measure", "notice")
_EXACT = 5_000_000  # nodes times ties up to which betweenness takes seconds
_PIVOTS = 200
_SEED = 1


class PairRow(Row):
    """合作关系|Pairs of agencies that cooperate."""

    basis: str = column("合作依据", "measure: both have a role; notice: both issued it")
    period: str = column("时期", "years, or all")
    first_id: str = column("甲编号", "id of one agency")
    first: str = column("甲", "its name")
    second_id: str = column("乙编号", "id of the other")
    second: str = column("乙", "its name")
    joint: int = column("合作次数", "measures or notices that they share")
    example_id: str = column("例证", "one of them, that with the smallest id")


class PartnerRow(Row):
    """合作主体|Agencies in the network of cooperation."""

    basis: str = column("合作依据", "measure or notice")
    period: str = column("时期", "years, or all")
    agency_id: str = column("机关编号", "id of the agency")
    agency: str = column("机关", "its name")
    kind: str | None = column("类型", "kind of agency")
    level: str | None = column("层级", "level of the agency")
    occasions: int = column("参与次数", "measures or notices that it takes part in, alone or not")
    breadth: int = column("合作广度", "partners; its degree")
    depth: float = column("合作深度", "joint occasions per partner; 0 without any")
    strength: int = column("加权度", "joint occasions, summed over partners")
    degree_centrality: float = column("度中心度", "breadth over the number of other agencies")
    betweenness: float = column("中介中心度", "share of shortest paths through it, unweighted")
    core_number: int = column("核数", "largest k of a k-core that it is in")
    is_core: bool = column("是否核心", "whether it is in the core, rather than the periphery")


class NetworkRow(Row):
    """合作网络|The network of cooperation as a whole; a period without cooperation has zeros."""

    basis: str = column("合作依据", "measure or notice")
    period: str = column("时期", "years, or all")
    occasions: int = column("合作次数", "measures or notices with two agencies or more")
    agencies: int = column("机关数", "agencies that take part, partners or not")
    ties: int = column("关系数", "pairs that cooperate")
    density: float = column("密度", "ties over possible ties")
    components: int = column("成分数", "parts that are not connected")
    largest_share: float = column("最大成分占比", "agencies in the largest part")
    clustering: float = column("聚类系数", "mean local clustering coefficient; 0 without agencies")
    centralisation: float = column("度中心势", "degree centralisation (Freeman), 0 to 1")
    core_size: int = column("核心规模", "agencies in the core")
    core_fit: float | None = column(
        "核心-边缘拟合度", "correlation with the ideal; empty if undefined"
    )


@dataclass(frozen=True)
class Network:
    """The network of one period; nodes are ids of agencies, `joint` and `example` on edges.

    Attributes:
        basis: what cooperation is read from.
        period: when.
        graph: every agency that takes part, with `occasions`.
        shared: occasions with two agencies or more.
        core: ids of the agencies in the core.
    """

    basis: Basis
    period: Period
    graph: "nx.Graph[str]"
    shared: int
    core: frozenset[str]


def make_networks(material: Material, periods: Sequence[Period]) -> list[Network]:
    """Return for each basis the whole, then each period; one without any tie is there, too."""
    occasions = {basis: _occasions(material, basis) for basis in BASES}
    return [
        _network(basis, period, occasions[basis]) for basis in BASES for period in (WHOLE, *periods)
    ]


def pair_rows(network: Network, material: Material) -> list[PairRow]:
    """Return the ties, the strongest first."""
    names = material.agency_of
    rows = [
        PairRow(
            basis=network.basis,
            period=network.period.name,
            first_id=min(a, b),
            first=names[min(a, b)].name,
            second_id=max(a, b),
            second=names[max(a, b)].name,
            joint=tie["joint"],
            example_id=tie["example"],
        )
        for a, b, tie in network.graph.edges(data=True)
    ]
    return sorted(rows, key=lambda row: (-row.joint, row.first_id, row.second_id))


def partner_rows(network: Network, material: Material) -> list[PartnerRow]:
    """Return the agencies, those with most partners first."""
    graph = network.graph
    betweenness = nx.betweenness_centrality(graph, k=_pivots(graph), seed=_SEED)
    cores = nx.core_number(graph) if len(graph) else {}
    others = max(1, len(graph) - 1)
    rows = []
    for agency_id in graph:
        breadth, strength = graph.degree(agency_id), graph.degree(agency_id, weight="joint")
        agency = material.agency_of[agency_id]
        rows.append(
            PartnerRow(
                basis=network.basis,
                period=network.period.name,
                agency_id=agency_id,
                agency=agency.name,
                kind=agency.kind,
                level=agency.level,
                occasions=graph.nodes[agency_id]["occasions"],
                breadth=breadth,
                depth=round(strength / breadth, 4) if breadth else 0.0,
                strength=strength,
                degree_centrality=round(breadth / others, 4),
                betweenness=round(betweenness[agency_id], 6),
                core_number=cores[agency_id],
                is_core=agency_id in network.core,
            )
        )
    return sorted(rows, key=lambda row: (-row.breadth, -row.strength, row.agency_id))


def network_row(network: Network) -> NetworkRow:
    """Return the figures of the network as a whole."""
    graph = network.graph
    parts = [len(part) for part in nx.connected_components(graph)]
    fit = core_fit(graph, network.core)
    return NetworkRow(
        basis=network.basis,
        period=network.period.name,
        occasions=network.shared,
        agencies=len(graph),
        ties=graph.number_of_edges(),
        density=round(nx.density(graph), 4),
        components=len(parts),
        largest_share=round(max(parts) / len(graph), 4) if parts else 0.0,
        clustering=round(nx.average_clustering(graph), 4) if parts else 0.0,
        centralisation=round(_centralisation(graph), 4),
        core_size=len(network.core),
        core_fit=None if fit is None else round(fit, 4),
    )


def find_core(graph: "nx.Graph[str]") -> frozenset[str]:
    """Return the core that minimises missing ties within it plus ties among the others.

    An optimal core is the k nodes of highest degree for some k, so that one pass over the degrees
    finds it (Lip 2011): the cost of k is the number of ties plus k(k-1)/2 minus the k highest
    degrees' sum. Of several that cost the same the smallest is taken; ties of degree go by id.
    """
    ordered = sorted(graph, key=lambda node: (-graph.degree(node), node))
    best, least, gained = 0, 0, 0
    for size, node in enumerate(ordered, start=1):
        gained += graph.degree(node)
        cost = size * (size - 1) // 2 - gained
        if cost < least:
            best, least = size, cost
    return frozenset(ordered[:best])


def core_fit(graph: "nx.Graph[str]", core: frozenset[str]) -> float | None:
    """Return the correlation of ties with the ideal pattern; None where either is constant.

    The ideal has every tie within the core and none within the periphery; ties between the two are
    left out (Borgatti and Everett 2000, with the off-diagonal blocks as missing data).
    """
    inside = graph.subgraph(core).number_of_edges()
    outside = graph.subgraph(set(graph) - core).number_of_edges()
    pairs_in = len(core) * (len(core) - 1) // 2
    rest = len(graph) - len(core)
    pairs_out = rest * (rest - 1) // 2
    pairs, ties = pairs_in + pairs_out, inside + outside
    spread = sqrt(pairs_in * pairs_out * ties * (pairs - ties))
    return (pairs * inside - pairs_in * ties) / spread if spread else None


def _occasions(material: Material, basis: Basis) -> Mapping[str, tuple[int | None, frozenset[str]]]:
    """Return the year and the agencies of each measure or notice."""
    together: dict[str, set[str]] = defaultdict(set)
    if basis == "measure":
        for role in material.roles:
            if role.actor_label == "Agency":
                together[role.measure_id].add(role.actor_id)
        years = {key: row.year for key, row in material.measure_of.items()}
    else:
        for issuer in material.issuers:
            together[issuer.notice_id].add(issuer.agency_id)
        years = {key: row.year for key, row in material.notice_of.items()}
    return {key: (years[key], frozenset(ids)) for key, ids in together.items() if key in years}


def _network(
    basis: Basis, period: Period, occasions: Mapping[str, tuple[int | None, frozenset[str]]]
) -> Network:
    graph: nx.Graph[str] = nx.Graph()
    shared = 0
    for key, (year, agencies) in sorted(occasions.items()):
        if not period.holds(year):
            continue
        shared += len(agencies) > 1
        _add_occasion(graph, key, sorted(agencies))
    return Network(basis, period, graph, shared, find_core(graph))


def _add_occasion(graph: "nx.Graph[str]", key: str, agencies: Iterable[str]) -> None:
    agencies = list(agencies)
    for agency in agencies:
        graph.add_node(agency)
        graph.nodes[agency]["occasions"] = graph.nodes[agency].get("occasions", 0) + 1
    for a, b in combinations(agencies, 2):
        if graph.has_edge(a, b):
            graph[a][b]["joint"] += 1
        else:
            graph.add_edge(a, b, joint=1, example=key)


def _pivots(graph: "nx.Graph[str]") -> int | None:
    """Return how many nodes betweenness is estimated from; None where it is exact."""
    work = len(graph) * graph.number_of_edges()
    return None if work <= _EXACT else min(len(graph), _PIVOTS)


def _centralisation(graph: "nx.Graph[str]") -> float:
    count = len(graph)
    if count < 3:
        return 0.0
    degrees: list[int] = [degree for _, degree in graph.degree()]
    return sum(max(degrees) - degree for degree in degrees) / ((count - 1) * (count - 2))
