"""Questions: what they are taken for, and what is answered."""

from collections.abc import Callable, Iterator, Mapping

import graph_fixture as sample
import pytest

from kg.errors import QueryError
from kg.store import Store
from queries.ask import EXAMPLES, ask
from queries.catalogue import run_query
from queries.grammar import Intent, read_question


@pytest.fixture(scope="module")
def store(make_store: Callable[[], Store]) -> Iterator[Store]:
    with sample.sample_store(make_store) as store:
        yield store


WHO = [
    ("谁牵头甲工程", "LEADS"),
    ("请问谁负责牵头甲工程？", "LEADS"),
    ("哪个部门负责甲工程", "RESPONSIBLE_FOR"),
    ("哪些单位配合甲工程？", "SUPPORTS"),
    ("甲工程由谁牵头", "LEADS"),
    ("甲工程由哪些部门配合？", "SUPPORTS"),
    ("甲工程是谁负责的", "RESPONSIBLE_FOR"),
    ("甲工程的牵头单位是谁", "LEADS"),
    ("甲工程的责任部门是哪个", "RESPONSIBLE_FOR"),
    ("甲工程的配合单位有哪些？", "SUPPORTS"),
    ("哪些部门参与甲工程", None),
    ("Who leads 甲工程?", "LEADS"),
    ("who is responsible for 甲工程", "RESPONSIBLE_FOR"),
    ("who supports 甲工程?", "SUPPORTS"),
    ("who takes part in 甲工程?", None),
]
BY_ACTOR = [
    ("甲厅牵头哪些措施", "LEADS"),
    ("甲厅牵头了哪些任务？", "LEADS"),
    ("由甲厅牵头的措施有哪些", "LEADS"),
    ("甲厅负责什么工作", "RESPONSIBLE_FOR"),
    ("甲厅负责哪些", "RESPONSIBLE_FOR"),
    ("甲厅负责落实哪些措施", "RESPONSIBLE_FOR"),
    ("甲厅配合哪些措施？", "SUPPORTS"),
    ("哪些措施由甲厅牵头", "LEADS"),
    ("甲厅参与了哪些措施", None),
    ("which measures does 甲厅 lead?", "LEADS"),
    ("what is 甲厅 responsible for?", "RESPONSIBLE_FOR"),
    ("which measures are led by 甲厅", "LEADS"),
    ("what does 甲厅 support?", "SUPPORTS"),
]
ABOUT = [
    ("哪些措施涉及甲", None),
    ("哪些措施提到甲？", None),
    ("哪些政策措施提及了甲", None),
    ("有哪些措施涉及到甲", None),
    ("有哪些涉及甲的措施", None),
    ("涉及甲的措施有哪些？", None),
    ("哪些措施与甲有关", None),
    ("与甲相关的措施", None),
    ("甲涉及哪些措施", None),
    ("甲被哪些措施提到", None),
    ("哪些措施支持甲？", "SUPPORTS"),
    ("which measures involve 甲?", None),
    ("What measures mention 甲", None),
    ("which measures are about 甲?", None),
    ("which measures support 甲?", "SUPPORTS"),
]
OTHERS = [
    ("甲有哪些措施", Intent("of", "甲")),
    ("《甲方案》有哪些措施？", Intent("of", "甲方案")),
    ("which measures does 甲 have?", Intent("of", "甲")),
    ("哪些措施运用了贷款贴息", Intent("uses", "贷款贴息")),
    ("which measures use loans?", Intent("uses", "loans")),
    ("甲方案的依据是什么？", Intent("lineage", "甲方案")),
    ("《甲方案》依据什么制定", Intent("lineage", "甲方案")),
    ("甲方案贯彻落实了哪些文件", Intent("lineage", "甲方案")),
    ("what does notice 甲方案 derive from?", Intent("lineage", "甲方案")),
    ("what is 甲方案 based on?", Intent("lineage", "甲方案")),
    ("哪些通知依据《甲纲要》？", Intent("descendants", "甲纲要")),
    ("哪些文件是根据甲纲要制定的", Intent("descendants", "甲纲要")),
    ("依据甲纲要制定的文件有哪些", Intent("descendants", "甲纲要")),
    ("which notices derive from 甲纲要?", Intent("descendants", "甲纲要")),
    ("甲局印发了哪些通知", Intent("issued", "甲局")),
    ("甲局发布过哪些文件？", Intent("issued", "甲局")),
    ("which notices did 甲局 issue?", Intent("issued", "甲局")),
    ("谁和甲局合作", Intent("partners", "甲局")),
    ("甲局和哪些部门合作最多", Intent("partners", "甲局")),
    ("who works with 甲局?", Intent("partners", "甲局")),
    ("2025年底前要完成哪些措施", Intent("due", last="2025")),
    ("哪些措施要在2025年6月底前完成？", Intent("due", last="2025-06")),
    ("哪些措施2025年12月31日前完成", Intent("due", last="2025-12-31")),
    ("2025年到期的措施有哪些", Intent("due", first="2025", last="2025")),
    ("which measures are due by 2025-06?", Intent("due", last="2025-06")),
    ("which measures are due in 2025", Intent("due", first="2025", last="2025")),
    ("哪些措施持续推进", Intent("ongoing")),
    ("which measures are ongoing?", Intent("ongoing")),
    ("搜索 示范区", Intent("search", "示范区")),
    ("find 示范区", Intent("search", "示范区")),
]


@pytest.mark.parametrize(("question", "role"), WHO)
def test_reads_who(question: str, role: str | None) -> None:
    assert read_question(question) == Intent("who", "甲工程", role=role)


@pytest.mark.parametrize(("question", "role"), BY_ACTOR)
def test_reads_by_actor(question: str, role: str | None) -> None:
    assert read_question(question) == Intent("by_actor", "甲厅", role=role)


@pytest.mark.parametrize(("question", "relation"), ABOUT)
def test_reads_about(question: str, relation: str | None) -> None:
    assert read_question(question) == Intent("about", "甲", relation=relation)


@pytest.mark.parametrize(("question", "intent"), OTHERS)
def test_reads_others(question: str, intent: Intent) -> None:
    assert read_question(question) == intent


NOT_QUESTIONS = [
    "",
    "？",
    "今天天气怎么样",
    "谁牵头",
    "哪些措施",
    "who leads?",
    "你好",
    "牵头配合负责",
]


@pytest.mark.parametrize("question", NOT_QUESTIONS)
def test_does_not_read(question: str) -> None:
    assert read_question(question) is None


@pytest.mark.parametrize("question", [*NOT_QUESTIONS, "大", "不存在的东西", "'; DROP"])
def test_says_what_it_does_not_understand(store: Store, question: str) -> None:
    answer = ask(store, question)
    assert (answer.understood, answer.query, answer.rows) == (False, None, ())
    assert question.strip() in answer.explanation
    assert answer.examples == EXAMPLES


@pytest.mark.parametrize("question", EXAMPLES)
def test_understands_its_examples(store: Store, question: str) -> None:
    answer = ask(store, question)
    assert answer.rows
    assert answer.query is not None
    assert answer.query in answer.explanation
    assert run_query(store, answer.query, answer.parameters).rows == answer.rows


@pytest.mark.parametrize(
    ("question", "query", "parameters"),
    [
        (
            "谁牵头加强地理标志保护",
            "actors_of_measure",
            {"measure": "加强地理标志保护", "role": "LEADS"},
        ),
        ("谁负责盘锦大米", "actors_about", {"subject": "盘锦大米", "role": "RESPONSIBLE_FOR"}),
        ("谁参与加强地理标志保护的工作", "actors_of_measure", {"measure": "加强地理标志保护"}),
        ("哪些措施涉及省教育厅", "measures_by_actor", {"actor": "省教育厅"}),
        ("哪些措施涉及大连理工大学", "measures_about", {"subject": "大连理工大学"}),
        ("哪些措施涉及财政资金与资助", "measures_by_instrument", {"instrument": "财政资金与资助"}),
        ("哪些措施提到示范区", "search", {"text": "示范区", "where": "text"}),
        ("哪些措施提到知识产权学院", "search", {"text": "知识产权学院", "where": "text"}),
        ("哪些措施支持大米", "measures_about", {"subject": "大米", "relation": "SUPPORTS"}),
        ("盘锦大米", "measures_about", {"subject": "盘锦大米"}),
        ("省教育厅", "measures_by_actor", {"actor": "省教育厅"}),
        (f"{sample.JILIN_TITLE}有哪些措施", "notice", {"notice": sample.JILIN_TITLE}),
        ("which measures are ongoing?", "measures_by_deadline", {"ongoing": True}),
    ],
)
def test_takes_a_question_for_a_query(
    store: Store, question: str, query: str, parameters: Mapping[str, object]
) -> None:
    answer = ask(store, question)
    assert (answer.query, answer.parameters) == (query, parameters)
    assert answer.rows


def test_a_role_nobody_has(store: Store) -> None:
    answer = ask(store, "加强地理标志保护由谁负责")
    assert answer.parameters == {"measure": "加强地理标志保护"}
    assert len(answer.rows) == 3
    assert "all roles" in answer.notes[-1]


def test_units_and_collectives_answer_for_an_agency_without_a_role(store: Store) -> None:
    answer = ask(store, "沈阳市政府牵头哪些措施")
    assert [row.model_dump()["measure"] for row in answer.rows] == ["建好信息平台"]
    assert answer.parameters["collectives"] is True
    assert "collectives" in answer.notes[-1]
    other = ask(store, "沈阳市政府配合哪些措施")
    assert "role" not in other.parameters
    assert "all roles" in other.notes[-1]


def test_pages_of_a_wider_question(store: Store) -> None:
    whole = ask(store, "加强地理标志保护由谁负责")
    pages = [ask(store, "加强地理标志保护由谁负责", limit=1, skip=skip) for skip in range(4)]
    assert sum((page.rows for page in pages), ()) == whole.rows
    assert {page.notes for page in pages} == {whole.notes}


def test_an_unknown_name_is_told(store: Store) -> None:
    answer = ask(store, "火星局牵头哪些措施")
    assert answer.understood
    assert answer.rows == ()
    assert "火星局" in answer.notes[0]


def test_pages(store: Store) -> None:
    whole = ask(store, "哪些措施涉及省教育厅")
    first = ask(store, "哪些措施涉及省教育厅", limit=2)
    rest = ask(store, "哪些措施涉及省教育厅", limit=2, skip=2)
    assert first.result is not None
    assert first.result.truncated
    assert first.rows + rest.rows == whole.rows


def test_too_long(store: Store) -> None:
    with pytest.raises(QueryError, match="500 characters"):
        ask(store, "谁牵头" + "甲" * 10_000)


@pytest.mark.parametrize(
    "piece", ["谁牵头", "的措施", "有哪些", "和谁共同", "2025年", "(", "which "]
)
def test_a_long_question_is_read(piece: str) -> None:
    read_question((piece * 40_000)[:40_000])
