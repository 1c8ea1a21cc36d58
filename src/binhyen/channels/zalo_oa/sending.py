"""Sends one consultation message and says what became of it (zalo section 3.1)."""

import logging
from datetime import timedelta
from http import HTTPStatus
from typing import Any

from binhyen.channels.connector import ButtonKind, Credentials, Outbound, Outcome, Refused, Sent
from binhyen.channels.zalo_oa import rate, shapes, uploads
from binhyen.channels.zalo_oa.api import Answer, Deadline, HttpRefusal, Reply, call
from binhyen.channels.zalo_oa.memory import Memory
from binhyen.channels.zalo_oa.outcomes import (
    BUTTONS_REFUSED,
    FIELD_INVALID,
    UPLOAD_EXPIRED,
    outcome_of,
)
from binhyen.core.text import nfc

TEXT_LIMIT = 2_000
SEND_LIMIT_S = 18.0
"""A whole send with its upload; the contract allows 20."""
_BUTTONS_REFUSED_FOR = timedelta(hours=24)

_log = logging.getLogger(__name__)
_without_buttons = Memory(most=10_000)


def send(outbound: Outbound, keys: Credentials) -> Outcome:
    """Send now. Splitting long texts is the caller's work: here they are refused."""
    problem = _problem(outbound)
    if problem:
        return Refused(problem, hint="operator")
    if not keys.get("access_token"):
        return Refused("no_token", hint="administrator", stops_account=True)
    deadline = Deadline(SEND_LIMIT_S)
    if outbound.file:
        return _send_file(outbound, keys, deadline)
    if outbound.buttons:
        return _send_with_buttons(outbound, keys, deadline)
    return _send_text(outbound, nfc(outbound.text), keys, deadline)


def forget_all() -> None:
    """Drop what was learnt about pages, for tests."""
    _without_buttons.forget_all()
    rate.forget_all()
    uploads.forget_all()


def _problem(outbound: Outbound) -> str:
    """Code of what makes the message unfit for Zalo, or ""."""
    file = outbound.file
    is_picture = bool(file and file.content_type.startswith("image/"))
    checks = {
        "person": not outbound.person,
        "empty": not outbound.text.strip() and not file,
        "text_too_long": len(nfc(outbound.text)) > TEXT_LIMIT,
        "text_with_file": bool(file and outbound.text and not is_picture),
        "buttons_with_file": bool(file and outbound.buttons),
        "button": any(
            not button.title or len(button.title) > shapes.TITLE_LIMIT or not button.value
            for button in outbound.buttons
        ),
        "button_value": any(
            button.kind is ButtonKind.SAY and len(button.value) > shapes.SAY_LIMIT for button in outbound.buttons
        ),
    }
    return next((code for code, is_wrong in checks.items() if is_wrong), "")


def _send_text(outbound: Outbound, text: str, keys: Credentials, deadline: Deadline) -> Outcome:
    message: dict[str, Any] = {"text": text}
    if outbound.quoted_message_id and not shapes.is_anonymous(outbound):
        quoting = {**message, "quote_message_id": outbound.quoted_message_id}
        reply = _post(outbound, quoting, keys, deadline)
        if not (isinstance(reply, Answer) and reply.code == FIELD_INVALID and "quote" in reply.message):
            return outcome_of(reply)
        # The quoted message is gone; the words matter more than the quote, and Zalo sent nothing.
    return outcome_of(_post(outbound, message, keys, deadline))


def _send_with_buttons(outbound: Outbound, keys: Credentials, deadline: Deadline) -> Outcome:
    page = (keys.get("app_id", ""), keys.get("account", ""))
    is_fit = len(outbound.buttons) <= shapes.MOST_BUTTONS and not shapes.is_anonymous(outbound)
    if is_fit and not _without_buttons.value(page):
        message = {"text": nfc(outbound.text), "attachment": shapes.with_buttons(outbound.buttons)}
        reply = _post(outbound, message, keys, deadline)
        if not (isinstance(reply, Answer) and reply.code == BUTTONS_REFUSED):
            return outcome_of(reply)
        _without_buttons.keep(page, "refused", _BUTTONS_REFUSED_FOR)
    return _send_menu(outbound, keys, deadline)


def _send_menu(outbound: Outbound, keys: Credentials, deadline: Deadline) -> Outcome:
    text, menu = nfc(outbound.text), nfc(shapes.numbered_menu(outbound.buttons))
    together = f"{text}\n\n{menu}"
    if len(together) <= TEXT_LIMIT:
        return _send_text(outbound, together, keys, deadline)
    outcome = _send_text(outbound, text, keys, deadline)
    if isinstance(outcome, Sent):
        after = _send_text(outbound, menu[:TEXT_LIMIT], keys, deadline)
        if not isinstance(after, Sent):
            _log.warning("The text went out, its menu did not: %s", after)
    return outcome


def _send_file(outbound: Outbound, keys: Credentials, deadline: Deadline) -> Outcome:
    file = outbound.file
    if file is None:
        return Refused("empty", hint="operator")
    kind = uploads.kind_of(file)
    if isinstance(kind, Refused):
        return kind
    for _ in range(2):
        handle = uploads.handle_for(file, kind, keys, deadline)
        if not isinstance(handle, str):
            return handle
        is_document = kind.handle_field == "token"
        attachment = shapes.document(handle) if is_document else shapes.picture(file, handle)
        caption = {"text": nfc(outbound.text)} if outbound.text else {}
        reply = _post(outbound, {**caption, "attachment": attachment}, keys, deadline)
        if not (isinstance(reply, Answer) and reply.code == UPLOAD_EXPIRED):
            return outcome_of(reply)
        uploads.forget(file, kind, keys)
    return outcome_of(reply)


def _post(outbound: Outbound, message: dict[str, Any], keys: Credentials, deadline: Deadline) -> Reply:
    app = keys.get("app_id", "")
    minute = rate.take(app)
    if minute is None:
        return HttpRefusal(HTTPStatus.TOO_MANY_REQUESTS)
    reply = call(
        "POST",
        shapes.endpoint(outbound, keys),
        deadline,
        headers={"access_token": keys["access_token"]},
        json={"recipient": shapes.recipient(outbound), "message": message},
    )
    rate.told(app, minute, reply if isinstance(reply, Answer) else None)
    return reply
