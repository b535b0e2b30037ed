"""Task tables: rows of tasks with columns that say who leads, who supports, and by when.

Five layouts: rows of cells parted by tabs (as HTML tables are decoded), pipes or spaces; tables
flattened to one cell a line, in which a line that is a number alone begins a row; and whole tables
in one line, in which a number that stands alone does.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from kg.scanning import compile_scan
from kg.types import Span
from loaders.numbering import STYLES, Mark
from loaders.paragraphs import all_paragraphs, strip_span

type Column = Literal["number", "task", "detail", "lead", "duty", "support", "due", "other"]

_WHO = r"(?:责任)?(?:单位|部门|处室|科室)?$"
_COLUMNS: Sequence[tuple[Column, re.Pattern[str]]] = (
    ("number", re.compile(r"^(?:序\s*号|编\s*号)$")),
    ("lead", re.compile(rf"^(?:牵头|主办|主责){_WHO}")),
    ("support", re.compile(rf"^(?:配合|协助|协办|参与|参加|支持){_WHO}")),
    ("duty", re.compile(r"^(?:责任|负责|承办|落实|实施)(?:单位|部门|处室|科室|主体|分工)$")),
    ("due", re.compile(r"^(?:完成|办结|实施)?(?:时限|时间|期限|进度|节点)(?:节点|安排|要求)?$")),
    (
        "task",
        re.compile(
            r"^(?:(?:主要|重点|具体|工作|任务|改革|政策|目标)*(?:任务|措施|内容|事项|举措|工作)"
            r"(?:分工|分解|清单|内容)?|工作重点)$"
        ),
    ),
    (
        "other",
        re.compile(
            r"^(?:备注|(?:重点|工作|主要|所属)*(?:类别|领域|方向|板块|项目)|[一二三]级指标|(?:责任|分管|牵头)领导|责任人"
            r"|(?:成果|完成)形式|预期成果|类型|分类|(?:完成|进展|落实)情况)$"
        ),
    ),
    (
        "detail",
        re.compile(r"^(?:工作|任务|年度|具体|量化)*(?:要求|标准|目标|指标|目标值)$|^完成标准$"),
    ),
)
_HEADING = re.compile(r"[一二三四五六七八九十]{1,3}、|[(（][一二三四五六七八九十]")
_TOLD = frozenset({"task", "other", "detail"})  # what is to be done, from the field to the step
_ROLES = frozenset({"lead", "duty", "support"})
_NUMBER_COLUMN = re.compile(r"(?:序\s?号|编\s?号)(?=[ \u3000\t]+\S{2,12}[ \u3000\t])")
_WORDS = re.compile(r"[^\s\u3000]+")
_NUMBERED = re.compile(r"\d{1,3}[.．、]?[ \u3000]+(?=\S)")
_TASK_NUMBER = re.compile(r"(?P<number>\d{1,3})[.．、]\s*(?=[\u4e00-\u9fff“《])")
_PARTS = re.compile(r"[^\t|]+")
_SEPARATOR = re.compile(r"[\t|]")
_DUE = compile_scan(r"\d{4}年|\d{1,2}月|季度|年底|持续|长期|常年|每年|全年")
_LONGEST_LIMIT = 16  # characters of a cell that says by when
_MOST_LINES = 6  # a cell wraps over, in a table one cell a line
_AFTER_TABLE = re.compile(r"附\s?件|注[:：]|[(（]此件")
_LONGEST_HEADER = 12  # characters of a column's name
_MOST_COLUMNS = 10


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a task table: its number as a mark, and its cells by column, in order."""

    mark: Mark
    end: int
    cells: tuple[tuple[Column, Span], ...]

    def of(self, *columns: Column) -> Iterator[Span]:
        """Yield the cells in these columns."""
        return (span for column, span in self.cells if column in columns)


def find_rows(text: str) -> list[Row]:
    """Return the rows of all task tables, in order."""
    paragraphs = all_paragraphs(text)
    rows: list[Row] = []
    position = 0
    while position < len(paragraphs):
        columns = _line_columns(text, paragraphs[position])
        if columns is not None:
            found, position = _line_rows(text, paragraphs, position + 1, columns)
            rows += found
            continue
        columns = _spaced_columns(text, paragraphs[position])
        if columns is not None:
            found, position = _spaced_rows(text, paragraphs, position + 1, columns)
            rows += found
            continue
        columns = _flat_columns(text, paragraphs, position)
        if columns is None:
            rows += _inline_rows(text, paragraphs[position])
            position += 1
            continue
        found, position = _flat_rows(text, paragraphs, position + len(columns), columns)
        rows += found
    return rows


def _column(name: str) -> Column | None:
    bare = "".join(name.split())
    if not 1 < len(bare) <= _LONGEST_HEADER:
        return None
    return next((column for column, pattern in _COLUMNS if pattern.match(bare)), None)


def _is_header(columns: Sequence[Column | None]) -> bool:
    known = [c for c in columns if c is not None]
    return len(known) >= 2 and "task" in known and not _ROLES.isdisjoint(known)


def _line_columns(text: str, line: Span) -> tuple[Column, ...] | None:
    """Return the columns if a line of cells is the header of a task table."""
    cells = list(_cells(text, line))
    if not 2 <= len(cells) <= _MOST_COLUMNS:
        return None
    columns = [_column(text[c.start : c.end]) for c in cells]
    return tuple(c or "other" for c in columns) if _is_header(columns) else None


def _cells(text: str, line: Span) -> Iterator[Span]:
    for match in _PARTS.finditer(text, line.start, line.end):
        span = strip_span(text, *match.span())
        if span is not None:
            yield span


def _line_rows(
    text: str, paragraphs: Sequence[Span], position: int, columns: tuple[Column, ...]
) -> tuple[list[Row], int]:
    """Read rows until a line without cells that is no heading between rows."""
    rows: list[Row] = []
    above: dict[Column, Span] = {}
    heading = ""
    index = 0  # of the row below its heading
    while position < len(paragraphs):
        line = paragraphs[position]
        cells = list(_cells(text, line))
        if len(cells) < 2:
            if not _HEADING.match(text, line.start):
                break
            index = 0
        elif _line_columns(text, line) is not None:
            columns = _line_columns(text, line) or columns  # the header stands again
        elif not set(text[line.start : line.end]) <= set("|-—: \t"):
            pairs = _pairs(text, cells, columns, above)
            pairs, section = _without_section(text, pairs)
            is_same = section is not None and text[section.start : section.end] == heading
            row = _make(text, pairs, cells[-1].end, index + 1, section if is_same else None)
            if row is not None:
                above = {c: s for c, s in row.cells if c in _ROLES}
                if rows and index and _is_same_task(text, rows[-1], row):
                    rows[-1] = _merged(rows[-1], row)
                    position += 1
                    continue
                index += 1
                rows.append(row)
                heading = text[section.start : section.end] if section else ""
        position += 1
    return rows, position


def _is_same_task(text: str, above: Row, row: Row) -> bool:
    """Tell whether a row goes on with the task above, whose cells are merged over both."""
    heads = [
        tuple(_words_of(text, r, column) for column in ("number", "task")) for r in (above, row)
    ]
    return None not in heads[0] and heads[0] == heads[1]


def _words_of(text: str, row: Row, column: Column) -> str | None:
    """Return what a row's first cell in a column says, or None if it has none."""
    cell = next(row.of(column), None)
    return text[cell.start : cell.end] if cell else None


def _merged(above: Row, row: Row) -> Row:
    """Return one row of two of the same task."""
    task = next(row.of("task"))
    own = tuple((c, s) for c, s in row.cells if c != "number" and s != task)
    return Row(above.mark, row.end, (*above.cells, *own))


def _pairs(
    text: str, cells: list[Span], columns: tuple[Column, ...], above: dict[Column, Span]
) -> list[tuple[Column, Span]]:
    """Give each cell its column; a role column that a merged cell leaves out has the one above."""
    placed = _placed(text, cells, columns)
    if placed is not None:  # an empty cell names nobody, unless nobody at all is named
        inherited = above if _ROLES.isdisjoint(column for column, _ in placed) else {}
        return [*placed, *((c, s) for c, s in inherited.items() if c in columns)]
    names = columns
    if len(cells) < len(columns):
        has_number = text[cells[0].start : cells[0].end].strip(".、．").isdigit()
        names = columns if has_number or columns[0] != "number" else columns[1:]
    pairs = list(zip(names, cells, strict=False))
    missing = [(c, s) for c, s in above.items() if c in columns and c not in dict(pairs)]
    return [*pairs, *missing]


def _placed(
    text: str, cells: list[Span], columns: tuple[Column, ...]
) -> list[tuple[Column, Span]] | None:
    """Give each cell its column by the separators, if cells between them are empty."""
    fields = [cells[0]]
    empty = 0
    for above, cell in pairwise(cells):
        apart = _SEPARATOR.findall(text, above.end, cell.start)
        empty += len(apart) - 1
        fields += [cell] * len(apart)  # an empty field is told by the cell behind it
    has_number = text[cells[0].start : cells[0].end].strip(".、．").isdigit()
    is_whole = has_number if columns[0] == "number" else len(fields) == len(columns)
    if not empty or not is_whole or len(fields) > len(columns):
        return None
    places = {cell: place for place, cell in enumerate(fields)}
    return [(columns[place], cell) for cell, place in places.items()]


def _without_section(
    text: str, pairs: list[tuple[Column, Span]]
) -> tuple[list[tuple[Column, Span]], Span | None]:
    """Part a row from its section's heading, a cell merged over rows: 一、完善政策."""
    (column, first), *others = pairs
    is_section = column in ("task", "other") and _HEADING.match(text, first.start) is not None
    if is_section and any(c == "task" for c, _ in others):
        return others, first
    return pairs, None


def _make(
    text: str,
    pairs: list[tuple[Column, Span]],
    end: int,
    index: int,
    repeated: Span | None = None,
) -> Row | None:
    """Make a row; it takes in the heading of its section where that only repeats the one above."""
    task = next((span for column, span in pairs if column == "task"), None)
    if task is None:
        return None
    number = next((span for column, span in pairs if column == "number"), None)
    told = _TASK_NUMBER.match(text, task.start, task.end) if number is None else None
    digits = text[number.start : number.end].strip(".、． ") if number else ""
    digits = told["number"] if told else digits
    value = int(digits) if digits.isdecimal() and len(digits) <= 3 else index
    start = min(span.start for span in (number, task, repeated) if span is not None)
    if told:
        pairs = [(c, Span(told.end(), s.end) if s == task else s) for c, s in pairs]
    opened = told.end() if told else task.start
    mark = Mark("arabic", STYLES["arabic"].rank, value, str(value), start, opened, is_row=True)
    return Row(mark, end, tuple(pairs))


def _spaced_columns(text: str, line: Span) -> tuple[Column, ...] | None:
    """Return the columns if a line is a header whose names are parted by spaces alone."""
    names = text[line.start : line.end].split()
    if not 3 <= len(names) <= _MOST_COLUMNS:
        return None
    columns = [column for name in names if (column := _column(name)) is not None]
    is_table = len(columns) == len(names) and columns[0] == "number" and _is_header(columns)
    return tuple(columns) if is_table else None


def _spaced_rows(
    text: str, paragraphs: Sequence[Span], position: int, columns: tuple[Column, ...]
) -> tuple[list[Row], int]:
    """Read rows of a table whose cells are parted by spaces, each row one line."""
    rows: list[Row] = []
    while position < len(paragraphs):
        line = paragraphs[position]
        if not _HEADING.match(text, line.start):
            if not _NUMBERED.match(text, line.start, line.end):
                break
            cells = [Span(*m.span()) for m in _WORDS.finditer(text, line.start, line.end)]
            row = _make(text, list(_fit(text, cells, columns)), line.end, len(rows) + 1)
            if row is not None:
                rows.append(row)
        position += 1
    return rows, position


def _flat_columns(
    text: str, paragraphs: Sequence[Span], position: int
) -> tuple[Column, ...] | None:
    """Return the columns if lines from here on are the header of a flattened table."""
    columns: list[Column] = []
    for paragraph in paragraphs[position : position + _MOST_COLUMNS]:
        column = _column(text[paragraph.start : paragraph.end])
        if column is None:
            break
        columns.append(column)
    is_counted = bool(columns) and (columns[0] == "number" or columns[-1] == "due")
    return tuple(columns) if len(columns) >= 3 and is_counted and _is_header(columns) else None


def _limit_below(
    text: str, paragraphs: Sequence[Span], position: int, columns: tuple[Column, ...]
) -> int | None:
    """Return where the row ends that begins at a position, or None if no row does."""
    first = position + len(columns) - 1
    for index in range(first, min(len(paragraphs), first + _MOST_LINES)):
        line = paragraphs[index]
        if line.end - line.start <= _LONGEST_LIMIT and _DUE.search(text, line.start, line.end):
            return index + 1
    return None


def _flat_rows(
    text: str, paragraphs: Sequence[Span], position: int, columns: tuple[Column, ...]
) -> tuple[list[Row], int]:
    """Read rows of a flattened table, the lines of one cell after those of the other.

    A row begins with its number alone on a line where the header names that column; elsewhere it
    ends with the line of its time limit.
    """
    rows: list[Row] = []
    is_numbered = columns[0] == "number"
    find_end = _numbered_end if is_numbered else _limit_below
    while position < len(paragraphs):
        if _HEADING.match(text, paragraphs[position].start):
            position += 1
            continue
        stop = find_end(text, paragraphs, position, columns)
        if stop is None:
            break
        # A number without a column of its own is none of the cells.
        first = position + (not is_numbered and _is_number(text, paragraphs[position]))
        cells = list(_fit(text, paragraphs[first:stop], columns))
        numbers: list[tuple[Column, Span]] = [("number", p) for p in paragraphs[position:first]]
        row = _make(text, [*numbers, *cells], paragraphs[stop - 1].end, len(rows) + 1)
        if row is not None:
            rows.append(row)
        position = stop
    return rows, position


def _numbered_end(
    text: str, paragraphs: Sequence[Span], position: int, columns: tuple[Column, ...]
) -> int | None:
    """Return where the row ends that begins at a position with its number, or None."""
    if not _is_number(text, paragraphs[position]):
        return None
    return _row_end(text, paragraphs, position + 1, columns)


def _is_number(text: str, line: Span) -> bool:
    return line.end - line.start <= 3 and text[line.start : line.end].isdigit()


def _row_end(
    text: str, paragraphs: Sequence[Span], position: int, columns: tuple[Column, ...]
) -> int:
    """Return where a row ends: at the next number, heading or annex.

    Where none follows, other text may: the last row has a line for each column, or goes on to
    the line that names a time limit.
    """
    start = position
    limit = min(len(paragraphs), start + len(columns) * _MOST_LINES)
    while position < limit:
        line = paragraphs[position]
        if _is_number(text, line) or _HEADING.match(text, line.start):
            return position
        if _AFTER_TABLE.match(text, line.start, line.end):
            return position
        position += 1
    least = min(limit, start - 1 + len(columns))
    if columns[-1] != "due":
        return least
    merged = sum(column in _TOLD for column in columns[1:-1]) - 1  # cells that may be missing
    for end in range(max(start + 1, least - merged), limit + 1):
        last = paragraphs[end - 1]
        if last.end - last.start <= _LONGEST_LIMIT and _DUE.search(text, last.start, last.end):
            return end
    return least


def _inline_rows(text: str, line: Span) -> list[Row]:
    """Read the rows of a table that stands in one line: 序号 任务 责任单位 1 … 2 …."""
    opening = _NUMBER_COLUMN.search(text, line.start, line.end)
    if opening is None:
        return []
    words = [Span(*m.span()) for m in _WORDS.finditer(text, opening.start(), line.end)]
    columns: list[Column] = []
    for word in words[:_MOST_COLUMNS]:
        column = _column(text[word.start : word.end])
        if column is None:
            break
        columns.append(column)
    cells = words[len(columns) :]
    if len(columns) < 3 or not _is_header(columns):
        return []
    starts = list(_counted(text, cells))
    rows = []
    for number, (start, stop) in enumerate(pairwise([*starts, len(cells)]), 1):
        end = _row_end(text, cells[:stop], start + 1, tuple(columns))
        row = _make(
            text, list(_fit(text, cells[start:end], tuple(columns))), cells[end - 1].end, number
        )
        if row is not None:
            rows.append(row)
    return rows


def _counted(text: str, words: Sequence[Span]) -> Iterator[int]:
    """Yield the places of the words 1, 2, 3 … among others."""
    number = 1
    for place, word in enumerate(words):
        if text[word.start : word.end] == str(number):
            yield place
            number += 1


def _rejoined(text: str, lines: Sequence[Span]) -> Iterator[Span]:
    """Join lines that a mark within a sentence leaves open: 市司法局、 and what follows it."""
    start = None
    for line in lines:
        start = line.start if start is None else start
        if text[line.end - 1] not in "、，,；;和及与":
            yield Span(start, line.end)
            start = None
    if start is not None:
        yield Span(start, lines[-1].end)


def _fit(
    text: str, lines: Sequence[Span], columns: tuple[Column, ...]
) -> Iterator[tuple[Column, Span]]:
    """Give each column its lines; what is left over wraps the last cell of a task.

    Cells merged over rows are missing in all rows but the first: those on the left, behind the
    number.
    """
    lines = list(_rejoined(text, lines)) if len(lines) > len(columns) else lines
    extra = len(lines) - len(columns)
    wrapped = max((i for i, c in enumerate(columns) if c == "task"), default=0)
    if extra <= 0:
        ahead = int(columns[0] == "number" and bool(lines) and _is_number(text, lines[0]))
        told = sum(column in _TOLD for column in columns)
        merged = -extra if ahead and -extra < told else 0
        yield from zip(columns[:ahead], lines[:ahead], strict=True)
        yield from zip(columns[ahead + merged :], lines[ahead:], strict=False)
        return
    yield from zip(columns[:wrapped], lines[:wrapped], strict=True)
    yield columns[wrapped], Span(lines[wrapped].start, lines[wrapped + extra].end)
    yield from zip(columns[wrapped + 1 :], lines[wrapped + extra + 1 :], strict=True)
