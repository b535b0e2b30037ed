"""Forms of Chinese questions: a regular expression for each whole question, its time taken out.

Each has at most one open-ended name, or two with fixed words between them, so that reading takes
linear time. Several names in one (省教育厅和省科技厅) are parted later, by what they resolve to.
"""

from queries.questions.intent import Kind

_BODY = r"(?:部门|单位|机关|机构|主体|厅局|委办局)"
_WHO = rf"(?:谁|哪(?:个|些|家|几个|几家){_BODY})"
_ANY = r"(?:有?(?:哪(?:些|几项|几个|几条|几种|项|种)|什么|啥))"
_MEASURES = r"(?:政策)?(?:措施|任务|工作|举措|事项|职责|职能|分工)"
_NOTICES = r"(?:政策文件|通知|公文|文件|政策|意见|方案|规划|办法|公告)"
_ARE = r"(?:的?(?:都)?(?:哪些|有哪些|是哪些|是什么|有什么|有))?"
_NOT = r"(?P<not>并?没有?|并?未|并?不是?|并非)?"
_BOTH = r"(?:共同|联合|一起|同时|都|均|还)?"
_DO = (
    rf"{_BOTH}(?:负责)?(?P<verb>牵头|负责|主管|配合|协助|支持|参与|承担|参加|合作)"
    r"(?:负责|组织|落实|实施|推进|抓|完成)?(?:了|着|过)?"
)
_VERB = r"牵头|负责|配合|协助|支持|参与"
_PAIR = (
    rf"(?P<name>.+?)(?P<verb>{_VERB})(?:[、,，]|并且?|而且?|且|但是?)+(?:由)?"
    rf"(?P<other>.+?)(?P<not>不|没有?|未)?(?P<verb2>{_VERB})"
)
_HANDLE = r"(?:组织实施|落实|实施|推进|主抓|抓|管理|管|承办|做)(?:好)?"
_TOUCH = r"(?:支持|扶持|提到|提及|涉及|关于|包括|关系到|有关)(?:到|了|过)?"
_TOUCHES = rf"(?P<touch>{_TOUCH})"
_BASIS = r"(?:依据|根据|按照|贯彻落实|贯彻|落实|引用|转发|来源于|源于|沿用)"
_CITE = r"(?:引用|援引|依据|根据|按照|贯彻落实|贯彻)(?:了|到|过)?"
_ISSUE = r"(?:印发|发布|出台|下发|制定|公布|发)"
_NAME = r"(?P<name>.+?)"
_END = r"(?:完成|到期|截止)"
_MUST = r"(?:要|应|须|需)?(?:在|于)?"
_PART = (
    r"(?P<part>(?:任何)?(?:人|单位|部门|主体)?(?:牵头|负责|责任|配合)(?:单位|部门|机关|主体|者|人)?|"
    r"(?:完成)?(?:期限|时限|时间|截止日期)|政策工具|(?:任何)?(?:主体|部门|单位))"
)
_WITHOUT = r"(?P<not>没有|没(?=人)|缺少|缺|未明确|未指定|没明确|没写明|无)"
_WITH = r"(?:有|明确了?|写明了?|具有)"
_TOOLS = r"(?:政策)?工具"
_USE = r"(?:运用|使用|采用|采取|用到|用)(?:了|到|过)?"
_DOES_THEM = rf"(?:{_DO}的?{_MEASURES}|的?{_MEASURES})?"
_TARGETS = r"(?:量化|主要|具体|发展|工作)?(?:目标|指标)"
_SET = r"(?:提出|设定|确定|规定|定|达到|完成|实现|要求)(?:了|的)?"
_THING = (
    r"(?P<thing>地理标志产品|地理标志|区域品牌|产品|地方|地区|城市|高校|大学|机构|平台|"
    r"专项行动|专项|行动|工程|计划|项目)"
)
_COMPARED = rf"(?:{_MEASURES}|政策工具|{_NOTICES})"
_DIFFER = r"(?:有(?:什么|哪些|何)?(?:不同|区别|差异|差别)|的?(?:比较|对比|异同)(?:是什么)?)"

FORMS: tuple[tuple[Kind, str], ...] = (
    ("ranking", rf"(?:{_NAME}的?)?(?:有)?哪(?:些|个){_BODY}(?:参与(?:了)?{_MEASURES})?"),
    ("partners", rf"{_WHO}(?:和|与|同|跟){_NAME}(?:有)?(?:合作|协作|共事|共同.*)(?:得?最多)?"),
    ("partners", rf"{_NAME}(?:和|与|同|跟){_WHO}(?:有)?(?:合作|协作|共事|共同.*)(?:得?最多)?"),
    ("partners", rf"{_NAME}的合作(?:{_BODY}|者|伙伴|对象)(?:有哪些|是谁)?"),
    ("comparison", rf"(?:比较|对比)(?:一下)?{_NAME}(?:的{_COMPARED})?"),
    ("comparison", rf"{_NAME}(?:的{_COMPARED})?{_DIFFER}"),
    ("comparison", rf"{_NAME}相比(?:怎么样|如何|怎样|{_DIFFER})?"),
    ("ranking", rf"(?:{_NAME}(?:的|里|中)?)?{_WHO}{_DO}的?(?:{_MEASURES})?(?:数量?)?最多"),
    ("ranking", rf"(?:{_NAME}(?:的|里|中)?)?{_DO}的?{_MEASURES}(?:数量?)?最多的?(?:是)?{_WHO}"),
    (
        "ranking",
        (
            rf"(?:{_NAME}(?:的|里|中)?)?{_DO}的?(?:{_MEASURES})?(?:数量?)?最多的(?:是谁|{_BODY}"
            r"(?:是谁|是哪个|是哪些|有哪些)?)"
        ),
    ),
    ("instruments", rf"(?:哪(?:种|些|类)|什么){_TOOLS}(?:被)?(?:{_USE})?(?:得)?最(?:多|常用)的?"),
    ("instruments", rf"最常用的{_TOOLS}(?:有哪些|是什么)?"),
    ("instruments", rf"(?:{_NAME}{_DOES_THEM}(?:都|主要)?)?{_USE}的?{_ANY}{_TOOLS}"),
    ("instruments", rf"{_NAME}{_DOES_THEM}{_USE}?的{_TOOLS}{_ARE}"),
    ("instruments", rf"{_NAME}有{_ANY}{_TOOLS}"),
    ("targets", rf"(?:要|应)?{_SET}{_ANY}{_TARGETS}"),
    ("targets", rf"(?:有)?{_ANY}{_TARGETS}"),
    ("targets", rf"的?{_TARGETS}{_ARE}"),
    ("targets", rf"{_NAME}(?:都|要|应)?(?:{_SET}|有|的){_ANY}{_TARGETS}"),
    ("targets", rf"{_NAME}的{_TARGETS}{_ARE}"),
    ("targets", rf"{_NAME}{_SET}{_TARGETS}{_ARE}"),
    (
        "things",
        rf"(?:{_NAME}的?)?{_ANY}{_THING}(?:被|得到|受到|获得)(?:了)?{_TOUCHES}(?:得)?(?:最多)?(?:的)?",
    ),
    ("things", rf"(?:{_NAME}(?:的{_MEASURES})?(?:都)?)?{_TOUCHES}{_ANY}{_THING}(?:最多)?"),
    ("things", rf"(?:{_NAME}(?:的{_MEASURES})?(?:里|中)?)?{_ANY}{_THING}"),
    ("things", rf"(?:{_NAME}的?)?(?:被|得到|受到|获得){_TOUCHES}的{_THING}{_ARE}"),
    ("lacks", rf"{_ANY}{_MEASURES}{_WITHOUT}{_PART}(?:的)?"),
    ("lacks", rf"{_WITHOUT}{_PART}的{_MEASURES}{_ARE}"),
    ("has", rf"{_ANY}{_MEASURES}{_WITH}{_PART}(?:的)?"),
    ("has", rf"{_WITH}{_PART}的{_MEASURES}{_ARE}"),
    ("ongoing", rf"{_ANY}{_MEASURES}(?:是|要|需)?(?:持续推进|长期坚持|长期推进|长期)(?:的)?"),
    ("ongoing", rf"(?:持续推进|长期坚持|长期推进|长期)的?{_MEASURES}{_ARE}"),
    ("due", rf"{_ANY}{_MEASURES}{_MUST}{_END}(?:的)?"),
    ("due", rf"{_MUST}{_END}的?{_ANY}?{_MEASURES}{_ARE}"),
    ("due", rf"{_NAME}{_MUST}(?:{_DO})?{_END}的?{_ANY}?{_MEASURES}{_ARE}"),
    ("uses", rf"{_ANY}{_MEASURES}{_NOT}{_USE}{_NAME}(?:这种|这类)?(?:政策工具|工具)?(?:的)?"),
    ("uses", rf"{_NOT}{_USE}{_NAME}(?:这种|这类)?(?:政策工具|工具)?的{_MEASURES}{_ARE}"),
    ("about", rf"(?:有)?{_ANY}{_MEASURES}既{_TOUCHES}{_NAME}[,，]?[又也]{_TOUCH}(?P<other>.+)"),
    ("about", rf"既{_TOUCHES}{_NAME}[,，]?[又也]{_TOUCH}(?P<other>.+?)的{_MEASURES}{_ARE}"),
    (
        "about",
        (
            rf"(?:有)?{_ANY}{_MEASURES}{_TOUCHES}{_NAME}[,，]?(?:但是?|而|却|又)"
            rf"(?P<not>不|没有?|未){_TOUCH}(?P<other>.+)"
        ),
    ),
    (
        "about",
        (
            rf"{_TOUCHES}{_NAME}[,，]?(?:但是?|而|却|又)"
            rf"(?P<not>不|没有?|未){_TOUCH}(?P<other>.+?)的{_MEASURES}{_ARE}"
        ),
    ),
    ("by_actor", rf"(?:有)?{_ANY}{_MEASURES}(?:是由|由|是)?{_PAIR}(?:的)?"),
    ("by_actor", rf"(?:由)?{_PAIR}的?{_ANY}?{_MEASURES}{_ARE}"),
    ("by_actor", rf"{_NAME}的(?P<verb>合作)"),
    ("by_actor", rf"{_NAME}有{_ANY}(?P<verb>合作)(?:{_MEASURES})?"),
    ("by_actor", rf"(?:有)?{_ANY}{_MEASURES}{_NOT}(?:是由|由|是){_NAME}{_DO}(?:的)?"),
    ("by_actor", rf"(?:有)?{_ANY}{_MEASURES}(?P<not>不由|不是由?|并非由?){_NAME}{_DO}(?:的)?"),
    ("by_actor", rf"(?P<not>不由|不是由?|并非由?){_NAME}{_DO}的?{_MEASURES}{_ARE}"),
    ("about", rf"(?:有)?{_ANY}{_MEASURES}{_BOTH}{_NOT}(?:是)?{_TOUCHES}{_NAME}(?:的)?"),
    ("about", rf"{_ANY}{_MEASURES}(?:和|与|同|跟){_NAME}(?P<not>无关|没有?关系|不相关)(?:的)?"),
    ("about", rf"{_ANY}{_MEASURES}(?:和|与|同|跟){_NAME}(?:有关|相关)(?:的)?"),
    ("about", rf"(?:有)?(?:{_ANY})?{_BOTH}{_NOT}{_TOUCHES}{_NAME}的(?:{_MEASURES}|政策){_ARE}"),
    ("about", rf"{_NAME}(?:被)?(?:涉及|出现在|被提到于){_ANY}{_MEASURES}"),
    ("about", rf"{_NAME}被{_ANY}{_MEASURES}{_TOUCHES}"),
    ("about", rf"(?:和|与|同|跟){_NAME}(?:有关|相关)的{_MEASURES}{_ARE}"),
    ("about", rf"{_NAME}(?:有关|相关)的?(?:{_MEASURES}|政策){_ARE}"),
    ("citing", rf"(?:有)?{_ANY}{_MEASURES}(?:是)?{_CITE}{_NAME}(?:制定|提出|作出)?(?:的)?"),
    ("citing", rf"{_CITE}{_NAME}(?:制定|提出|作出)?的{_MEASURES}{_ARE}"),
    ("citing", rf"{_NAME}被{_ANY}{_MEASURES}(?:引用|援引)(?:了|过)?"),
    (
        "descendants",
        rf"{_NAME}是{_ANY}(?:{_MEASURES}|{_NOTICES})的(?:制定|政策)?(?:依据|根据|来源)",
    ),
    ("descendants", rf"{_NAME}的?{_ANY}?的?下位(?:{_NOTICES}|{_MEASURES}){_ARE}"),
    ("descendants", rf"{_NAME}有{_ANY}下位(?:{_NOTICES}|{_MEASURES})"),
    ("descendants", rf"{_ANY}{_NOTICES}(?:是)?{_BASIS}(?:了)?{_NAME}(?:制定|印发|出台)?(?:的)?"),
    ("descendants", rf"{_BASIS}(?:了)?{_NAME}(?:制定|印发|出台)?的{_NOTICES}{_ARE}"),
    (
        "lineage",
        rf"{_NAME}的(?:政策|制定|上位)?(?:依据|根据|来源|上位政策|上位文件)(?:是|有)?(?:什么|哪些|啥)?",
    ),
    ("lineage", rf"{_NAME}有{_ANY}(?:政策|制定|上位)?(?:依据|上位政策|上位文件)"),
    (
        "lineage",
        rf"{_NAME}(?:是)?{_BASIS}(?:了|的是|的)?{_ANY}(?:{_NOTICES})?(?:制定|印发|出台)?(?:的)?",
    ),
    ("notices", rf"{_ISSUE}(?:了|过)?的?{_ANY}{_NOTICES}"),
    ("notices", rf"{_ISSUE}的{_NOTICES}{_ARE}"),
    ("notices", rf"{_ANY}{_NOTICES}(?:是)?{_ISSUE}?的?"),
    ("notices", rf"{_NOTICES}{_ARE}"),
    ("issued", rf"{_NAME}{_ISSUE}(?:了|过)?{_ANY}{_NOTICES}"),
    ("issued", rf"{_NAME}{_ISSUE}(?:了|过)?的{_NOTICES}{_ARE}"),
    ("issued", rf"{_ANY}{_NOTICES}(?:是由|由|是){_NAME}{_ISSUE}(?:的)?"),
    ("notices", rf"{_NAME}的?(?:都)?{_ANY}{_NOTICES}"),
    ("notices", rf"{_NAME}的{_NOTICES}{_ARE}"),
    ("who", rf"(?:是|由)?{_WHO}(?:来)?{_DO}{_NAME}"),
    ("who", rf"{_NAME}(?:是|由)?(?:由)?{_WHO}(?:来)?{_DO}(?:的)?"),
    ("who", rf"(?:是|由)?{_WHO}(?:来|在)?{_HANDLE}{_NAME}"),
    ("who", rf"{_NAME}(?:是|由)?(?:由)?{_WHO}(?:来|在)?{_HANDLE}(?:的)?"),
    (
        "who",
        rf"{_NAME}的(?P<verb>牵头|负责|责任|主管|配合)(?:单位|部门|机关|主体)(?:是|有)?(?:{_WHO}|哪些|哪个|什么)?",
    ),
    ("measures", rf"{_ANY}{_MEASURES}"),
    ("of", rf"{_NAME}(?:都)?{_ANY}(?P<touch>支持|扶持)性?的?{_MEASURES}"),
    ("of", rf"{_NAME}的(?P<touch>支持|扶持)性?{_MEASURES}{_ARE}"),
    ("by_actor", rf"(?:由)?{_NAME}(?:是否|有没有)?{_NOT}{_DO}(?:的)?{_ANY}(?:{_MEASURES})?"),
    ("by_actor", rf"(?:由)?{_NAME}(?:是否|有没有)?{_NOT}{_DO}(?:的)?(?:任何)?{_MEASURES}{_ARE}"),
    ("of", rf"{_NAME}(?:都)?有{_ANY}{_MEASURES}"),
    ("of", rf"{_NAME}(?:都)?{_ANY}{_MEASURES}"),
    ("of", rf"{_NAME}的{_MEASURES}{_ARE}"),
    ("search", r"(?:搜索|查找|搜|检索)(?:一下)?\s*(?P<name>.+)"),
)
