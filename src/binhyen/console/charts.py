"""Charts as SVG drawn on the server: no script, prints, always beside its table (UI section 12)."""

from collections.abc import Sequence
from typing import NamedTuple

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

ROW_PX = 44
TILE_PX = 116


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
    """Horizontal bars from zero to 100 per cent, as wide as the screen; `finding` says in words what they show."""
    rows = format_html_join(
        "",
        '<g class="chart-row"><text x="0" y="{}" class="chart-label">{}</text>'
        '<text x="100%" y="{}" text-anchor="end" class="chart-value">{}</text>'
        '<rect x="0" y="{}" width="100%" height="16" class="chart-track"/>'
        '<rect x="0" y="{}" width="{}%" height="16" class="chart-bar"/></g>',
        (_bar_values(number * ROW_PX, bar) for number, bar in enumerate(bars)),
    )
    return format_html(
        '<svg class="chart chart-bars" role="img" width="100%" height="{}"><title>{}</title><desc>{}</desc>{}</svg>',
        len(bars) * ROW_PX,
        title,
        finding,
        rows or mark_safe(""),
    )


def _bar_values(top: int, bar: Bar) -> tuple[object, ...]:
    filled = f"{min(100.0, bar.percent or 0.0):.1f}"
    under = top + 20
    return (top + 14, _short(bar.label, 32), top + 14, percent_text(bar.percent), under, under, filled)


def _short(label: str, most: int) -> str:
    return label if len(label) <= most else f"{label[: most - 1]}…"


def _two_lines(label: str, most: int) -> list[str]:
    """A name over at most two lines, cut where even that is too little."""
    if len(label) <= most:
        return [label]
    first = label[: most + 1].rpartition(" ")[0] or label[:most]
    return [first, _short(label[len(first) :].strip(), most)]


def tile_grid(title: str, finding: str, bars: Sequence[Bar]) -> SafeString:
    """One square an area, darker with a larger share; the figure stands in each. As many a row as the screen holds."""
    role = "group" if any(bar.address for bar in bars) else "img"
    tiles = format_html_join("", "{}", ((_tile(bar),) for bar in bars))
    return format_html(
        '<div class="chart chart-tiles" role="{}" aria-label="{}. {}">{}</div>', role, title, finding, tiles
    )


def _tile(bar: Bar) -> SafeString:
    shade = 0 if bar.percent is None else min(4, int(bar.percent // 20)) + 1
    ink = "dark" if shade >= 3 else "light"
    lines = _two_lines(bar.label, 13)
    label = format_html_join(
        "",
        '<text x="{}" y="{}" text-anchor="middle" class="chart-label on-{}">{}</text>',
        ((TILE_PX // 2, 44 + 16 * (at + 1 - len(lines)), ink, line) for at, line in enumerate(lines)),
    )
    drawn = format_html(
        '<svg viewBox="0 0 {0} {0}" aria-hidden="true"><title>{1}</title>'
        '<rect x="1" y="1" width="{2}" height="{2}" rx="8" class="chart-tile step-{3}"/>'
        "{6}"
        '<text x="{4}" y="76" text-anchor="middle" class="chart-figure on-{5}">{7}</text></svg>',
        *(TILE_PX, bar.label, TILE_PX - 2, shade, TILE_PX // 2, ink, label, percent_text(bar.percent)),
    )
    if not bar.address:
        return drawn
    words = f"{bar.label}: {percent_text(bar.percent)}"
    return format_html('<a href="{}" aria-label="{}">{}</a>', bar.address, words, drawn)
