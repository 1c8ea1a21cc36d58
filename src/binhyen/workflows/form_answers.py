"""Forms in the chat: a button or "mẫu CT01" brings the empty form as a file and the page to fill it in."""

import functools
from urllib.parse import quote

from binhyen.channels.connector import Button
from binhyen.core.text import fold
from binhyen.inbox.models import Urgency
from binhyen.procedures.catalogue import FormTemplate, Procedure
from binhyen.procedures.form_names import forms_of_old
from binhyen.procedures.queries import catalogue
from binhyen.workflows import texts
from binhyen.workflows.decision import Decision, PlannedReply, UnitFacts

OFFERED_FORMS = 2
"""Buttons for forms under one answer."""
_LONGEST = 60
_ASKING = frozenset(
    """mau don to khai bieu giay file tep pdf so gui cho xin can lay nhan tai toi em minh con chau bac ad
    a oi voi nhe muon""".split()  # noqa: SIM905 - easier to read than thirty quotes
)
"""Words around a code that only ask for the form itself."""
_PAPERS = ("don ", "ban khai ", "to khai ", "phieu ")
"""How names of papers begin, folded."""

FORM = (
    "Mẫu {code}: {title}. Tệp PDF ở tin sau. Làm theo mẫu, {ai} kiểm tra trước khi nộp.\n"
    "Xem từng mục, điền sẵn trên điện thoại: {page}"
)
NO_FILE = (
    "Mẫu {code}: {title}. Mẫu này chưa có tệp ở đây, cán bộ sẽ trả lời {ai}. Mẫu giấy phát miễn phí tại trụ sở {cq}."
)


def form_asked(folded: str) -> str:
    """Code of the form a message asks for and nothing else: "mẫu CT01", "xin tờ khai ct01", "mẫu HK02"; "" otherwise.

    `folded` is the search form of the message.

    So is an old name that names a paper ("đơn đề nghị cấp CMND"); one that does not ("sổ hộ khẩu") is a question about
    the procedure.
    """
    if len(folded) > _LONGEST:
        return ""
    said = f" {folded} "
    for name, code in _codes():
        if f" {name} " in said:
            around = _without(said, code).split()
            is_code = any(map(str.isdecimal, name))
            return code if set(around) <= _ASKING and (around or is_code or name.startswith(_PAPERS)) else ""
    return ""


def _without(said: str, code: str) -> str:
    """The words around every name of one form."""
    for folded, same in _codes():
        said = said.replace(f" {folded} ", " ", 1) if same == code else said
    return said


@functools.cache
def _codes() -> tuple[tuple[str, str], ...]:
    """Folded codes with digits and old names, the longest first; codes that are ordinary words have to be tapped."""
    pairs = [(fold(form.code), form.code) for form in catalogue().forms if any(map(str.isdigit, form.code))]
    for old in catalogue().old_names:
        forms = [form for form in forms_of_old(old, catalogue()) if form.kind == "applicant"]
        name, _, code = old.old.partition(" (")
        pairs += [(fold(words), forms[0].code) for words in (name, code) if forms and fold(words)]
    return tuple(sorted(pairs, key=lambda pair: -len(pair[0])))


def form_decision(unit: UnitFacts, form: FormTemplate) -> Decision:
    """Words with the page, then the file; an officer where the catalogue has no entries of the form."""
    procedure = next((name for name in form.used_by if unit.catalogue.procedure(name)), "")
    facts = {"code": form.code, "title": form.name, "page": f"{unit.portal_address}/mau-don/{quote(form.code)}/"}
    if not form.fields:
        reply = PlannedReply(texts.said(NO_FILE, unit, **facts))
        return Decision((reply,), True, Urgency.NORMAL, "procedure", procedure, "officer")
    replies = (PlannedReply(texts.said(FORM, unit, **facts)), PlannedReply("", form=form.code))
    return Decision(replies, False, Urgency.NORMAL, "procedure", procedure, "answer")


def form_buttons(procedure: Procedure) -> tuple[Button, ...]:
    """Buttons that bring the procedure's forms as files."""
    known = (form for code in procedure.form_codes if (form := catalogue().form(code)) and form.fields)
    forms = [form for form in known if form.kind == "applicant"][:OFFERED_FORMS]
    return tuple(texts.say(f"Nhận mẫu {form.code}", f"#mau:{form.code}") for form in forms)
