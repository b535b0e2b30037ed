"""Headings: where an item's heading ends, and whether it announces aims or a measure."""

import re

from kg.scanning import compile_scan
from kg.types import Span
from loaders.numbering import Mark
from loaders.paragraphs import SPACES

_AIM = r"(?:目标|原则|要求|任务|思路)"
_STAGE = (
    r"(?:工作|主要|发展|总体|建设|试点|行动|改革|创建|整治|培育|活动|实施|具体|阶段性?|预期|基本|年度|绩效|近期|远期|中长期"
    r"|总|量化|[三五]年)"
)
_STATE = (
    r"(?:序言|前言|引言|(?:发展|工作|规划|建设|战略|编制|总体|现实)?(?:基础|背景|现状|环境|成效|回顾)"
    r"|(?:面临的?|发展)?(?:形势(?:任务|要求|挑战)?|机遇(?:挑战)?|挑战|任务))"
)
_AIMS = re.compile(
    r"^(?:明确|把握)?(?:(?:总体|基本)要求|(?:总体|指导|工作|基本)?(?:思想|原则|思路|理念)"
    rf"|{_STAGE}*目标(?:任务)?"
    rf"|(?:指导思想|总体要求|总体思路|基本原则)(?:[和与、及]{_STAGE}*{_AIM})*"
    r"|(?:发展|建设|工作)?(?:主要)?指标"
    r"|.{2,20}的(?:指导思想|基本原则|总体(?:要求|思路|目标)|(?:主要|工作|发展)目标)"
    rf"|“?十[一二三四五六]?五”?(?:时期|期间)?(?:经济社会|知识产权)?{_STAGE}*目标"
    r"(?:[和与、及].{0,10}目标)?"
    # what stands before the aims in a plan: where things are, not what is to be done
    rf"|{_STATE}(?:[和与及、]{_STATE})*)$"
)
_GLUED_AIMS = compile_scan(
    r"(?P<heading>总体要求|指导思想|基本原则|总体思路|(?:工作|主要|发展|总体|行动|改革|创建)目标)"
    r"(?=[总具]体目标[：:]|以(?!及)|到(?:二|20)|坚持|全面|深入|通过|按照|高举|力争|紧紧围绕|认真|——|至20)"
    r"|(?P<aim>(?:明确|把握)?(?:指导思想|总体要求|基本原则|总体思路|(?:总体|工作|主要|发展)目标))"
    r"(?=[\u4e00-\u9fff][\u4e00-\u9fff\d])(?![和与及、的是]|任务|责任|考核|管理|分解|体系|要求|完成情况|落实情况)"
    r"|(?P<task>目标任务|工作目标)(?=全[省市县区旗州盟年]|新增|年内|力争|通过|到20|20\d\d年)"
    r"|(?P<state>(?:战略|发展|规划|编制)背景|(?:现实|发展|工作)基础|(?:面临)?形势|发展现状)"
    r"(?=改革开放|近年来|进入|当前|[是党]|“?十[一二三四五六七八九]?五|长期以来|随着"
    r"|我[国省市县区]|截至|世界|过去)"
)
_BOXED = re.compile(r"【(?P<heading>[^【】\n。]{2,30})】")  # 第四条 【专利奖励】对获得…
_NAMED_ARTICLE = re.compile(  # 第三条（职责分工）市市场监管局负责…
    r"[(（](?P<heading>[\u4e00-\u9fff、]{2,16})[)）](?=\s*[\u4e00-\u9fff《“])(?!的|由|在|应)"
)
# A label of the heading itself: （一）重点任务：推进…
_NAMED_TASK = re.compile(
    r"(?:(?:重点|主要|工作|具体|改革)?(?:任务|事项|举措|项目)|(?:任务|项目|工作)名称)[：:]"
    r"[ \u3000]*(?=[\u4e00-\u9fff“《])"
)
_SPACED_AIMS = re.compile(r"(?P<heading>[\u4e00-\u9fff“”、]{2,16})[ \u3000\t]+(?=[^\s\u3000])")
_LONE = re.compile(
    r"(?P<heading>[\u4e00-\u9fff“”、（）()]{4,36})[ \u3000\t]+"
    r"(?=[\u4e00-\u9fff“《\d][^ \u3000。；;\n]{7,})"
)
_GLUED_WORDS = compile_scan(
    r"(?P<heading>(?:(?:加强|强化)?组织(?:领导|保障|实施)|(?:主要)?职(?:能|责)(?:分工)?|成员单位|组成人员"
    r"|(?:工作|有关)要求|工作(?:机构|规则|机制)|保障措施|其他事项|(?:活动|行动)时间|(?:时间|进度)安排|(?:强化)?(?:督导|监督)考核))"
    r"(?= ?(?:各|要|在|由|[省市县区州][委政级]|领导小组|联席会议|组\s?长|充分|坚持|贯彻|建立"
    r"|成立|将|加强|强化|做好|即日|20\d\d年))"
)
_FIRST_OF = re.compile(r"(?<=[\u4e00-\u9fff])(?<![统唯第之])一是(?=[\u4e00-\u9fff])")
_OPENERS, _CLOSERS = "《（(〔“[【", "》）)〕”]】"
_MARK = re.compile(f"[{re.escape(_OPENERS + _CLOSERS)}。！!.．：:\u3000①]")
_YEAR = re.compile(r"20\d\d年")
_TWO_WORDS = re.compile(r"[\u4e00-\u9fff]{2}")
_LONGEST_LISTED = 60
_LONGEST_LABEL = 20  # characters before a colon that still make a heading: 加强领导：…
_LONGEST_BRACKET = 120  # past this an opening bracket was never closed


def find_heading(text: str, mark: Mark, stop: int, listed: frozenset[str]) -> Span:
    """Return the span of an item's heading, without its number and closing mark.

    It is what the table of contents lists, else the first sentence or line.

    Args:
        text: the stored text.
        mark: the item's number.
        stop: where the item's own text ends.
        listed: headings of the table of contents; empty where there is none.
    """
    for end in range(min(stop, mark.end + _LONGEST_LISTED), mark.end + 1, -1) if listed else ():
        if text[mark.end : end] in listed:
            return Span(mark.end, end)
    boxed = _BOXED.match(text, mark.end, stop)
    if boxed is None and mark.style == "article":
        boxed = _NAMED_ARTICLE.match(text, mark.end, stop)
    if boxed:
        return Span(*boxed.span("heading"))
    aims = _GLUED_AIMS.match(text, mark.end, stop) or _GLUED_WORDS.match(text, mark.end, stop)
    if aims:
        return Span(*aims.span(aims.lastgroup or 0))
    spaced = _SPACED_AIMS.match(text, mark.end, stop)
    if spaced and is_aims(spaced["heading"]):
        return Span(*spaced.span("heading"))
    named = _NAMED_TASK.match(text, mark.end, stop)
    start = named.end() if named else mark.end
    line_end = text.find("\n", mark.end, stop)
    is_last = line_end < 0 or not text[line_end:stop].strip(SPACES)
    lone = _LONE.match(text, mark.end, stop) if is_last else None
    if lone:  # a page whose line breaks became spaces
        return Span(*lone.span("heading"))
    end = _sentence_end(text, start, line_end if line_end >= 0 else stop)
    listed_from = _FIRST_OF.search(text, start + 2, end)  # 推进强市建设一是…二是…
    if listed_from and text.find("二是", listed_from.end(), stop) >= 0:
        end = listed_from.start()
    end = _trim(text, start, end)
    return Span(start, end) if end > start else mark.span


def find_row_heading(text: str, task: Span) -> Span:
    """Return the first sentence of a cell that says what to do, whatever lines it is set over."""
    end = _trim(text, task.start, _sentence_end(text, task.start, task.end))
    return Span(task.start, max(end, task.start + 1))


def is_aims(heading: str) -> bool:
    """Tell whether a heading announces aims, principles, requirements or the state of things."""
    return _AIMS.match("".join(heading.split()).rstrip("。：:")) is not None


def _sentence_end(text: str, start: int, stop: int) -> int:
    """Return where the first sentence ends; a 。 inside brackets or a 《title》 ends none."""
    opened: list[int] = []
    for mark in _MARK.finditer(text, start, stop):
        position, char = mark.start(), mark.group()
        if char in _OPENERS:
            opened.append(position)
        elif char in _CLOSERS and opened:
            opened.pop()
        elif text.startswith("\u3000\u3000", position):
            return _trim(text, start, position)
        elif opened and position - opened[0] <= _LONGEST_BRACKET:
            continue
        elif (
            (char in "。！!" or (char == "①" and position > start))
            or _is_narrowed_stop(text, position)
            or (char in "：:" and position - start <= _LONGEST_LABEL)
        ):
            return position
    return _trim(text, start, stop)


def _is_narrowed_stop(text: str, position: int) -> bool:
    """Tell whether a full stop is a 。 that somebody narrowed: 打击侵权.加大力度."""
    if text[position] not in ".．":
        return False
    around = text[max(0, position - 1) : position] + text[position + 1 : position + 2]
    is_year = _YEAR.match(text, position + 1) is not None  # 建设指导站.2021年底前,每个县…
    return _TWO_WORDS.fullmatch(around) is not None or (is_year and around[:1] >= "\u4e00")


def _trim(text: str, start: int, end: int) -> int:
    while end > start and text[end - 1] in SPACES + "。．.；;：:,，":
        end -= 1
    return end
