"""The parameters of lists: conditions that compose, the page, and how it is written out."""

import re
from collections.abc import Iterable
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, JsonValue, StringConstraints

from queries.conditions import PARTS
from queries.facets import FACET_NAMES
from queries.matching import SORTS

DEFAULT_LIMIT = 50
MAX_LIMIT = 1_000
_ROLE_CONDITIONS = {"LEADS": "leader", "RESPONSIBLE_FOR": "responsible", "SUPPORTS": "supporter"}
_RENAMED = {"due_from": "from", "due_to": "to", "q": "text"}

_SENT = {condition: parameter for parameter, condition in _RENAMED.items()}

# a name holds more than blanks and what parts names from each other
_SAYS = r"[^\s;；\x00-\x1f\x7f-\x9f]"
Name = Annotated[str, StringConstraints(min_length=1, max_length=200, pattern=_SAYS)]
Names = Annotated[list[Name], Field(max_length=10)]
_DAY = r"^\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?$"


def _check_day(text: str) -> str:
    if not re.fullmatch(_DAY, text):
        raise ValueError("写作 must be YYYY, YYYY-MM or YYYY-MM-DD")
    return text


# The pattern is for readers of the schema; a person is told in words.
Day = Annotated[str, AfterValidator(_check_day), Field(json_schema_extra={"pattern": _DAY})]
type Role = Literal["LEADS", "RESPONSIBLE_FOR", "SUPPORTS"]
type Class = Literal["supply", "environment", "demand"]
Part = Literal[PARTS]  # type: ignore[valid-type]
type Format = Literal["json", "jsonl", "csv"]


def listed(names: Iterable[str]) -> dict[str, JsonValue]:
    """Return what a schema says of a text that lists some of the names.

    It is said to readers only: those who get it wrong are told better than by a pattern.
    """
    one = "|".join(names)
    return {"pattern": f"^({one})(,({one}))*$"}


class Listing(BaseModel):
    """Which page, which fields, which format; a parameter it does not know is an error."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    limit: int = Field(DEFAULT_LIMIT, ge=1, le=MAX_LIMIT, description="最多返回的行数")
    cursor: str | None = Field(
        None,
        max_length=1_000,
        description="上一页的 next_cursor;首页不填。翻页期间有公文装入也不重不漏",
    )
    fields: str | None = Field(None, max_length=500)
    format: Format = Field(
        "json",
        description="json;jsonl 一行一条;csv 用逗号分隔。后两者的下一页见响应头 Link",
    )
    bom: bool = Field(False, description="csv 前加 UTF-8 BOM,便于 Excel 打开")


def fields_of(row: type[BaseModel]) -> Any:
    """Return the parameter `fields` of a list whose rows have the fields of a model."""
    return Field(
        None,
        max_length=500,
        description="只要这些字段,用逗号分隔;不填为全部",
        examples=["id"],
        json_schema_extra=listed(row.model_fields),
    )


class MeasureConditions(BaseModel):
    """Conditions on measures, all of which must be met."""

    involves: Names = Field(
        default=[],
        description="涉及的主体、事物或政策工具:规范名、简称、相对名称或 id;可重复,须全部涉及",
        examples=[["省教育厅"]],
    )
    role: Role | None = Field(
        None, description="involves 所指主体的角色;没有 involves 时,只看有此角色的措施"
    )
    about: Names = Field(
        default=[],
        description="内容:地方、产品、项目、机构或平台;可重复",
        examples=[["盘锦大米"]],
    )
    place: Names = Field(default=[], description="措施所及的地方;可重复", examples=[["大连市"]])
    product: Names = Field(default=[], description="措施所及的产品;可重复", examples=[["盘锦大米"]])
    program: Names = Field(
        default=[], description="措施所及的行动、工程、计划;可重复", examples=[["兴辽英才计划"]]
    )
    institution: Names = Field(
        default=[], description="措施所及的机构;可重复", examples=[["大连理工大学"]]
    )
    platform: Names = Field(default=[], description="措施所及的平台;可重复")
    instrument: Names = Field(
        default=[],
        description="运用的政策工具:键、中英文名或类别;可重复",
        examples=[["funding"]],
    )
    tool_class: Class | None = Field(
        None, alias="class", description="政策工具的大类(Rothwell & Zegveld)"
    )
    not_involves: Names = Field(default=[], description="不涉及;可重复,一个都不涉及")
    has: Part | None = Field(None, description="具有:牵头者、负责者、配合者、任一主体、工具或期限")
    lacks: Part | None = Field(None, description="缺少:同上")
    notice: Name | None = Field(None, description="所在公文:标题、发文字号或 id")
    issuer: Name | None = Field(None, description="发文机关", examples=["辽宁省知识产权局"])
    jurisdiction: Name | None = Field(
        None, description="某地及其下级的公文;全国 只指全国性公文", examples=["辽宁省"]
    )
    issued_from: Day | None = Field(
        None, description="公文最早的日期:2022、2022-03 或 2022-03-15", examples=["2022"]
    )
    issued_to: Day | None = Field(None, description="公文最晚的日期,含当日、当月或当年")
    due_from: Day | None = Field(None, description="最早的期限")
    due_to: Day | None = Field(None, description="最晚的期限,含", examples=["2025-06"])
    ongoing: bool = Field(False, description="只看持续推进的")

    def arguments(self) -> dict[str, object]:
        """Return the conditions as the catalogue's query `measures` takes them."""
        given: dict[str, Any] = {}
        for name in MeasureConditions.model_fields:
            value = getattr(self, name)
            if value and name not in ("role", "tool_class", "instrument"):
                text = "; ".join(value) if isinstance(value, list) else value
                given[_RENAMED.get(name, name)] = text
        tools = [*self.instrument, *([self.tool_class] if self.tool_class else [])]
        if tools:
            given["uses"] = "; ".join(tools)
        if self.role:
            self._add_role(given, _ROLE_CONDITIONS[self.role])
        return given

    def sent_as(self, condition: str) -> str:
        """Return the parameter that a condition of the query `measures` was sent as."""
        if condition == "uses":
            return "instrument" if self.instrument else "class"
        if self.role and condition == _ROLE_CONDITIONS[self.role]:
            return "involves"
        return _SENT.get(condition, condition)

    def _add_role(self, given: dict[str, Any], condition: str) -> None:
        if "involves" in given:
            given[condition] = given.pop("involves")
        else:
            given.setdefault("has", condition)


class MeasureList(MeasureConditions, Listing):
    """The parameters of the list of measures."""

    q: Annotated[str, StringConstraints(min_length=2, max_length=200)] | None = Field(
        None, description="正文里的字词", examples=["质押融资"]
    )
    sort: Literal[SORTS] = Field(  # type: ignore[valid-type]
        SORTS[0], description="次序:公文日期或期限;前加 - 为倒序"
    )
    facets: str | None = Field(
        None,
        max_length=200,
        description=f"同时统计,用逗号分隔:{'、'.join(FACET_NAMES)}",
        examples=["class,leader"],
        json_schema_extra=listed(FACET_NAMES),
    )

    def arguments(self) -> dict[str, object]:
        """Return the conditions as the catalogue's query `measures` takes them."""
        given = super().arguments()
        return given | ({"text": self.q} if self.q else {})


class ThingList(MeasureConditions, Listing):
    """The parameters of a list of things; measures' conditions choose what those involve."""

    q: Annotated[str, StringConstraints(min_length=1, max_length=200)] | None = Field(
        None, description="名称或别名中的字词"
    )
    sort: Literal["name", "-name", "-measures"] = Field(
        "name", description="次序:名称,或措施数从多到少"
    )


class NoticeList(MeasureConditions, Listing):
    """The parameters of the list of notices."""

    status: Literal["loaded", "cited"] | None = Field(
        None, description="loaded 已装入;cited 仅被引用"
    )
    kind: Name | None = Field(None, description="文种", examples=["通知"])
    q: Annotated[str, StringConstraints(min_length=1, max_length=200)] | None = Field(
        None, description="标题或发文字号中的字词"
    )
    sort: Literal["-issued_on", "issued_on"] = Field(
        "-issued_on", description="次序:日期;前加 - 为倒序"
    )
