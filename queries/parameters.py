"""Parameters that several queries share."""

from calendar import monthrange

from queries.rows import ROLES
from queries.types import Parameter

# Why an interval of dates and `ongoing` are not asked for together.
NO_DATES = "持续性措施没有期限 ongoing measures have no date, so omit from and to"
ROLE = Parameter(
    "role",
    "text",
    "只看一种角色：牵头 LEADS、负责 RESPONSIBLE_FOR、配合 SUPPORTS；不填为全部",
    "one role only; without it, any",
    values=ROLES,
)
ACTOR = Parameter(
    "actor",
    "text",
    "主体的规范名、简称、相对名称（省教育厅）或 id",
    "canonical name, alias, relative name (省教育厅) or id of an actor",
    required=True,
)
NOTICE = Parameter(
    "notice",
    "text",
    "公文的标题、发文字号或 id，也可为标题的一部分",
    "title, document number or id of a notice, or a part of its title",
)
SUBJECT = Parameter(
    "subject",
    "text",
    "地方、产品、专项行动、机构或平台的名称、别名或 id，也可为名称的一部分",
    "name, alias or id of a place, product, program, institution or platform, or a part of it",
    required=True,
)
SUBJECT_LABEL = Parameter(
    "label",
    "text",
    "只看一类事物",
    "one kind of thing only",
    values=("Place", "Product", "Program", "Institution", "Platform", "Agency"),
)
ISSUED_FROM = Parameter("issued_from", "date", "公文最早的日期", "earliest date of the notice")
ISSUED_TO = Parameter(
    "issued_to", "date", "公文最晚的日期，含当日、当月或当年", "latest date of the notice"
)
DEPTH = Parameter(
    "depth",
    "int",
    "最多追溯的步数",
    "most steps away",
    default=20,
    maximum=20,
)
NODE_ID = Parameter(
    "id",
    "text",
    "节点的 id，或只有一个节点使用的名称",
    "id of a node, or a name that one node alone has",
    required=True,
)


def last_day(prefix: str) -> str:
    """Return what sorts as the last day that an ISO prefix of a date covers."""
    # The 31st of any month sorts after its real last day, which is all that matters.
    return prefix + {4: "-12-31", 7: "-31"}.get(len(prefix), "")


def last_date(prefix: str) -> str:
    """Return the last day that an ISO prefix of a date covers: 2024-02-29 for 2024-02."""
    if len(prefix) == 10:
        return prefix
    year, _, month = prefix.partition("-")
    last = int(month or 12)
    return f"{year}-{last:02d}-{monthrange(int(year), last)[1]:02d}"
