"""The papers: heading and layout of Decree 30/2020, the same figures in all three forms, nothing a spreadsheet runs."""

import io
import zipfile
from dataclasses import replace
from datetime import date

import pytest
from docx import Document
from docx.oxml.ns import qn
from pypdf import PdfReader
from python_calamine import CalamineWorkbook

from binhyen.inbox.tests.factories import make_officer
from binhyen.reviews import actions, queries
from binhyen.reviews.actions import TaskEntry
from binhyen.reviews.figures import figures_for
from binhyen.reviews.report import IN_ANNEX, report_of, symbol_of
from binhyen.reviews.report_docx import report_docx
from binhyen.reviews.report_pdf import report_pdf
from binhyen.reviews.sheets import review_xlsx
from binhyen.reviews.tests.factories import QUARTER, leader, make_commune

pytestmark = pytest.mark.django_db
HEADING = (
    "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
    "Độc lập - Tự do - Hạnh phúc",
    "CÔNG AN XÃ THẠCH BÌNH",
    "BÁO CÁO",
    "quý III/2026",
    "/BC-CAX",
    "Nơi nhận:",
    "TRƯỞNG CÔNG AN XÃ",
)
EVIL = "=cmd|' /C calc'!A0"


@pytest.fixture
def parts():
    unit = make_commune()
    scope = leader(unit)
    review = actions.start_review(scope, unit, QUARTER)
    actions.change_texts(scope, review, {"lessons": f"{EVIL}\n#let x = 1", "place": "xã Thạch Bình"}, 1)
    actions.hand_out(scope, review, TaskEntry("+Tập huấn trưởng thôn", "@Mây", date(2026, 12, 20)))
    review = queries.access_review(scope, review.public_id)
    figures, new = figures_for(scope, review), queries.tasks_of(review)
    return review, figures, new, report_of(review, figures, [], new)


def words_of_docx(content: bytes) -> str:
    document = Document(io.BytesIO(content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


def test_the_docx_has_the_national_heading_the_figures_and_pictures_with_words(parts):
    content = report_docx(parts[3])
    text = words_of_docx(content)
    assert [line for line in HEADING if line not in text] == []
    assert "DỰ THẢO" in text
    assert "Thạch Bình, ngày" in text
    assert "180" in text
    assert "Tập huấn trưởng thôn" in text
    section = Document(io.BytesIO(content)).sections[0]
    margins = [round(side.cm, 1) for side in (section.top_margin, section.left_margin, section.right_margin)]
    assert margins == [2.0, 3.0, 1.5]
    assert section.different_first_page_header_footer
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        xml = archive.read("word/document.xml").decode()
        assert len([name for name in archive.namelist() if name.startswith("word/media/")]) == 2
    assert xml.count('descr="Tin') == 2


def test_the_pdf_is_tagged_and_says_the_same(parts):
    reader = PdfReader(io.BytesIO(report_pdf(parts[3])))
    text = "\n".join(page.extract_text() for page in reader.pages)
    flat = " ".join(text.split())
    assert [line for line in HEADING if line not in flat] == []
    assert "#let x = 1" in flat, "words are data, never markup"
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert reader.trailer["/Root"]["/Lang"] == "vi"


def test_figures_of_the_units_below_stand_in_an_annex_behind_the_signature(parts):
    review, figures, new, plain = parts
    assert plain.annex is None
    rows = [[f"Công an xã Bình {number}", "50%"] for number in range(60)]
    below = replace(figures, annex_titles=["Đơn vị", "Tỷ lệ"], annex=rows)
    report = report_of(review, below, [], new)
    assert IN_ANNEX in report.sections[1].notes
    assert not any("PHỤ LỤC" in section.title for section in report.sections)
    told = f"(Kèm theo Báo cáo số ......./BC-CAX {report.place_and_day.split(', ')[1]} của {review.unit.name})"

    document = Document(io.BytesIO(report_docx(report)))
    lines = [paragraph.text for paragraph in document.paragraphs if paragraph.text]
    assert lines[-3:] == ["Phụ lục", "SỐ LIỆU THEO ĐỊA BÀN", told]
    assert document.tables[-1].cell(60, 0).text == "Công an xã Bình 59"
    assert "Nơi nhận:" in document.tables[-2].cell(0, 0).text, "the signature stands before"
    assert [one._sectPr.find(qn("w:pgNumType")) is not None for one in document.sections] == [False, True]

    pages = [" ".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(report_pdf(report))).pages]
    first = next(at for at, page in enumerate(pages) if "SỐ LIỆU THEO ĐỊA BÀN" in page)
    assert told in pages[first]
    assert pages[first].startswith("Phụ lục"), "no number on its first page, as on the report's"
    assert "Nơi nhận:" in pages[first - 1]
    assert "NHIỆM VỤ KỲ TỚI" in pages[first - 1], "the signature never stands alone on a page"
    assert pages[first + 1].startswith("2 "), "its pages are numbered for themselves"


def test_the_spreadsheet_has_no_formula(parts):
    review, figures, new, _ = parts
    officer = make_officer(review.unit, "may")
    content = review_xlsx(review, "Quý III/2026", figures, new, officer)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        sheets = [name for name in archive.namelist() if name.startswith("xl/worksheets/sheet")]
        assert not any(b"<f>" in archive.read(name) for name in sheets)
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    rows = {row[0]: row[1:4] for row in book.get_sheet_by_name("Số liệu").to_python()}
    assert rows["Tin nhắn nhận được"] == [180, "", 90], "numbers are numbers"
    assert book.get_sheet_by_name("Việc").to_python()[1][0] == "+Tập huấn trưởng thôn"
    assert any(row[1] == EVIL for row in book.get_sheet_by_name("Nội dung").to_python())


@pytest.mark.parametrize(
    ("name", "sign"),
    [("Công an phường Hồng Hà", "CAP"), ("Công an xã Tỉnh Gia", "CAX"), ("Công an tỉnh Hà Tĩnh", "CAT")],
)
def test_the_sign_of_the_unit(name: str, sign: str):
    assert symbol_of(name) == sign
