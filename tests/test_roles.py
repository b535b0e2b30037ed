"""Responsibility clauses: every form, who has which role in it, and what is no clause."""

import pytest

from kg.types import Span
from loaders.actor_names import is_actor_name, naming_context
from loaders.analyse import analyse_text
from loaders.clauses import find_clauses
from loaders.roles import read_actors
from loaders.types import Context

L, R, S = "LEADS", "RESPONSIBLE_FOR", "SUPPORTS"
JIANGSU = Context("320000", ("江苏省人民政府",), "2023-04-01")
NANJING = Context("320100", ("南京市人民政府办公室",), "2023-04-01")
NATION = Context("100000", ("国家知识产权局",), "2023-04-01")
CNIPA_LIAONING = Context("210000", ("辽宁省人民政府", "国家知识产权局"), "2024-07-30")
NANJING_BUREAU = Context("320100", ("南京市市场监督管理局",), "2023-04-01")
INNER_MONGOLIA = Context("150000", ("内蒙古自治区人民政府",), "2023-04-01")
BUREAU = Context("410000", ("河南省知识产权局",), "2022-01-01")


def roles(text: str, context: Context) -> list[tuple[str, str]]:
    naming = naming_context(context)
    clauses = find_clauses(text, Span(0, len(text)), lambda s: is_actor_name(s, naming))
    actors = read_actors(text, clauses, context)
    for actor in actors:
        assert text[actor.span.start : actor.span.end]
    return [(a.role, a.target.name if a.target else f"?{a.surface}") for a in actors]


SAMR = Context("100000", ("国家市场监督管理总局",), "2021-05-01")
CHANGSHA = Context("430100", ("长沙市人民政府办公厅",), "2022-05-01")
CHONGQING = Context("500000", ("重庆市人民政府办公厅",), "2022-05-01")
HEFEI_ZONE = Context("340100", ("合肥高新技术产业开发区管理委员会",), "2024-01-01")
CHENGDU = Context("510100", ("成都市人民政府办公厅",), "2022-05-01")

PUDONG = Context("310115", ("上海市浦东新区人民政府",), "2023-06-01")
XIONGAN = Context("130000", ("河北雄安新区管理委员会",), "2022-06-01")
CORPS = Context("660000", ("新疆生产建设兵团市场监督管理局",), "2023-06-01")
SICHUAN_CHONGQING = Context(
    "500000", ("四川省知识产权服务促进中心", "重庆市知识产权局"), "2024-06-01"
)

CASES = [
    # said at the end of a sentence, and by several together; no roles where nobody leads
    ("完善制度，市市场监管局牵头，市财政局、市司法局配合。", NANJING,
     [(L, "南京市市场监督管理局"), (S, "南京市财政局"), (S, "南京市司法局")]),
    ("严格执法，由市市场监管局会同市公安局、南京海关组织实施。", NANJING,
     [(R, "南京市市场监督管理局"), (R, "南京市公安局"), (R, "南京海关")]),
    ("做好工作。（知识产权发展研究中心、信息中心负责）", BUREAU,
     [(R, "河南省知识产权发展研究中心"), (R, "河南省知识产权信息中心")]),
    ("加强协作，积极争取市公安局支持配合。", NANJING, []),
    ("做好工作。（市教育局、各高等学校负责）", NANJING, [(R, "南京市教育局")]),
    ("做好工作。（责任单位：泉州开发区、泉州台商投资区管委会）",
     Context("350500", ("泉州市人民政府办公室",), "2023-04-01"),
     [(R, "泉州开发区管理委员会"), (R, "泉州台商投资区管理委员会")]),
    ("做好工作。（区市场监管局、公安浦东分局、各镇人民政府、街道办事处配合）", PUDONG,
     [(S, "上海市浦东新区市场监督管理局"), (S, "上海市公安局浦东分局"),
      (S, "上海市浦东新区各镇人民政府"), (S, "上海市浦东新区各街道办事处")]),
    # towns that share a government; divisions of the corps; the zone's own word for itself
    ("做好工作。（区市场监管局、新场镇、惠南镇政府）", PUDONG,
     [(R, "上海市浦东新区市场监督管理局"), (R, "上海市浦东新区新场镇人民政府"),
      (R, "上海市浦东新区惠南镇人民政府")]),
    ("做好工作。（第一师、第八师市场监管局，兵团财政局）", CORPS,
     [(R, "阿拉尔市市场监督管理局"), (R, "石河子市市场监督管理局"), (R, "新疆生产建设兵团财政局")]),
    ("做好工作。（新区改革发展局牵头，雄安海关配合）", XIONGAN,
     [(L, "河北雄安新区改革发展局"), (S, "雄安海关")]),
    # a list's 各 before 市场…, and before 厅; a province that has a 厅 where the city has none
    ("做好工作。（各盟市市场监管局、农牧局负责）", INNER_MONGOLIA,
     [(R, "内蒙古自治区各盟市市场监督管理局"), (R, "内蒙古自治区各盟市农牧局")]),
    ("做好工作。（各省级知识产权局、财政厅（局）负责）", NATION,
     [(R, "全国各省级知识产权局"), (R, "全国各省级财政厅")]),
    ("做好工作。（责任单位：教育厅、市教委）", SICHUAN_CHONGQING,
     [(R, "四川省教育厅"), (R, "重庆市教育委员会")]),
    ("做好工作。（责任单位：省局知识产权促进处、执法稽查局）", Context("330000", ("浙江省市场监督管理局",), "2023-01-01"),
     [(R, "浙江省市场监督管理局知识产权促进处"), (R, "浙江省市场监督管理局执法稽查局")]),
    ("做好工作。（市公安局、高新区法院共同牵头，科技局、各社区服务中心、高新公安分局配合）", HEFEI_ZONE,
     [(L, "合肥市公安局"), (L, "合肥高新技术产业开发区人民法院"), (S, "合肥高新区科学技术局"),
      (S, "合肥高新区各社区服务中心"), (S, "合肥市公安局高新分局")]),
    ("做好工作。（各区（县）政府（含两江新区管委会，下同）负责）", CHONGQING, [(R, "重庆市各区(县)人民政府")]),
    ("做好工作。责任单位：自治区局知识产权促进处", Context("650000", ("新疆维吾尔自治区市场监督管理局",), "2021-05-01"),
     [(R, "新疆维吾尔自治区市场监督管理局知识产权促进处")]),
    ("做好工作。（市发展改革委、大数据中心负责）", CHONGQING,
     [(R, "重庆市发展和改革委员会"), (R, "重庆市大数据中心")]),
    ("做好工作。（市知识产权战略领导小组办公室负责）", CHONGQING, [(R, "重庆市知识产权战略领导小组办公室")]),
    ("做好工作。（法规处、协调处会同保护中心）", Context("110000", ("北京市知识产权局",), "2025-01-01"),
     [(R, "北京市知识产权局法规处"), (R, "北京市知识产权局协调处"), (R, "北京市知识产权保护中心")]),
    ("做好工作。（由市农业农村局牵头，会同市知识产权局推进实施）", CHONGQING,
     [(L, "重庆市农业农村局"), (S, "重庆市知识产权局")]),
    ("做好工作。（各区县知识产权局、财政局负责）", CHONGQING,
     [(R, "重庆市各区县知识产权局"), (R, "重庆市各区县财政局")]),
    # 责任单位 after a comma stands in the leader's group; after a semicolon or on a new line not
    ("做好工作。牵头单位：省公安厅，责任单位：省司法厅、省商务厅；完成时限：2024年底前。", JIANGSU,
     [(L, "江苏省公安厅"), (S, "江苏省司法厅"), (S, "江苏省商务厅")]),
    ("做好工作。\n牵头单位：省公安厅\n责任单位：省司法厅", JIANGSU,
     [(L, "江苏省公安厅"), (R, "江苏省司法厅")]),
    # bureaus of a ministry; a zone beside governments; brackets that are part of a collective
    ("做好工作。（执法稽查局牵头，网监司、质量发展局配合）", SAMR,
     [(L, "国家市场监督管理总局执法稽查局"), (S, "国家市场监督管理总局网络交易监督管理司"),
      (S, "国家市场监督管理总局质量发展局")]),
    ("做好工作。（湖南湘江新区、浏阳经开区、各区县（市）人民政府负责）", CHANGSHA,
     [(R, "湖南湘江新区管理委员会"), (R, "浏阳经济技术开发区管理委员会"),
      (R, "长沙市各区县(市)人民政府")]),
    ("做好工作。（各区县（自治县）人民政府负责）", CHONGQING, [(R, "重庆市各区县(自治县)人民政府")]),
    ("做好工作。（省公安厅等省直有关部门及各设区市人民政府负责）", JIANGSU,
     [(R, "江苏省公安厅"), (R, "江苏省各设区市人民政府")]),
    ("做好工作。（市公园城市局负责）", CHENGDU, [(R, "成都市公园城市建设管理局")]),
    ("做好工作。（局机关各处室、各处（室）负责）", BUREAU, [(R, "河南省知识产权局各处室")]),
    # 牵头 in a bracket is said of the name before it alone
    ("做好工作。（市科技局、市教育局（牵头）、市财政局）", NANJING,
     [(S, "南京市科学技术局"), (L, "南京市教育局"), (S, "南京市财政局")]),
    ("做好工作。责任单位：市科技局（牵头），市教育局", NANJING,
     [(L, "南京市科学技术局"), (S, "南京市教育局")]),
    # a place in brackets is part of a centre's name; a bracketed name is an alias
    ("做好工作。（省公安厅、中国（徐州）知识产权保护中心、省新闻出版局（省版权局）负责）", JIANGSU,
     [(R, "江苏省公安厅"), (R, "中国(徐州)知识产权保护中心"), (R, "江苏省新闻出版局")]),
    # names that lost the mark between them
    ("做好工作。（市科技局市教育局负责）", NANJING, [(R, "南京市科学技术局"), (R, "南京市教育局")]),
    # what a clause says of other measures names nobody for its own
    ("做好工作。（省公安厅负责。以下均需各设区市政府落实，不再列出）", JIANGSU, [(R, "江苏省公安厅")]),
    ("做好工作。（外汇局南京市分局负责）", NANJING_BUREAU, [(R, "国家外汇管理局南京市分局")]),
    ("做好工作。（市知识产权工作领导小组办公室）", NANJING, [(R, "南京市知识产权工作领导小组办公室")]),
    # 政协 holds no 协办, and 机关 is the body itself
    ("做好工作。〔市政协办公厅、市监委机关、市公安局〕", NANJING,
     [(R, "中国人民政治协商会议南京市委员会办公厅"), (R, "南京市监察委员会"), (R, "南京市公安局")]),
    # words that give a role
    ("做好工作。（市科技局、市教育局按职责分工牵头，市财政局配合）", NANJING,
     [(L, "南京市科学技术局"), (L, "南京市教育局"), (S, "南京市财政局")]),
    ("做好工作。（市科技局为牵头单位，市教育局、市财政局为责任单位）", NANJING,
     [(L, "南京市科学技术局"), (S, "南京市教育局"), (S, "南京市财政局")]),
    ("做好工作。（市科技局主责，市教育局配合）", NANJING,
     [(L, "南京市科学技术局"), (S, "南京市教育局")]),
    ("做好工作。（市科技局负责牵头，市教育局负责落实）", NANJING,
     [(L, "南京市科学技术局"), (S, "南京市教育局")]),
    ("做好工作。（此项工作由市科技局会同有关部门负责）", NANJING, [(R, "南京市科学技术局")]),
    ("做好工作。（市科技局牵头，落实单位包括市教育局、市财政局等）", NANJING,
     [(L, "南京市科学技术局"), (S, "南京市教育局"), (S, "南京市财政局")]),
    # labels of few words, of many, run in, alone on a line
    ("做好工作。（牵头：市科技局；配合：市教育局、财政局）", NANJING,
     [(L, "南京市科学技术局"), (S, "南京市教育局"), (S, "南京市财政局")]),
    ("做好工作。主办：市科技局 协办：市教育局", NANJING,
     [(L, "南京市科学技术局"), (S, "南京市教育局")]),
    ("做好工作。牵头部门（单位）：市科技局 责任部门（单位）：市教育局", NANJING,
     [(L, "南京市科学技术局"), (R, "南京市教育局")]),
    ("做好工作。牵头责任单位：市科技局；协同责任单位：市教育局", NANJING,
     [(L, "南京市科学技术局"), (S, "南京市教育局")]),
    ("强化考核责任单位：市科技局、市教育局", NANJING,
     [(R, "南京市科学技术局"), (R, "南京市教育局")]),
    ("强化考核　　责任单位：市科技局、市委市政府督查室", NANJING,
     [(R, "南京市科学技术局"), (R, "中共南京市委市政府督查室")]),
    ("做好工作。\n责任单位：\n市科技局、市教育局\n", NANJING,
     [(R, "南京市科学技术局"), (R, "南京市教育局")]),
    ("做好工作。\n责任单位\n市科技局、市教育局\n", NANJING,
     [(R, "南京市科学技术局"), (R, "南京市教育局")]),
    ("报各责任单位\n由专班汇总。", NANJING, []),
    # brackets and marks
    ("做好工作。〖责任单位：市科技局／市教育局〗", NANJING,
     [(R, "南京市科学技术局"), (R, "南京市教育局")]),
    ("做好工作。（责任单位：市科技局,市教育局.市财政局）", NANJING,
     [(R, "南京市科学技术局"), (R, "南京市教育局"), (R, "南京市财政局")]),
    ("（二）集中整治（4月至10月）。", NANJING, []),
    ("做好工作。（商务部、海关总署等部门指导，各地方知识产权局会同有关部门落实）", NATION,
     [(R, "商务部"), (R, "海关总署"), (R, "全国各地方知识产权局")]),
    # who is nobody
    ("做好工作。（市有关部门、各区人民政府、市直各学校、在宁高校按职责分工负责）", NANJING,
     [(R, "南京市各区人民政府")]),
    ("做好工作。（省教育厅、东南大学等高校负责）", JIANGSU, [(R, "江苏省教育厅"), (R, "?东南大学")]),
    ("做好工作。（商务部牵头，京津冀、长三角等有关地方参加）", NATION, [(L, "商务部")]),
    ("做好工作。（商务部、地方各级人民政府负责）", NATION, [(R, "商务部")]),
    # phrases for all provinces and counties; a kind told once
    ("做好工作。（商务部，各省、自治区、直辖市人民政府和新疆生产建设兵团负责）", NATION,
     [(R, "商务部"), (R, "各省、自治区、直辖市人民政府"), (R, "新疆生产建设兵团")]),
    ("做好工作。（各县（区）委、政府负责）", NANJING_BUREAU,
     [(R, "南京市各县(区)委"), (R, "南京市各县(区)人民政府")]),
    ("做好工作。（昆山、泰兴、沭阳县（市）人民政府负责）", JIANGSU,
     [(R, "昆山市人民政府"), (R, "泰兴市人民政府"), (R, "沭阳县人民政府")]),
    # a bureau's own team
    ("做好工作。（知识产权处、执法总队负责）", NANJING_BUREAU,
     [(R, "南京市市场监督管理局知识产权处"), (R, "南京市市场监督管理局执法总队")]),
    ("做好工作。（各分局、各市场监管所负责）", NANJING_BUREAU,
     [(R, "南京市市场监督管理局各分局"), (R, "南京市市场监督管理局各市场监管所")]),
    # the note on who leads, in other words
    ("做好工作。（责任单位：省公安厅、省司法厅。列第一位者为牵头单位，下同）", JIANGSU,
     [(L, "江苏省公安厅"), (S, "江苏省司法厅")]),
    # labels
    ("做好工作。责任单位：省教育厅、省科技厅", JIANGSU, [(R, "江苏省教育厅"), (R, "江苏省科学技术厅")]),
    ("做好工作。\n责任部门:省财政厅", JIANGSU, [(R, "江苏省财政厅")]),
    ("做好工作。\n牵头单位：市科技局\n配合单位：市教育局、财政局", NANJING,
     [(L, "南京市科学技术局"), (S, "南京市教育局"), (S, "南京市财政局")]),
    ("做好工作。（牵头单位：市科技局；责任单位：市教育局、市财政局）", NANJING,
     [(L, "南京市科学技术局"), (R, "南京市教育局"), (R, "南京市财政局")]),
    ("做好工作。（责任单位：市科技局牵头，市教育局配合；完成时限：2023年底前）", NANJING,
     [(L, "南京市科学技术局"), (S, "南京市教育局")]),
    ("做好工作。牵头部门：市科技局；参与部门：市教育局。", NANJING,
     [(L, "南京市科学技术局"), (S, "南京市教育局")]),
    ("做好工作。(责任单位:省司法厅;省法院。完成时限:持续推进)", JIANGSU,
     [(R, "江苏省司法厅"), (R, "江苏省高级人民法院")]),
    # closing brackets
    ("做好工作。（省公安厅负责）", JIANGSU, [(R, "江苏省公安厅")]),
    ("做好工作。（省公安厅牵头，省司法厅、省商务厅配合）", JIANGSU,
     [(L, "江苏省公安厅"), (S, "江苏省司法厅"), (S, "江苏省商务厅")]),
    ("做好工作。（省公安厅牵头；省司法厅、省商务厅参与）", JIANGSU,
     [(L, "江苏省公安厅"), (S, "江苏省司法厅"), (S, "江苏省商务厅")]),
    ("做好工作。(省公安厅牵头,省司法厅等按职责分工负责)", JIANGSU,
     [(L, "江苏省公安厅"), (S, "江苏省司法厅")]),
    ("做好工作。（省公安厅、省司法厅按职责分工负责）", JIANGSU,
     [(R, "江苏省公安厅"), (R, "江苏省司法厅")]),
    ("做好工作。〔省公安厅、省司法厅〕", JIANGSU, [(R, "江苏省公安厅"), (R, "江苏省司法厅")]),
    ("做好工作。[省公安厅、省司法厅等按职责负责]", JIANGSU,
     [(R, "江苏省公安厅"), (R, "江苏省司法厅")]),
    ("做好工作（省公安厅会同省司法厅负责）。", JIANGSU,
     [(R, "江苏省公安厅"), (R, "江苏省司法厅")]),
    ("做好工作。（县公安局、县法院，县司法局配合）", Context("341524", (), "2021-01-01"),
     [(R, "金寨县公安局"), (R, "金寨县人民法院"), (S, "金寨县司法局")]),
    ("做好工作。（省公安厅牵头，6月底前完成）", JIANGSU, [(L, "江苏省公安厅")]),
    ("做好工作。（省新闻出版局（省版权局）负责）", JIANGSU, [(R, "江苏省新闻出版局")]),
    ("做好工作。（中央宣传部、市场监管总局等国务院相关部门及各地区按职责分工负责）", NATION,
     [(R, "中共中央宣传部"), (R, "国家市场监督管理总局")]),
    # prose
    ("由市公安局牵头，会同市司法局研究提出意见。", NANJING,
     [(L, "南京市公安局"), (S, "南京市司法局")]),
    ("评审工作由市财政局负责。", NANJING, [(R, "南京市财政局")]),
    ("本方案由市财政局负责牵头组织实施。", NANJING, [(L, "南京市财政局")]),
    # who stands before the last comma is responsible, the others support
    ("做好工作。（责任部门：市教育局，相关部门配合）", NANJING, [(R, "南京市教育局")]),
    ("做好工作。（市教育局，市科技局、市财政局配合）", NANJING,
     [(R, "南京市教育局"), (S, "南京市科学技术局"), (S, "南京市财政局")]),
    ("做好工作。（市教育局、市科技局，配合）", NANJING,
     [(S, "南京市教育局"), (S, "南京市科学技术局")]),
    # the party's committee and the government, told together
    ("做好工作。（省公安厅、各市党委和政府）", JIANGSU,
     [(R, "江苏省公安厅"), (R, "江苏省各市党委"), (R, "江苏省各市人民政府")]),
    ("做好工作。（省公安厅，各州、市知识产权局）", Context("530000", (), "2021-05-01"),
     [(R, "云南省公安厅"), (R, "云南省各州市知识产权局")]),
    ("做好工作。（省公安厅、省司法厅，甘肃矿区、兰州新区）", Context("620000", (), "2023-02-15"),
     [(R, "甘肃省公安厅"), (R, "甘肃省司法厅"), (R, "甘肃矿区管理委员会"), (R, "兰州新区管理委员会")]),
    ("做好工作。（省公安厅、省司法厅，6月30日前完成）", JIANGSU,
     [(R, "江苏省公安厅"), (R, "江苏省司法厅")]),
    # a bureau's own bureaus
    ("做好工作。（执法稽查局、知识产权处负责）", NANJING_BUREAU,
     [(R, "南京市市场监督管理局执法稽查局"), (R, "南京市市场监督管理局知识产权处")]),
    ("做好工作。（市科技局；立即实施）", NANJING, [(R, "南京市科学技术局")]),
    ("做好工作。（保护处，根据展会时间安排）", BUREAU, [(R, "河南省知识产权局保护处")]),
    ("做好工作。（市教育局、市财政局。责任领导：李明）", NANJING,
     [(R, "南京市教育局"), (R, "南京市财政局")]),
    ("做好工作。（★省公安厅、省司法厅*等依据职能分别负责）", JIANGSU,
     [(R, "江苏省公安厅"), (R, "江苏省司法厅")]),
    # collectives with a kind in brackets, and what is none
    ("做好工作。（市教育局，各市（县）、区人民政府）", NANJING,
     [(R, "南京市教育局"), (R, "南京市各市(县)、区人民政府")]),
    ("做好工作。（各市、省司法厅）", JIANGSU, [(R, "江苏省各市人民政府"), (R, "江苏省司法厅")]),
    ("做好工作。（各区、市教育局）", NANJING, [(R, "南京市各区人民政府"), (R, "南京市教育局")]),
    # labels in brackets
    ("做好工作。\n【牵头单位】市科技局\n【配合单位】市教育局、市财政局\n【完成时限】6月底前\n", NANJING,
     [(L, "南京市科学技术局"), (S, "南京市教育局"), (S, "南京市财政局")]),
    ("做好工作。（各市、州、县人民政府，省直有关部门）", JIANGSU, [(R, "江苏省各市州县人民政府")]),
    # labels that run into a name, of who guides; 会同 before 牵头; a time limit behind a stop
    ("做好工作。（牵头单位市科技局，配合单位市教育局、市财政局）", NANJING,
     [(L, "南京市科学技术局"), (S, "南京市教育局"), (S, "南京市财政局")]),
    ("做好工作。（责任主体：各区人民政府；指导单位：市科技局）", NANJING,
     [(R, "南京市各区人民政府"), (R, "南京市科学技术局")]),
    ("做好工作（责任单位要各司其职）。", NANJING, []),
    ("做好工作。（市科技局会同市财政局牵头，市教育局配合）", NANJING,
     [(L, "南京市科学技术局"), (L, "南京市财政局"), (S, "南京市教育局")]),
    ("做好工作。（市科技局、市财政局。2023年9月底前完成）", NANJING,
     [(R, "南京市科学技术局"), (R, "南京市财政局")]),
    ("做好工作。（市委宣传部〈市版权局〉、市科技局负责）", NANJING,
     [(R, "中共南京市委宣传部"), (R, "南京市科学技术局")]),
    # a sentence of names and words of roles
    ("做好工作。省公安厅、省司法厅等负责。", JIANGSU, [(R, "江苏省公安厅"), (R, "江苏省司法厅")]),
    ("做好工作。省公安厅牵头，省司法厅配合，6月底前完成。", JIANGSU,
     [(L, "江苏省公安厅"), (S, "江苏省司法厅")]),
    ("支持南京市、苏州市建设快速维权中心。", JIANGSU, []),
    # brackets of any form in the name of a collective; 均为 tells a duty
    ("做好工作。（责任单位：市科技局。各县〔市、区〕均为责任单位，下同）", NANJING,
     [(R, "南京市科学技术局"), (R, "南京市各县(市、区)人民政府")]),
    # coordination
    ("推进试点。（南京、苏州、无锡市政府负责）", JIANGSU,
     [(R, "南京市人民政府"), (R, "苏州市人民政府"), (R, "无锡市人民政府")]),
    ("推进试点。(国家知识产权局条法司、战略规划司负责)", CNIPA_LIAONING,
     [(R, "国家知识产权局条法司"), (R, "国家知识产权局战略规划司")]),
    ("推进试点。（各设区市人民政府负责）", JIANGSU, [(R, "江苏省各设区市人民政府")]),
    ("推进试点。（省公安厅和省司法厅负责）", JIANGSU,
     [(R, "江苏省公安厅"), (R, "江苏省司法厅")]),
    ("推进试点。（省工业和信息化厅、省文化和旅游厅负责）", JIANGSU,
     [(R, "江苏省工业和信息化厅"), (R, "江苏省文化和旅游厅")]),
    ("推进试点。责任部门：知识产权保护处、省知识产权维权保护中心", BUREAU,
     [(R, "河南省知识产权局知识产权保护处"), (R, "河南省知识产权维权保护中心")]),
    # an alias in a labelled list is no clause of its own
    ("做好工作。\n牵头单位：省市场监管局（省知识产权局）\n配合单位：省公安厅", JIANGSU,
     [(L, "江苏省市场监督管理局"), (S, "江苏省公安厅")]),
    # the last name before 等…成员单位 stays
    ("做好工作。（省公安厅、省司法厅等联席会议成员单位按职责分工负责）", JIANGSU,
     [(R, "江苏省公安厅"), (R, "江苏省司法厅")]),
    # nobody in particular
    ("做好工作。（省公安厅牵头，有关市县人民政府、有关地方人民政府配合）", JIANGSU,
     [(L, "江苏省公安厅")]),
    # 各 rules the rest of a list of governments
    ("做好工作。（各盟行政公署、市人民政府负责）", INNER_MONGOLIA,
     [(R, "内蒙古自治区各盟行政公署"), (R, "内蒙古自治区各市人民政府")]),
    ("做好工作。（各县、区人民政府负责）", NANJING_BUREAU, [(R, "南京市各县区人民政府")]),
    # a bureau's counterparts and branches
    ("做好工作。责任单位：玄武区局、江宁区局", NANJING_BUREAU,
     [(R, "南京市玄武区市场监督管理局"), (R, "南京市江宁区市场监督管理局")]),
    # towns
    ("做好工作。（责任单位：县司法局，梅山镇、油坊店乡）", Context("341524", (), "2021-01-01"),
     [(R, "金寨县司法局"), (R, "金寨县梅山镇人民政府"), (R, "金寨县油坊店乡人民政府")]),
    # a zone's own departments
    ("做好工作。（责任单位：科技局、市场监管局）",
     Context("370100", ("济南高新技术产业开发区管理委员会",), "2024-01-01"),
     [(R, "济南高新区科学技术局"), (R, "济南高新区市场监督管理局")]),
    # the first of every list leads, where the notice says so
    ("做好工作。（省公安厅、省司法厅，列第一位的为牵头单位，下同）", JIANGSU,
     [(L, "江苏省公安厅"), (S, "江苏省司法厅")]),
    # no clauses
    ("各地要积极推进，有关部门要密切配合。", JIANGSU, []),
    ("牵头单位要主动担当，配合单位要积极参与。", NANJING, []),
    ("省教育厅（以下简称教育厅）要加强指导。", JIANGSU, []),
    ("支持企业牵头组建创新联合体（不超过3家）。", JIANGSU, []),
    ("分管领导：王某某", NANJING, []),
    ("建立考核制度（包括负责人考核）。", NANJING, []),
]  # fmt: skip


@pytest.mark.parametrize(("text", "context", "expected"), CASES)
def test_roles(text: str, context: Context, expected: list[tuple[str, str]]) -> None:
    assert roles(text, context) == expected


def test_a_name_that_cannot_be_resolved_is_kept_with_its_reason() -> None:
    naming = naming_context(NATION)
    text = "做好工作。（责任单位：省教育厅、财政部）"
    clauses = find_clauses(text, Span(0, len(text)), lambda s: is_actor_name(s, naming))
    unresolved, resolved = read_actors(text, clauses, NATION)
    assert unresolved.target is None
    assert unresolved.surface == "省教育厅"
    assert unresolved.reason
    assert resolved.target is not None
    assert resolved.target.name == "财政部"


@pytest.mark.parametrize(
    "text",
    [
        "（" * 50_000,
        "（负责" * 30_000,
        "责任单位：" + "省教育厅、" * 20_000,
        "由" + "省教育厅、" * 20_000 + "牵头",
        "）" * 50_000 + "（牵头",
    ],
)
def test_hostile_text_is_read_in_bounded_time(text: str) -> None:
    roles(text, JIANGSU)


@pytest.mark.parametrize(
    "clause", ["（市政府办公室、市政务服务局负责）", "（市政府办公室、市政务服务局牵头）"]
)
def test_names_in_a_text_without_a_place_are_kept_unresolved(clause: str) -> None:
    text = f"一、优化审批\n1.实施清单管理。编制清单。{clause}\n2.深化改革。\n"
    actors = [actor for item in analyse_text(text).items for actor in item.actors]
    assert [(a.surface, a.target) for a in actors] == [
        ("市政府办公室", None),
        ("市政务服务局", None),
    ]
    assert all("未指明地方" in a.reason for a in actors)
