"""HTML to paragraphs: what a person sees of a page, and nothing that runs."""

import re
from collections.abc import Iterator

from selectolax.lexbor import LexborHTMLParser, LexborNode

_HTML = re.compile(
    r"<\s*(?:!doctype|html|head|title|meta|frameset|frame|body|p|div|span|table|br)\b",
    re.IGNORECASE,
)
_DROPPED = "script, style, noscript, template, iframe, object, svg, nav, select, button, form input"
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_BLOCK_TAGS = (
    "p div section article main aside header footer li ul ol table caption tr title dd dt dl pre "
    "center blockquote address figure figcaption form fieldset hr h1 h2 h3 h4 h5 h6"
)
_BLOCKS = frozenset(_BLOCK_TAGS.split())
_KEEPS_LINES = re.compile(r"white-space\s*:\s*(?:pre|break-spaces)", re.IGNORECASE)
_PICTURE = re.compile(r"<img\b", re.IGNORECASE)
_FRAME = re.compile(
    r"<(?:iframe|frame|embed)\b[^>]{0,500}?\bsrc\s*=\s*[\"']?(?P<address>[^\"'\s>]{1,300})",
    re.IGNORECASE,
)
_SPACES = re.compile(r"[ \t\r\f\v\n]+")
_BLANKS = re.compile(r"[ \t\r\f\v]+")
_ENDS_LINE = re.compile(r"[\r\n]")
# A source line that ends within a paragraph says nothing; \r keeps its place until both sides
# are known. Fields of a page's head stay apart.
_HAN = "\u3007\u4e00-\u9fff"
_WRAPPED = re.compile(
    rf"(?<=[{_HAN}、，）》”〕（《“〔·—])[ ]*\r[ \r]*(?=[{_HAN}、，。；：）》”〕（《“〔·—])"
    r"(?!(?:信息)?(?:来源|作者|编辑|责任编辑|浏览|点击|阅读|字体|字号|文号|索引|打印|分享)"
    r"|[\u4e00-\u9fff]{0,2}(?:时间|日期)[:：])"
)
_FLOWING = frozenset(("p", "li", "dd", "dt", "h1", "h2", "h3", "h4", "h5", "h6", "td", "th"))
_CELLS = frozenset(("td", "th"))
_TAGS = re.compile(r"<(?P<end>/?)(?P<name>[a-zA-Z][a-zA-Z0-9]{0,9})")
_CLOSED = "p li td th tr dd dt option br img input meta link hr col area base wbr embed source"
_CLOSED_BY_NEXT = frozenset(_CLOSED.split())
_DEEPEST = 3_000
_MOST_INLINE = 20  # elements about a text within its paragraph
_MOST_MERGED = 200  # rows one cell may reach into
_LONGEST_MERGED = 300  # characters of a cell that is read again in the rows it reaches into
# A cell with so much text in so many blocks is a column of the page, not a cell of a table.
_LAYOUT_TEXT, _LAYOUT_BLOCKS = 600, 4


def is_html(text: str) -> bool:
    """Tell whether text is HTML: two block tags or more within its first part."""
    return len(_HTML.findall(text[:20_000])) >= 2


def count_pictures(html: str) -> int:
    """Return how many pictures a page shows: some pages are scans of the notice."""
    return len(_PICTURE.findall(html))


def find_frames(html: str) -> list[str]:
    """Return the addresses of what a page shows in frames, which is not in the page itself."""
    return [match["address"] for match in _FRAME.finditer(html)]


def html_to_text(html: str) -> str:
    """Return the visible text of HTML, a line for each paragraph or table row.

    Cells of a row are joined by tabs. Scripts, styles and hidden nodes are left out.

    Raises:
        ValueError: the elements are nested deeper than any page's.
    """
    if _depth(html) > _DEEPEST:  # the parser's time grows with the square of the depth
        raise ValueError(f"elements are nested more than {_DEEPEST:,} deep")
    tree = LexborHTMLParser(html)
    for node in tree.css(_DROPPED):
        node.decompose()
    for node in tree.css("[style], [hidden]"):
        if "hidden" in node.attributes or _HIDDEN.search(node.attributes.get("style") or ""):
            node.decompose()
    root = tree.body or tree.root
    if root is None:
        return ""
    text = _rejoin("".join(_collect(root)))
    lines = (line.strip(" \t") for line in text.split("\n"))
    return "\n".join(line for line in lines if line) + "\n"


def _depth(html: str) -> int:
    """Return an upper bound of how deep elements are nested that do not close each other."""
    depth = deepest = 0
    for match in _TAGS.finditer(html):
        if match["name"].lower() in _CLOSED_BY_NEXT:
            continue
        depth = max(0, depth - 1) if match["end"] else depth + 1
        deepest = max(deepest, depth)
    return deepest


def _collect(root: LexborNode) -> Iterator[str]:
    layout = _layout_cells(root)
    merged = dict(_merged_rows(root, layout))
    # An explicit stack: hostile HTML nests deeper than Python's recursion goes.
    stack: list[LexborNode | str] = [root]
    while stack:
        item = stack.pop()
        if isinstance(item, str):
            yield item
        elif item.tag == "-text":
            yield _fold_spaces(item)
        elif item.tag == "br":
            yield "\n"
        elif item.mem_id in merged:
            yield "\n" + "\t".join(merged[item.mem_id]) + "\n"
        elif item.tag in _CELLS and item.mem_id not in layout:
            yield _cell_text(item) + "\t"
        else:
            if item.tag in _BLOCKS or item.tag in _CELLS:
                yield "\n"
                stack.append("\n")
            stack.extend(reversed(list(item.iter(include_text=True))))


def _layout_cells(root: LexborNode) -> set[int]:
    """Return the cells that lay out the page: they hold tables, or an article."""
    found: set[int] = set()
    for table in root.css("table"):
        above = table.parent
        while above is not None and above.mem_id not in found:
            if above.tag in _CELLS:
                found.add(above.mem_id)
            above = above.parent
    for cell in root.css("td, th"):
        if cell.mem_id not in found and _holds_article(cell):
            found.add(cell.mem_id)
    return found


def _merged_rows(root: LexborNode, layout: set[int]) -> Iterator[tuple[int, list[str]]]:
    """Yield the rows that cells of rows above reach into, with the texts of those cells in place.

    A 牵头单位 that is written once for several rows holds for each of them.
    """
    for table in root.css("table"):
        if not table.css("[rowspan]"):
            continue
        reaching: dict[int, tuple[int, str]] = {}  # by column: rows still to fill, text
        for row in table.css("tr"):
            cells = [cell for cell in row.iter() if cell.tag in _CELLS]
            if any(cell.mem_id in layout for cell in cells):
                break
            filled = bool(reaching)
            texts = _fill_row(cells, reaching)
            if filled:
                yield row.mem_id, texts


def _fill_row(cells: list[LexborNode], reaching: dict[int, tuple[int, str]]) -> list[str]:
    """Return the texts of a row, cells that reach into it included; note which reach further."""
    texts: list[str] = []
    waiting = iter(cells)
    cell = next(waiting, None)
    column = 0
    while cell is not None or column in reaching:
        width = 1
        if column in reaching:
            left, text = reaching.pop(column)
            if left > 1:
                reaching[column] = (left - 1, text)
            texts.append(text)
        elif cell is not None:
            text = _cell_text(cell)
            span = _span(cell, "rowspan")
            width = _span(cell, "colspan")
            if span > 1 and len(text) <= _LONGEST_MERGED:
                reaching[column] = (span - 1, text)
            texts.append(text)
            cell = next(waiting, None)
        column += width
    return texts


def _span(cell: LexborNode, attribute: str) -> int:
    """Return how many rows or columns a cell takes up."""
    value = (cell.attributes.get(attribute) or "")[:6]
    return max(1, min(int(value), _MOST_MERGED)) if value.isascii() and value.isdigit() else 1


def _holds_article(cell: LexborNode) -> bool:
    parts = list(_texts(cell))
    blocks = sum(part == "\n" for part in parts)
    return blocks >= 2 * _LAYOUT_BLOCKS and sum(map(len, parts)) > _LAYOUT_TEXT


def _cell_text(cell: LexborNode) -> str:
    """Return the text of a cell on one line."""
    return _SPACES.sub(" ", _rejoin("".join(_texts(cell)))).strip()


def _rejoin(text: str) -> str:
    """Return text without the source's line breaks that part Chinese characters."""
    return _WRAPPED.sub("", text).replace("\r", " ")


def _fold_spaces(node: LexborNode) -> str:
    """Return a text node as a browser shows it, a carriage return where its source breaks."""
    text = node.text_content or ""
    if "\n" not in text and "\r" not in text:
        return _SPACES.sub(" ", text)
    above = node.parent
    for _ in range(_MOST_INLINE):
        if above is None or above.tag in _BLOCKS or above.tag in _CELLS:
            break
        above = above.parent
    if above is not None and _keeps_lines(above):
        return _BLANKS.sub(" ", text.replace("\r\n", "\n"))
    if above is None or above.tag not in _FLOWING:
        return _SPACES.sub(" ", text)
    return _SPACES.sub(lambda run: "\r" if _ENDS_LINE.search(run.group()) else " ", text)


def _keeps_lines(block: LexborNode) -> bool:
    style = block.attributes.get("style") or ""
    return block.tag == "pre" or _KEEPS_LINES.search(style) is not None


def _texts(cell: LexborNode) -> Iterator[str]:
    """Yield the texts in a cell, with a line break at both ends of its blocks and for each br."""
    stack: list[LexborNode | str] = list(reversed(list(cell.iter(include_text=True))))
    while stack:
        item = stack.pop()
        if isinstance(item, str):
            yield item
        elif item.tag == "-text":
            yield _fold_spaces(item)
        elif item.tag == "br":
            yield "\n"
        else:
            if item.tag in _BLOCKS:
                yield "\n"
                stack.append("\n")
            stack.extend(reversed(list(item.iter(include_text=True))))
