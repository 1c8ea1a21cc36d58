"""What the page of a procedure or form shows, decided before the template."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from binhyen.procedures.catalogue import Catalogue, Channel, Confidence, Document, FormTemplate, Procedure
from binhyen.procedures.form_names import forms_of_old
from binhyen.procedures.queries import catalogue
from binhyen.procedures.rules import has_run_out, is_stale

CHANNEL_NAMES = {
    Channel.IN_PERSON: _("In person"),
    Channel.NATIONAL_PORTAL: _("National Public Service Portal"),
    Channel.VNEID: _("VNeID app"),
    Channel.POST: _("By post"),
    Channel.PHONE: _("By phone"),
    Channel.EMAIL: _("By e-mail"),
    Channel.OTHER: _("Another way"),
}
CHANNEL_ADDRESSES = {Channel.NATIONAL_PORTAL: "https://dichvucong.gov.vn/"}
DOCUMENT_KINDS = {
    "original": _("original"),
    "copy": _("copy"),
    "certified_copy": _("certified copy"),
    "present": _("to show only"),
    "electronic": _("electronic"),
    "photo": _("photo"),
}
_FORMAL = frozenset({"to-cao-can-bo", "khieu-nai-hanh-chinh"})
"""Their page leads to the way of the law, which may pass the unit by."""
_NOTHING = ("", "—", "Không áp dụng", "Không phải thủ tục")


def facts_of(procedure: Procedure, on: date) -> dict[str, Any]:
    """Context of the procedure page as it stands on the day."""
    time_text, fee = procedure.time_limit.text, procedure.fee.summary
    return {
        "procedure": procedure,
        "time_text": "" if time_text in _NOTHING else time_text,
        "fee": "" if fee in _NOTHING else fee,
        "fee_has_run_out": has_run_out(f"{fee} {procedure.fee.exempt}", on),
        "always": _documents(procedure.always),
        "by_case": [(when, _documents(documents)) for when, documents in procedure.by_case.items()],
        "methods": [
            (CHANNEL_NAMES[method.channel], method.note, CHANNEL_ADDRESSES.get(method.channel, ""))
            for method in procedure.methods
        ],
        "forms": catalogue().forms_of(procedure),
        "checked_on": f"{procedure.checked_on:%d/%m/%Y}",
        "is_formal": procedure.id in _FORMAL,
        "is_stale": is_stale(procedure, on),
        "is_unverified": procedure.confidence is Confidence.MEMORY,
    }


def _documents(documents: Sequence[Document]) -> list[dict[str, Any]]:
    return [
        {
            "document": document,
            "form": catalogue().form(document.form) if document.form else None,
            "kind": DOCUMENT_KINDS.get(document.kind, document.kind),
        }
        for document in documents
    ]


def form_facts(form: FormTemplate, offered: Catalogue) -> dict[str, Any]:
    """Context of the form page; `offered` names the procedures the unit tells about."""
    known = (offered.procedure(procedure_id) for procedure_id in form.used_by)
    old_names = [old for old in catalogue().old_names if form in forms_of_old(old, catalogue())]
    return {"form": form, "procedures": [procedure for procedure in known if procedure], "old_names": old_names}
