"""How figures are written for people: Vietnamese grouping, a word for hidden ones, durations in words."""

from datetime import timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from binhyen.statistics.measures import MeasureKind
from binhyen.statistics.queries import Figure

HIDDEN = "ẩn"
"""Shown in place of a figure that could point to somebody or give such a figure away; the legend says why (con.k5).

Not "<5": what is hidden beside a small figure may be in the hundreds, and a page never says what is not so."""
NONE = "–"
HOUR_MIN = 60
WORKDAY_MIN = 7.5 * 60
"""Standard office hours of a day."""
DAY_MIN = 24 * 60


def number(value: float) -> str:
    """129200 as 129.200, 70.8 as 70,8."""
    text = f"{value:,.1f}" if value % 1 else f"{value:,.0f}"
    return text.replace(",", " ").replace(".", ",").replace(" ", ".")


def shown(figure: Figure, unit: str = "") -> str:
    """The figure in words."""
    if figure.is_hidden:
        return HIDDEN
    if figure.value is None:
        return NONE
    return f"{number(figure.value)}{unit}" if figure.measure.kind != MeasureKind.SPREAD else _time(figure, figure.value)


def as_number(value: float | None) -> int | float | None:
    """For a cell of a spreadsheet: whole numbers without a decimal point."""
    return value if value is None or value % 1 else int(value)


def unit_of(figure: Figure) -> str:
    """What the bare number counts, where it is no plain count."""
    return _("minutes") if figure.measure.kind == MeasureKind.SPREAD else ""


def change(figure: Figure, unit: str = "") -> str:
    """Difference to the span before: "+12", "-3", "" when it is unknown."""
    if figure.change is None:
        return ""
    if figure.measure.kind == MeasureKind.SPREAD:
        words = _time(figure, abs(figure.change))
        return f"+{words}" if figure.change > 0 else f"-{words}" if figure.change < 0 else "0"
    rounded = round(figure.change, 1)
    return f"{'+' if rounded > 0 else ''}{number(rounded)}{unit}"


def change_in_words(figure: Figure, unit: str = "") -> str:
    """The same without a sign, which a spreadsheet could take for a formula: "up 12", "down 3", "unchanged"."""
    if figure.change is None:
        return ""
    size = change(figure, unit).lstrip("+-")
    if round(figure.change, 1) == 0:
        return _("unchanged")
    return (_("up %(n)s") if figure.change > 0 else _("down %(n)s")) % {"n": size}


def ninetieth(figure: Figure) -> str:
    """Time within which nine of ten durations lie, "" without any."""
    return "" if figure.ninetieth is None else _time(figure, figure.ninetieth)


def _time(figure: Figure, minutes: float) -> str:
    """Office time: "41 minutes", "3,5 hours", "2 working days"; by the clock: days."""
    day_min = WORKDAY_MIN if figure.measure.is_office_time else DAY_MIN
    if minutes < HOUR_MIN:
        return ngettext("%(n)s minute", "%(n)s minutes", round(minutes)) % {"n": round(minutes)}
    if minutes < day_min:
        hours = round(timedelta(minutes=minutes) / timedelta(hours=1), 1)
        return _("%(n)s hours") % {"n": number(hours)}
    days = {"n": number(round(minutes / day_min, 1))}
    return (_("%(n)s working days") if figure.measure.is_office_time else _("%(n)s days")) % days
