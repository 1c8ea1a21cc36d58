"""Pages that are the same for everybody but for a few values of one person: rendered once, kept in pieces around them.

A page is rendered without its request, with unguessable marks in place of those values, so that nothing of the person
who asked first can be in what is kept. Each answer puts its own values between the pieces, escaped as a template does.
"""

import functools
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.html import escape

from binhyen.portal.units_here import UnitHere

MOST_KEPT = 512
"""Pages kept at once, some 10 kB each; those of the units asked for least go first."""

Values = Mapping[str, str | tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class _Kept:
    """A page cut at its values: a piece, the name and place of a value, a piece, and so on to the last piece."""

    pieces: tuple[str, ...]
    places: tuple[tuple[str, int], ...]


def kept_page(template: str, unit: UnitHere, facts: Mapping[str, Any], values: Values) -> HttpResponse:
    """The page `portal/<template>.html` of a form that leaves few traces (G12).

    `facts` (hashable) are the same for everybody who gets the page in this language; what differs from person to person
    is in `values`, which the template may write down as they are and nothing else: no filter, no condition.
    """
    shape = tuple((name, -1 if isinstance(value, str) else len(value)) for name, value in values.items())
    kept = _kept(template, str(translation.get_language()), unit, tuple(facts.items()), shape)
    told = {name: (value,) if isinstance(value, str) else value for name, value in values.items()}
    written = [kept.pieces[0]]
    for (name, place), piece in zip(kept.places, kept.pieces[1:], strict=True):
        written += (escape(told[name][place]), piece)
    return HttpResponse("".join(written))


@functools.lru_cache(MOST_KEPT)
def _kept(
    template: str, language: str, unit: UnitHere, facts: tuple[tuple[str, Any], ...], shape: tuple[tuple[str, int], ...]
) -> _Kept:
    marks = {name: [secrets.token_hex(16) for _ in range(abs(length))] for name, length in shape}
    shown = {name: marks[name] if length >= 0 else marks[name][0] for name, length in shape}
    context = {"unit": unit, "is_private": True, **dict(facts), **shown}
    with translation.override(language):
        page = render_to_string(f"portal/{template}.html", context)
    found = {mark: (name, place) for name, own in marks.items() for place, mark in enumerate(own)}
    parts = re.split(f"({'|'.join(found)})", page) if found else [page]
    return _Kept(tuple(parts[::2]), tuple(found[mark] for mark in parts[1::2]))
