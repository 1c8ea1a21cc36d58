"""How a procedure reads in a chat: whole, short, or one aspect of it; at most 2,000 characters after NFC."""

import re

from binhyen.core import clock
from binhyen.core.text import fold, nfc
from binhyen.language.kinds import Aspect
from binhyen.procedures.catalogue import Channel, Confidence, Document, FeeItem, Procedure, SubmissionMethod
from binhyen.procedures.rules import has_run_out, worded

CHAT_LIMIT = 2000
"""Characters of one chat message after NFC (zalo section 3.1)."""

_CHANNEL_NAMES = {
    Channel.IN_PERSON: "Trực tiếp",
    Channel.NATIONAL_PORTAL: "Cổng Dịch vụ công quốc gia (dichvucong.gov.vn)",
    Channel.VNEID: "Ứng dụng VNeID",
    Channel.POST: "Bưu điện",
    Channel.PHONE: "Điện thoại",
    Channel.EMAIL: "Thư điện tử",
    Channel.OTHER: "Cách khác",
}
_FEE_CHANNELS = {"in_person": "trực tiếp", "online": "qua mạng", "post": "bưu điện"}
_DOCUMENT_KINDS = {
    "original": "bản chính",
    "copy": "bản sao",
    "certified_copy": "bản sao có chứng thực",
    "present": "chỉ mang để xem",
    "electronic": "bản điện tử",
    "photo": "ảnh",
}
_ABOUT_DEADLINE = (
    (re.compile(r"\b(?:bi phat|phat)\b"), re.compile(r"bị phạt|phạt tiền|xử phạt|xử lý hình sự|lập biên bản")),
    (re.compile(r"\b(?:truoc|trong) (?:may|bao)\b"), re.compile(r"trước (?:khi|\d)|trong (?:tối đa )?\d|chậm nhất")),
)
"""What is asked of a deadline, folded, and how notes tell of it."""
RUN_OUT = "Mức giảm ghi ở trên đã hết hạn, hãy hỏi lại cán bộ mức hiện nay."
UNCHECKED = "Nội dung này chưa đối chiếu với văn bản, cán bộ sẽ xác nhận lại."


def whole_answer(procedure: Procedure, address: str) -> str:
    """Everything a resident needs, or the short form when it would pass the limit. `address` is the portal page."""
    if procedure.is_abolished:
        return abolished_answer(procedure, address)
    full = _joined(
        _heading(procedure),
        documents_text(procedure) or _advice(procedure),
        methods_text(procedure),
        _time(procedure),
        _fee(procedure),
        _own_note(procedure),
        _forms(procedure),
        _basis(procedure),
        _officer_when(procedure),
        _page("Xem đầy đủ, in ra", address),
    )
    return full if len(full) <= CHAT_LIMIT else short_answer(procedure, address)


def short_answer(procedure: Procedure, address: str) -> str:
    """What to bring in every case, time, fee and the page with the rest."""
    always = procedure.always[:6]
    bring = "\n".join(f"{n}. {document.item}" for n, document in enumerate(always, start=1))
    cases = len(procedure.by_case)
    more = f"Có {cases} trường hợp cần thêm giấy tờ, xem ở trang bên dưới." if cases else ""
    parts = [_heading(procedure), f"Cần mang:\n{bring}" if bring else "", more, _time(procedure), _fee(procedure)]
    parts += [_own_place(procedure), _own_note(procedure)]
    parts += [_forms(procedure), _basis(procedure), _page("Xem đầy đủ", address)]
    return _cut(_joined(*parts), address)


def abolished_answer(procedure: Procedure, address: str) -> str:
    """That it is no longer needed, and what to do instead."""
    instead = "\n".join(f"- {worded(step)}" for step in procedure.steps)
    title = procedure.title.replace("(đã bãi bỏ)", "").strip()
    lines = [f"{title}: thủ tục này ĐÃ BÃI BỎ, không cần làm nữa.", f"Thay vào đó:\n{instead}" if instead else ""]
    lines.append(UNCHECKED if procedure.confidence is Confidence.MEMORY else "")
    return _cut(_joined(*lines, _basis(procedure), _page("Xem thêm", address)), address)


def aspect_answer(procedure: Procedure, aspects: tuple[Aspect, ...], address: str, asked: str = "") -> str:
    """Only what was asked about the procedure just discussed; "" when the catalogue does not say.

    `asked`: the words of the question, folded; what they ask of a deadline is looked for among the notes.
    """
    parts = [text for aspect in aspects if (text := _aspect(procedure, aspect, asked))]
    if not parts:
        return ""
    warning = UNCHECKED if procedure.confidence is Confidence.MEMORY else ""
    parts = [f"{procedure.title}:", *dict.fromkeys(parts), warning, _basis(procedure), _page("Xem đầy đủ", address)]
    return _cut(_joined(*parts), address)


def further_answer(procedure: Procedure, address: str) -> str:
    """What the whole answer had no room for: the steps, and what to know."""
    parts = [_heading(procedure), _listed("Các bước", procedure.steps), _listed("Cần biết", procedure.notes)]
    return _cut(_joined(*parts, _basis(procedure), _page("Xem đầy đủ", address)), address)


def _deadline(procedure: Procedure, asked: str) -> str:
    """Until when, since when, and what happens after: by the notes; how long it takes is another question."""
    for words, told in _ABOUT_DEADLINE:
        if words.search(asked):
            return _listed(
                "Cần biết", tuple(fact for fact in (*procedure.notes, *procedure.steps) if told.search(fact))
            )
    return _time(procedure)


def _aspect(procedure: Procedure, aspect: Aspect, asked: str) -> str:
    """The catalogue's words on one aspect; "" for what it cannot know, such as the state of a file or a proxy."""
    match aspect:
        case "fee":
            return _fee(procedure, with_items=True)
        case "documents":
            return documents_text(procedure)
        case "time" | "deadline":
            return _deadline(procedure, asked) if aspect == "deadline" else _time(procedure)
        case "place" | "online":
            return methods_text(procedure)
        case "hours":
            return f"Thời gian nhận: {worded(procedure.hours)}" if procedure.hours else ""
        case "form":
            return _forms(procedure) or "Thủ tục này không cần mẫu đơn riêng."
        case "steps":
            return _listed("Các bước", procedure.steps)
        case "legal_basis":
            return _listed("Căn cứ", procedure.legal_basis)
        case "who" | "result":
            fact = procedure.who if aspect == "who" else procedure.result
            return f"{'Ai làm được' if aspect == 'who' else 'Kết quả'}: {worded(fact)}" if fact else ""
        case _:
            return ""


def _listed(heading: str, facts: tuple[str, ...]) -> str:
    lines = "\n".join(f"{number}. {worded(fact)}" for number, fact in enumerate(facts, start=1))
    return f"{heading}:\n{lines}" if lines else ""


def documents_text(procedure: Procedure) -> str:
    """Papers for every case, then papers under the case that needs them."""
    if not procedure.documents:
        return ""
    lines = ["Cần mang:"]
    more = ", thêm" if procedure.always else ""
    lines += [f"{n}. {_document(document)}" for n, document in enumerate(procedure.always, start=1)]
    for when, documents in procedure.by_case.items():
        lines.append(f"{worded(when[0].upper() + when[1:])}{more}:")
        lines += [f"- {_document(document)}" for document in documents]
    return "\n".join(lines)


def _advice(procedure: Procedure) -> str:
    """What somebody should know who needs no papers for it: what is allowed and what to do."""
    return "\n".join(f"- {worded(fact)}" for fact in (*procedure.steps, *procedure.notes))


def methods_text(procedure: Procedure) -> str:
    """Where and how to file."""
    own = _own_place(procedure)
    if not procedure.methods:
        return own or f"Nơi làm: {worded(procedure.agency)}"
    lines = [_method(procedure, method) for method in procedure.methods]
    listed = "Nộp ở đâu:\n" + "\n".join(f"- {line}" for line in lines)
    return f"{listed}\n{own}" if own else listed


def _own_place(procedure: Procedure) -> str:
    """Where and when the unit itself takes it in."""
    place = f"Nơi nhận hồ sơ trực tiếp: {worded(procedure.place)}" if procedure.place else ""
    hours = f"Thời gian nhận: {worded(procedure.hours)}" if procedure.hours else ""
    return "\n".join(filter(None, (place, hours)))


def _own_note(procedure: Procedure) -> str:
    return f"Lưu ý: {worded(procedure.own_note)}" if procedure.own_note else ""


def _method(procedure: Procedure, method: SubmissionMethod) -> str:
    place = method.note or (procedure.agency if method.channel is Channel.IN_PERSON else "")
    name = _CHANNEL_NAMES[method.channel]
    if not place or place in name:
        return name
    return worded(place) if fold(place).startswith(fold(name.split("(")[0])) else f"{name}: {worded(place)}"


def _document(document: Document) -> str:
    facts = [f"mẫu {document.form}"] if re.fullmatch(r"[A-ZĐ]{1,3}\d.*|[A-Z]{2,}-?\w*", document.form) else []
    facts.append(_DOCUMENT_KINDS.get(document.kind, document.kind))
    if document.copies > 1:
        facts.append(f"{document.copies} bản")
    return f"{worded(document.item)} ({', '.join(facts)})"


def _heading(procedure: Procedure) -> str:
    warning = f"\n{UNCHECKED}" if procedure.confidence is Confidence.MEMORY else ""
    return f"{procedure.title}{warning}"


def _time(procedure: Procedure) -> str:
    limit = procedure.time_limit
    if limit.value is None and limit.unit == "unknown" and limit.text in ("Không phải thủ tục", "—", ""):
        return ""
    name = "Thời hạn giải quyết" if limit.value is not None else "Thời hạn"
    return f"{name}: {worded(limit.text)}"


def _fee(procedure: Procedure, with_items: bool = False) -> str:
    if procedure.fee.summary in ("Không áp dụng", ""):
        return ""
    text = f"Lệ phí: {worded(procedure.fee.summary)}"
    if with_items:
        text += "".join(
            f"\n- {_fee_case(item)}: {_money(item.amount_vnd)}" for item in procedure.fee.items if item.note
        )
        text += f"\n{worded(procedure.fee.exempt)}" if procedure.fee.exempt else ""
    return f"{text}\n{RUN_OUT}" if has_run_out(text, clock.today()) else text


def _fee_case(item: FeeItem) -> str:
    way = _FEE_CHANNELS.get(item.channel, "")
    return f"{worded(item.note)} ({way})" if way else worded(item.note)


def _money(amount_vnd: int | None) -> str:
    if amount_vnd is None:
        return "cần hỏi lại"
    return "miễn phí" if amount_vnd == 0 else f"{amount_vnd:,} đồng".replace(",", ".")


def _forms(procedure: Procedure) -> str:
    return f"Mẫu: {', '.join(procedure.form_codes)}" if procedure.form_codes else ""


def _basis(procedure: Procedure) -> str:
    basis = "; ".join(procedure.legal_basis[:3])
    more = " và văn bản khác" if len(procedure.legal_basis) > 3 else ""
    checked = f"Kiểm tra ngày {procedure.checked_on:%d/%m/%Y}."
    return f"Căn cứ: {worded(basis)}{more}. {checked}" if basis else checked


def _officer_when(procedure: Procedure) -> str:
    if not procedure.needs_officer_when:
        return ""
    conditions = "; ".join(map(worded, procedure.needs_officer_when))
    return f"Cần gặp cán bộ{':' if conditions.startswith('luôn') else ' khi:'} {conditions}."


def _page(lead: str, address: str) -> str:
    return f"{lead}: {address}" if address else ""


def _joined(*parts: str) -> str:
    return nfc("\n\n".join(part for part in parts if part))


def _cut(text: str, address: str) -> str:
    """The text within the limit; cut at a line, with the page that holds the rest."""
    if len(text) <= CHAT_LIMIT:
        return text
    tail = "\n…\n" + _page("Xem đầy đủ", address)
    kept = text[: CHAT_LIMIT - len(tail)]
    return kept.rsplit("\n", 1)[0] + tail
