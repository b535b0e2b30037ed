"""Ad-hoc Cypher on a Neo4j server: explained first, then read in a transaction that ends in time.

Measured on Neo4j 5.26: in a session with READ access LOAD CSV and SHOW pass, and EXPLAIN calls
LOAD CSV a reading query; so every operator of the plan must be one of those known to read.
"""

import threading
from collections.abc import Iterator, Mapping
from concurrent.futures import Future
from typing import Any, Self

import neo4j
from neo4j import exceptions
from neo4j.graph import Node, Path, Relationship

from kg.adhoc.growth import check_growth
from kg.adhoc.guard import PROCEDURES, clean_statement
from kg.adhoc.types import Limits, Table, Turnstile
from kg.adhoc.values import collect_rows
from kg.errors import KgError, LimitExceeded, QueryError, StoreUnavailable
from kg.stores.neo4j import connect

_GRACE = 3.0  # seconds beyond the limit, for the server looks at its clock every other one
_FETCHED = 200  # rows that the server sends at once

# Of https://neo4j.com/docs/cypher-manual/current/planning-and-tuning/operators/ those that read
# the graph. Endings in brackets, as in Expand(All), say how and are left out.
_OPERATORS = frozenset(
    """
    AllNodesScan PartitionedAllNodesScan NodeByLabelScan PartitionedNodeByLabelScan
    NodeByIdSeek NodeByElementIdSeek UnionNodeByLabelsScan PartitionedUnionNodeByLabelsScan
    IntersectionNodeByLabelsScan PartitionedIntersectionNodeByLabelsScan
    SubtractionNodeByLabelsScan PartitionedSubtractionNodeByLabelsScan
    NodeIndexScan PartitionedNodeIndexScan NodeIndexSeek PartitionedNodeIndexSeek
    NodeIndexSeekByRange PartitionedNodeIndexSeekByRange NodeUniqueIndexSeek
    NodeUniqueIndexSeekByRange NodeIndexContainsScan NodeIndexEndsWithScan MultiNodeIndexSeek
    DirectedAllRelationshipsScan UndirectedAllRelationshipsScan
    DirectedRelationshipTypeScan UndirectedRelationshipTypeScan
    DirectedUnionRelationshipTypesScan UndirectedUnionRelationshipTypesScan
    DirectedRelationshipByIdSeek UndirectedRelationshipByIdSeek
    DirectedRelationshipByElementIdSeek UndirectedRelationshipByElementIdSeek
    DirectedRelationshipIndexScan UndirectedRelationshipIndexScan
    DirectedRelationshipIndexSeek UndirectedRelationshipIndexSeek
    DirectedRelationshipIndexSeekByRange UndirectedRelationshipIndexSeekByRange
    DirectedRelationshipUniqueIndexSeek UndirectedRelationshipUniqueIndexSeek
    DirectedRelationshipIndexContainsScan UndirectedRelationshipIndexContainsScan
    DirectedRelationshipIndexEndsWithScan UndirectedRelationshipIndexEndsWithScan
    NodeCountFromCountStore RelationshipCountFromCountStore
    Apply SemiApply AntiSemiApply LetSemiApply LetAntiSemiApply SelectOrSemiApply
    SelectOrAntiSemiApply LetSelectOrSemiApply LetSelectOrAntiSemiApply RollUpApply
    Argument Input Expand OptionalExpand VarLengthExpand BFSPruningVarLengthExpand
    PruningVarLengthExpand Repeat RepeatOptions BidirectionalRepeat
    StatefulShortestPath ShortestPath
    Optional Filter Limit Skip Sort PartialSort Top PartialTop Top1WithTies Union OrderedUnion
    Distinct OrderedDistinct Aggregation EagerAggregation OrderedAggregation Eager Unwind
    CartesianProduct NodeHashJoin ValueHashJoin NodeLeftOuterHashJoin NodeRightOuterHashJoin
    LeftOuterHashJoin RightOuterHashJoin AssertSameNode AssertSameRelationship
    TriadicSelection TriadicBuild TriadicFilter Projection ProjectEndpoints CacheProperties
    RemoteBatchProperties ProduceResults EmptyRow EmptyResult Anti PreserveOrder
    ArgumentTracker NullifyMetadata
    """.split()  # noqa: SIM905  a list of strings would be four pages
)
_PROCEDURE = "ProcedureCall"


class ServerReader:
    """Asks a server with a driver of its own, so that no statement holds up the store's."""

    def __init__(self, driver: neo4j.Driver, database: str | None, limits: Limits) -> None:
        self._driver = driver
        self._database = database
        self._limits = limits
        self._turnstile = Turnstile(limits.at_once)

    def run(self, cypher: str, parameters: Mapping[str, Any]) -> Table:
        """Answer one statement; see `AdhocReader`."""
        statement = clean_statement(cypher)
        check_growth(statement)
        answer: Future[Table] = Future()
        leave = self._turnstile.enter()

        def work() -> None:
            try:
                answer.set_result(self._answer(statement, parameters))
            except BaseException as error:
                answer.set_exception(error)
            finally:
                leave()  # not before: a statement that the server does not end keeps its place

        threading.Thread(target=work, daemon=True).start()
        try:
            return answer.result(self._limits.seconds + _GRACE)
        except TimeoutError as error:
            raise self._too_long() from error

    def close(self) -> None:
        """Let go of the connections."""
        self._driver.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()

    def _answer(self, statement: str, parameters: Mapping[str, Any]) -> Table:
        try:
            with self._driver.session(
                database=self._database,
                default_access_mode=neo4j.READ_ACCESS,
                fetch_size=_FETCHED,
            ) as session:
                self._check_plan(session, statement, parameters)
                return self._read(session, statement, parameters)
        except (exceptions.DriverError, exceptions.Neo4jError) as error:
            raise self._explain(error) from error
        except (ValueError, TypeError, OverflowError) as error:  # a parameter of a foreign kind
            raise QueryError(str(error).partition("\n")[0]) from error

    def _check_plan(
        self, session: neo4j.Session, statement: str, parameters: Mapping[str, Any]
    ) -> None:
        with session.begin_transaction(timeout=self._limits.seconds) as tx:
            summary = tx.run(f"EXPLAIN {statement}", dict(parameters)).consume()
        if summary.plan is None or summary.query_type != "r":
            raise QueryError("the graph is only read here")
        for operator in _operators(summary.plan):
            check_operator(operator["operatorType"], operator.get("args", {}))

    def _read(self, session: neo4j.Session, statement: str, parameters: Mapping[str, Any]) -> Table:
        limits = self._limits
        with session.begin_transaction(timeout=limits.seconds) as tx:
            result = tx.run(statement, dict(parameters))
            rows = (dict(record) for record in result)
            return collect_rows(result.keys(), rows, (limits.rows, limits.size), _simplify)

    def _explain(self, error: Exception) -> KgError:
        """Return the driver's error as one of ours."""
        code = getattr(error, "code", None) or ""
        message = (getattr(error, "message", None) or str(error)).partition("\n")[0]
        if "TimedOut" in code or "Terminated" in code:
            return self._too_long()
        if "OutOfMemory" in code:
            return LimitExceeded("the statement took more memory than the server gives to one")
        if isinstance(error, exceptions.ClientError | exceptions.DatabaseError):
            return QueryError(f"the server cannot run this: {message}")
        return StoreUnavailable(f"the Neo4j server did not answer: {message}")

    def _too_long(self) -> LimitExceeded:
        return LimitExceeded(f"the statement took longer than {self._limits.seconds:g} s")


def check_operator(kind: str, arguments: Mapping[str, Any]) -> None:
    """Refuse a step of a plan that may do more than read the graph.

    Args:
        kind: as the server names it, such as Expand(All)@neo4j.
        arguments: as it describes the step.

    Raises:
        QueryError: the step is none of those known to read.
    """
    name = kind.partition("@")[0].partition("(")[0]
    if name == _PROCEDURE:
        called = str(arguments.get("Details", "")).partition("(")[0].strip().lower()
        if called in PROCEDURES:
            return
        raise QueryError(f"the procedure {called or 'of this plan'} may not be called")
    if name not in _OPERATORS:
        raise QueryError(f"the graph is only read here: {name} is not among the steps allowed")


def open_server_reader(url: str, login: tuple[str, str], limits: Limits) -> ServerReader:
    """Return what answers ad-hoc statements on a server.

    Args:
        url: as of `open_store`.
        login: user and password.
        limits: of each statement.

    Raises:
        StoreRejected: the address is wrong.
    """
    driver, database = connect(url, *login)
    return ServerReader(driver, database, limits)


def _operators(plan: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    todo = [plan]
    while todo:
        operator = todo.pop()
        yield operator
        todo += operator.get("children", ())


def _simplify(value: Any) -> Any:
    if isinstance(value, Node):
        return {"labels": sorted(value.labels), "properties": dict(value.items())}
    if isinstance(value, Relationship):
        return {"type": value.type, "properties": dict(value.items())}
    if isinstance(value, Path):
        return {"nodes": list(value.nodes), "edges": list(value.relationships)}
    return value
