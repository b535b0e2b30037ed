"""What each figure shows, and what it needs to be drawn, in both languages."""

from collections.abc import Mapping
from typing import NamedTuple

from queries.research.pmc import Language


class FigureText(NamedTuple):
    """A caption, and why the figure is left out where it is."""

    caption: str
    needs: str


def figure_text(name: str, language: Language) -> FigureText:
    """Return the texts of a figure.

    Raises:
        KeyError: there is no such figure.
    """
    return _TEXTS[name][language]


_COOPERATION: Mapping[Language, str] = {
    "zh": "至少要有两个机关合作",
    "en": "needs two agencies that cooperate",
}
_USES: Mapping[Language, str] = {"zh": "没有工具的运用", "en": "no use of an instrument"}
_TEXTS: Mapping[str, Mapping[Language, FigureText]] = {
    "fig1_crosstab": {
        "zh": FigureText(
            "政策工具类别 × 知识产权环节,按层级;标题为运用次数,一次运用可在几个环节的单元格中",
            _USES["zh"],
        ),
        "en": FigureText(
            "instruments by class and activity, for each level; titles count uses, and a use "
            "stands in the cell of each activity that it works on",
            _USES["en"],
        ),
    },
    "fig2_years": {
        "zh": FigureText("各年政策工具运用次数", "没有注明年份的运用"),
        "en": FigureText("uses of instruments by year", "no use with a year"),
    },
    "fig3_cooperation": {
        "zh": FigureText("合作网络:圆的大小为合作次数", _COOPERATION["zh"]),
        "en": FigureText(
            "cooperation; the size of an agency is its joint measures", _COOPERATION["en"]
        ),
    },
    "fig4_breadth_depth": {
        "zh": FigureText("合作广度与深度", _COOPERATION["zh"]),
        "en": FigureText("breadth and depth of cooperation", _COOPERATION["en"]),
    },
    "fig5_responsibilities": {
        "zh": FigureText("各主体职责", "没有写明主体的措施"),
        "en": FigureText("responsibilities by actor and role", "no measure with an actor"),
    },
    "fig6_deadlines": {
        "zh": FigureText("期限日历", "没有期限"),
        "en": FigureText("calendar of deadlines", "no deadline"),
    },
    "fig7_lags": {
        "zh": FigureText("层级间传导时滞", "没有日期或年份可知的一对公文"),
        "en": FigureText("lag of derivation between levels", "no pair of dated notices"),
    },
    "fig8_diffusion": {
        "zh": FigureText(
            "运用最多的政策工具的扩散曲线", "至少要有采用同一工具的两个地域和两个年份"
        ),
        "en": FigureText(
            "diffusion of the instruments used most",
            "needs at least two jurisdictions that adopt one instrument, and two years",
        ),
    },
    "fig9_pmc_surfaces": {
        "zh": FigureText("PMC 曲面(指数最高者)", "没有可计指数的公文"),
        "en": FigureText(
            "PMC surfaces of the notices with the highest indices", "no notice with an index"
        ),
    },
}
