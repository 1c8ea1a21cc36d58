"""Marks of Word that python-docx has no name for: counted pages, heads that are repeated, tables at the margin."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from docx.table import Table
    from docx.text.paragraph import Paragraph


def page_field(paragraph: "Paragraph", name: str) -> None:
    """The number of this page ("PAGE") or of all pages ("NUMPAGES"), counted by the program that opens the paper."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn
    from docx.shared import Pt

    run = paragraph.add_run("1")
    run.font.size = Pt(9)
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), name)
    run._r.addprevious(field)
    field.append(run._r)


def align_with_margins(table: "Table") -> None:
    """Its outer lines begin at the margin, not its words."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    indent: Any = OxmlElement("w:tblInd")
    indent.set(qn("w:w"), "108")
    indent.set(qn("w:type"), "dxa")
    table._tbl.tblPr.insert_element_before(indent, "w:tblBorders", "w:shd", "w:tblLayout", "w:tblCellMar", "w:tblLook")


def repeat_head(table: "Table") -> None:
    """Its first row is drawn again at the top of each page it goes on to."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    head = OxmlElement("w:tblHeader")
    head.set(qn("w:val"), "true")
    table.rows[0]._tr.get_or_add_trPr().append(head)
