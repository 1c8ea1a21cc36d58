"""The figures of one page as a table for office programs: CSV or XLSX, no cell of which is ever a formula (G33)."""

from django.http import HttpResponse, StreamingHttpResponse
from django.utils.translation import gettext as _

from binhyen.core import clock
from binhyen.statistics import wording as words
from binhyen.statistics.families import written_at
from binhyen.statistics.open_data import FIGURE_COLUMNS
from binhyen.statistics.periods import code_of, name_of
from binhyen.statistics.queries import Figure, Overview
from binhyen.statistics.year_file import year_rows
from binhyen.units.models import Officer, Unit
from binhyen.vault.export_files import Cell, Table, Watermark, csv_file, csv_pieces, xlsx_file

TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def figures_file(found: Overview, officer: Officer, form: str) -> HttpResponse:
    """Every figure with its definition, hidden ones as such; counts alone, so without the ways of G33's lists."""
    mark = Watermark(found.unit.public_id[:8], found.unit.name, officer.full_name, _("Figures"), clock.now())
    tables = [_figures(found), _below(found)] if found.below else [_figures(found)]
    content = csv_file(tables[0], mark) if form == "csv" else xlsx_file(tables, mark)
    response = HttpResponse(content, content_type=TYPES[form])
    response.headers["Content-Disposition"] = f'attachment; filename="so-lieu-{code_of(found.span)}.{form}"'
    return response


def year_file(unit: Unit, year: int, officer: Officer) -> StreamingHttpResponse:
    """The unit and those below it by month as CSV, made and sent piece by piece."""
    mark = Watermark(unit.public_id[:8], unit.name, officer.full_name, _("Figures"), clock.now())
    rows = csv_pieces(FIGURE_COLUMNS, year_rows(unit, year, written_at()), mark)
    response = StreamingHttpResponse(rows, content_type=TYPES["csv"])
    response.headers["Content-Disposition"] = f'attachment; filename="so-lieu-nam-{year}.csv"'
    return response


def _figures(found: Overview) -> Table:
    columns = (
        *(_("Unit"), _("Period"), _("Figure"), _("Value"), _("Counted in"), _("Change")),
        *(_("Definition"), _("Counted")),
    )
    period = name_of(found.span)
    rows = [
        (
            found.unit.name,
            period,
            str(figure.measure.title),
            _cell(figure),
            words.unit_of(figure),
            words.as_number(figure.change),
            str(figure.measure.definition),
            found.counted_at,
        )
        for figure in found.figures
    ]
    return Table(_("Figures"), columns, rows)


def _cell(figure: Figure) -> Cell:
    """A number that can be reckoned with; a word where it is hidden."""
    return words.HIDDEN if figure.is_hidden else words.as_number(figure.value)


def _below(found: Overview) -> Table:
    titles = [f"{_('Coverage')} (%)", *(str(one.measure.title) for one in found.below[0][1][1:])]
    rows = [(unit.name, *(_cell(one) for one in row)) for unit, row in found.below]
    return Table(_("Units below"), (_("Unit"), *titles), rows)
