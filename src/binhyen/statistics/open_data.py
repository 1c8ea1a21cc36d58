"""Figures of a unit as open data: the last whole months with a dictionary, hidden as on the unit's own page (G28).

Columns keep their names and order; a new one is added at the end. Text is Vietnamese, codes are those of `measures`.
"""

import csv
import io
from collections.abc import Iterable, Sequence

from django.utils import translation

from binhyen.core import clock
from binhyen.statistics.measures import MEASURES, Measure, MeasureKind
from binhyen.statistics.periods import Grain, Span, period_around
from binhyen.statistics.queries import SHOWN, Figure, open_figures
from binhyen.statistics.reading import months_of
from binhyen.units.models import Unit
from binhyen.vault.export_files import defused

MONTHS = 12
FIGURE_COLUMNS = ("don_vi", "ma_don_vi", "thang", "ma_chi_so", "gia_tri", "an")
DICTIONARY_COLUMNS = ("ma_chi_so", "ten", "cach_tinh", "cach_cong", "don_vi_tinh", "an_so_nho")
_ADDED = {
    MeasureKind.FLOW: "cộng dồn",
    MeasureKind.LEVEL: "số cuối kỳ",
    MeasureKind.SPREAD: "trung vị",
}


def figures_csv(unit: Unit) -> str:
    """A row for each figure of each of the last twelve whole months, the latest first; "an" is 1 where it is hidden."""
    spans = _whole_months()
    found = months_of([unit.pk], spans[-1].start, spans[0].end).get(unit.pk, {})
    rows = []
    for span in (each for each in spans if each.start in found):
        start = (defused(unit.name), unit.national_code, f"{span.start:%Y-%m}")
        figures = open_figures(unit, span, found[span.start])
        rows += [(*start, figure.measure.code, *_value(figure)) for figure in figures]
    return _table(FIGURE_COLUMNS, rows)


def dictionary_csv() -> str:
    """What each figure means, how months are put together, and whether small ones are hidden."""
    with translation.override("vi"):
        return _table(DICTIONARY_COLUMNS, [_entry(measure) for measure in SHOWN])


def dictionary_markdown() -> str:
    """The same for docs/figures.md, with every measure there is."""
    with translation.override("vi"):
        rows = [" | ".join(("", *_entry(measure), "")).strip() for measure in MEASURES]
    head = "| mã | tên | cách tính | cộng theo kỳ | đơn vị tính | ẩn số 1–4 |\n|---|---|---|---|---|---|\n"
    return head + "\n".join(rows) + "\n"


def _whole_months() -> list[Span]:
    spans = [period_around(clock.today(), Grain.MONTH).span.before()]
    while len(spans) < MONTHS:
        spans.append(spans[-1].before())
    return spans


def _value(figure: Figure) -> tuple[str, str]:
    """The value, and whether it is hidden."""
    if figure.is_hidden or figure.value is None:
        return "", "1" if figure.is_hidden else "0"
    return f"{figure.value:g}" if figure.value % 1 else f"{figure.value:.0f}", "0"


def _entry(measure: Measure) -> tuple[str, ...]:
    unit = "phút" if measure.kind == MeasureKind.SPREAD else "số đếm"
    hides = "có" if measure.protects else "không"
    return (measure.code, str(measure.title), str(measure.definition), _ADDED[measure.kind], unit, hides)


def _table(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    out = io.StringIO(newline="")
    table = csv.writer(out)
    table.writerow(columns)
    table.writerows(rows)
    return out.getvalue()
