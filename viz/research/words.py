"""What figures say, in both languages."""

from collections.abc import Mapping

from queries.research.pmc import Language

LANGUAGES: tuple[Language, ...] = ("zh", "en")

WORDS: Mapping[str, tuple[str, str]] = {
    "all": ("全部", "all"),
    "national": ("国家级", "national"),
    "province": ("省级", "provincial"),
    "prefecture": ("市级", "municipal"),
    "county": ("县级", "county"),
    "zone": ("功能区", "zone"),
    "unknown": ("未知", "unknown"),
    "supply": ("供给型", "supply"),
    "environment": ("环境型", "environment"),
    "demand": ("需求型", "demand"),
    "creation": ("创造", "creation"),
    "utilisation": ("运用", "utilisation"),
    "protection": ("保护", "protection"),
    "management": ("管理", "management"),
    "service": ("服务", "service"),
    "unassigned": ("未定", "unassigned"),
    "uses": ("工具运用频次", "uses of instruments"),
    "share": ("占本层级的比例", "share of the level"),
    "year": ("年份", "year"),
    "month": ("月", "month"),
    "whole year": ("全年", "year"),
    "measures": ("措施数", "measures"),
    "leads": ("牵头", "leads"),
    "responsible": ("负责", "is responsible"),
    "supports": ("配合", "assists"),
    "core": ("核心", "core"),
    "periphery": ("边缘", "periphery"),
    "breadth": ("合作广度（合作机关数）", "breadth (partners)"),
    "depth": ("合作深度（平均合作次数）", "depth (joint measures per partner)"),
    "median": ("中位数", "median"),
    "average": ("各工具平均", "average of all"),
    "days": ("时滞（天）", "lag (days)"),
    "years": ("时滞（年）", "lag (years)"),
    "n uses": ("{n} 次运用", "{n} uses"),
    "adopters": ("累计采用地域数", "jurisdictions that have adopted"),
    "deadlines": ("到期措施数", "measures due"),
    "notices": ("公文", "notices"),
    "all measures": ("措施", "measures of the selection"),
    "all uses": ("政策工具运用", "uses of instruments in all"),
    "roles": ("职责", "roles"),
    "agencies": ("机关", "agencies"),
    "mentions": ("涉及对象", "mentions"),
    "targets": ("量化目标", "targets"),
    "all deadlines": ("期限", "deadlines"),
    "citations": ("引用", "citations"),
    "derivations": ("政策源流", "derivations"),
    "selection": ("范围:{asked}。", "Selection: {asked}."),
    "whole graph": ("全图", "the whole graph"),
    "not drawn": ("未绘", "not drawn"),
    "silent periods": (
        "其中 {names} 无合作(表中为零行)。",
        "Nobody cooperates in {names} (rows of zeros in the table).",
    ),
    "index": ("PMC指数", "PMC index"),
}


def word(key: str, language: Language) -> str:
    """Return what a key is called; a key that is no word of ours is returned as it is."""
    pair = WORDS.get(key)
    return key if pair is None else pair[LANGUAGES.index(language)]
