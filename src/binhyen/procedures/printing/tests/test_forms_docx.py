"""Forms as DOCX: opened again as an office would, with the same entries as the PDF."""

import io
import itertools
import zipfile

import pytest
from docx import Document
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph

from binhyen.printing.typesetting import LARGEST_FILE_BYTES
from binhyen.procedures.printing.forms_docx import form_docx
from binhyen.procedures.printing.layout import MARK, layout
from binhyen.procedures.printing.tests.reading import ADDRESS, form
from binhyen.procedures.queries import catalogue


def words_of(docx: bytes) -> str:
    """All text of the body, in order, also inside tables."""
    body = Document(io.BytesIO(docx)).element.body
    return "\n".join("".join(text.text or "" for text in part.iter(qn("w:t"))) for part in body.iter(qn("w:p")))


def check_its_end_stays_together(code: str, paragraphs: list[Paragraph]) -> None:
    """The last entries, signatures and code go to the next page together, whatever program counts the lines."""
    plan = layout(form(code), {})
    assert ADDRESS.removeprefix("https://") in paragraphs[-1].text
    held = itertools.takewhile(lambda one: one.paragraph_format.keep_with_next, reversed(paragraphs[:-1]))
    words = "\n".join(paragraph.text for paragraph in held)
    assert not plan.rows or plan.rows[-1][0].label in words
    assert not plan.signatures or "ngày …… tháng …… năm" in words


@pytest.mark.parametrize("code", [one.code for one in catalogue().forms])
def test_every_form_opens_again_with_its_title_and_entries(code: str) -> None:
    one = form(code)
    docx = form_docx(one, {}, ADDRESS)
    document, words = Document(io.BytesIO(docx)), words_of(docx)
    paragraphs = [Paragraph(part, document._body) for part in document.element.body.iter(qn("w:p"))]
    headings = [paragraph.text for paragraph in paragraphs if paragraph.style.name == "Heading 1"]
    assert headings == [one.name.partition(" (")[0].upper()]
    assert f"Mẫu {code}" in words
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in words
    assert MARK in words
    assert ADDRESS.removeprefix("https://") in words
    assert len(docx) < LARGEST_FILE_BYTES
    check_its_end_stays_together(code, paragraphs)
    plain = [field.label for field in one.fields if field.type in ("text", "date", "id12", "phone", "textarea")]
    assert [label for label in plain if label not in words and "ngày ký" not in label] == []


def test_the_type_is_times_new_roman_and_the_language_vietnamese() -> None:
    docx = form_docx(form("CT01"), {}, ADDRESS)
    document = Document(io.BytesIO(docx))
    for name in ("Normal", "Heading 1"):
        assert document.styles[name].font.name == "Times New Roman"
    styles = zipfile.ZipFile(io.BytesIO(docx)).read("word/styles.xml").decode()
    assert 'w:lang w:val="vi-VN"' in styles
    assert document.core_properties.author == ""


def test_tables_repeat_their_head_and_the_code_has_words() -> None:
    document = Document(io.BytesIO(form_docx(form("CT01"), {}, ADDRESS)))
    heads = [table for table in document.tables if table.rows[0]._tr.trPr is not None]
    heads = [table for table in heads if table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None]
    assert [cell.text for cell in heads[0].rows[0].cells][:2] == ["TT", "Họ, chữ đệm và tên"]
    assert document.inline_shapes[0]._inline.docPr.get("descr") == "Mã QR mở trang hướng dẫn thủ tục"


@pytest.mark.parametrize(
    "words", ["<w:t>x</w:t>", "]]> &amp; <!-- x -->", "{ HYPERLINK x }", "=1+1", "{{ x }} {% y %}"]
)
def test_words_of_people_are_only_words(words: str) -> None:
    docx = form_docx(form("CT01"), {"ho_ten": words, "noi_dung_de_nghi": words}, ADDRESS)
    assert words_of(docx).count(words) == 2
    document = zipfile.ZipFile(io.BytesIO(docx)).read("word/document.xml").decode()
    assert "<w:fldChar" not in document
    assert "<w:instrText" not in document


def test_answers_stand_in_the_file() -> None:
    values = {
        "ho_ten": "Nguyễn Thị Hằng",
        "so_dinh_danh": "049188001234",
        "gioi_tinh": "Nữ",
        "thanh_vien_cung_thay_doi": [["", "Y Čuôr Mlô"]],
        "ngay_ky": "24/11/2026",
    }
    words = words_of(form_docx(form("CT01"), values, ADDRESS))
    for wanted in ("Nguyễn Thị Hằng", "[X] Nữ", "Y Čuôr Mlô", "ngày 24 tháng 11 năm 2026", "0\n4\n9\n1\n8\n8"):
        assert wanted in words


def test_pages_are_numbered_and_lines_stand_at_the_margin() -> None:
    document = Document(io.BytesIO(form_docx(form("CT01"), {}, ADDRESS)))
    footer = document.sections[0].footer.paragraphs[0]._p
    assert [field.get(qn("w:instr")) for field in footer.iter(qn("w:fldSimple"))] == ["PAGE", "NUMPAGES"]
    (members,) = (table for table in document.tables if table.cell(0, 0).text == "TT")
    assert members._tbl.tblPr.find(qn("w:tblInd")).get(qn("w:w")) == "108"


def test_short_parts_and_ticks_share_a_line() -> None:
    lines = words_of(form_docx(form("ĐKX10"), {}, ADDRESS)).split("\n")
    assert "3. Biển số cũ (nếu có): Số:   Màu biển: " in lines
    assert "[  ] Đăng ký lần đầu  [  ] Sang tên, di chuyển" in lines
    assert "8. [  ] Không tranh chấp quyền sở hữu, sử dụng" in words_of(form_docx(form("M02-ND154"), {}, ADDRESS))


@pytest.mark.parametrize(
    ("code", "is_unchecked"),
    [("CT01", False), ("DC02", False), ("M02-ND56", True), ("DC01", True), ("CT03", True), ("DON-MAT", False)],
)
def test_a_form_whose_entries_were_not_all_seen_says_so(code: str, is_unchecked: bool) -> None:
    said = "Các mục của tờ này chưa được đối chiếu với mẫu chính thức." in words_of(form_docx(form(code), {}, ADDRESS))
    assert said is is_unchecked
