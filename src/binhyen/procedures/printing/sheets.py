"""One A4 page for each procedure, and the whole catalogue as a booklet for the reception desk."""

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from binhyen.core import clock
from binhyen.printing.typesetting import qr_svg, typeset
from binhyen.procedures.catalogue import CATEGORIES, Catalogue, Channel, Confidence, Document, Procedure
from binhyen.procedures.printing.layout import qr_address_shown
from binhyen.procedures.rules import has_run_out, is_stale, worded

_CHANNELS = {
    Channel.IN_PERSON: "Trực tiếp",
    Channel.NATIONAL_PORTAL: "Cổng Dịch vụ công quốc gia (dichvucong.gov.vn)",
    Channel.VNEID: "Ứng dụng VNeID",
    Channel.POST: "Bưu điện",
    Channel.PHONE: "Điện thoại",
    Channel.EMAIL: "Thư điện tử",
    Channel.OTHER: "Cách khác",
}
_KINDS = {
    "copy": "bản sao",
    "certified_copy": "bản sao có chứng thực",
    "present": "chỉ mang để xem",
    "electronic": "bản điện tử",
    "photo": "ảnh",
}
_NOTHING = ("", "—", "Không áp dụng", "Không phải thủ tục")
_ABOLISHED = "Thủ tục này đã bãi bỏ, không cần làm nữa."
_UNVERIFIED = "Nội dung chưa đối chiếu với văn bản. Hãy hỏi lại cán bộ trước khi đi."
_STALE = "Đã hơn 180 ngày chưa kiểm tra lại, có thể đã thay đổi. Hãy hỏi lại cán bộ."
_RUN_OUT = "Mức giảm phí nêu ở đây đã hết hạn. Hãy hỏi mức hiện nay."


def procedure_sheet(procedure: Procedure, unit_name: str, address: str, catalogue: Catalogue | None = None) -> bytes:
    """One page on the procedure, as a tagged A4 PDF.

    `address` is its page on the portal, empty for none. With `catalogue` the forms are named, not only their codes.
    """
    data = {"unit": unit_name, "sheet": _sheet(procedure, address, catalogue, clock.today())}
    return typeset("binhyen.procedures.printing", "sheet", data)


def booklet(catalogue: Catalogue, unit_name: str, address_of: Callable[[Procedure], str]) -> bytes:
    """Every procedure on its page under its category, with contents, forms, old names and other agencies.

    `address_of` gives the portal page of a procedure, or empty for none.
    """
    on = clock.today()
    chapters = [
        {
            "name": CATEGORIES.get(category, category),
            "sheets": [_sheet(procedure, address_of(procedure), catalogue, on) for procedure in procedures],
        }
        for category, procedures in catalogue.by_category().items()
    ]
    data = {
        "unit": unit_name,
        "printed": f"Ngày {on:%d} tháng {on:%m} năm {on:%Y}",
        "count": len(catalogue.procedures),
        "chapters": chapters,
        "forms": [(form.code, form.name, worded(form.legal_source)) for form in catalogue.forms],
        "old_names": [(old.old, old.now, worded(old.note)) for old in catalogue.old_names],
        "referrals": [(referral.topic, worded(referral.go_to)) for referral in catalogue.referrals],
    }
    return typeset("binhyen.procedures.printing", "booklet", data)


def _sheet(procedure: Procedure, address: str, catalogue: Catalogue | None, on: date) -> dict[str, Any]:
    steps = [worded(step) for step in procedure.steps]
    return {
        "title": procedure.title,
        "code": procedure.code,
        "category": CATEGORIES.get(procedure.category, procedure.category),
        "warnings": _warnings(procedure, on),
        "facts": _facts(procedure),
        "always": [_paper(document) for document in procedure.always],
        "cases": [
            (_begun(worded(when)), [_paper(document) for document in documents])
            for when, documents in procedure.by_case.items()
        ],
        "forms": _forms(procedure, catalogue),
        "steps_title": "Việc cần làm thay thế" if procedure.is_abolished else "Các bước",
        "steps": steps,
        "methods": [] if procedure.is_abolished else list(_methods(procedure)),
        "officer": [_begun(worded(condition)) for condition in procedure.needs_officer_when],
        "notes": [worded(note) for note in (procedure.own_note, *procedure.notes) if note],
        "basis": "; ".join(worded(law) for law in procedure.legal_basis),
        "checked": f"{procedure.checked_on:%d/%m/%Y}",
        "qr": qr_svg(address),
        "address": qr_address_shown(address),
    }


def _warnings(procedure: Procedure, on: date) -> list[str]:
    fee = f"{procedure.fee.summary} {procedure.fee.exempt}"
    told = (
        (_ABOLISHED, procedure.is_abolished),
        (_UNVERIFIED, procedure.confidence is Confidence.MEMORY),
        (_STALE, is_stale(procedure, on)),
        (_RUN_OUT, has_run_out(fee, on)),
    )
    return [text for text, holds in told if holds]


def _facts(procedure: Procedure) -> list[tuple[str, str]]:
    fee = " ".join(filter(None, (procedure.fee.summary, "" if procedure.is_abolished else procedure.fee.exempt)))
    facts = (
        ("Thời hạn", "" if procedure.time_limit.text in _NOTHING else procedure.time_limit.text),
        ("Lệ phí", "" if procedure.fee.summary in _NOTHING else _sentences(procedure.fee.summary, fee)),
        ("Ai làm", procedure.who),
        ("Nơi nhận", procedure.place),
        ("Giờ nhận", procedure.hours),
        ("Cơ quan", procedure.agency),
        ("Kết quả", procedure.result),
    )
    return [(name, _begun(worded(value))) for name, value in facts if value not in _NOTHING]


def _sentences(first: str, both: str) -> str:
    rest = both.removeprefix(first).strip()
    return f"{first.rstrip('.')}. {_begun(rest)}" if rest else first


def _methods(procedure: Procedure) -> Iterable[str]:
    for method in procedure.methods:
        name = _CHANNELS[method.channel]
        yield f"{name}: {worded(method.note)}" if method.note and _plain(method.note) not in name else name


def _plain(note: str) -> str:
    return note.strip().rstrip(".")


def _paper(document: Document) -> str:
    kind = _KINDS.get(document.kind, "")
    extra = [kind] if kind else []
    if document.copies > 1:
        extra.append(f"{document.copies} bản")
    name = f"{worded(document.item)} ({', '.join(extra)})" if extra else worded(document.item)
    if document.form and document.form not in name:
        name += f" – mẫu {document.form.removeprefix('Mẫu ')}"
    return f"{name}. {worded(document.note)}" if document.note else name


def _forms(procedure: Procedure, catalogue: Catalogue | None) -> list[str]:
    forms = catalogue.forms_of(procedure) if catalogue else ()
    return [f"{form.code}: {form.name}" for form in forms] or list(procedure.form_codes)


def _begun(text: str) -> str:
    return text[:1].upper() + text[1:]
