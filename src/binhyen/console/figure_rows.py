"""Rows of the tables of figures as markup, put together here: a page has hundreds of cells, and a template takes ten
times as long for each. Whatever is not a number or written in this file goes through `escape`."""

import functools
from collections.abc import Iterable, Mapping
from html import escape

from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from binhyen.statistics import wording as words
from binhyen.statistics.periods import code_of
from binhyen.statistics.queries import SHOWN, Overview


def month_rows(found: Overview) -> SafeString:
    """Twelve months with what came in and was answered."""
    return _rows(_row(escape(month.period.name), map(_count, month.values)) for month in found.timeline)


def below_rows(found: Overview) -> SafeString:
    """The units below, each a way to its own page."""
    period = escape(code_of(found.span))
    return _rows(
        _row(
            _link(f"?unit={escape(unit.public_id)}&amp;period={period}", unit.name),
            (words.shown(one, "%" if at == 0 else "") for at, one in enumerate(figures)),
        )
        for unit, figures in found.below
    )


def hamlet_pages(found: Overview) -> dict[str, str]:
    """Public id of a hamlet -> address of its page; the small ones together have none."""
    ids = [area.public_id for area in found.areas if area.public_id]
    period = code_of(found.span)
    return {
        one: f"{reverse('console:figures-of-hamlet', args=[found.unit.public_id, one])}?period={period}" for one in ids
    }


def area_rows(found: Overview, pages: Mapping[str, str]) -> SafeString:
    """Hamlets, each a way to its own page."""
    return _rows(
        _row(
            _link(escape(pages[area.public_id]), area.name) if area.name else escape(_("Small areas together")),
            [_count(one) for one in (area.households, area.reached, area.members)],
        )
        for area in found.areas
    )


def measure_rows(found: Overview, links: Mapping[str, str]) -> SafeString:
    """Every figure with its change and how it is counted; `links` lead to what it counts."""
    texts = _texts(get_language())
    rows = []
    for figure in found.figures:
        code = figure.measure.code
        if code in texts:
            title, definition = texts[code]
            head = f'<a class="long-link" href="{escape(links[code])}">{title}</a>' if code in links else title
            cells = (
                f"<td>{escape(words.shown(figure))}</td><td>{escape(words.change(figure))}</td><td>{definition}</td>"
            )
            rows.append(f'<tr><th scope="row">{head}</th>{cells}</tr>')
    return _rows(rows)


@functools.cache
def _texts(language: str | None) -> dict[str, tuple[str, str]]:  # noqa: ARG001 - the language they are in
    """Measure -> its title and definition, escaped; the opinions stand in the headline alone."""
    shown = (one for one in SHOWN if one.code != "ratings")
    return {one.code: (escape(str(one.title)), escape(str(one.definition))) for one in shown}


def _count(count: int | None) -> str:
    return words.HIDDEN if count is None else words.number(count)


def _link(address: str, name: str) -> str:
    """`address` is escaped already."""
    return f'<a class="long-link" href="{address}">{escape(name)}</a>'


def _row(head: str, cells: Iterable[str]) -> str:
    """`head` is markup."""
    return f'<tr><th scope="row">{head}</th>{"".join([f"<td>{escape(cell)}</td>" for cell in cells])}</tr>'


def _rows(rows: Iterable[str]) -> SafeString:
    return mark_safe("\n".join(rows))  # noqa: S308 - every part is escaped above
