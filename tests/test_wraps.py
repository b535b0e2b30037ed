"""Hard wraps are undone; the author's own line breaks stay."""

from loaders.clean import clean_text

SENTENCES = (
    "一、加强组织领导\n各级各部门要把知识产权工作摆在更加突出的位置，主要负责同志亲自研究部署，"
    "市知识产权局会同有关部门制定年度计划，明确责任分工和完成时限，确保各项任务落到实处。\n"
    "二、加大投入力度\n市财政局统筹安排专项资金，重点支持高价值专利培育、专利导航和维权援助等工作，"
    "健全绩效评价办法，提高资金使用效益，任何单位和个人不得截留挪用，违者依法追究相应的责任。\n"
)


def wrap(text: str, width: int) -> str:
    lines = []
    for paragraph in text.splitlines():
        lines += [paragraph[i : i + width] for i in range(0, len(paragraph), width)]
    return "\n".join(lines) + "\n"


def test_a_wrapped_page_reads_as_it_was_written() -> None:
    wrapped = wrap(SENTENCES, 14)
    assert wrapped != SENTENCES
    assert clean_text(wrapped).text == SENTENCES


def test_paragraphs_of_any_length_stay() -> None:
    assert clean_text(SENTENCES * 4).text == SENTENCES * 4
