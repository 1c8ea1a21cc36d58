"""A Vietnamese office document: A4, Times New Roman, real styles, dotted blanks as tab leaders."""

import io
import itertools
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from binhyen.procedures.printing.word_marks import align_with_margins, page_field, repeat_head

if TYPE_CHECKING:
    from docx.table import _Cell
    from docx.text.paragraph import Paragraph

TYPE = "Times New Roman"
A4_CM = (21.0, 29.7)
CHARACTER_CM = 0.2
"""Width of a letter in the size forms are set in, on the average."""
FORM_MARGINS_CM = (1.8, 1.9, 2.3, 1.8)
"""Above, below, left, right: as narrow as forms are printed."""


class Paper:
    """One document under work. python-docx escapes every text, nothing in it is read as markup or field."""

    def __init__(
        self, title: str, footer: str, margins_cm: tuple[float, float, float, float] = FORM_MARGINS_CM
    ) -> None:
        from docx import Document
        from docx.shared import Cm

        self.document = Document()
        section = self.document.sections[0]
        section.page_width, section.page_height = (Cm(side) for side in A4_CM)
        above, below, left, right = margins_cm
        section.top_margin, section.bottom_margin = Cm(above), Cm(below)
        section.left_margin, section.right_margin = Cm(left), Cm(right)
        self.width_cm = round(A4_CM[0] - left - right, 2)
        """Between the margins."""
        self._set_styles()
        facts = self.document.core_properties
        facts.title, facts.author, facts.comments, facts.language = title, "", "", "vi-VN"
        self.write(section.footer.paragraphs[0], footer, size_pt=9)

    def draw_together(self) -> None:
        """Set a long paper smaller and closer, so that fewer lines begin a new page."""
        from docx.shared import Pt

        normal: Any = self.document.styles["Normal"]
        normal.font.size, normal.paragraph_format.space_after = Pt(12), Pt(2)

    def number_pages(self) -> None:
        """Write "Trang 1 / 2" at the right of the footer."""
        footer: Any = self.document.sections[0].footer.paragraphs[0]
        footer.style.paragraph_format.tab_stops.clear_all()
        self._leader(footer, self.width_cm, dotted=False)
        for text, field in (("\tTrang ", "PAGE"), (" / ", "NUMPAGES")):
            self.write(footer, text, size_pt=9)
            page_field(footer, field)

    def _set_styles(self) -> None:
        from docx.enum.style import WD_STYLE_TYPE
        from docx.oxml import OxmlElement
        from docx.oxml.ns import qn
        from docx.shared import Pt, RGBColor

        for name in ("Normal", "Heading 1", "Header", "Footer"):
            style: Any = self.document.styles[name]
            style.font.name = TYPE
            fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
            for key in ("w:ascii", "w:hAnsi", "w:eastAsia", "w:cs"):
                fonts.set(qn(key), TYPE)
            for key in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
                fonts.attrib.pop(qn(key), None)
            if style.type == WD_STYLE_TYPE.PARAGRAPH:
                style.paragraph_format.space_after, style.paragraph_format.space_before = Pt(4), Pt(0)
        normal: Any = self.document.styles["Normal"]
        normal.font.size = Pt(13)
        language = OxmlElement("w:lang")
        language.set(qn("w:val"), "vi-VN")
        normal.element.get_or_add_rPr().append(language)
        heading: Any = self.document.styles["Heading 1"]
        heading.font.size, heading.font.bold, heading.font.color.rgb = Pt(14), True, RGBColor(0, 0, 0)

    def write(
        self,
        paragraph: "Paragraph",
        text: str,
        *,
        align: str = "left",
        bold: bool = False,
        italic: bool = False,
        underline: bool = False,
        size_pt: float = 0,
        leader_cm: float = 0,
    ) -> None:
        """Text into a paragraph; with `leader_cm` dots follow up to there."""
        from docx.enum.text import WD_ALIGN_PARAGRAPH
        from docx.shared import Pt

        paragraph.alignment = getattr(WD_ALIGN_PARAGRAPH, align.upper())
        run = paragraph.add_run(text)
        run.bold, run.italic, run.underline = bold or None, italic or None, underline or None
        if size_pt:
            run.font.size = Pt(size_pt)
        if leader_cm:
            self._leader(paragraph, leader_cm)
            paragraph.add_run("\t")

    def _leader(self, paragraph: "Paragraph", until_cm: float, dotted: bool = True) -> None:
        from docx.enum.text import WD_TAB_ALIGNMENT, WD_TAB_LEADER
        from docx.shared import Cm

        leader = WD_TAB_LEADER.DOTS if dotted else WD_TAB_LEADER.SPACES
        alignment = WD_TAB_ALIGNMENT.RIGHT if until_cm == self.width_cm else WD_TAB_ALIGNMENT.LEFT
        paragraph.paragraph_format.tab_stops.add_tab_stop(Cm(until_cm), alignment, leader)

    def line(self, text: str, *, indent_cm: float = 0, keep_with_next: bool = False, **look: Any) -> "Paragraph":
        """A paragraph of its own."""
        from docx.shared import Cm

        paragraph = self.document.add_paragraph()
        paragraph.paragraph_format.left_indent = Cm(indent_cm)
        paragraph.paragraph_format.keep_with_next = keep_with_next or None
        self.write(paragraph, text, **look)
        return paragraph

    def below(self, cell: "_Cell | None") -> "Paragraph":
        """A new paragraph at the end of the cell, or of the paper where there is none."""
        return (cell or self.document).add_paragraph()

    def heading(self, text: str, cell: "_Cell | None" = None) -> None:
        """The title of the form, on the paper or in a cell of its head."""
        from docx.enum.text import WD_ALIGN_PARAGRAPH
        from docx.shared import Pt

        paragraph = self.below(cell)
        paragraph.style = self.document.styles["Heading 1"]
        paragraph.add_run(text)
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        paragraph.paragraph_format.space_before = Pt(10)

    def blank(self, text: str, indent_cm: float = 0) -> None:
        """Text and dots to the end of the line."""
        self.line(text, indent_cm=indent_cm, leader_cm=self.width_cm)

    def blanks(self, texts: Sequence[str], are_dotted: Sequence[bool], indent_cm: float = 0) -> None:
        """Short entries side by side, each followed by dots where it says so; two of them share the line evenly."""
        paragraph = self.line(texts[0], indent_cm=indent_cm)
        ends_cm = [self.width_cm / 2] if len(texts) == 2 else self._ends_cm(texts)
        for text, end_cm, is_dotted in zip(texts[1:], ends_cm, are_dotted, strict=False):
            self._leader(paragraph, end_cm, dotted=is_dotted)
            self.write(paragraph, f"\t  {text}")
        if are_dotted[-1]:
            self.write(paragraph, "", leader_cm=self.width_cm)

    def _ends_cm(self, texts: Sequence[str]) -> list[float]:
        """Where all but the last of several entries end, so that each has as much room after its words."""
        words_cm = [CHARACTER_CM * (len(text) + 2) for text in texts]
        room_cm = max(self.width_cm - sum(words_cm), 0) / len(texts)
        return [end_cm + room_cm * (n + 1) for n, end_cm in enumerate(itertools.accumulate(words_cm[:-1]))]

    def grid(self, widths_cm: Sequence[float], *, at_margin: bool = False) -> "tuple[_Cell, ...]":
        """One row of cells without lines; their words begin at the margin, or their edge with `at_margin`."""
        from docx.shared import Cm

        table = self.document.add_table(rows=1, cols=len(widths_cm))
        table.autofit = False
        if at_margin:
            align_with_margins(table)
        for column, cell, width_cm in zip(table.columns, table.rows[0].cells, widths_cm, strict=True):
            column.width = cell.width = Cm(width_cm)
        return tuple(table.rows[0].cells)

    def boxes(self, label: str, digits: str) -> None:
        """A label and one box for each digit."""
        from docx.enum.text import WD_ALIGN_PARAGRAPH

        label_cm = min(self.width_cm - 0.62 * len(digits), 1.0 + CHARACTER_CM * len(label))
        cells = self.grid([label_cm, *[0.62] * len(digits)])
        cells[0].paragraphs[0].add_run(label)
        self._tighten(cells[0])
        for cell, digit in zip(cells[1:], digits, strict=True):
            cell.paragraphs[0].add_run(digit.strip())
            cell.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.CENTER
            self.frame(cell, height_cm=0.7)
            self._tighten(cell)
        self.gap()

    def table(self, names: Sequence[str], widths: Sequence[float], rows: Sequence[Sequence[str]]) -> None:
        """A table with lines whose head is repeated on every page; `widths` are shares of the line."""
        from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT
        from docx.enum.text import WD_ALIGN_PARAGRAPH
        from docx.shared import Cm, Pt

        table = self.document.add_table(rows=1 + len(rows), cols=len(names), style="Table Grid")
        table.autofit = False
        align_with_margins(table)
        for column, width in zip(table.columns, widths, strict=True):
            column.width = Cm(self.width_cm * width / sum(widths))
        for row, texts in zip(table.rows, (names, *rows), strict=True):
            for cell, text, width in zip(row.cells, texts, widths, strict=True):
                cell.width = Cm(self.width_cm * width / sum(widths))
                run = cell.paragraphs[0].add_run(text)
                run.bold, run.font.size = texts is names or None, Pt(11)
                cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
                if texts is names:
                    cell.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.CENTER
        repeat_head(table)
        self.gap()

    def frame(self, cell: "_Cell", height_cm: float) -> None:
        """Lines around one cell, and its row at least this high."""
        from docx.oxml import OxmlElement
        from docx.oxml.ns import qn
        from docx.shared import Cm

        borders = OxmlElement("w:tcBorders")
        for side in ("top", "left", "bottom", "right"):
            border = OxmlElement(f"w:{side}")
            for key, value in (("w:val", "single"), ("w:sz", "6"), ("w:color", "000000")):
                border.set(qn(key), value)
            borders.append(border)
        properties = cell._tc.get_or_add_tcPr()
        shade = properties.find(qn("w:shd"))
        properties.append(borders) if shade is None else shade.addprevious(borders)
        row: Any = cell._tc.getparent()
        row.trHeight_val = Cm(height_cm)

    def shade(self, cell: "_Cell", colour: str) -> None:
        """A ground of grey; `colour` as RRGGBB."""
        from docx.oxml import OxmlElement
        from docx.oxml.ns import qn

        ground = OxmlElement("w:shd")
        for key, value in (("w:val", "clear"), ("w:color", "auto"), ("w:fill", colour)):
            ground.set(qn(key), value)
        cell._tc.get_or_add_tcPr().append(ground)

    def picture(self, cell: "_Cell", png: bytes, width_cm: float, alt: str) -> None:
        """A picture in a cell, with words for those who do not see it."""
        from docx.shared import Cm

        shape = cell.paragraphs[0].add_run().add_picture(io.BytesIO(png), width=Cm(width_cm))
        shape._inline.docPr.set("descr", alt)

    def without_first_paragraphs(self, *cells: "_Cell") -> None:
        """Drop the empty paragraph a new cell begins with, where another follows."""
        for cell in cells:
            if len(cell.paragraphs) > 1:
                first = cell.paragraphs[0]._element
                first.getparent().remove(first)

    def place(self) -> int:
        """Where the next part of the paper will stand."""
        return sum(1 for _ in self.document.element.body.iterchildren()) - 1

    def keep_together_from(self, place: int) -> None:
        """All that was written since then stays on one page, as long as it fits."""
        from docx.oxml.ns import qn
        from docx.text.paragraph import Paragraph

        body = self.document.element.body
        parts = list(body.iterchildren())[place:-1]
        for paragraph in [found for part in parts for found in part.iter(qn("w:p"))][:-1]:
            Paragraph(paragraph, self.document._body).paragraph_format.keep_with_next = True

    def gap(self) -> None:
        """A little room, which also keeps two tables apart."""
        from docx.shared import Pt

        paragraph = self.document.add_paragraph()
        paragraph.paragraph_format.space_after = Pt(0)
        paragraph.paragraph_format.line_spacing = Pt(6)

    def _tighten(self, cell: "_Cell") -> None:
        from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT
        from docx.shared import Pt

        cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
        cell.paragraphs[0].paragraph_format.space_after = Pt(0)
