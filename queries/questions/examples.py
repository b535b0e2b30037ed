"""Questions to show where one was not understood: those that share words with it first."""

EXAMPLES = (
    "谁牵头加强地理标志保护？",
    "盘锦大米由谁负责？",
    "哪些措施涉及省教育厅？",
    "省教育厅牵头哪些措施？",
    "哪些措施支持盘锦大米？",
    "盘锦市有哪些措施？",
    "辽宁省地理标志运用促进实施方案的依据是什么？",
    "哪些通知依据知识产权强国建设纲要(2021—2035年)？",
    "哪些措施引用辽宁省知识产权保护条例？",
    "省知识产权局印发了哪些通知？",
    "2022年发布了哪些通知？",
    "2025年底前要完成哪些措施？",
    "谁和省教育厅合作？",
    "省知识产权局和省教育厅共同参与的措施有哪些？",
    "哪些措施涉及盘锦大米但不涉及省知识产权局？",
    "哪些措施没有牵头单位？",
    "省知识产权局牵头多少项措施？",
    "哪个部门牵头的措施最多？",
    "辽宁省用了哪些政策工具？",
    "比较辽宁省与吉林省",
    "辽宁省提出了哪些目标？",
    "哪些产品被提到？",
    "who leads 加强地理标志保护?",
    "which measures involve 省教育厅?",
    "what is 省教育厅 responsible for?",
    "how many measures does 省知识产权局 lead?",
    "which policy instruments does 辽宁省 use?",
    "compare 辽宁省 and 吉林省",
    "which targets are set in 辽宁省?",
    "what does 辽宁省地理标志运用促进实施方案 derive from?",
    "which measures are due by 2025-06?",
    "which measures cite 辽宁省知识产权保护条例?",
)
_ALWAYS = ("政策工具", "多少", "比较", "目标", "instruments", "how many", "compare", "targets")
_FITTING = 6  # shown because they share words, besides those of kinds that few would think of


def fitting_examples(question: str) -> tuple[str, ...]:
    """Return the examples nearest to a question, then some of each kind; all if none is near."""
    asked = _pairs(question)
    scores = {text: len(asked & _pairs(text)) for text in EXAMPLES}
    if not any(scores.values()):
        return EXAMPLES
    is_english = question.isascii()
    ranked = sorted(EXAMPLES, key=lambda text: -scores[text])[:_FITTING]
    kinds = [text for text in EXAMPLES if any(word in text for word in _ALWAYS)]
    more = [text for text in kinds if text[:3].isascii() == is_english]
    return tuple(dict.fromkeys([*ranked, *more]))


def _pairs(text: str) -> set[str]:
    """Return the words of a text: pairs of Chinese characters, whole words of English."""
    lowered = text.lower()
    words = {word.strip("?？") for word in lowered.split() if word.isascii()}
    pairs = {lowered[at : at + 2] for at in range(len(lowered) - 1)}
    return words - {"the", "is", "are", "a"} | {pair for pair in pairs if not pair.isascii()}
