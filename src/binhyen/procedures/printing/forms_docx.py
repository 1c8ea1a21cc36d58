"""A form as a DOCX that an office can edit, empty or filled in, with the same entries as the PDF."""

import io
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from binhyen.printing.typesetting import qr_png
from binhyen.procedures.catalogue import FormTemplate
from binhyen.procedures.printing.layout import LINES, Item, Layout, layout, qr_address_shown
from binhyen.procedures.printing.word import Paper

if TYPE_CHECKING:
    from docx.text.paragraph import Paragraph

COUNTRY = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
MOTTO = "Độc lập - Tự do - Hạnh phúc"
_OFFICE_LINE = "…" * 38
_OFFICE_SHADE = "E4E4E4"
_LONG_FROM = 22
"""Lines of entries from which a form is drawn together."""
_FULL_LINE = 88
"""Characters that fit into a line."""
_HALF_LINE = 32
"""Characters of an entry that leave room for dots beside another entry."""
_LINE_OF_PARTS = {2: 48, 3: 46}
"""Characters of two or three parts that leave room for dots after each, in one line."""
_HALF_LINE_FULL = 38
"""Characters that fit into half a line."""
_ROWS_WITH_THE_END = 3
"""Last entries that go to the next page together with signatures and code, so that no page holds a code alone."""
_DATE_BLANK = "……/……/…………"


def form_docx(form: FormTemplate, values: Mapping[str, object], address: str) -> bytes:
    """The form with `values` by field name (empty: to fill in), as a DOCX in Times New Roman.

    `address` is the page of its procedure, on the paper as words and QR code; empty leaves both out.
    Raises InvalidValues.
    """
    plan = layout(form, values)
    paper = Paper(title=f"{plan.code} – {plan.title}", footer=f"{plan.code} · {plan.mark}")
    paper.number_pages()
    if _is_long(plan):
        paper.draw_together()
    _head(paper, plan)
    for row in plan.rows[:-_ROWS_WITH_THE_END]:
        _row(paper, row)
    end = paper.place()
    for row in plan.rows[-_ROWS_WITH_THE_END:]:
        _row(paper, row)
    if plan.signatures:
        _signatures(paper, plan)
    if plan.office:
        _office(paper, plan)
    _foot(paper, plan, address)
    paper.keep_together_from(end)
    out = io.BytesIO()
    paper.document.save(out)
    return out.getvalue()


def _is_long(plan: Layout) -> bool:
    """Whether the entries need room, by their lines; a frame for a photograph counts as much as it is high."""
    more = {"lines": LINES - 1, "parts": 1, "ticks": 2}
    items = [row[0] for row in plan.rows]
    tables = sum(len(item.cells) + 2 for item in items if item.kind == "table")
    lines = (
        len(items) + sum(more.get(item.kind, 0) for item in items) + tables + 5 * bool(plan.photo) + 2 * plan.is_issued
    )
    return lines >= _LONG_FROM


def _head(paper: Paper, plan: Layout) -> None:
    paper.line(f"Mẫu {plan.code}", align="right", bold=True, size_pt=11)
    paper.line(plan.legal_source, align="right", italic=True, size_pt=9)
    *before, right = paper.grid([6.4, 10.5] if plan.is_issued else [3.2, 13.7] if plan.photo else [16.9])
    left = before[0] if before else right
    if plan.is_issued:
        for text, bold in (("CÔNG AN …………………", False), ("CÔNG AN …………………", True), ("Số: ……………", False)):
            paper.write(left.add_paragraph(), text, align="center", size_pt=12, bold=bold)
    elif plan.photo:
        paper.write(left.add_paragraph(), plan.photo, align="center", size_pt=9)
        paper.frame(left, height_cm=3.9)
    paper.write(right.add_paragraph(), COUNTRY, align="center", bold=True, size_pt=12)
    paper.write(right.add_paragraph(), MOTTO, align="center", bold=True, size_pt=12.5, underline=True)
    beside = right if plan.photo and not plan.is_issued else None
    paper.heading(plan.title.upper(), beside)
    if plan.subtitle:
        paper.write(paper.below(beside), plan.subtitle, align="center", italic=True, size_pt=11)
    paper.without_first_paragraphs(*before, right)
    if beside:
        paper.gap()
    if plan.is_issued:
        paper.line(
            "Cơ quan công an lập và cấp; người dân không điền mẫu này.", align="center", italic=True, size_pt=10.5
        )
    if plan.recipient:
        paper.blank(f"{plan.recipient.label}: {plan.recipient.value}", indent_cm=1.5)
    if not plan.is_listed:
        paper.line("Chưa có nội dung các mục của mẫu này. Hãy nhận bản in ở cơ quan công an.", bold=True)


def _label(item: Item) -> str:
    number = f"{item.number}. " if item.number else ""
    return f"{number}{item.label}: " if item.label else number


def _row(paper: Paper, row: tuple[Item, ...]) -> None:
    if len(row) == 1:
        _ITEMS[row[0].kind](paper, row[0])
        return
    paper.blanks([_short(item) for item in row], [not _has_end(item) for item in row])


def _short(item: Item) -> str:
    if item.kind == "choice":
        return _label(item) + _crosses(item)
    return _label(item) + (item.value or (_DATE_BLANK if item.kind == "date" else ""))


def _has_end(item: Item) -> bool:
    return item.kind == "choice" or (item.kind == "date" and not item.value)


def _crosses(item: Item) -> str:
    pairs = zip(item.names, item.cells[0], strict=True)
    return "    ".join(f"[{cross or '  '}] {name}" for name, cross in pairs)


def _blank(paper: Paper, item: Item) -> None:
    paper.blank(_label(item) + item.value)


def _day(paper: Paper, item: Item) -> None:
    paper.line(_label(item) + (item.value or _DATE_BLANK))


def _boxes(paper: Paper, item: Item) -> None:
    paper.boxes(_label(item), item.value or " " * 12)


def _lines(paper: Paper, item: Item) -> None:
    paper.blank(_label(item) + item.value)
    for _ in range(0 if item.value else LINES - 1):
        paper.blank("")


def _choice(paper: Paper, item: Item) -> None:
    if len(_label(item) + _crosses(item)) > _FULL_LINE:
        _ticks(paper, item)
        return
    paper.line(_label(item) + _crosses(item))


def _ticks(paper: Paper, item: Item) -> None:
    texts = [f"[{cross or '  '}] {name}" for name, cross in zip(item.names, item.cells[0], strict=True)]
    if not item.label:
        paper.line(_label(item) + texts.pop(0))
    else:
        paper.line(_label(item), keep_with_next=True)
    while texts:
        if len(texts) > 1 and max(len(text) for text in texts[:2]) <= _HALF_LINE_FULL:
            paper.blanks(texts[:2], (False, False), indent_cm=0.8)
            texts = texts[2:]
        else:
            paper.line(texts.pop(0), indent_cm=0.8)


def _parts(paper: Paper, item: Item) -> None:
    parts = list(zip(item.names, item.cells[0], strict=True))
    if len(parts) == 1 and not item.label:
        paper.blank(f"{item.number}. {parts[0][0]}: {parts[0][1]}")
        return
    texts = [f"{name}: {value}" for name, value in parts]
    together = [_label(item) + texts[0], *texts[1:]]
    has_room = len(texts) != 2 or max(map(len, together)) <= _HALF_LINE
    if has_room and sum(map(len, together)) <= _LINE_OF_PARTS.get(len(texts), 0):
        paper.blanks(together, (True,) * len(texts))
        return
    paper.line(_label(item), keep_with_next=True)
    while texts:
        if len(texts) > 1 and max(len(text) for text in texts[:2]) <= _HALF_LINE:
            paper.blanks(texts[:2], (True, True), indent_cm=0.8)
            texts = texts[2:]
        else:
            paper.blank(texts.pop(0), indent_cm=0.8)


def _table(paper: Paper, item: Item) -> None:
    paper.line(_label(item), keep_with_next=True)
    paper.table(item.names, item.widths, item.cells)


def _kept(paper: Paper, item: Item) -> None:
    paper.line(f"{_label(item)}[  ] có kèm    [  ] không")


_ITEMS: dict[str, Callable[[Paper, Item], None]] = {
    "line": _blank,
    "lines": _lines,
    "boxes": _boxes,
    "date": _day,
    "choice": _choice,
    "ticks": _ticks,
    "parts": _parts,
    "table": _table,
    "kept": _kept,
}


def _signatures(paper: Paper, plan: Layout) -> None:
    day, month, year = plan.signed_on or ("……", "……", "………")
    paper.line(f"……………………, ngày {day} tháng {month} năm {year}", align="right", italic=True, keep_with_next=True)
    titles = plan.signatures if len(plan.signatures) > 1 else ("", *plan.signatures)
    cells = paper.grid([16.9 / len(titles)] * len(titles))
    hint = "(Ký, ghi rõ họ tên, đóng dấu)" if plan.is_stamped else "(Ký, ghi rõ họ tên)"
    size_pt = 10.5 if len(titles) > 2 else 13
    for title, cell in zip(titles, cells, strict=True):
        first: Paragraph = cell.paragraphs[0]
        paper.write(first, title if len(titles) > 2 else title.upper(), align="center", bold=True, size_pt=size_pt)
        paper.write(cell.add_paragraph(), hint if title else "", align="center", italic=True, size_pt=size_pt - 1)
        for _ in range(2 if _is_long(plan) else 3):
            cell.add_paragraph()


def _office(paper: Paper, plan: Layout) -> None:
    (cell,) = paper.grid([16.9], at_margin=True)
    paper.shade(cell, _OFFICE_SHADE)
    paper.frame(cell, height_cm=3.0)
    paper.write(cell.paragraphs[0], "PHẦN DÀNH CHO CƠ QUAN TIẾP NHẬN", bold=True, size_pt=12)
    for name in plan.office:
        for text in (f"{name}:", _OFFICE_LINE):
            paper.write(cell.add_paragraph(), text, size_pt=12)
    if plan.office_signature:
        signer = f"{plan.office_signature} (ký, ghi rõ họ tên)"
        paper.write(cell.add_paragraph(), signer, align="right", bold=True, size_pt=12)
        cell.add_paragraph()


def _foot(paper: Paper, plan: Layout, address: str) -> None:
    paper.gap()
    words = f"{plan.mark}."
    if plan.is_unchecked:
        words += " Các mục của tờ này chưa được đối chiếu với mẫu chính thức."
    words += " Người dân được nhận mẫu giấy miễn phí."
    if not address:
        paper.line(words, bold=True, size_pt=10)
        return
    left, right = paper.grid([3.0, 13.9])
    paper.picture(
        left, qr_png(address), width_cm=1.9 if _is_long(plan) else 2.4, alt="Mã QR mở trang hướng dẫn thủ tục"
    )
    paper.write(right.paragraphs[0], words, bold=True, size_pt=10)
    shown = f"Giấy tờ cần mang, thời hạn, lệ phí: quét mã hoặc mở {qr_address_shown(address)}"
    paper.write(right.add_paragraph(), shown, size_pt=10)
