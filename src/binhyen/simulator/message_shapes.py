"""Shapes of a message's attachment: templates, buttons, lists, files, and their limits (Zalo section 3.1)."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from binhyen.simulator.errors import invalid, refusal
from binhyen.simulator.people_state import Page
from binhyen.simulator.state import World
from binhyen.simulator.uploads_state import Upload

TEXT_LIMIT = 2_000
TITLE_LIMIT = 100
SUBTITLE_LIMIT = 500
PAYLOAD_LIMIT = 1_000
SMS_LIMIT = 160
BUTTON_LIMIT = 5
LIST_LIMIT = 5
QUERY_BUTTONS = frozenset({"oa.query.show", "oa.query.hide"})


@dataclass(slots=True)
class Shape:
    """A message that passed the checks: `kind` is the echo event's ending."""

    kind: str
    text: str
    buttons: list[dict[str, Any]] = field(default_factory=list)
    attachments: list[dict[str, Any]] = field(default_factory=list)


def check_attachment(world: World, page: Page, text: str, attachment: Any) -> Shape:
    """Check `message.attachment`; raises the refusal Zalo answers."""
    if not isinstance(attachment, dict) or not isinstance(attachment.get("payload"), dict):
        raise invalid("attachment")
    payload = attachment["payload"]
    if attachment.get("type") == "file":
        return _file(world, page, text, payload)
    if attachment.get("type") != "template":
        raise refusal(-233)
    template = payload.get("template_type")
    if template in {None, "button"}:
        if world.switches.buttons != "accepted":
            raise refusal(-233)
        if not text:
            raise invalid("text")
        return Shape("text", text, buttons=check_buttons(payload.get("buttons"), is_needed=True))
    check = _TEMPLATES.get(template) if isinstance(template, str) else None
    if check is None:
        raise refusal(-233)
    shape = check(world, page, text, payload)
    if world.switches.buttons == "accepted":
        shape.buttons = check_buttons(payload.get("buttons"), is_needed=False)
    elif payload.get("buttons"):
        raise refusal(-233)
    return shape


def _file(world: World, page: Page, text: str, payload: dict[str, Any]) -> Shape:
    if text:
        raise invalid("text")
    upload = find_upload(world, page, payload.get("token"), "token", {"file"})
    return Shape("file", "", attachments=[{"type": "file", "token": upload.handle, "name": upload.name}])


def _media(world: World, page: Page, text: str, payload: dict[str, Any]) -> Shape:
    element = _elements(payload, 1)[0]
    media_type = element.get("media_type")
    if media_type not in {"image", "gif", "sticker"}:
        raise invalid("media_type")
    url, attachment_id = element.get("url"), element.get("attachment_id")
    if (url is None) == (attachment_id is None):
        raise invalid("attachment_id")
    if media_type == "gif" and not all(_is_size(element.get(name)) for name in ("width", "height")):
        raise invalid("width")
    attachment: dict[str, Any] = {"type": media_type}
    if media_type == "sticker":
        if not isinstance(attachment_id, str) or not attachment_id:
            raise invalid("attachment_id")
        attachment["attachment_id"] = attachment_id
    elif url is not None:
        attachment["url"] = check_url(url, "url")
    else:
        attachment["attachment_id"] = find_upload(world, page, attachment_id, "attachment_id", {media_type}).handle
    return Shape(media_type, text, attachments=[attachment])


def _request_user_info(_world: World, _page: Page, text: str, payload: dict[str, Any]) -> Shape:
    element = _elements(payload, 1)[0]
    _limited(element, "title", TITLE_LIMIT, is_needed=True)
    _limited(element, "subtitle", SUBTITLE_LIMIT, is_needed=True)
    check_url(element.get("image_url"), "image_url")
    return Shape("template", text, attachments=[{"type": "request_user_info", "elements": [element]}])


def _list(world: World, _page: Page, text: str, payload: dict[str, Any]) -> Shape:
    if world.switches.list_template != "accepted":
        raise refusal(-233)
    elements = _elements(payload, LIST_LIMIT)
    for place, element in enumerate(elements):
        _limited(element, "title", TITLE_LIMIT, is_needed=True)
        _limited(element, "subtitle", SUBTITLE_LIMIT, is_needed=place == 0)
        action = element.get("default_action")
        if action is not None:
            check_list_action(action)
    return Shape("list", text, attachments=[{"type": "list", "elements": elements}])


_TEMPLATES: dict[str, Callable[[World, Page, str, dict[str, Any]], Shape]] = {
    "media": _media,
    "request_user_info": _request_user_info,
    "list": _list,
}


def _elements(payload: dict[str, Any], limit: int) -> list[dict[str, Any]]:
    elements = payload.get("elements")
    if not isinstance(elements, list) or not elements or not all(isinstance(item, dict) for item in elements):
        raise invalid("elements")
    if len(elements) > limit:
        raise refusal(-210)
    return elements


def _limited(element: dict[str, Any], name: str, limit: int, *, is_needed: bool) -> str:
    value = element.get(name, "")
    if not isinstance(value, str) or (is_needed and not value):
        raise invalid(name)
    if len(value) > limit:
        raise refusal(-210)
    return value


def _is_size(value: Any) -> bool:
    return isinstance(value, int | str) and not isinstance(value, bool) and str(value).isdigit() and int(value) > 0


def check_url(value: Any, name: str) -> str:
    """A web address; -201 otherwise."""
    if not isinstance(value, str) or not value.startswith(("https://", "http://")):
        raise invalid(name)
    return value


def check_list_action(action: Any) -> None:
    """The flat action of a list row: `{"type": "oa.open.url", "url": ...}`."""
    if not isinstance(action, dict):
        raise invalid("default_action")
    if action.get("type") == "oa.open.url":
        check_url(action.get("url"), "url")
    elif action.get("type") not in QUERY_BUTTONS | {"oa.open.phone", "oa.open.sms"}:
        raise invalid("default_action")


def check_buttons(buttons: Any, *, is_needed: bool) -> list[dict[str, Any]]:
    """Check the buttons under a message: at most 5, titles at most 100, payload as the type asks."""
    if not buttons and not is_needed:
        return []
    if not isinstance(buttons, list) or not buttons or not all(isinstance(item, dict) for item in buttons):
        raise invalid("buttons")
    if len(buttons) > BUTTON_LIMIT:
        raise refusal(-210)
    for button in buttons:
        _limited(button, "title", TITLE_LIMIT, is_needed=True)
        _check_button_payload(button.get("type"), button.get("payload"))
    return buttons


def _check_button_payload(kind: Any, payload: Any) -> None:
    if kind in QUERY_BUTTONS:
        if not isinstance(payload, str) or not payload:
            raise invalid("payload")
        if len(payload) > PAYLOAD_LIMIT:
            raise refusal(-210)
        return
    if kind not in {"oa.open.url", "oa.open.phone", "oa.open.sms"}:
        raise invalid("type")
    if not isinstance(payload, dict):
        raise invalid("payload")
    if kind == "oa.open.url":
        check_url(payload.get("url"), "url")
    elif not str(payload.get("phone_code", "")).isdigit():
        raise invalid("phone_code")
    elif kind == "oa.open.sms":
        _limited(payload, "content", SMS_LIMIT, is_needed=True)


def find_upload(world: World, page: Page, handle: Any, name: str, kinds: set[str]) -> Upload:
    """The upload behind an attachment id or a file token; -201 when unknown, -100 after 7 days."""
    upload = world.uploads.by_handle.get(handle) if isinstance(handle, str) else None
    if upload is None or upload.oa_id != page.oa_id or upload.kind not in kinds:
        raise invalid(name)
    if upload.expires_ms <= world.clock.now_ms():
        raise refusal(-100)
    return upload
