"""How figures are written for people: Vietnamese grouping, hidden ones as "<5", durations in words."""

from datetime import timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from binhyen.statistics.measures import MeasureKind
from binhyen.statistics.queries import Figure

HIDDEN = "<5"
"""Shown in place of a figure that could point to somebody; the legend says why (con.k5)."""
NONE = "–"
HOUR_MIN = 60
WORKDAY_MIN = 7.5 * 60
"""Standard office hours of a day."""


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
    return duration(figure.value) if figure.measure.kind == MeasureKind.SPREAD else f"{number(figure.value)}{unit}"


def change(figure: Figure, unit: str = "") -> str:
    """Difference to the span before: "+12", "-3", "" when it is unknown."""
    if figure.change is None:
        return ""
    if figure.measure.kind == MeasureKind.SPREAD:
        words = duration(abs(figure.change))
        return f"+{words}" if figure.change > 0 else f"-{words}" if figure.change < 0 else "0"
    rounded = round(figure.change, 1)
    return f"{'+' if rounded > 0 else ''}{number(rounded)}{unit}"


def duration(minutes: float) -> str:
    """Office time: "41 minutes", "3,5 hours", "2 working days"."""
    if minutes < HOUR_MIN:
        return ngettext("%(n)s minute", "%(n)s minutes", round(minutes)) % {"n": round(minutes)}
    if minutes < WORKDAY_MIN:
        hours = round(timedelta(minutes=minutes) / timedelta(hours=1), 1)
        return _("%(n)s hours") % {"n": number(hours)}
    return _("%(n)s working days") % {"n": number(round(minutes / WORKDAY_MIN, 1))}
