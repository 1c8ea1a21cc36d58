"""Columns over months as SVG drawn on the server; hidden months are hatched, never zero (UI section 12)."""

from collections.abc import Sequence
from typing import NamedTuple

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from binhyen.statistics.wording import HIDDEN

COLUMN_PX, GAP_PX, HEIGHT_PX, FOOT_PX, HEAD_PX = 36, 14, 160, 24, 20
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
    parts = format_html_join(
        "",
        '<g><rect x="{}" y="{}" width="{}" height="{}" class="{}"/><text x="{}" y="{}" text-anchor="middle" '
        'class="chart-value">{}</text><text x="{}" y="{}" text-anchor="middle" class="chart-label">{}</text></g>',
        (_parts(number * step_px + first_px, column, highest) for number, column in enumerate(columns)),
    )
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
        parts,
    )


def _parts(x: int, column: Column, highest: int) -> tuple[object, ...]:
    middle, foot = x + COLUMN_PX // 2, HEAD_PX + HEIGHT_PX
    if column.value is None:
        return (x, foot - 40, COLUMN_PX, 40, "chart-hidden", middle, foot - 46, HIDDEN, middle, foot + 18, column.label)
    tall = round(HEIGHT_PX * column.value / highest)
    return (
        x,
        foot - tall,
        COLUMN_PX,
        tall,
        "chart-bar",
        middle,
        foot - tall - 5,
        _number(column.value),
        middle,
        foot + 18,
        column.label,
    )


def _number(value: int) -> str:
    return f"{value:,}".replace(",", ".")
