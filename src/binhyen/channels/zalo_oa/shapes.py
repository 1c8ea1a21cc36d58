"""Bodies of consultation messages as Zalo wants them (zalo section 3.1)."""

import re
import struct
from typing import Any

from binhyen.channels.connector import Button, ButtonKind, Credentials, Outbound, OutboundFile
from binhyen.channels.zalo_oa.routing import ANONYMOUS

MOST_BUTTONS = 5
TITLE_LIMIT = 100
SAY_LIMIT = 1_000
GROUP = "group:"
"""Start of `Outbound.person` for a group of the page: "group:<group_id>" (zalo section 3.7)."""


def endpoint(outbound: Outbound, keys: Credentials) -> str:
    """Anonymous people are still answered on the older path (zalo section 3.2)."""
    path = "/v2.0/oa/message" if is_anonymous(outbound) else "/v3.0/oa/message/cs"
    if outbound.person.startswith(GROUP):
        path = "/v3.0/oa/group/message"
    return keys["api_url"] + path


def is_anonymous(outbound: Outbound) -> bool:
    """Whether the person writes without a Zalo name."""
    return outbound.person.startswith(ANONYMOUS)


def recipient(outbound: Outbound) -> dict[str, str]:
    """The object that names the person."""
    if outbound.person.startswith(GROUP):
        return {"group_id": outbound.person.removeprefix(GROUP)}
    if not is_anonymous(outbound):
        return {"user_id": outbound.person}
    anonymous_id, _, conversation_id = outbound.person.removeprefix(ANONYMOUS).partition(":")
    return {"anonymous_id": anonymous_id, "conversation_id": conversation_id}


def with_buttons(buttons: tuple[Button, ...]) -> dict[str, Any]:
    """The attachment that puts choices under a text."""
    return {"type": "template", "payload": {"buttons": [_button(button) for button in buttons]}}


def _button(button: Button) -> dict[str, Any]:
    match button.kind:
        case ButtonKind.SAY:
            return {"title": button.title, "type": "oa.query.show", "payload": button.value}
        case ButtonKind.OPEN:
            return {"title": button.title, "type": "oa.open.url", "payload": {"url": button.value}}
        case ButtonKind.CALL:
            number = telephone(button.value)
            return {"title": button.title, "type": "oa.open.phone", "payload": {"phone_code": number}}


def telephone(number: str) -> str:
    """Digits with the country code, as Zalo's dialler wants them; 113 and other short numbers stay."""
    digits = re.sub(r"\D", "", number)
    return "84" + digits[1:] if digits.startswith("0") else digits


def numbered_menu(buttons: tuple[Button, ...]) -> str:
    """The choices as lines to read and answer by number, for a page on which Zalo refuses buttons."""
    lines = []
    for number, button in enumerate(buttons, 1):
        value = "" if button.kind is ButtonKind.SAY else f": {button.value}"
        lines.append(f"{number}. {button.title}{value}")
    if any(button.kind is ButtonKind.SAY for button in buttons):
        lines.append("Nhắn số thứ tự để chọn.")
    return "\n".join(lines)


def picture(file: OutboundFile, attachment_id: str) -> dict[str, Any]:
    """The attachment that shows an uploaded picture."""
    element: dict[str, Any] = {"media_type": "image", "attachment_id": attachment_id}
    if file.content_type == "image/gif":
        width, height = struct.unpack("<HH", file.content[6:10].ljust(4, b"\1"))
        element |= {"media_type": "gif", "width": width, "height": height}
    return {"type": "template", "payload": {"template_type": "media", "elements": [element]}}


def document(token: str) -> dict[str, Any]:
    """The attachment that hands over an uploaded document."""
    return {"type": "file", "payload": {"token": token}}
