"""Charts as SVG drawn on the server: no script, prints, always beside its table (UI section 12)."""

from collections.abc import Sequence
from typing import NamedTuple

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

LABEL_PX, BAR_PX, ROW_PX, VALUE_PX = 190, 300, 30, 90
TILE_PX, TILE_GAP, TILES_A_ROW = 116, 8, 6


class Bar(NamedTuple):
    """One line of a bar chart."""

    label: str
    percent: float | None
    """None: no figure, drawn as an empty line with a dash."""
    address: str = ""
    """Page of what it stands for; a tile leads there."""


def percent_text(percent: float | None) -> str:
    """A share as it is written in Vietnamese: 70,8%."""
    return "–" if percent is None else f"{percent:.1f}%".replace(".", ",")


def bar_chart(title: str, finding: str, bars: Sequence[Bar]) -> SafeString:
    """Horizontal bars from zero to 100 per cent; `finding` says in words what they show."""
    height = len(bars) * ROW_PX + 4
    width = LABEL_PX + BAR_PX + VALUE_PX
    rows = format_html_join(
        "",
        '<g class="chart-row"><text x="{}" y="{}" text-anchor="end" class="chart-label">{}</text>'
        '<rect x="{}" y="{}" width="{}" height="18" class="chart-track"/>'
        '<rect x="{}" y="{}" width="{}" height="18" class="chart-bar"/>'
        '<text x="{}" y="{}" class="chart-value">{}</text></g>',
        (_bar_values(number, bar) for number, bar in enumerate(bars)),
    )
    return _figure(width, height, title, finding, rows)


def _bar_values(number: int, bar: Bar) -> tuple[object, ...]:
    top = number * ROW_PX + 2
    filled = round(BAR_PX * min(100.0, bar.percent or 0.0) / 100)
    label = bar.label if len(bar.label) <= 26 else bar.label[:25] + "…"
    x = LABEL_PX + 8
    text_y = top + 15
    return (LABEL_PX, text_y, label, x, top, BAR_PX, x, top, filled, x + BAR_PX + 8, text_y, percent_text(bar.percent))


def tile_grid(title: str, finding: str, bars: Sequence[Bar]) -> SafeString:
    """One square an area, darker with a larger share; the figure stands in each."""
    rows = -(-len(bars) // TILES_A_ROW) or 1
    step = TILE_PX + TILE_GAP
    tiles = format_html_join("", "{}", ((_tile(number, bar, step),) for number, bar in enumerate(bars)))
    role = "group" if any(bar.address for bar in bars) else "img"
    return _figure(TILES_A_ROW * step - TILE_GAP, rows * step - TILE_GAP, title, finding, tiles, role)


def _tile(number: int, bar: Bar, step: int) -> SafeString:
    drawn = format_html(
        '<title>{}</title><rect x="{}" y="{}" width="{}" height="{}" rx="8" class="chart-tile step-{}"/>'
        '<text x="{}" y="{}" text-anchor="middle" class="chart-label on-{}">{}</text>'
        '<text x="{}" y="{}" text-anchor="middle" class="chart-figure on-{}">{}</text>',
        bar.label,
        *_tile_values(number, bar, step),
    )
    if not bar.address:
        return format_html("<g>{}</g>", drawn)
    words = f"{bar.label}: {percent_text(bar.percent)}"
    return format_html('<a href="{}" aria-label="{}">{}</a>', bar.address, words, drawn)


def _tile_values(number: int, bar: Bar, step: int) -> tuple[object, ...]:
    x, y = number % TILES_A_ROW * step, number // TILES_A_ROW * step
    shade = 0 if bar.percent is None else min(4, int(bar.percent // 20)) + 1
    ink = "dark" if shade >= 3 else "light"
    middle = x + TILE_PX // 2
    label = bar.label if len(bar.label) <= 14 else bar.label[:13] + "…"
    return (x, y, TILE_PX, TILE_PX, shade, middle, y + 44, ink, label, middle, y + 76, ink, percent_text(bar.percent))


def _figure(width: int, height: int, title: str, finding: str, inner: SafeString, role: str = "img") -> SafeString:
    return format_html(
        '<svg class="chart" viewBox="0 0 {} {}" role="{}" width="{}"><title>{}</title><desc>{}</desc>{}</svg>',
        width,
        height,
        role,
        width,
        title,
        finding,
        inner or mark_safe(""),
    )
