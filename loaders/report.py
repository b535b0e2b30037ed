"""What a person should know of how notices were read: a report on each, and a book of all.

Reports are small and picklable, so that they cross processes; a `ReportBook` takes them one by one
and is written as JSON or as one HTML page, whole or not at all.
"""

import json
import os
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path

from kg.errors import KgError
from loaders.analyse import Analysis
from loaders.clean import Cleaned
from loaders.doubts import find_doubts
from loaders.partition import count_characters, partition_text

VERSION = 1  # of the JSON document
SUFFIXES = (".json", ".html")
NO_TITLE = "没有找到标题 no title was found"
NO_ISSUER = "没有找到发文机关 no issuer was found"
NO_DATE = "没有找到成文日期 no date of issue was found"
NO_MEASURES = "没有找到编号的措施 no numbered measure was found"
NO_NOTICE = "可能不是公文：如列表页、出错页 perhaps no notice, but a listing or an error page"
_MOST_NAMES = 200  # unresolved names kept of one notice
_MUCH_OUTSIDE = 0.2
_MOST_LISTED = 50  # files or names listed with a signal


@dataclass(frozen=True, slots=True, order=True)
class Unresolved:
    """An actor's name that was not resolved, why, and how often it stands in the notice."""

    name: str
    reason: str
    count: int = field(default=1, compare=False)

    def __str__(self) -> str:
        return f"{self.name}: {self.reason}"


@dataclass(frozen=True, slots=True)
class Removed:
    """What was taken for noise, for one reason: pieces, and characters in them."""

    reason: str
    pieces: int
    characters: int


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a text came from.

    Attributes:
        uri: file, member of an archive, or row of a corpus.
        sha256: of the bytes.
        encoding: found.
        kind: file type: txt, html, pdf …; empty where it is not known.
        warnings: of the reader, for people: damaged bytes, pages without text …
    """

    uri: str
    sha256: str
    encoding: str
    kind: str = ""
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """What a person should know of how a notice was read.

    Attributes:
        uri: the file.
        sha256: of its bytes.
        encoding: found.
        characters: of the stored text.
        measures: found.
        unresolved: names of actors that could not be resolved; the most frequent ones where
            there are very many.
        noise: pieces of advertising, lost characters and furniture found.
        warnings: in words, for people.
        kind: file type.
        title: of the notice; empty where none was found.
        without_actor: measures for which nobody is named.
        unsectioned: characters of text in no section, white space left out.
        share_unsectioned: of all characters that are not white space, furniture left out.
        unresolved_mentions: how often unresolved names stand there, all of them counted.
        removed: the noise, by reason.
        doubts: what looks wrong about the outline.
    """

    uri: str
    sha256: str
    encoding: str
    characters: int
    measures: int
    unresolved: tuple[Unresolved, ...]
    noise: int
    warnings: tuple[str, ...]
    kind: str = ""
    title: str = ""
    without_actor: int = 0
    unsectioned: int = 0
    share_unsectioned: float = 0.0
    unresolved_mentions: int = 0
    removed: tuple[Removed, ...] = ()
    doubts: tuple[str, ...] = ()


def make_report(origin: Origin, cleaned: Cleaned, analysis: Analysis) -> Report:
    """Return the report on a notice that has been read."""
    names = _unresolved(analysis)
    kept = sorted(sorted(names, key=lambda name: -name.count)[:_MOST_NAMES])
    removed = tuple(_removed(cleaned, analysis))
    pieces = partition_text(analysis)
    outside = count_characters(analysis.text, pieces, "unsectioned")
    furniture = count_characters(analysis.text, pieces, "furniture")
    own = len("".join(analysis.text.split())) - furniture
    measures = [item for item in analysis.items if item.is_measure]
    title = analysis.metadata.title
    return Report(
        uri=origin.uri,
        sha256=origin.sha256,
        encoding=origin.encoding,
        characters=len(analysis.text),
        measures=len(measures),
        unresolved=tuple(kept),
        noise=sum(part.pieces for part in removed),
        warnings=(*origin.warnings, *_warnings(analysis)),
        kind=origin.kind,
        title=title.value[:200] if title else "",
        without_actor=sum(not item.actors for item in measures),
        unsectioned=outside,
        share_unsectioned=round(outside / own, 4) if own else 0.0,
        unresolved_mentions=sum(name.count for name in names),
        removed=removed,
        doubts=tuple(find_doubts(analysis)),
    )


def _unresolved(analysis: Analysis) -> list[Unresolved]:
    counts = Counter(
        (actor.surface, actor.reason)
        for item in analysis.items
        for actor in item.actors
        if actor.target is None and actor.institution is None
    )
    return [Unresolved(name, reason, count) for (name, reason), count in sorted(counts.items())]


def _removed(cleaned: Cleaned, analysis: Analysis) -> Iterator[Removed]:
    pieces, characters = Counter[str](), Counter[str]()
    for noise in cleaned.noise:
        pieces[noise.reason] += 1
        characters[noise.reason] += len(noise.surface)
    for span in analysis.structure.furniture:
        pieces["furniture"] += 1
        characters["furniture"] += span.end - span.start
    for reason in sorted(pieces):
        yield Removed(reason, pieces[reason], characters[reason])


def _warnings(analysis: Analysis) -> Iterator[str]:
    metadata = analysis.metadata
    missing = {
        NO_TITLE: metadata.title is None,
        NO_ISSUER: not metadata.issuers,
        NO_DATE: metadata.issued_on is None,
        NO_MEASURES: not any(item.is_measure for item in analysis.items),
    }
    if all(missing.values()):
        yield NO_NOTICE
    yield from (words for words, is_missing in missing.items() if is_missing)


@dataclass(frozen=True, slots=True)
class Failure:
    """What could not be read, and why."""

    uri: str
    reason: str


@dataclass(frozen=True, slots=True)
class Signal:
    """One thing a person should look at.

    Attributes:
        name: stable key.
        text: what it means, in both languages.
        value: a share in [0, 1], or a count.
        of: what it is a share or a count of, in Chinese.
        examples: the files or names it concerns, the first ones.
        alarming: whether it calls for a look.
    """

    name: str
    text: str
    value: float
    of: str
    examples: tuple[str, ...] = ()
    alarming: bool = False


@dataclass
class ReportBook:
    """The reports of a run, in the order they came; and what could not be read."""

    reports: list[Report] = field(default_factory=list)
    failures: list[Failure] = field(default_factory=list)

    def add(self, report: Report) -> None:
        """Take the report on a notice."""
        self.reports.append(report)

    def fail(self, error: KgError, uri: str = "") -> None:
        """Take what could not be read; the URI where the error does not tell it."""
        uri = str(getattr(error, "uri", uri))
        reason = str(error).removeprefix(f"{uri}: ") if uri else str(error)
        self.failures.append(Failure(uri, reason))

    def signals(self) -> tuple[Signal, ...]:
        """Return the overall signals of quality, in a fixed order."""
        return tuple(_signals(self.reports, self.failures))

    def as_record(self) -> dict[str, object]:
        """Return the book as JSON holds it.

        Keys, stable within a `version`: version; summary (files, failed, characters, measures,
        unresolved, unsectioned, noise); signals (as `Signal`); files (as `Report`); failed (uri,
        reason).
        """
        reports = self.reports
        return {
            "version": VERSION,
            "summary": {
                "files": len(reports),
                "failed": len(self.failures),
                "characters": sum(r.characters for r in reports),
                "measures": sum(r.measures for r in reports),
                "unresolved": sum(r.unresolved_mentions for r in reports),
                "unsectioned": sum(r.unsectioned for r in reports),
                "noise": sum(r.noise for r in reports),
            },
            "signals": [asdict(signal) for signal in self.signals()],
            "files": [asdict(report) for report in reports],
            "failed": [asdict(failure) for failure in self.failures],
        }

    def write(self, path: Path) -> None:
        """Write the book, whole or not at all: a JSON document, or an HTML page.

        Raises:
            ValueError: the name of the file ends in neither .json nor .html.
            OSError: it cannot be written.
        """
        from loaders.report_page import render_page

        kind = check_path(path)
        record = self.as_record()
        text = (
            json.dumps(record, ensure_ascii=False, indent=1) + "\n"
            if kind == ".json"
            else render_page(self)
        )
        _replace(path, text)


def check_path(path: Path) -> str:
    """Return .json or .html, as a report's name ends.

    Raises:
        ValueError: it ends in neither.
    """
    suffix = path.suffix.lower()
    if suffix not in SUFFIXES:
        raise ValueError(f"{path} ends in neither .json nor .html")
    return suffix


def _replace(path: Path, text: str) -> None:
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    draft = Path(name)
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n", errors="replace") as file:
            file.write(text)
        draft.chmod(0o666 & ~_umask())
        draft.replace(path)
    except BaseException:
        draft.unlink(missing_ok=True)
        raise


def _umask() -> int:
    """Return the mask for new files; a private draft must not stay private."""
    mask = os.umask(0o022)
    os.umask(mask)
    return mask


def _signals(reports: list[Report], failures: list[Failure]) -> Iterator[Signal]:
    measures = sum(r.measures for r in reports)
    bare = sum(r.without_actor for r in reports)
    names = Counter[str]()
    for report in reports:
        names.update({name.name: name.count for name in report.unresolved})
    mentions = sum(r.unresolved_mentions for r in reports)
    share = bare / measures if measures else 0.0
    worst = sorted(reports, key=lambda r: -r.without_actor)[:_MOST_LISTED]
    files = tuple(f"{r.uri}：{r.without_actor}/{r.measures}条" for r in worst if r.without_actor)
    yield Signal(
        "measures_without_actor",
        "没有责任主体的措施 measures for which nobody is named",
        share,
        "占全部措施",
        files,
        share > 0.5,
    )
    share = mentions / measures if measures else 0.0
    common = tuple(f"{name}（{count}次）" for name, count in names.most_common(_MOST_LISTED))
    yield Signal(
        "unresolved_per_measure",
        "未能识别的机构名 names of bodies that were not resolved",
        share,
        "次/条措施",
        common,
        mentions > 0,
    )
    yield _files("no_notice", NO_NOTICE, reports, lambda r: NO_NOTICE in r.warnings)
    yield _files("no_title", NO_TITLE, reports, lambda r: NO_TITLE in r.warnings)
    yield _files("no_issuer", NO_ISSUER, reports, lambda r: NO_ISSUER in r.warnings)
    yield _files("no_date", NO_DATE, reports, lambda r: NO_DATE in r.warnings)
    yield _files("no_measures", NO_MEASURES, reports, lambda r: r.measures == 0)
    yield _files(
        "text_in_no_section",
        "两成以上文字不在任何条目中 over a fifth of the text is in no item",
        reports,
        lambda r: r.measures > 0 and r.share_unsectioned > _MUCH_OUTSIDE,
    )
    yield _files(
        "doubtful_outline",
        "条目编号或长度可疑 doubtful numbers or lengths of items",
        reports,
        lambda r: bool(r.doubts),
    )
    failed = tuple(f"{f.uri}：{f.reason}" for f in failures[:_MOST_LISTED])
    yield Signal("failed", "未能读取 not read", len(failures), "个文件", failed, bool(failures))


def _files(
    name: str, text: str, reports: list[Report], matches: Callable[[Report], bool]
) -> Signal:
    found = [report for report in reports if matches(report)]
    examples = tuple(
        "：".join((report.uri, *report.doubts[:1])) if name == "doubtful_outline" else report.uri
        for report in found[:_MOST_LISTED]
    )
    return Signal(name, text, len(found), "个文件", examples, bool(found))
