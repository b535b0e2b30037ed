"""A notice's own title is no citation; another text of the same title is."""

import pytest

from loaders.analyse import analyse_text

OWN = "关于印发知识产权保护体系实施方案的通知"


def cited(body: str, title: str = OWN) -> list[tuple[str, str | None, str | None]]:
    text = f"{title}\n青知发〔2024〕3号\n各市州：\n{body}\n青海省知识产权局\n2024年5月6日\n"
    found = analyse_text(text).citations
    return [(c.title, c.number, c.relation) for c in found]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("现将《知识产权保护体系实施方案》印发给你们。", []),
        ("请按照《知识产权保护体系实施方案》（青知发〔2024〕3号）推进。", []),
        # of another number, of another body, the one that this replaces
        (
            "按照《知识产权保护体系实施方案》（国知发〔2023〕9号）要求，制定方案。",
            [("知识产权保护体系实施方案", "国知发〔2023〕9号", "based_on")],
        ),
        (
            "落实国家知识产权局、公安部印发的《知识产权保护体系实施方案》，制定方案。",
            [("知识产权保护体系实施方案", None, "implements")],
        ),
        ("《知识产权保护体系实施方案》同时废止。", [("知识产权保护体系实施方案", None, "repeals")]),
    ],
)
def test_texts_of_ones_own_title(
    body: str, expected: list[tuple[str, str | None, str | None]]
) -> None:
    assert cited(body) == expected


@pytest.mark.parametrize(
    ("title", "body", "expected"),
    [
        # rules under a text are not that text
        (
            "关于印发某区专利促进办法实施细则的通知",
            "为落实《某区专利促进办法》，制定本细则。",
            [("某区专利促进办法", None, "implements")],
        ),
        (
            "关于贯彻落实某省强省纲要的通知",
            "为做好《某省强省纲要》实施工作，现通知如下。",
            [("某省强省纲要", None, "implements")],
        ),
        (
            "关于印发《甲办法》《乙办法》的通知",
            "某厅制定了《甲办法》和《乙办法》。",
            [],
        ),
        (
            "关于印发某省实施方案的通知",
            "《强国建设纲要》印发以来，成效明显。落实《强国建设纲要》，制定方案。",
            [("强国建设纲要", None, None), ("强国建设纲要", None, "implements")],
        ),
        (
            "关于开展高校试点工作的通知",
            "某局制定了《高校试点工作方案（试行）》（以下简称《工作方案》，详见附件）。请按照《工作方案》申报。",
            [],
        ),
        # what is put out may be a list, and may stand elsewhere
        (
            "关于印发年度工作总结和工作要点的通知",
            "现将《某局2024年工作总结》和《某局2025年工作要点》印发给你们。",
            [],
        ),
        (
            "关于印发某省强省纲要（2021—2035年）的通知",
            "经研究，《某省强省纲要（2021—2035年）》现予印发。",
            [],
        ),
    ],
)
def test_texts_that_a_title_names(
    title: str, body: str, expected: list[tuple[str, str | None, str | None]]
) -> None:
    assert cited(body, title) == expected
