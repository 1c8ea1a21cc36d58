"""Columns over months as SVG drawn on the server; hidden months are hatched, never zero (UI section 12)."""

from collections.abc import Sequence
from html import escape
from typing import NamedTuple

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from binhyen.statistics.wording import HIDDEN

COLUMN_PX, GAP_PX, HEIGHT_PX, FOOT_PX, HEAD_PX = 36, 14, 160, 24, 20
HIDDEN_PX = 40
"""Height of a hatched column, whatever it hides."""
DIGIT_PX = 9
"""Room for one digit above a column, so that large numbers do not run into each other."""


class Column(NamedTuple):
    """One month."""

    label: str
    value: int | None
    """None: hidden."""


def column_chart(title: str, finding: str, columns: Sequence[Column]) -> SafeString:
    """Columns from zero; `finding` says in words what they show."""
    highest = max((column.value or 0 for column in columns), default=0) or 1
    step_px = max(COLUMN_PX + GAP_PX, DIGIT_PX * len(_number(highest)) + GAP_PX)
    first_px = (step_px - COLUMN_PX) // 2
    parts = [_drawn(number * step_px + first_px, column, highest) for number, column in enumerate(columns)]
    width, height = len(columns) * step_px, HEAD_PX + HEIGHT_PX + FOOT_PX
    return format_html(
        '<svg class="chart" viewBox="0 0 {} {}" width="{}" role="img"><title>{}</title><desc>{}</desc><defs>'
        '<pattern id="hatch" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
        '<rect width="2" height="6" class="chart-hatch"/></pattern></defs>{}</svg>',
        width,
        height,
        width,
        title,
        finding,
        mark_safe("".join(parts)),  # noqa: S308 - numbers, and texts escaped in _drawn
    )


def _drawn(x: int, column: Column, highest: int) -> str:
    """One column as markup; a template's way of escaping takes ten times as long for each of its twelve parts."""
    middle, foot = x + COLUMN_PX // 2, HEAD_PX + HEIGHT_PX
    tall = HIDDEN_PX if column.value is None else round(HEIGHT_PX * column.value / highest)
    look, words = ("chart-hidden", HIDDEN) if column.value is None else ("chart-bar", _number(column.value))
    return (
        f'<g><rect x="{x}" y="{foot - tall}" width="{COLUMN_PX}" height="{tall}" class="{look}"/>'
        f'<text x="{middle}" y="{foot - tall - 5}" text-anchor="middle" class="chart-value">{words}</text>'
        f'<text x="{middle}" y="{foot + 18}" text-anchor="middle" class="chart-label">{escape(column.label)}</text></g>'
    )


def _number(value: int) -> str:
    return f"{value:,}".replace(",", ".")
