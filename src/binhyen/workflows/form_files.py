"""Empty forms as files for the chat: promised as a row without content, made when they are sent."""

import functools

from binhyen.channels.connector import OutboundFile
from binhyen.core.errors import Misconfigured
from binhyen.inbox.models import Attachment, AttachmentState
from binhyen.inbox.new_rows import NewAttachment, NewMessage
from binhyen.inbox.sending import MADE
from binhyen.printing.typesetting import LARGEST_FILE_BYTES
from binhyen.procedures.printing.layout import file_name
from binhyen.procedures.queries import catalogue
from binhyen.workflows.decision import unit_facts

_FORM = f"{MADE}form:"
KEPT_FILES = 128
"""Made files this process keeps, about 5 MB; equal files are uploaded to a page once a week."""


def form_attachment(message: NewMessage, code: str) -> NewAttachment:
    """The promise of the empty form beside a message without words."""
    form = catalogue().form(code)
    name = f"{file_name(form)}.pdf" if form else f"{code}.pdf"
    return NewAttachment(
        unit_id=message.unit_id,
        message=message,
        kind="file",
        url=f"{_FORM}{code}",
        name=name[:120],
        description="",
        state=AttachmentState.LINK_ONLY,
    )


def form_file(attachment: Attachment) -> OutboundFile:
    """The PDF of a promised form, within Zalo's 5 MB (Zalo section 3.4). Raises Misconfigured for an unknown one."""
    code = attachment.url.removeprefix(_FORM)
    unit = unit_facts(attachment.unit_id)
    form = catalogue().form(code)
    if form is None or not attachment.url.startswith(_FORM):
        raise Misconfigured(f"attachment {attachment.pk} is no form of the catalogue")
    procedure = next((name for name in form.used_by if unit.catalogue.procedure(name)), "")
    page = f"thu-tuc/{procedure}/" if procedure else "mau-don/"
    content = _pdf(form.code, f"{unit.portal_address}/{page}")
    if len(content) > LARGEST_FILE_BYTES:
        raise Misconfigured(f"form {code} is too large for a chat")
    return OutboundFile(attachment.name, "application/pdf", content)


@functools.lru_cache(maxsize=KEPT_FILES)
def _pdf(code: str, address: str) -> bytes:
    from binhyen.procedures.printing.forms_pdf import form_pdf

    form = catalogue().form(code)
    if form is None:
        raise Misconfigured(f"form {code} is not in the catalogue")
    return form_pdf(form, {}, address)
