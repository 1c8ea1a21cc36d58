"""Drafts of papers for a case, and the package that goes to another body; nothing is ever signed by the machine."""

import io
import zipfile
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from binhyen.cases import reports
from binhyen.cases.files_of_case import shown_content
from binhyen.cases.handing_over import covered
from binhyen.cases.models import Case, CaseFile, EventKind
from binhyen.cases.rules import without_introduction
from binhyen.cases.topics import CRIME_KINDS
from binhyen.core import clock
from binhyen.core.law import law_file
from binhyen.printing.typesetting import typeset
from binhyen.procedures.printing.word import Paper
from binhyen.vault.media_types import ENDINGS

PAPERS = ("reception_record", "transfer_slip", "result_notice")
"""Forms 01 and 03 of TT 119/2021/TT-BCA (numbers seen in one list only), and the notice of the result."""
_TITLES = {
    "reception_record": "Biên bản tiếp nhận nguồn tin về tội phạm",
    "transfer_slip": "Phiếu chuyển nguồn tin về tội phạm",
    "result_notice": "Thông báo kết quả giải quyết",
}
_TITLES_OF_LETTERS = {
    "reception_record": "Biên bản tiếp nhận phản ánh, kiến nghị",
    "transfer_slip": "Phiếu chuyển phản ánh, kiến nghị",
}
"""Feedback and petitions are no sources of crime: neither the titles nor the forms of TT 119/2021/TT-BCA are theirs."""
_PLACE_AND_DAY = "…………, ngày …… tháng …… năm ……"
_DRAFT = "BẢN NHÁP do phần mềm soạn, chưa có giá trị cho đến khi cán bộ kiểm tra, ký, đóng dấu"
_LINES_TO_SIGN = 4
_BLANK = "…………………………………………"


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a paper; an empty value is a dotted blank to fill in by pen."""

    label: str
    value: str


@dataclass(frozen=True, slots=True)
class CasePaper:
    """Everything that stands on one paper; its forms are DOCX, to complete on a machine, and PDF, to print."""

    title: str
    form: str
    parent: str
    unit: str
    number: str
    entries: tuple[Entry, ...]
    signatures: tuple[str, str]
    place_and_day: str = _PLACE_AND_DAY
    draft: str = _DRAFT


def paper_of(case: Case, kind: str, to: str = "") -> CasePaper:
    """One paper to check, complete and sign. The reporter's name is never in it, nor how they introduce themselves."""
    is_crime = case.kind in CRIME_KINDS
    number = law_file()["parameters"]["forms_tt119_2021"].get(kind) if is_crime else None
    is_record = kind == "reception_record"
    return CasePaper(
        title=_TITLES[kind] if is_crime else _TITLES_OF_LETTERS.get(kind, _TITLES[kind]),
        form=f"Mẫu số {number} (TT 119/2021/TT-BCA, đối chiếu trước khi dùng)" if number else "",
        parent=case.unit.parent.name.upper() if case.unit.parent else "CÔNG AN …………………",
        unit=case.unit.name.upper(),
        number=f"Số vụ việc: {case.number}",
        entries=tuple(Entry(label, value) for label, value in _entries(case, kind, to)),
        signatures=("NGƯỜI CUNG CẤP", "CÁN BỘ TIẾP NHẬN") if is_record else ("NGƯỜI LẬP", "CHỈ HUY ĐƠN VỊ"),
    )


def paper_pdf(case: Case, kind: str, to: str = "") -> bytes:
    """The paper as a tagged A4 PDF."""
    return typeset("binhyen.workflows", "case_paper", asdict(paper_of(case, kind, to)))


def paper_docx(case: Case, kind: str, to: str = "") -> bytes:
    """The paper as a DOCX."""
    told = paper_of(case, kind, to)
    paper = Paper(title=told.title, footer=told.draft)
    if told.form:
        paper.line(told.form, align="right", size_pt=10)
    _head(paper, told)
    paper.heading(told.title.upper())
    paper.line(told.number, align="center")
    for entry in told.entries:
        paper.line(f"{entry.label}: {entry.value or _BLANK}")
    _signatures(paper, told)
    for _ in range(_LINES_TO_SIGN):
        paper.line("")
    paper.line(told.draft, align="center", italic=True, size_pt=10)
    out = io.BytesIO()
    paper.document.save(out)
    return out.getvalue()


def _head(paper: Paper, told: CasePaper) -> None:
    left, right = paper.grid([6.4, 10.5])
    for text, bold in ((told.parent, False), (told.unit, True), ("Số: ……………", False)):
        paper.write(left.add_paragraph(), text, align="center", size_pt=12, bold=bold)
    paper.write(right.add_paragraph(), "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", align="center", bold=True, size_pt=12)
    paper.write(right.add_paragraph(), "Độc lập - Tự do - Hạnh phúc", align="center", bold=True, underline=True)
    paper.write(right.add_paragraph(), told.place_and_day, align="center", italic=True, size_pt=12)
    paper.without_first_paragraphs(left, right)


def _entries(case: Case, kind: str, to: str) -> list[tuple[str, str]]:
    key = reports.key_of(case)
    report = reports.report_in(case, key)
    received = _written(case.received_at)
    channel = {"web": "trang tin điện tử", "zalo": "Zalo", "phone": "điện thoại", "counter": "trực tiếp"}
    match kind:
        case "reception_record":
            return [
                ("Tiếp nhận lúc", received),
                ("Hình thức tiếp nhận", channel.get(case.channel, "")),
                ("Người cung cấp", "(danh tính niêm phong theo quy định)" if case.sealed_identity else "(ẩn danh)"),
                ("Nội dung", without_introduction(report.text)),
                ("Địa điểm", ", ".join(part for part in (report.area, without_introduction(report.place)) if part)),
                ("Thời gian xảy ra", without_introduction(report.happened)),
                ("Tài liệu kèm theo", f"{case.files.count()} tệp"),
                ("Biện pháp ban đầu", ""),
            ]
        case "transfer_slip":
            return [
                ("Kính gửi", to),
                ("Tiếp nhận lúc", received),
                ("Tóm tắt nội dung", ""),
                ("Tài liệu kèm theo", ""),
                ("Lý do chuyển", "Không thuộc thẩm quyền giải quyết"),
            ]
        case _:
            answers = case.events.filter(kind=EventKind.ANSWER).order_by("id")
            texts = [reports.words_in(case, key, bytes(row.sealed_text)) for row in answers]
            return [("Tin nhận ngày", received), ("Kết quả", "\n".join(texts)), ("Căn cứ", "")]


def _signatures(paper: Paper, told: CasePaper) -> None:
    for cell, name in zip(paper.grid([8.4, 8.5]), told.signatures, strict=True):
        paper.write(cell.add_paragraph(), name, align="center", bold=True)
        paper.write(cell.add_paragraph(), "(Ký, ghi rõ họ tên)", align="center", italic=True)
        paper.without_first_paragraphs(cell)


def _written(at: datetime) -> str:
    return f"{at.astimezone(clock.VIETNAM):%H giờ %M, ngày %d tháng %m năm %Y}"


def package_zip(case: Case, text: str, to: str, chosen: Sequence[CaseFile]) -> bytes:
    """The slip, the words and the clean copies in one archive; file names are numbers (G8)."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("phieu-chuyen.docx", paper_docx(case, "transfer_slip", to))
        archive.writestr("noi-dung.docx", _content_docx(case, text))
        for number, file in enumerate(chosen, start=1):
            assert file.shown is not None  # noqa: S101 - only ready files are offered
            ending = ENDINGS.get(file.shown.content_type, "")
            archive.writestr(f"tep-{number}{ending}", shown_content(file))
    return out.getvalue()


def _content_docx(case: Case, text: str) -> bytes:
    report = reports.report_in(case, reports.key_of(case))
    paper = Paper(title=f"Nội dung vụ việc số {case.number}", footer=_DRAFT)
    paper.heading(f"NỘI DUNG VỤ VIỆC SỐ {case.number}")
    paper.line(f"Tiếp nhận lúc: {_written(case.received_at)}")
    paper.line(f"Thời gian xảy ra: {covered(report.happened) or _BLANK}")
    for line in text.split("\n"):
        paper.line(line)
    out = io.BytesIO()
    paper.document.save(out)
    return out.getvalue()
