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


def test_a_page_of_headings_and_clauses_is_known_by_its_greatest_width() -> None:
    bureaus = ["商务", "教育", "公安", "林业", "民政"]
    plan = "".join(
        f"    （{number}）健全工作机制。\n"
        f"    责任单位：市{bureau}局、市场监督管理局，各县（市、区）人民政府，经济开发区管委会\n"
        for number, bureau in zip("一二三四五", bureaus, strict=True)
    )
    assert clean_text(wrap(plan, 30)).text == clean_text(plan).text


def test_lists_of_titles_stay() -> None:
    tasks = ["", "强国", "强市建设", "保护体系", "保护和运用", "运用促进", "专利导航", "转化"]
    titles = "".join(f"关于进一步加强和推进知识产权{task}工作的若干意见\n" for task in tasks)
    assert clean_text(titles).text == titles
