"""The report as DOCX for the office: real styles and tables, pictures of the charts with words beside them."""

import io
from typing import TYPE_CHECKING, Any

from binhyen.printing.typesetting import first_page_png
from binhyen.procedures.printing.word import Paper
from binhyen.reviews.charts import chart_svg
from binhyen.reviews.figures import Chart
from binhyen.reviews.report import Annex, Report, Section

if TYPE_CHECKING:
    from docx.table import _Cell
    from docx.text.paragraph import Paragraph

MARGINS_CM = (2.0, 2.0, 3.0, 1.5)
"""Above, below, left, right (Decree 30/2020, appendix I, part I.3)."""
INDENT_CM = 1.27
DRAFT = "DỰ THẢO"
_DOTS_PER_INCH = 160
MOST_KEPT_ROWS = 12
"""Rows of tasks that are moved to the page of the signature."""
_ROMAN = ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X")


def report_docx(report: Report) -> bytes:
    """The file. python-docx writes every text as text: no field, no markup."""
    paper = Paper(title=f"Báo cáo {report.abstract}", footer="", margins_cm=MARGINS_CM)
    _page_numbers(paper)
    _head(paper, report)
    paper.gap()
    paper.heading("BÁO CÁO")
    paper.line(report.abstract, align="center", bold=True, size_pt=14)
    paper.line("_________", align="center")
    begun = 0
    for number, section in enumerate(report.sections, 1):
        begun = len(paper.document.element.body)
        _section(paper, section, _ROMAN[number])
    _end(paper, report)
    if sum(len(grid.rows) for grid in report.sections[-1].grids) <= MOST_KEPT_ROWS:
        _keep_together(paper, begun)
    if report.annex:
        _annex(paper, report.annex)
    out = io.BytesIO()
    paper.document.save(out)
    return out.getvalue()


def _page_numbers(paper: Paper) -> None:
    """Arabic, in the middle above, none on the first page (part II.2 of the appendix)."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    section = paper.document.sections[0]
    section.different_first_page_header_footer = True
    paragraph = section.header.paragraphs[0]
    paper.write(paragraph, "", align="center")
    number = OxmlElement("w:fldSimple")
    number.set(qn("w:instr"), "PAGE")
    paragraph._p.append(number)


def _head(paper: Paper, report: Report) -> None:
    left, right = paper.grid([6.6, paper.width_cm - 6.6])
    for text, look in (
        (report.above, {"size_pt": 12}),
        (report.unit, {"size_pt": 12, "bold": True}),
        ("______", {"size_pt": 8}),
        (report.number, {"size_pt": 13}),
    ):
        _centred(paper, left, text, look)
    for text, look in (
        ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", {"size_pt": 12, "bold": True}),
        ("Độc lập - Tự do - Hạnh phúc", {"size_pt": 13, "bold": True, "underline": True}),
        ("", {"size_pt": 8}),
        (report.place_and_day, {"size_pt": 13, "italic": True}),
    ):
        _centred(paper, right, text, look)
    if report.is_draft:
        _centred(paper, left, DRAFT, {"size_pt": 12, "bold": True})
    paper.without_first_paragraphs(left, right)


def _centred(paper: Paper, cell: "_Cell", text: str, look: dict[str, Any]) -> None:
    from docx.shared import Pt

    paragraph = cell.add_paragraph()
    paragraph.paragraph_format.space_after = Pt(0)
    paper.write(paragraph, text, align="center", **look)


def _section(paper: Paper, section: Section, number: str) -> None:
    paper.line(f"{number}. {section.title}", bold=True, keep_with_next=True)
    for text in section.paragraphs:
        _body(paper, text)
    for text in section.points:
        _body(paper, f"- {text}")
    for grid in section.grids:
        paper.table(grid.titles, grid.widths, grid.rows)
    for chart in section.charts:
        _chart(paper, chart)
    for note in section.notes:
        paper.line(note, italic=True, size_pt=11, align="justify")


def _body(paper: Paper, text: str) -> None:
    """Justified, first line set in (part II.6 of the appendix)."""
    from docx.shared import Cm, Pt

    paragraph = paper.line(text, align="justify")
    paragraph.paragraph_format.first_line_indent = Cm(INDENT_CM)
    paragraph.paragraph_format.space_after = Pt(6)


def _chart(paper: Paper, chart: Chart) -> None:
    paper.line(chart.title, bold=True, size_pt=12, keep_with_next=True)
    (cell,) = paper.grid([paper.width_cm])
    picture = first_page_png("binhyen.reviews", "chart", {"svg": chart_svg(chart)}, _DOTS_PER_INCH)
    paper.picture(cell, picture, paper.width_cm - 2, f"{chart.title}. {chart.finding}")
    paper.line(chart.finding, italic=True, size_pt=11)


def _end(paper: Paper, report: Report) -> None:
    paper.gap()
    left, right = paper.grid([7.5, paper.width_cm - 7.5])
    paper.write(left.add_paragraph(), "Nơi nhận:", bold=True, italic=True, size_pt=12)
    for line in report.recipients:
        paper.write(left.add_paragraph(), f"- {line}", size_pt=11)
    _centred(paper, right, report.signer_title, {"bold": True, "size_pt": 13})
    for _ in range(4):
        _centred(paper, right, "", {})
    _centred(paper, right, report.signer_name, {"bold": True, "size_pt": 14})
    paper.without_first_paragraphs(left, right)


def _keep_together(paper: Paper, begun: int) -> None:
    """The last part stays on the page of the signature, which would stand alone otherwise."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn
    from docx.text.paragraph import Paragraph

    for element in list(paper.document.element.body)[begun:]:
        for paragraph in element.iter(qn("w:p")):
            Paragraph(paragraph, paper.document).paragraph_format.keep_with_next = True
        for row in element.iter(qn("w:tr")):
            row.get_or_add_trPr().append(OxmlElement("w:cantSplit"))


def _without_height(paragraph: "Paragraph") -> None:
    """The paragraph that ends a section: of its usual height it can begin an empty page behind the signature."""
    from docx.shared import Pt

    looks = paragraph.paragraph_format
    looks.space_before, looks.space_after, looks.line_spacing = Pt(0), Pt(0), Pt(1)


def _annex(paper: Paper, annex: Annex) -> None:
    """On a new page whose numbers begin again."""
    from docx.enum.section import WD_SECTION
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    section = paper.document.add_section(WD_SECTION.NEW_PAGE)
    _without_height(paper.document.paragraphs[-1])
    begins = OxmlElement("w:pgNumType")
    begins.set(qn("w:start"), "1")
    section._sectPr.append(begins)
    paper.line("Phụ lục", align="center", bold=True, size_pt=14, keep_with_next=True)
    paper.line(annex.title, align="center", bold=True, size_pt=14, keep_with_next=True)
    paper.line(annex.belongs_to, align="center", italic=True, keep_with_next=True)
    paper.table(annex.grid.titles, annex.grid.widths, annex.grid.rows)
