"""The figures of a review: read from the roll-ups, in Vietnamese, and kept word for word when it is closed."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from datetime import timedelta
from typing import Any

from django.utils import translation

from binhyen.core.clock import VIETNAM
from binhyen.reviews.models import Review, ReviewState
from binhyen.reviews.rules import title_of, whole_month_in
from binhyen.statistics import wording as words
from binhyen.statistics.measures import BY_CODE, MEASURES, MeasureKind
from binhyen.statistics.periods import Span
from binhyen.statistics.queries import TIMELINE_CODES, Figure, Overview, overview_for
from binhyen.units.models import Unit
from binhyen.units.scope import Scope

COVERAGE, KEPT, SATISFACTION = "coverage", "kept_share", "satisfaction"
"""Codes of the three figures that are worked out from others."""


@dataclass(frozen=True, slots=True)
class Line:
    """One figure in words."""

    code: str
    title: str
    value: str
    change: str
    """"tăng 12", "" when it is unknown."""
    definition: str
    period: str = ""
    """The whole month it is about, when the review's own span shows none (G28)."""
    number: float | None = None
    """None: there is none, or it is hidden."""
    delta: float | None = None
    ninetieth: str = ""

    @property
    def is_nothing(self) -> bool:
        """Nothing happened and nothing changed."""
        return self.value == words.NONE or (self.number == 0 and not self.delta)

    @property
    def is_hidden(self) -> bool:
        """It could point to somebody, or give such a figure away (G28)."""
        return self.value == words.HIDDEN


@dataclass(frozen=True, slots=True)
class Chart:
    """Twelve months of one figure; None is hidden."""

    title: str
    finding: str
    labels: list[str]
    values: list[int | None]


@dataclass(frozen=True, slots=True)
class Figures:
    """Everything with a number in it that a review prints."""

    counted: str
    """When the roll-ups were written, "" when nothing was counted."""
    lines: list[Line] = field(default_factory=list)
    charts: list[Chart] = field(default_factory=list)
    annex_titles: list[str] = field(default_factory=list)
    annex: list[list[str]] = field(default_factory=list)
    """Units below, or areas, in the order of their names; never a rank."""

    def __getitem__(self, code: str) -> Line | None:
        return next((line for line in self.lines if line.code == code), None)


def figures_for(scope: Scope, review: Review) -> Figures:
    """Those kept at the closing, else those of now. Raises NotAllowed."""
    if review.state == ReviewState.CLOSED and review.figures:
        return from_kept(review.figures)
    return live_figures(scope, review.unit, span_of_review(review))


def span_of_review(review: Review) -> Span:
    """Its days as the statistics know them."""
    return Span(review.starts_on, review.ends_on + timedelta(days=1))


def live_figures(scope: Scope, unit: Unit, span: Span) -> Figures:
    """The figures of now. What a span of single days hides is taken from the last whole month in or before it."""
    month = whole_month_in(span)
    with translation.override("vi"):
        found = overview_for(scope, unit.public_id, span)
        lines = list(_lines(found, ""))
        if month is not None:
            whole = {line.code: line for line in _lines(overview_for(scope, unit.public_id, month), title_of(month))}
            lines = [whole[line.code] if _is_hidden_by_days(line) else line for line in lines]
        counted = f"{found.counted_at.astimezone(VIETNAM):%H:%M ngày %d/%m/%Y}" if found.counted_at else ""
        return Figures(counted, lines, list(_charts(found)), *_annex(found))


def _is_hidden_by_days(line: Line) -> bool:
    if line.code in (KEPT, SATISFACTION):
        return True
    measure = BY_CODE.get(line.code)
    return measure is not None and measure.protects and measure.kind != MeasureKind.LEVEL


def _lines(found: Overview, period: str) -> Iterable[Line]:
    for figure in found.figures:
        if figure.measure.code == "communes" and not found.below:
            continue  # a commune's police does not count itself
        yield _line(figure.measure.code, str(figure.measure.title), figure, period)
        if figure.measure.code == "households_reached":
            yield _line(COVERAGE, "Tỷ lệ hộ tham gia nhóm", found.coverage, period, "%")
        if figure.measure.code == "limits_missed":
            yield _line(KEPT, "Tỷ lệ đúng hạn", found.kept, period, "%")
        if figure.measure.code == "ratings":
            yield _line(SATISFACTION, "Điểm trung bình ý kiến (thang 5)", found.satisfaction, period)


def _line(code: str, title: str, figure: Figure, period: str, unit: str = "") -> Line:
    return Line(
        code=code,
        title=title,
        value=words.shown(figure, unit),
        change=words.change_in_words(figure, " điểm %" if unit else ""),
        definition=str(figure.measure.definition),
        period=period,
        number=figure.value,
        delta=figure.change,
        ninetieth=words.ninetieth(figure),
    )


def _charts(found: Overview) -> Iterable[Chart]:
    titles = {measure.code: str(measure.title) for measure in MEASURES}
    labels = [f"{month.period.number}" for month in found.timeline]
    for at, code in enumerate(TIMELINE_CODES):
        values = [month.values[at] for month in found.timeline]
        known = [value for value in values if value is not None]
        if any(known):
            last = found.timeline[-1].period.name
            finding = f"12 tháng đến {last}; tháng nhiều nhất có {words.number(max(known))}."
            yield Chart(titles[code], finding, labels, values)


def _annex(found: Overview) -> tuple[list[str], list[list[str]]]:
    if found.below:
        titles = ["Tỷ lệ hộ tham gia", *(str(one.measure.title) for one in found.below[0][1][1:])]
        rows = [
            [unit.name, *(words.shown(one, "%" if at == 0 else "") for at, one in enumerate(row))]
            for unit, row in found.below
        ]
        return ["Đơn vị", *titles], rows
    rows = [
        [
            area.name or "Các thôn nhỏ gộp lại",
            words.number(area.households),
            words.HIDDEN if area.reached is None else words.number(area.reached),
            words.NONE if area.percent is None else f"{words.number(area.percent)}%",
        ]
        for area in found.areas
    ]
    return ["Thôn, tổ dân phố", "Số hộ", "Hộ tham gia nhóm", "Tỷ lệ"], rows


def as_kept(figures: Figures) -> dict[str, Any]:
    """As a row keeps them."""
    return asdict(figures)


def from_kept(kept: Mapping[str, Any]) -> Figures:
    """What `as_kept` wrote."""
    return Figures(
        counted=kept["counted"],
        lines=[Line(**line) for line in kept["lines"]],
        charts=[Chart(**chart) for chart in kept["charts"]],
        annex_titles=kept["annex_titles"],
        annex=kept["annex"],
    )
