"""Figures of a unit, of those below it, and of its areas (O11): with date, definition and change; never a rank."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from binhyen.console.access import ConsoleRequest, officer_required
from binhyen.console.charts import Bar, percent_text, tile_grid
from binhyen.console.dot_map import STEPS, dot_map, shades
from binhyen.console.figure_files import figures_file, year_file
from binhyen.console.figure_links import links_for
from binhyen.console.figure_rows import area_rows, below_rows, hamlet_pages, measure_rows, month_rows
from binhyen.console.texts import error_text
from binhyen.console.unit_choice import unit_choice
from binhyen.core import clock
from binhyen.core.errors import NotAllowed, NotPossible
from binhyen.statistics import wording as words
from binhyen.statistics.dots import dots_below
from binhyen.statistics.measures import MEASURES
from binhyen.statistics.periods import Grain, Span, code_of, name_of, period_around, span_of
from binhyen.statistics.queries import TIMELINE_CODES, VIEW_ROLES, Figure, Overview, overview_for
from binhyen.statistics.time_chart import Column, column_chart
from binhyen.units import queries as unit_queries
from binhyen.units.scope import LEADER_ROLES
from binhyen.units.setting_up import set_open_figures

FIRST_YEAR = 2000


@require_safe
@officer_required
def figures(request: ConsoleRequest) -> HttpResponse:
    """The page of one unit and one span."""
    span, error = asked_span(request)
    found = overview_for(request.officer_scope, request.GET.get("unit") or _home(request), span)
    if request.GET.get("as") in ("csv", "xlsx"):
        return figures_file(found, request.user, request.GET["as"])
    return render(
        request,
        "console/figures.html",
        _context(found, error, links_for(request.officer_scope, found)) | _more(request, found),
        status=422 if error else 200,
    )


def _home(request: ConsoleRequest) -> str:
    """The unit shown first. Raises NotAllowed."""
    home = unit_queries.home_unit_for(request.officer_scope, VIEW_ROLES)
    if home is None:
        raise NotAllowed
    return home.public_id


def _more(request: ConsoleRequest, found: Overview) -> dict[str, Any]:
    """The way to other units: a list of few ones, else a search; the units above; the dots of communes."""
    scope = request.officer_scope
    return {
        **unit_choice(request, VIEW_ROLES),
        "above": unit_queries.units_above_for(scope, found.unit, VIEW_ROLES),
        "may_open": scope.holds(found.unit.pk, LEADER_ROLES),
        **_map(found),
    }


def _map(found: Overview) -> dict[str, Any]:
    """The dots with their table, of a unit that has communes below it."""
    if not found.below:
        return {}
    known = dots_below(found.unit, found.span, found.counted_at)
    if not known.dots:
        return {}
    rows = shades(known)
    finding = _("%(n)s communes; in %(high)s of them 80 per cent of the households or more are reached.") % {
        "n": words.number(len(known.dots)),
        "high": words.number(next(row.communes for row in rows if row.step == STEPS)),
    }
    drawn = dot_map(_("Communes by the share of households reached"), finding, known, code_of(found.span))
    return {
        "dot_map": drawn,
        "shades": [(row, words.number(row.communes)) for row in rows],
        "dot_finding": finding,
        "without_place": known.without_place,
    }


@require_safe
@officer_required
def year(request: ConsoleRequest, unit_id: str) -> StreamingHttpResponse:
    """A unit and those below it, month by month in the year asked for, else in this one."""
    unit = unit_queries.access_unit(request.officer_scope, unit_id, VIEW_ROLES)
    asked = request.GET.get("year", "")
    is_year = asked.isdecimal() and FIRST_YEAR <= int(asked[:5]) <= clock.today().year
    return year_file(unit, int(asked) if is_year else clock.today().year, request.user)


@require_POST
@officer_required
def open_data(request: ConsoleRequest, unit_id: str) -> HttpResponse:
    """Open the unit's figures to anybody, or close them again."""
    unit = unit_queries.access_unit(request.officer_scope, unit_id, LEADER_ROLES)
    are_open = request.POST.get("act") == "open"
    set_open_figures(request.officer_scope, unit, are_open=are_open)
    messages.success(request, _("The figures are open data now.") if are_open else _("The figures are closed again."))
    return redirect(f"{reverse('console:figures')}?unit={unit.public_id}")


def asked_span(request: ConsoleRequest) -> tuple[Span, str]:
    """The asked span, or this quarter with what was wrong."""
    here = period_around(clock.today(), Grain.QUARTER).span
    code = request.GET.get("period", "")
    if request.GET.get("from") or request.GET.get("to"):
        code = f"{_day(request.GET.get('from', ''))}..{_day(request.GET.get('to', ''))}"
    if not code:
        return here, ""
    try:
        return span_of(code), ""
    except NotPossible as error:
        return here, error_text(error)


def _day(typed: str) -> str:
    """22/11/2026 as 2026-11-22; anything else stays as it is."""
    parts = typed.strip().replace("-", "/").replace(".", "/").split("/")
    if len(parts) == 3 and all(part.isdecimal() for part in parts) and len(parts[2]) == 4:
        return f"{parts[2]}-{parts[1]:0>2}-{parts[0]:0>2}"
    return typed.strip()


def _context(found: Overview, error: str, links: dict[str, str]) -> dict[str, Any]:
    pages = hamlet_pages(found)
    return {
        "unit": found.unit,
        "found": found,
        "error": error,
        "period": code_of(found.span),
        "period_name": name_of(found.span),
        "periods": _periods(),
        "first_day": found.span.start,
        "last_day": found.span.last_day,
        "headline": _headline(found, links),
        "lines": measure_rows(found, links),
        "below_titles": [_("Coverage"), *(one.measure.title for one in found.below[0][1][1:])] if found.below else [],
        "below": below_rows(found),
        "areas": area_rows(found, pages),
        "tiles": _tiles(found, pages),
        "charts": list(_charts(found)),
        "months": month_rows(found),
        "month_titles": [measure.title for measure in MEASURES if measure.code in TIMELINE_CODES],
    }


def _periods() -> list[tuple[str, str]]:
    """This and the last month, quarter, half-year and year, for one tap."""
    today = clock.today()
    chosen = []
    for grain in Grain:
        here = period_around(today, grain)
        before = period_around(here.span.start - timedelta(days=1), grain)
        chosen += [(here.code, here.name), (before.code, before.name)]
    return chosen


def _headline(found: Overview, links: dict[str, str]) -> list[dict[str, Any]]:
    by_code = {figure.measure.code: figure for figure in found.figures}
    answered, first = by_code["questions_answered"], by_code["first_answer"]
    stats = [
        _stat(_("Households in groups"), found.coverage, "%", _middle(found.coverage)),
        _stat(_("Questions answered"), answered),
        _stat(_("First answer, median"), first, "", _ninetieth(first)),
        _stat(_("Reports received"), by_code["reports_received"]),
        _stat(_("Time limits kept"), found.kept, "%"),
        _stat(_("Opinions on conduct, mean of 5"), found.satisfaction, "", _opinions(by_code["ratings"])),
    ]
    return [stat | {"link": links.get(stat["code"], "")} for stat in stats]


def _stat(title: str, figure: Figure, unit: str = "", hint: str = "") -> dict[str, Any]:
    return {
        "title": title,
        "code": figure.measure.code,
        "value": words.shown(figure, unit),
        "change": words.change(figure, "" if unit != "%" else " " + _("points")),
        "hint": hint,
        "is_hidden": figure.is_hidden,
    }


def _middle(figure: Figure) -> str:
    return _("middle of similar units: %(n)s%%") % {"n": words.number(figure.middle)} if figure.middle else ""


def _ninetieth(figure: Figure) -> str:
    if figure.ninetieth is None:
        return ""
    return _("nine of ten within %(time)s") % {"time": words.ninetieth(figure)}


def _opinions(figure: Figure) -> str:
    return _("from %(n)s opinions") % {"n": words.shown(figure)} if figure.value else ""


def _tiles(found: Overview, pages: dict[str, str]) -> Any:
    if not found.areas:
        return ""
    bars = [
        Bar(area.name or _("Small areas together"), area.percent, pages.get(area.public_id, "")) for area in found.areas
    ]
    known = [bar.percent for bar in bars if bar.percent is not None]
    finding = _("%(n)s areas; the share of households goes from %(low)s to %(high)s.") % {
        "n": len(bars),
        "low": percent_text(min(known, default=None)),
        "high": percent_text(max(known, default=None)),
    }
    return tile_grid(_("Households reached, by area"), finding, bars)


def _charts(found: Overview) -> Iterator[tuple[Any, Any]]:
    titles = {measure.code: measure.title for measure in MEASURES}
    for at, code in enumerate(TIMELINE_CODES):
        columns = [Column(f"{month.period.number}", month.values[at]) for month in found.timeline]
        shown = [column.value for column in columns if column.value is not None]
        finding = _("Twelve months up to %(last)s; the largest month has %(high)s.") % {
            "last": found.timeline[-1].period.name,
            "high": words.number(max(shown, default=0)),
        }
        yield titles[code], column_chart(str(titles[code]), finding, columns)
