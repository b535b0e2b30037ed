"""Row types of the flat tables; each column says in both languages what it holds.

A column's `title` is its meaning in Chinese, its `description` that in English.
"""

from collections.abc import Iterable
from typing import Any

from pydantic import Field

from kg.comparators import COMPARATORS
from queries.types import Row


def column(zh: str, en: str, codes: Iterable[str] = ()) -> Any:
    """Return a field with what the codebook says of it, and the codes that it holds, if any."""
    return Field(title=zh, description=en, json_schema_extra={"codes": [*codes]} if codes else None)


def codes_of(row: type[Row], name: str) -> frozenset[str]:
    """Return the codes that a column holds; none where it holds anything else."""
    extra = row.model_fields[name].json_schema_extra
    codes = extra.get("codes", []) if isinstance(extra, dict) else []
    return frozenset(str(code) for code in codes) if isinstance(codes, list) else frozenset()


class NoticeRow(Row):
    """公文|Notices: those of the selection, and those that they cite."""

    notice_id: str = column("公文编号", "id of the notice")
    title: str = column("标题", "title")
    document_number: str | None = column("发文字号", "document number (发文字号), normalised")
    kind: str | None = column("文种", "kind of notice, in Chinese")
    issuers: tuple[str, ...] = column("发文机关", "issuing agencies")
    jurisdiction: str | None = column("适用地域", "the place that it is for; 全国 for the nation")
    level: str | None = column(
        "层级", "level of that place: national, province, prefecture, county or zone"
    )
    issued_on: str | None = column("成文日期", "date of issue, an ISO prefix (2021, 2021-09 …)")
    issued_on_basis: str | None = column(
        "日期依据", "where the date was read: signature, metadata or publication"
    )
    year: int | None = column("年份", "year of issue")
    published_on: str | None = column("发布日期", "date of publication")
    validity: str | None = column("有效性", "validity, where stated")
    status: str = column("状态", "loaded: read in full; cited: known from citations only")
    is_chosen: bool = column("是否入选", "whether the tables hold its measures; else only cited")
    source_uri: str | None = column("来源", "file or address that it was read from")
    sha256: str | None = column("校验和", "checksum of the bytes read")


class TextRow(Row):
    """公文全文|Full texts, which the offsets of all other tables count in."""

    notice_id: str = column("公文编号", "id of the notice")
    text: str = column("全文", "stored text; offsets count its code points from 0")


class SectionRow(Row):
    """章节|Headings that have items below them."""

    section_id: str = column("章节编号", "id of the section")
    notice_id: str = column("公文编号", "id of its notice")
    path: str = column("层次路径", "place in the outline, e.g. 二/(三)")
    number: str = column("序号", "number as written")
    title: str = column("标题", "heading")
    start: int = column("起点", "where it begins in the text, in code points")
    end: int = column("终点", "where it ends, exclusive")


class MeasureRow(Row):
    """措施|Measures: numbered items that say what is to be done."""

    measure_id: str = column("措施编号", "id of the measure")
    notice_id: str = column("公文编号", "id of its notice")
    notice_title: str = column("公文标题", "title of its notice")
    document_number: str | None = column("发文字号", "document number of its notice")
    jurisdiction: str | None = column("适用地域", "the place that its notice is for")
    level: str | None = column("层级", "level of that place")
    issued_on: str | None = column("成文日期", "date of its notice, an ISO prefix")
    year: int | None = column("年份", "year of its notice")
    section_id: str | None = column("所属章节", "id of the section that it stands in")
    section: str | None = column("章节标题", "heading of that section")
    path: str = column("层次路径", "place in the outline, e.g. 二/(三)/7")
    number: str = column("序号", "number as written")
    title: str = column("标题", "title")
    text: str = column("正文", "text, title included")
    due_on: str | None = column("期限", "deadline, an ISO prefix")
    ongoing: bool = column("持续推进", "whether it goes on without an end")
    due_text: str | None = column("期限原文", "the deadline in the notice's words")
    start: int = column("起点", "where it begins in the text, in code points")
    end: int = column("终点", "where it ends, exclusive")


class SourcedRow(Row):
    """A row that rests on the words of a notice."""

    notice_id: str = column("依据公文", "id of the notice that says so")
    quote: str = column("原文", "its words: text[start:end]")
    start: int = column("起点", "where the quote begins, in code points of the stored text")
    end: int = column("终点", "where it ends, exclusive")
    method: str = column("识别方法", "rule that read it")
    confidence: float = column("置信度", "confidence of the reading, in [0, 1]")
    eid: str = column("关系编号", "id of the edge in the graph")


class IssuerRow(SourcedRow):
    """发文|Who issued a notice."""

    agency_id: str = column("机关编号", "id of the agency")
    agency: str = column("机关", "canonical name of the agency")
    notice_title: str = column("公文标题", "title of the notice")
    issued_on: str | None = column("成文日期", "date of the notice")


class RoleRow(SourcedRow):
    """职责|Roles of actors in measures."""

    measure_id: str = column("措施编号", "id of the measure")
    measure: str = column("措施", "title of the measure")
    path: str = column("层次路径", "its place in the outline")
    role: str = column("角色", "LEADS 牵头, RESPONSIBLE_FOR 负责 or SUPPORTS 配合")
    actor_id: str = column("主体编号", "id of the actor")
    actor: str = column("主体", "canonical name of the actor")
    actor_label: str = column("主体类型", "Agency or Institution")
    surface: str | None = column("原名", "the name as written")
    resolution: str | None = column("归一规则", "how the name was resolved")


class MentionRow(SourcedRow):
    """涉及对象|Places, products, programmes, institutions and platforms that measures name."""

    measure_id: str = column("措施编号", "id of the measure")
    measure: str = column("措施", "title of the measure")
    path: str = column("层次路径", "its place in the outline")
    relation: str = column("关系", "SUPPORTS 支持, or MENTIONS 提及")
    thing_id: str = column("对象编号", "id of the thing")
    thing: str = column("对象", "canonical name of the thing")
    thing_label: str = column(
        "对象类型", "Place, Product, Program, Institution, Platform or Agency"
    )
    surface: str | None = column("原名", "the name as written")


class UseRow(SourcedRow):
    """工具运用|Policy instruments that measures use."""

    measure_id: str = column("措施编号", "id of the measure")
    measure: str = column("措施", "title of the measure")
    path: str = column("层次路径", "its place in the outline")
    instrument: str = column("政策工具", "key of the instrument")
    instrument_zh: str = column("工具名称", "its name in Chinese")
    instrument_class: str = column(
        "工具类别", "supply, environment or demand (Rothwell and Zegveld)"
    )
    category: str = column("工具子类", "category within the class, in Chinese")


class TargetRow(SourcedRow):
    """量化目标|Figures to be reached."""

    target_id: str = column("目标编号", "id of the target")
    setter_id: str = column("条目编号", "id of the measure or section that sets it")
    setter_label: str = column("条目类型", "Measure or Section")
    setter: str = column("条目", "title of that measure or section")
    metric: str = column("指标", "what is counted")
    comparator: str = column(
        "比较：等于、至少、至多、约；带 up 为增加的量，带 down 为减少的量",
        f"one of {' '.join(COMPARATORS)}; with up or down the figure is a change",
        COMPARATORS,
    )
    value: float = column("数值", "the figure")
    unit: str | None = column("单位", "its unit")
    by: str | None = column("目标时点", "by when, an ISO prefix")


class DeadlineRow(Row):
    """期限|Measures with a deadline, and those without an end."""

    measure_id: str = column("措施编号", "id of the measure")
    measure: str = column("措施", "title of the measure")
    path: str = column("层次路径", "its place in the outline")
    due_on: str | None = column("期限", "deadline, an ISO prefix; empty for ongoing measures")
    last_day: str | None = column("最后一日", "last day that the deadline covers")
    precision: str | None = column("精度", "year, month or day")
    ongoing: bool = column("持续推进", "whether it goes on without an end")
    due_text: str | None = column("期限原文", "the deadline in the notice's words")
    notice_id: str = column("公文编号", "id of the notice")
    notice_title: str = column("公文标题", "title of the notice")
    issued_on: str | None = column("成文日期", "date of the notice")


class CitationRow(SourcedRow):
    """引用|Policies, laws, plans and standards that are cited."""

    citing_id: str = column("引用方编号", "id of the measure or notice that cites")
    citing_label: str = column("引用方类型", "Measure or Notice")
    citing: str = column("引用方", "its title")
    cited_id: str = column("被引公文编号", "id of the cited notice")
    cited: str = column("被引公文", "its title")
    cited_number: str | None = column("被引发文字号", "its document number")
    cited_status: str = column("被引公文状态", "loaded, or cited if its name alone is known")


class DerivationRow(SourcedRow):
    """政策源流|What a notice is made under, and measures that reuse earlier wording."""

    derived_id: str = column("派生方编号", "id of the notice or measure that derives")
    derived_label: str = column("派生方类型", "Notice or Measure")
    derived: str = column("派生方", "its title")
    derived_on: str | None = column("派生方日期", "date of its notice")
    derived_level: str | None = column("派生方层级", "level of the place its notice is for")
    relation: str = column(
        "关系", "implements, based_on, forwards, amends, repeals; text_reuse between measures"
    )
    share: float | None = column("沿用比例", "share of the wording that is reused, in [0, 1]")
    origin_id: str = column("来源编号", "id of what it derives from")
    origin: str = column("来源", "its title")
    origin_number: str | None = column("来源发文字号", "document number of its notice, if known")
    origin_on: str | None = column("来源日期", "date of its notice, if known")
    origin_year: int | None = column("来源年份", "year of that date, else of its document number")
    origin_year_basis: str | None = column(
        "来源年份依据", "date, or number: known to the year only"
    )
    origin_level: str | None = column("来源层级", "level of its notice, if anything tells it")
    origin_level_basis: str | None = column(
        "来源层级依据",
        "what tells it: the jurisdiction of a notice that was read; else the place or body that "
        "the title, or the number, begins with",
    )


class AgencyRow(Row):
    """机关|Agencies, units of them, and collectives."""

    agency_id: str = column("机关编号", "id of the agency")
    name: str = column("规范名", "canonical name")
    kind: str | None = column("类型", "government, department, unit, party, collective …")
    level: str | None = column("层级", "national, province, prefecture, county …")
    jurisdiction: str | None = column("辖区", "the place that it is of")
    aliases: tuple[str, ...] = column("别名", "other names")
    parent_id: str | None = column("上级编号", "id of the body that it is part of")
    parent: str | None = column("上级", "name of that body")
    resolved: bool | None = column("是否归一", "whether its name was resolved")
    reason: str | None = column("归一说明", "by which rule, or why not")


class ThingRow(Row):
    """对象|Places, institutions, products, programmes and platforms."""

    thing_id: str = column("对象编号", "id of the thing")
    label: str = column("类型", "Place, Institution, Product, Program or Platform")
    name: str = column("规范名", "canonical name")
    kind: str | None = column("子类", "university, geographical_indication …")
    code: str | None = column("区划代码", "code of GB/T 2260, of a place")
    level: str | None = column("层级", "level, of a place")
    aliases: tuple[str, ...] = column("别名", "other names")
    within_id: str | None = column("所在地编号", "id of the place that it is in")
    within: str | None = column("所在地", "name of that place")


class InstrumentRow(Row):
    """政策工具|The taxonomy of policy instruments, as far as it is used."""

    instrument: str = column("政策工具", "key of the instrument")
    instrument_id: str = column("节点编号", "id of its node in the graph")
    name_zh: str = column("中文名", "name in Chinese")
    name_en: str = column("英文名", "name in English")
    instrument_class: str = column("类别", "supply, environment or demand")
    category: str = column("子类", "category within the class, in Chinese")


class LinkRow(Row):
    """隶属与管辖|What belongs to, includes, governs or lies in what."""

    relation: str = column("关系", "PART_OF, INCLUDES, GOVERNS or LOCATED_IN")
    start_id: str = column("起点编号", "id of the first")
    start_label: str = column("起点类型", "its label")
    start_name: str = column("起点名称", "its name")
    end_id: str = column("终点编号", "id of the second")
    end_label: str = column("终点类型", "its label")
    end_name: str = column("终点名称", "its name")
    source: str | None = column("出处", "reference data that say so; empty where a notice does")
    notice_id: str | None = column("依据公文", "id of the notice that says so, if one does")
    eid: str = column("关系编号", "id of the edge in the graph")
