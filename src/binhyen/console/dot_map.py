"""Communes as dots at their centre points, drawn on the server: no border line is drawn, and no place made up."""

import functools
import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from binhyen.statistics.dots import Dot, DotMap

WIDTH_PX, HIGHEST_PX, MARGIN_PX = 520, 720, 16
FEW = 300
"""Up to so many dots are links with a name each; more are drawn as one line a shade, small enough for a slow phone."""
STEPS = 5


class Shade(NamedTuple):
    """One shade of the map with what it means, for the legend and the table beside."""

    step: int
    words: str
    communes: int


@dataclass(frozen=True, slots=True)
class _Frame:
    """Equal distances in both directions around the middle of what is shown."""

    west: float
    north: float
    stretch: float
    scale: float
    width_px: int
    height_px: int

    @classmethod
    def around(cls, dots: Sequence[Dot]) -> "_Frame":
        west, east = (pick(dot.longitude for dot in dots) for pick in (min, max))
        south, north = (pick(dot.latitude for dot in dots) for pick in (min, max))
        stretch = math.cos(math.radians((north + south) / 2))
        wide, tall = max(0.05, (east - west) * stretch), max(0.05, north - south)
        room_x, room_y = WIDTH_PX - 2 * MARGIN_PX, HIGHEST_PX - 2 * MARGIN_PX
        scale = min(room_x / wide, room_y / tall)
        return cls(
            west, north, stretch, scale, round(wide * scale) + 2 * MARGIN_PX, round(tall * scale) + 2 * MARGIN_PX
        )

    def at(self, dot: Dot) -> tuple[int, int]:
        return (
            round(MARGIN_PX + (dot.longitude - self.west) * self.stretch * self.scale),
            round(MARGIN_PX + (self.north - dot.latitude) * self.scale),
        )


def step_of(percent: float | None) -> int:
    """Shade of a share: 1 to 5, a fifth each; 0 for none."""
    return 0 if percent is None else min(STEPS - 1, int(percent // 20)) + 1


@functools.lru_cache(maxsize=128)
def _shade_counts(known: DotMap) -> tuple[int, ...]:
    steps = [step_of(dot.percent) for dot in known.dots]
    return tuple(steps.count(step) for step in range(STEPS + 1))


def shades(known: DotMap) -> list[Shade]:
    """How many communes have each shade."""
    counts = _shade_counts(known)
    words = [_("no figure"), *(f"{20 * step}–{20 * step + 20}%" for step in range(STEPS))]
    return [Shade(step, words[step], counts[step]) for step in (*range(1, STEPS + 1), 0)]


@functools.lru_cache(maxsize=128)
def dot_map(title: str, finding: str, known: DotMap, period: str) -> SafeString:
    """The map; `period` is the code of the period that a commune's own page opens with.

    Drawn once for as long as the dots are kept (`statistics.dots`); the texts tell one language from another.
    """
    dots = known.dots
    frame = _Frame.around([*dots, *known.islands])
    drawn = _linked(frame, dots, period) if len(dots) <= FEW else _together(frame, dots)
    return format_html(
        '<svg class="chart dot-map" viewBox="0 0 {} {}" width="{}" role="{}">'
        "<title>{}</title><desc>{}</desc>{}{}{}</svg>",
        frame.width_px,
        frame.height_px,
        frame.width_px,
        "group" if len(dots) <= FEW else "img",
        title,
        finding,
        format_html_join(
            "",
            '<circle cx="{}" cy="{}" r="{}" class="dot step-0"/>',
            ((*frame.at(dot), _radius_px(dots)) for dot in known.islands),
        ),
        drawn,
        _labels(frame, [*dots, *known.islands]),
    )


def _radius_px(dots: Sequence[Dot]) -> int:
    """Large enough for a finger where there is room, small where hundreds lie side by side."""
    return 12 if len(dots) <= 40 else 8 if len(dots) <= FEW else 3


def _labels(frame: _Frame, dots: Sequence[Dot]) -> SafeString:
    """Names beside the dots that have one, on the side where there is room."""
    return format_html_join(
        "",
        '<text x="{}" y="{}" text-anchor="{}" class="chart-label">{}</text>',
        (
            (x - 18 if is_right else x + 18, y + 5, "end" if is_right else "start", dot.label)
            for dot in dots
            if dot.label
            for x, y in (frame.at(dot),)
            for is_right in (x > frame.width_px / 2,)
        ),
    )


def _linked(frame: _Frame, dots: Sequence[Dot], period: str) -> SafeString:
    return format_html_join(
        "",
        '<a href="?unit={}&amp;period={}" aria-label="{}"><title>{}</title>'
        '<circle cx="{}" cy="{}" r="{}" class="dot step-{}"/></a>',
        (
            (dot.public_id, period, words, words, *frame.at(dot), _radius_px(dots), step_of(dot.percent))
            for dot in dots
            for words in (f"{dot.name}: {percent_or_none(dot.percent)}",)
        ),
    )


def _together(frame: _Frame, dots: Sequence[Dot]) -> SafeString:
    lines: list[list[str]] = [[] for _step in range(STEPS + 1)]
    for dot in dots:
        x, y = frame.at(dot)
        lines[step_of(dot.percent)].append(f"M{x} {y}h0")
    return format_html_join(
        "", '<path class="dots step-{}" d="{}"/>', ((step, "".join(line)) for step, line in enumerate(lines) if line)
    )


def percent_or_none(percent: float | None) -> str:
    """A share in words for a reader of the screen."""
    return _("no figure") if percent is None else f"{percent:.1f}%".replace(".", ",")
