"""The daily anchor by mail, to people outside the machine: another unit, the superior, an archive (G18)."""

import logging
from datetime import timedelta

from django.conf import settings
from django.core.mail import EmailMessage, get_connection

from binhyen.audit.anchors import file_text, printable
from binhyen.audit.models import AuditAnchor
from binhyen.core import clock
from binhyen.core.configuration import configuration

TRIED_FOR = timedelta(days=3)
"""An anchor that could not be sent for so long is left to the file; `doctor` has said so all the while."""
MAIL_TIMEOUT_S = 10
TEXT = (
    "Mốc hằng ngày của nhật ký. Hãy giữ thư này ngoài máy chủ.\n\n{line}\n\n"
    "Đối chiếu: lưu tệp kèm theo, rồi chạy  binhyen verify-audit --anchor TỆP\n"
)
_log = logging.getLogger(__name__)


def mail_anchors() -> int:
    """Send anchors that nobody outside has yet; the number sent. Nothing without BINHYEN_ANCHOR_MAIL_TO.

    The mail holds keys of units, counts and hashes, nothing of what anybody did. A failure is tried at the next call.
    """
    if not configuration().anchor_mail_to:
        return 0
    waiting = AuditAnchor.objects.filter(mailed_at=None, made_at__gt=clock.now() - TRIED_FOR).order_by("day")
    return sum(_send(anchor) for anchor in waiting)


def _send(anchor: AuditAnchor) -> bool:
    line = printable(anchor)
    mail = EmailMessage(
        f"Bình Yên {anchor.day.isoformat()}: mốc nhật ký{'' if anchor.is_sound else ' (CÓ DÒNG KHÔNG KHỚP)'}",
        TEXT.format(line=line),
        to=list(configuration().anchor_mail_to),
        connection=get_connection(timeout=MAIL_TIMEOUT_S) if settings.EMAIL_HOST else None,
        attachments=[(f"{anchor.day.isoformat()}.json", file_text(anchor), "application/json")],
    )
    try:
        mail.send()
    except OSError as error:  # smtplib's errors and the network's
        _log.error("The anchor of %s could not be mailed: %s", anchor.day, type(error).__name__)
        return False
    AuditAnchor.objects.filter(pk=anchor.pk).update(mailed_at=clock.now())
    return True
