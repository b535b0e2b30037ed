"""Questions: what they are taken for, and what is answered."""

from collections.abc import Callable, Iterator, Mapping

import graph_fixture as sample
import pytest

from kg.errors import QueryError
from kg.store import Store
from queries.ask import EXAMPLES, ask
from queries.catalogue import run_query
from queries.grammar import read_question
from queries.questions.intent import Intent


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
    ("哪些措施引用了《甲条例》？", Intent("citing", "甲条例")),
    ("引用甲条例的措施有哪些", Intent("citing", "甲条例")),
    ("甲条例被哪些措施引用？", Intent("citing", "甲条例")),
    ("有哪些措施是依据甲条例提出的", Intent("citing", "甲条例")),
    ("which measures cite 甲条例?", Intent("citing", "甲条例")),
    ("measures citing 甲条例", Intent("citing", "甲条例")),
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
    ("持续推进的措施有哪些", Intent("ongoing")),
    ("哪些措施没有牵头单位", Intent("lacks", "leader")),
    ("没有配合单位的措施有哪些？", Intent("lacks", "supporter")),
    ("哪些措施没有完成时限", Intent("lacks", "deadline")),
    ("which measures have no deadline?", Intent("lacks", "deadline")),
    ("哪些措施有期限", Intent("has", "deadline")),
    ("哪个部门牵头的措施最多", Intent("ranking", role="LEADS")),
    ("配合措施最多的部门是哪个", Intent("ranking", role="SUPPORTS")),
    ("甲省谁牵头的措施最多", Intent("ranking", "甲省", role="LEADS")),
    ("which agency leads the most measures in 甲省?", Intent("ranking", "甲省", role="LEADS")),
    ("甲省用了哪些政策工具", Intent("instruments", "甲省")),
    ("甲局牵头的措施用了哪些政策工具？", Intent("instruments", "甲局", role="LEADS")),
    ("哪种政策工具用得最多", Intent("instruments")),
    ("which policy instruments does 甲省 use?", Intent("instruments", "甲省")),
    ("到2020年的目标是什么", Intent("targets", last="2020")),
    ("甲省提出了哪些目标", Intent("targets", "甲省")),
    ("甲方案有哪些量化目标？", Intent("targets", "甲方案")),
    ("甲省到2025年要达到哪些目标", Intent("targets", "甲省", last="2025")),
    ("甲方案的目标是什么", Intent("targets", "甲方案")),
    ("有哪些目标", Intent("targets")),
    ("which targets are set in 甲省?", Intent("targets", "甲省")),
    ("what are the targets of 甲方案?", Intent("targets", "甲方案")),
    ("哪些地理标志产品被提到", Intent("things", thing="地理标志产品")),
    ("甲省提到了哪些产品", Intent("things", "甲省", thing="产品")),
    ("哪些平台得到支持最多？", Intent("things", thing="平台", relation="SUPPORTS")),
    ("被支持的产品有哪些", Intent("things", thing="产品", relation="SUPPORTS")),
    ("which products are mentioned?", Intent("things", thing="products")),
    ("比较甲省与乙省", Intent("comparison", "甲省与乙省")),
    ("甲省和乙省有什么不同", Intent("comparison", "甲省和乙省")),
    ("compare 甲省 and 乙省", Intent("comparison", "甲省 and 乙省")),
    ("《甲纲要》是哪些措施的依据", Intent("descendants", "甲纲要")),
    ("甲发〔2015〕7号有哪些下位文件", Intent("descendants", "甲发〔2015〕7号")),
    ("甲纲要的下位政策有哪些", Intent("descendants", "甲纲要")),
    ("which notices cite 甲发〔2015〕7号?", Intent("descendants", "甲发〔2015〕7号")),
    ("甲省有哪些措施", Intent("of", "甲省")),
    ("measures in 甲省", Intent("of", "甲省")),
    ("甲玉有哪些支持措施", Intent("of", "甲玉", relation="SUPPORTS")),
    ("甲院有哪些职责", Intent("of", "甲院")),
    ("甲海关的职责是什么？", Intent("of", "甲海关")),
    ("谁负责“甲乙”行动", Intent("who", "“甲乙”行动", role="RESPONSIBLE_FOR")),
    ("甲相关的措施", Intent("about", "甲")),
    ("关于甲的政策", Intent("about", "甲")),
    ("is there any measure about 甲?", Intent("about", "甲")),
    ("measures not involving 甲", Intent("about", "甲", is_denied=True)),
    ("甲厅与乙厅有哪些合作？", Intent("by_actor", "甲厅与乙厅")),
    ("who works with 甲局 most?", Intent("partners", "甲局")),
    ("what did 甲局 issue?", Intent("issued", "甲局")),
    ("没有人负责的措施", Intent("lacks", "responsible")),
    (
        "由甲厅牵头、乙厅配合的措施",
        Intent("by_actor", "甲厅", "乙厅", role="LEADS", other_role="SUPPORTS"),
    ),
    (
        "甲厅牵头但乙厅不参与的措施",
        Intent("by_actor", "甲厅", "乙厅", role="LEADS", is_denied=True),
    ),
    ("谁来抓甲战略", Intent("who", "甲战略")),
    ("who answers for 甲战略?", Intent("who", "甲战略", role="RESPONSIBLE_FOR")),
    ("who is in charge of 甲?", Intent("who", "甲", role="RESPONSIBLE_FOR")),
    (
        "Which agencies answer for measures about 甲?",
        Intent("who", "甲", role="RESPONSIBLE_FOR"),
    ),
    ("Does 甲厅 lead any measure?", Intent("by_actor", "甲厅", role="LEADS")),
    ("甲厅有没有牵头的措施", Intent("by_actor", "甲厅", role="LEADS")),
    ("甲厅和乙厅共同参与的措施", Intent("by_actor", "甲厅和乙厅")),
    ("哪些措施既涉及甲又涉及乙", Intent("about", "甲", other="乙")),
    ("which measures involve both 甲 and 乙?", Intent("about", "甲", other="乙")),
    ("哪些措施涉及甲但不涉及乙", Intent("about", "甲", other="乙", is_denied=True)),
    ("which measures involve 甲 but not 乙?", Intent("about", "甲", other="乙", is_denied=True)),
    ("哪些措施不涉及甲", Intent("about", "甲", is_denied=True)),
    ("不涉及甲的措施有哪些？", Intent("about", "甲", is_denied=True)),
    ("which measures do not involve 甲?", Intent("about", "甲", is_denied=True)),
    ("甲厅没有参与哪些措施", Intent("by_actor", "甲厅", is_denied=True)),
    ("哪些措施不是甲厅牵头的", Intent("by_actor", "甲厅", role="LEADS", is_denied=True)),
    ("甲厅没有牵头的措施", Intent("by_actor", "甲厅", role="LEADS", is_denied=True)),
    ("which measures does 甲厅 not lead?", Intent("by_actor", "甲厅", "", "LEADS", is_denied=True)),
    ("甲厅牵头了多少项措施", Intent("by_actor", "甲厅", role="LEADS", is_count=True)),
    ("甲厅负责几项措施", Intent("by_actor", "甲厅", role="RESPONSIBLE_FOR", is_count=True)),
    ("How many measures does 甲厅 lead?", Intent("by_actor", "甲厅", "", "LEADS", is_count=True)),
    ("涉及甲的措施有多少项", Intent("about", "甲", is_count=True)),
    ("持续推进的措施有多少项？", Intent("ongoing", is_count=True)),
    ("有多少个措施", Intent("measures", is_count=True)),
    ("一共有多少份文件？", Intent("notices", is_count=True)),
    ("how many notices are there?", Intent("notices", is_count=True)),
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


TIMES = [
    ("2021年发布的通知", "2021", "2021"),
    ("2017年到2022年间发布了哪些通知", "2017", "2022"),
    ("从2017年到2022年发布的文件有哪些", "2017", "2022"),
    ("2017-2022年发布的通知", "2017", "2022"),
    ("2020年以来发布的通知", "2020", None),
    ("“十四五”期间发布的通知", "2021", "2025"),
    ("which notices were issued between 2017 and 2022?", "2017", "2022"),
    ("notices issued since 2020", "2020", None),
    ("2024年到2025年到期的措施", "2024", "2025"),
    ("2025年下半年到期的措施", "2025-07", "2025-12"),
    ("2025年第一季度到期的措施", "2025-01", "2025-03"),
    ("到2025年要完成的措施", None, "2025"),
    # Before and after a year leave it out; by its end takes it in.
    ("2025年以前到期的措施", None, "2024"),
    ("2025年之前要完成哪些措施", None, "2024"),
    ("2025年底前到期的措施", None, "2025"),
    ("2025年1月以前到期的措施", None, "2024-12"),
    ("2025年以后到期的措施", "2026", None),
    ("what is due before 2025?", None, "2024"),
    ("which measures are due before 2025-03-01", None, "2025-02-28"),
    ("which measures are due by 2025", None, "2025"),
    ("which measures are due before the end of 2025", None, "2025"),
    ("which measures are due after 2025-01-01?", "2025-01-02", None),
    ("which measures are due after 2024-12?", "2025-01", None),
]


@pytest.mark.parametrize(("question", "first", "last"), TIMES)
def test_reads_spans_of_time(question: str, first: str | None, last: str | None) -> None:
    intent = read_question(question)
    assert intent is not None
    assert (intent.name, intent.first, intent.last) == ("", first, last)


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
    assert answer.examples
    assert set(answer.examples) <= set(EXAMPLES)


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
        ("盘锦大米", "entity", {"id": "盘锦大米"}),
        ("大洼区政府", "entity", {"id": "大洼区政府"}),
        ("省教育厅", "measures_by_actor", {"actor": "省教育厅"}),
        (f"{sample.JILIN_TITLE}有哪些措施", "notice", {"notice": sample.JILIN_TITLE}),
        ("which measures are ongoing?", "measures_by_deadline", {"ongoing": True}),
        ("辽宁省有哪些措施", "measures", {"jurisdiction": "辽宁省"}),
        ("measures in 辽宁省", "measures", {"jurisdiction": "辽宁省"}),
        ("哪些措施提到盘锦市", "measures_about", {"subject": "盘锦市"}),
        (
            "辽宁省2022年有哪些措施",
            "measures",
            {"jurisdiction": "辽宁省", "issued_from": "2022", "issued_to": "2022"},
        ),
        ("2022年发布的通知", "notices", {"issued_from": "2022", "issued_to": "2022"}),
        (
            "省知识产权局2022年发布了哪些文件",
            "notices",
            {"issuer": "省知识产权局", "issued_from": "2022", "issued_to": "2022"},
        ),
        ("辽宁省有哪些通知", "notices", {"jurisdiction": "辽宁省"}),
        ("2024年到2025年到期的措施", "measures_by_deadline", {"from": "2024", "to": "2025"}),
        ("what is due before 2025", "measures_by_deadline", {"to": "2024"}),
        (
            "省教育厅2024年底前要完成哪些措施",
            "measures",
            {"actor": "省教育厅", "to": "2024"},
        ),
        ("省教育厅没有参与哪些措施", "measures", {"not_actor": "省教育厅"}),
        ("哪些措施不涉及省知识产权局", "measures", {"not_involves": "省知识产权局"}),
        ("哪些措施不是省知识产权局牵头的", "measures", {"not_leader": "省知识产权局"}),
        (
            "哪些措施涉及盘锦大米但不涉及省知识产权局",
            "measures",
            {"involves": "盘锦大米", "not_involves": "省知识产权局"},
        ),
        ("哪些措施没有牵头单位", "measures", {"lacks": "leader"}),
        (
            "省知识产权局和省教育厅共同参与的措施",
            "shared_measures",
            {"actor": "省知识产权局", "partner": "省教育厅"},
        ),
        (
            "哪些措施既涉及省教育厅又涉及省知识产权局",
            "measures",
            {"involves": "省教育厅;省知识产权局"},
        ),
        ("哪些措施涉及盘锦市和大连市", "measures", {"involves": "盘锦市;大连市"}),
        ("哪个部门牵头的措施最多", "actor_ranking", {"role": "LEADS"}),
        (
            "知识产权强国建设纲要的下位政策有哪些",
            "notice_descendants",
            {"notice": "知识产权强国建设纲要"},
        ),
        ("辽知发〔2022〕8号有哪些下位文件", "notice_descendants", {"notice": "辽知发〔2022〕8号"}),
        ("哪些单位配合省知识产权局", "actor_partners", {"actor": "省知识产权局"}),
        (
            "省教育厅(省委教育工委)牵头什么",
            "measures_by_actor",
            {"actor": "省教育厅(省委教育工委)", "role": "LEADS"},
        ),
        ("省知识产权局牵头了多少项措施", "measure_count", {"leader": "省知识产权局"}),
        ("how many measures does 省知识产权局 lead?", "measure_count", {"leader": "省知识产权局"}),
        ("有多少个措施", "measure_count", {}),
        ("辽宁省有多少项措施", "measure_count", {"jurisdiction": "辽宁省"}),
        ("有多少份文件", "notice_count", {"status": "loaded"}),
        ("辽宁省用了哪些政策工具", "instrument_use", {"jurisdiction": "辽宁省"}),
        ("省知识产权局牵头的措施用了哪些政策工具", "instrument_use", {"leader": "省知识产权局"}),
        ("供给型政策工具有哪些措施", "measures_by_instrument", {"instrument": "供给型"}),
        (
            "省知识产权局牵头、省教育厅配合的措施",
            "measures",
            {"leader": "省知识产权局", "supporter": "省教育厅"},
        ),
        (
            "省教育厅参与但省知识产权局不参与的措施",
            "measures",
            {"actor": "省教育厅", "not_actor": "省知识产权局"},
        ),
        ("有多少个部门", "actor_ranking", {}),
        ("辽宁省提出了哪些目标", "targets", {"jurisdiction": "辽宁省"}),
        (f"{sample.LIAONING_TITLE}的目标是什么", "targets", {"notice": sample.LIAONING_TITLE}),
        ("省教育厅有哪些目标", "targets", {"actor": "省教育厅"}),
        ("人员的目标是什么", "targets", {"text": "人员"}),
        ("哪些产品被提到", "subject_ranking", {"label": "Product"}),
        (
            "辽宁省支持哪些产品",
            "subject_ranking",
            {"label": "Product", "relation": "SUPPORTS", "jurisdiction": "辽宁省"},
        ),
        (
            "哪些高校被提到",
            "subject_ranking",
            {"label": "Institution", "kind": "university"},
        ),
        ("比较辽宁省与吉林省", "comparison", {"first": "辽宁省", "second": "吉林省"}),
        (
            "盘锦大米有哪些支持措施",
            "measures_about",
            {"subject": "盘锦大米", "relation": "SUPPORTS"},
        ),
        ("省教育厅的职责是什么", "measures_by_actor", {"actor": "省教育厅"}),
    ],
)
def test_takes_a_question_for_a_query(
    store: Store, question: str, query: str, parameters: Mapping[str, object]
) -> None:
    answer = ask(store, question)
    assert (answer.query, answer.parameters) == (query, parameters)
    assert answer.rows


MISREAD = [
    ("去年发布的通知", "去年"),
    ("除了省教育厅谁参与哪些措施", "除了"),
    ("哪些措施涉及省教育厅或省科技厅", "或"),
    ("省教育厅最少牵头哪些措施", "最少"),
    ("哪些措施涉及2021年到2022年和2024年", "2024年"),
    ("which measures involve the Ministry of Education?", "names are in Chinese"),
    ("who leads everything?", "names are in Chinese"),
    ("比较辽宁省与火星省", "which two places"),
]


@pytest.mark.parametrize(("question", "why"), MISREAD)
def test_no_other_words_become_a_name(store: Store, question: str, why: str) -> None:
    answer = ask(store, question)
    assert not answer.understood
    assert why in answer.explanation


def test_a_year_within_a_name_is_no_time(store: Store) -> None:
    answer = ask(store, f"{sample.OUTLINE_TITLE}的下位文件有哪些")
    assert answer.parameters == {"notice": sample.OUTLINE_TITLE}
    assert answer.rows


def test_counts(store: Store) -> None:
    [row] = ask(store, "省知识产权局牵头多少项措施").rows
    assert row.model_dump() == {"measures": 1, "notices": 1}
    none = ask(store, "省知识产权局负责多少项措施")
    assert "is responsible for no measure" in none.notes[0]
    assert "2 in any role" in none.notes[0]
    assert none.explanation.startswith(none.notes[0])


def test_rows_are_counted_where_a_list_answers(store: Store) -> None:
    answer = ask(store, "有几家单位配合省知识产权局", limit=1)
    assert answer.query == "actor_partners"
    assert answer.notes[0].startswith("共 3 行")


def test_the_direct_answer_comes_first(store: Store) -> None:
    answer = ask(store, "省农业农村厅牵头哪些措施")
    assert "没有牵头任何措施" in answer.explanation.splitlines()[0]
    assert "没有牵头任何措施" in answer.notes[0]
    assert answer.rows


def test_tells_of_units_and_collectives_left_out(store: Store) -> None:
    answer = ask(store, "吉林省教育厅参与哪些措施")
    assert "「吉林省教育厅高等教育处参与哪些措施」" in answer.notes[-1]
    assert ask(store, "吉林省教育厅高等教育处参与哪些措施").rows


def test_tells_how_measures_that_name_a_place_are_asked_for(store: Store) -> None:
    assert "「哪些措施涉及盘锦市」" in ask(store, "盘锦市有哪些措施").notes[-1]
    assert "「盘锦市有哪些措施」" in ask(store, "哪些措施涉及盘锦市").notes[-1]


def test_the_likest_name_is_suggested_first(store: Store) -> None:
    answer = ask(store, "辽宁省智识产权局牵头哪些措施")
    assert "did you mean: 辽宁省知识产权局" in answer.notes[1]


@pytest.mark.parametrize(
    ("question", "first"),
    [
        ("政策工具是怎么回事", "政策工具"),
        ("compare apples", "compare"),
        ("how many lawyers are there", "how many"),
    ],
)
def test_examples_share_words_with_the_question(store: Store, question: str, first: str) -> None:
    examples = ask(store, question).examples
    assert first in examples[0]
    assert any("compare" in text or "比较" in text for text in examples)


def test_a_role_nobody_has(store: Store) -> None:
    answer = ask(store, "加强地理标志保护由谁负责")
    assert answer.parameters == {"measure": "加强地理标志保护"}
    assert len(answer.rows) == 3
    assert "nobody is responsible" in answer.notes[0]
    assert "all roles" in answer.notes[1]


def test_units_and_collectives_answer_for_an_agency_without_a_role(store: Store) -> None:
    answer = ask(store, "沈阳市政府牵头哪些措施")
    assert [row.model_dump()["measure"] for row in answer.rows] == ["建好信息平台"]
    assert answer.parameters["collectives"] is True
    assert "leads no measure" in answer.notes[0]
    assert "collectives" in answer.notes[1]
    other = ask(store, "沈阳市政府配合哪些措施")
    assert "role" not in other.parameters
    assert "all roles" in other.notes[1]


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
    "piece", ["谁牵头", "的措施", "有哪些", "和谁共同", "2025年", "(", "《", "牵头、", "which "]
)
def test_a_long_question_is_read(piece: str) -> None:
    read_question((piece * 40_000)[:40_000])
