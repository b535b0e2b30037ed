"""The rules by which things are found and related, named for people in Chinese."""

from collections.abc import Mapping

ROLES: Mapping[str, str] = {"LEADS": "牵头", "RESPONSIBLE_FOR": "负责", "SUPPORTS": "配合"}
RELATIONS: Mapping[str, str] = {
    "implements": "贯彻落实",
    "based_on": "依据",
    "forwards": "转发",
    "amends": "修订",
    "repeals": "废止",
}
AREAS: Mapping[str, str] = {
    "university": "高等学校",
    "research_institute": "研究机构",
    "laboratory": "实验室",
    "centre": "中心",
    "association": "社会组织",
    "company": "企业",
}
BASES: Mapping[str, str] = {
    "signature": "落款",
    "metadata": "页首所标成文日期",
    "publication": "页首所标发布日期",
}
_RULES: Mapping[str, str] = {
    "label": "“责任单位：”一类的标签",
    "bracket": "括号内的分工",
    "bracket_names": "括号内只列机构名",
    "prose": "“由……牵头”一类的句子",
    "table": "任务表的单元格",
    "target": "达到、增长等词后的数字",
    "deadline": "时限用语",
    "citation": "书名号或发文字号",
    "cue": "提示语",
    "cue-fallback": "较弱的提示语",
    "place/gazetteer": "区划表",
    "place/jurisdiction": "本文所在地范围内的区划",
    "place/near": "就近的区划",
    "place/list": "并列地名中的一个",
    "place/zone": "功能区表",
    "place/locality": "本地的园区、乡镇",
    "product/gazetteer": "产品表",
    "product/list": "并列产品中的一个",
    "product/quoted": "引号内的产品名",
    "product/place": "地名加品名",
}
_THINGS = {"program": "专项", "institution": "机构", "platform": "平台"}
_WAYS = {
    "gazetteer": "名称表",
    "grammar": "名称的构成",
    "quoted": "引号内的名称",
    "office": "内设机构的名称",
    "laboratory": "实验室的名称",
    "list": "并列名称中的一个",
}


def rule_of(method: str) -> str:
    """Return the name of a rule for people; its own where it has none."""
    if method in _RULES:
        return _RULES[method]
    thing, _, way = method.partition("-")
    if thing in _THINGS and way in _WAYS:
        return f"{_THINGS[thing]}：{_WAYS[way]}"
    return method
