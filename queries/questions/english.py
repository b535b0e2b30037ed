"""Forms of English questions, as `queries.questions.chinese` has them for Chinese."""

from queries.questions.intent import Kind

_MEASURES = r"(?:measures?|tasks?|actions?)"
_NOTICES = r"(?:notices?|documents?|policies|policy|texts?)"
_WHICH = r"(?:which|what)"
_BODIES = r"(?:who|(?:which|what) (?:agency|agencies|bodies|body|departments?|offices?))"
_TOUCHES = (
    r"(?P<touch>involves?|mentions?|mentioning|involving|concern(?:s|ing)?|about|supports?|"
    r"supporting|relate to|related to)"
)
_TOUCH = _TOUCHES.replace("?P<touch>", "?:")
_DO = (
    r"(?:jointly |both )?(?P<verb>leads?|supports?|assists?|(?:answers?|responsible) for|"
    r"takes? part in|participates? in)"
)
_DERIVE = r"(?:derive from|are based on|are derived from|implement|build on|cites?|refer to)"
_NAME = r"(?P<name>.+?)"
_NOT = r"(?: (?P<not>not))?"
_ISSUED = r"(?:issued?|publish(?:ed)?|released?)"
_PART = (
    r"(?:an? |any )?(?P<part>leader|lead agency|responsible (?:body|agency)|supporter|actor|"
    r"agency|deadline|(?:policy )?instrument)s?"
)
_TOOLS = r"(?:policy )?(?:instruments|tools)"

_WORKS = r"(?:works?|cooperates?|collaborates?)"
_TARGETS = r"(?:targets?|goals?|figures)"
_THING = (
    r"(?P<thing>geographical indications?|products?|places?|programmes?|programs?|institutions?|"
    r"universities|platforms?)"
)

FORMS: tuple[tuple[Kind, str], ...] = (
    ("comparison", rf"compare {_NAME}"),
    ("comparison", rf"how do {_NAME} (?:differ|compare)"),
    ("comparison", rf"what (?:is the difference|differs) between {_NAME}"),
    ("ranking", rf"{_BODIES} {_DO} (?:the )?most(?: {_MEASURES})?(?: (?:in|of) {_NAME})?"),
    ("partners", rf"{_BODIES} {_WORKS} (?:most )?with {_NAME}(?: (?:the )?most)?"),
    ("ranking", rf"{_WHICH} (?:agencies|bodies|departments) are there(?: in {_NAME})?"),
    (
        "instruments",
        rf"{_WHICH} {_TOOLS} (?:are used|are there)(?: (?:the )?most)?(?: (?:in|by|of) {_NAME})?",
    ),
    ("instruments", rf"{_WHICH} {_TOOLS} (?:does|do) {_NAME} (?:use|deploy|have)"),
    (
        "targets",
        rf"{_WHICH} {_TARGETS} (?:are (?:there|set)|have been set)(?: (?:in|by|for) {_NAME})?",
    ),
    ("targets", rf"{_WHICH} {_TARGETS} (?:does|do|did) {_NAME} (?:set|have)"),
    ("targets", rf"what are the {_TARGETS}(?: (?:of|in|for) {_NAME})?"),
    ("targets", rf"(?:the )?{_TARGETS} (?:of|in|for) {_NAME}"),
    ("things", rf"{_WHICH} {_THING} are (?P<touch>mentioned|supported)(?: (?:in|by) {_NAME})?"),
    ("lacks", rf"{_WHICH} {_MEASURES} (?P<not>have no|lack|do not have|are without) {_PART}"),
    ("has", rf"{_WHICH} {_MEASURES} have {_PART}"),
    ("due", rf"{_WHICH}(?: {_MEASURES})? (?:is|are|was|were|falls?|fell) due"),
    ("due", rf"{_MEASURES} due"),
    ("due", rf"{_WHICH} {_MEASURES} (?:of|by|in) {_NAME} (?:is|are|fall) due"),
    ("about", rf"(?:is|are) there (?:any |an? )?{_MEASURES} {_TOUCHES} {_NAME}"),
    ("about", rf"{_MEASURES} (?P<not>not) {_TOUCHES} {_NAME}"),
    ("issued", rf"what (?:did|has|does) {_NAME} {_ISSUED}"),
    ("ongoing", rf"{_WHICH} {_MEASURES} (?:are ongoing|go on|have no end)"),
    ("ongoing", rf"ongoing {_MEASURES}"),
    ("uses", rf"{_WHICH} {_MEASURES} (?:do (?P<not>not) )?(?:use|deploy) {_NAME}"),
    ("about", rf"{_WHICH} {_MEASURES} {_TOUCHES} both {_NAME} and (?P<other>.+)"),
    (
        "about",
        (
            rf"{_WHICH} {_MEASURES} {_TOUCHES} {_NAME} but (?:do )?(?P<not>not)(?: {_TOUCH})? "
            r"(?P<other>.+)"
        ),
    ),
    ("about", rf"{_WHICH} {_MEASURES} (?:are |do )?(?:(?P<not>not) )?{_TOUCHES} {_NAME}"),
    ("about", rf"{_MEASURES} {_TOUCHES} {_NAME}"),
    ("by_actor", rf"{_WHICH}(?: {_MEASURES})? (?:does|do|did) {_NAME}{_NOT} {_DO}"),
    ("by_actor", rf"{_WHICH}(?: {_MEASURES})? (?:is|are) {_NAME}{_NOT} (?P<verb>responsible) for"),
    ("by_actor", rf"{_WHICH} {_MEASURES} are{_NOT} (?P<verb>led|supported) by {_NAME}"),
    ("by_actor", rf"(?:does|do|did) {_NAME} {_DO} (?:any|a) {_MEASURES}"),
    ("by_actor", rf"(?:is|are) {_NAME} (?P<verb>responsible) for (?:any|a) {_MEASURES}"),
    ("by_actor", rf"{_MEASURES} (?P<verb>led|supported) by {_NAME}"),
    ("notices", rf"{_WHICH} {_NOTICES} (?:are there|were {_ISSUED}|are {_ISSUED})(?: in {_NAME})?"),
    ("notices", rf"{_NOTICES}(?: {_ISSUED})?(?: (?:of|in|from) {_NAME})?"),
    ("issued", rf"{_WHICH} {_NOTICES} (?:did|has|have|does) {_NAME} {_ISSUED}"),
    ("issued", rf"{_WHICH} {_NOTICES} (?:are|were) {_ISSUED} by {_NAME}"),
    ("issued", rf"{_NOTICES} (?:{_ISSUED} )?by {_NAME}"),
    ("measures", rf"{_WHICH} {_MEASURES} are there"),
    ("of", rf"{_WHICH} {_MEASURES} are (?:there )?in {_NAME}"),
    ("of", rf"{_WHICH} {_MEASURES} (?:does|do) {_NAME} (?:have|contain|hold)"),
    ("of", rf"(?:the )?{_MEASURES} (?:in|of|from|for) {_NAME}"),
    ("lineage", rf"what (?:does|do) (?:the )?{_NAME} (?:derive from|implement|build on|cite)"),
    ("lineage", rf"what is (?:the )?{_NAME} (?:based on|derived from|made under)"),
    ("descendants", rf"{_WHICH} {_NOTICES} {_DERIVE} {_NAME}"),
    ("citing", rf"{_WHICH} {_MEASURES} {_DERIVE} {_NAME}"),
    ("citing", rf"{_MEASURES} (?:citing|that cite) {_NAME}"),
    ("descendants", rf"what (?:derives from|is based on|implements|cites) {_NAME}"),
    (
        "who",
        (
            rf"{_BODIES} (?:is |are )?(?P<verb>leads?|led|responsible|supports?|assists?|answers?|"
            rf"in charge)(?: for| by| of)? (?:the )?(?:{_MEASURES} (?:about|for|on) )?{_NAME}"
        ),
    ),
    (
        "who",
        (
            rf"{_BODIES} (?:takes? part|is involved|are involved|participates?) in "
            rf"(?:{_MEASURES} (?:about|for|on) )?{_NAME}"
        ),
    ),
    ("search", rf"(?:search(?: for)?|find|look up) {_NAME}"),
)
