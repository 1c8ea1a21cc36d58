"""The "resident's phone": a chat in the browser, so that anyone can try the product without a Zalo account."""

from html import escape
from importlib import resources as package_files
from string import Template
from typing import Any

from starlette.datastructures import FormData, UploadFile
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from binhyen.simulator import residents
from binhyen.simulator.clock import vietnam_time
from binhyen.simulator.media import MediaHost
from binhyen.simulator.people_state import DEMO_PEOPLE, ChatMessage, Resident, user_id_of
from binhyen.simulator.state import World
from binhyen.simulator.webhooks import Delivery, WebhookSender

PICTURE_LIMIT_BYTES = 8 * 1024 * 1024
TEXT_LIMIT = 10_000
PICTURE_TYPES = {"image/jpeg": "jpg", "image/png": "png", "image/webp": "webp", "image/gif": "gif"}
SECURITY_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; form-action 'self'; "
        "img-src 'self' http://127.0.0.1:* http://localhost:*; base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
}
FILES = {"phone.css": "text/css", "phone.js": "text/javascript"}


def _static(name: str) -> str:
    return package_files.files("binhyen.simulator").joinpath("static", name).read_text(encoding="utf-8")


class Phone:
    """The phone page: server-made, works without script; a small script polls and sends without reloading."""

    def __init__(self, world: World, sender: WebhookSender, media: MediaHost) -> None:
        self.world = world
        self.sender = sender
        self.media = media
        self._template = Template(_static("phone.html"))

    def routes(self) -> list[Route]:
        """All routes of the phone page."""
        return [
            Route("/", self.home, methods=["GET"]),
            Route("/favicon.ico", self.no_icon, methods=["GET"]),
            Route("/phone", self.page, methods=["GET"]),
            Route("/phone/send", self.send, methods=["POST"]),
            Route("/phone/feed", self.feed, methods=["GET"]),
            Route("/phone/static/{name}", self.static, methods=["GET"]),
        ]

    async def home(self, _request: Request) -> Response:
        """`GET /`: the phone."""
        return RedirectResponse("/phone", status_code=302)

    async def no_icon(self, _request: Request) -> Response:
        """`GET /favicon.ico`: browsers ask for it; there is none."""
        return Response(status_code=204)

    def _holder(self, user_id: str | None) -> Resident:
        page = self.world.first_page
        known = self.world.residents.get(user_id) if user_id else None
        if known is not None and known.conversation_id is None:
            return known
        return self.world.residents[user_id_of(page, DEMO_PEOPLE[0][0])]

    async def page(self, request: Request) -> Response:
        """`GET /phone?user=...`: the chat of one resident."""
        holder = self._holder(request.query_params.get("user"))
        html = self._template.substitute(
            people=self._people(holder),
            page_name=escape(self.world.pages[holder.oa_id].name),
            holder_name=escape(holder.name),
            user_id=escape(holder.user_id),
            messages=self._bubbles(holder, 0),
            last_n=str(holder.conversation[-1].n if holder.conversation else 0),
            follow_action="unfollow" if holder.is_follower else "follow",
            follow_label="Đang quan tâm" if holder.is_follower else "Quan tâm",
            problem=_problem(request.query_params.get("problem", "")),
        )
        return Response(html.encode(errors="replace"), media_type="text/html; charset=utf-8", headers=SECURITY_HEADERS)

    def _people(self, holder: Resident) -> str:
        rows = []
        for page in self.world.pages.values():
            for number, _name in DEMO_PEOPLE:
                person = self.world.residents[user_id_of(page, number)]
                current = ' aria-current="page"' if person is holder else ""
                place = f"<small>{escape(page.name)}</small>" if len(self.world.pages) > 1 else ""
                rows.append(
                    f'<li><a href="/phone?user={person.user_id}"{current}>'
                    f'<span class="face face-{number}" aria-hidden="true">{escape(_initial(person.name))}</span>'
                    f"<span>{escape(person.name)}{place}</span></a></li>"
                )
        return "".join(rows)

    def _bubbles(self, holder: Resident, since: int) -> str:
        return "".join(_bubble(message, holder) for message in holder.conversation if message.n > since)

    async def feed(self, request: Request) -> Response:
        """`GET /phone/feed?user=...&since=n`: new bubbles as HTML, for the polling script."""
        holder = self._holder(request.query_params.get("user"))
        since = request.query_params.get("since", "0")
        since_n = int(since) if since.isdigit() else 0
        last_n = holder.conversation[-1].n if holder.conversation else 0
        html = self._bubbles(holder, since_n)
        seen = residents.see(self.world, holder) if html and self.world.switches.receipts else None
        if seen:
            self.sender.dispatch_soon([seen])
        return JSONResponse({"html": html, "last_n": last_n}, headers=SECURITY_HEADERS)

    async def send(self, request: Request) -> Response:
        """`POST /phone/send`: text, picture, tapped button, follow; back to the chat."""
        async with request.form(max_files=1, max_part_size=PICTURE_LIMIT_BYTES) as form:
            holder = self._holder(str(form.get("user", "")))
            try:
                problem = _trouble(await self._act(holder, form))
            except residents.ActionError as error:
                problem = str(error)
        if request.headers.get("accept", "").startswith("application/json"):
            return JSONResponse({"problem": problem}, headers=SECURITY_HEADERS)
        suffix = "&problem=1" if problem else ""
        return RedirectResponse(f"/phone?user={holder.user_id}{suffix}#end", status_code=303, headers=SECURITY_HEADERS)

    async def _act(self, holder: Resident, form: FormData) -> Delivery | None:
        action = str(form.get("action", "say"))
        if action in {"follow", "unfollow"}:
            event = residents.follow(self.world, holder, is_follower=action == "follow", source="oa_profile")
            return await self.sender.dispatch(event)
        if action == "withdraw":
            return await self.sender.dispatch(residents.withdraw(self.world, holder))
        if action.startswith("tap:"):
            return await self._tap(holder, action)
        said: dict[str, Any] = {"text": str(form.get("text", "")).strip()[:TEXT_LIMIT]}
        picture = form.get("picture")
        if isinstance(picture, UploadFile) and picture.size:
            said["image"] = await self._kept_picture(picture)
        if not said["text"] and "image" not in said:
            return None
        _sent, event = residents.write(self.world, self.media, holder, said)
        return await self.sender.dispatch(event)

    async def _tap(self, holder: Resident, action: str) -> Delivery | None:
        _tap, msg_id, number = action.split(":", 2)
        button, text = residents.tap(holder, int(number) if number.isdigit() else -1, msg_id)
        if text is None:
            return None
        sent, event = residents.write(self.world, self.media, holder, {"text": text})
        sent.is_hidden = button["type"] == "oa.query.hide"
        return await self.sender.dispatch(event)

    async def _kept_picture(self, picture: UploadFile) -> str:
        ending = PICTURE_TYPES.get(picture.content_type or "")
        if ending is None:
            raise residents.ActionError("only pictures (JPEG, PNG, WebP, GIF) can be sent from here")
        content = await picture.read(PICTURE_LIMIT_BYTES + 1)
        if len(content) > PICTURE_LIMIT_BYTES:
            raise residents.ActionError("the picture is larger than 8 MB")
        return self.media.keep(content, str(picture.content_type), ending)

    async def static(self, request: Request) -> Response:
        """The page's own style and script."""
        name = request.path_params["name"]
        if name not in FILES:
            return Response("not found", status_code=404)
        return Response(_static(name), media_type=f"{FILES[name]}; charset=utf-8", headers=SECURITY_HEADERS)


def _initial(name: str) -> str:
    return name.split()[1][0] if len(name.split()) > 1 else name[:1]


def _problem(flag: str) -> str:
    text = "Tin đã ghi trên điện thoại nhưng máy chủ của đơn vị chưa nhận được." if flag else ""
    return f'<p class="problem" role="alert">{text}</p>' if text else ""


def _trouble(delivery: Delivery | None) -> str:
    if delivery is None or delivery.state in {"delivered", "held"}:
        return ""
    return f"webhook: {delivery.state} ({delivery.http_status})"


def _bubble(message: ChatMessage, holder: Resident) -> str:
    if message.is_hidden:
        return ""
    side = "page" if message.is_from_page else "me"
    who = "Trang" if message.is_from_page else "Bạn"
    parts = [f'<span class="who">{who}:</span>']
    if quoted := message.quoted_id and next(
        (one for one in holder.conversation if one.msg_id == message.quoted_id), None
    ):
        parts.append(f'<p class="quoted">{escape(quoted.text[:80])}</p>')
    parts += [_attachment(item) for item in message.attachments]
    if message.text:
        parts.append(f'<p class="text">{escape(message.text)}</p>')
    buttons = "".join(_button(message, place, button) for place, button in enumerate(message.buttons))
    if buttons:
        parts.append(f'<div class="buttons">{buttons}</div>')
    if message.reaction:
        parts.append(f'<span class="reaction">{escape(message.reaction)}</span>')
    at = vietnam_time(message.at_ms).strftime("%H:%M")
    return f'<li class="bubble {side}" data-n="{message.n}">{"".join(parts)}<time>{at}</time></li>'


def _button(message: ChatMessage, place: int, button: dict[str, Any]) -> str:
    title, payload = escape(str(button.get("title", ""))), button.get("payload")
    if isinstance(payload, dict) and "url" in payload:
        href = escape(str(payload["url"]))
        return f'<a class="choice" href="{href}" rel="noopener noreferrer" target="_blank">{title}</a>'
    if isinstance(payload, dict):
        scheme = "sms" if button.get("type") == "oa.open.sms" else "tel"
        return f'<a class="choice" href="{scheme}:+{escape(str(payload.get("phone_code", "")))}">{title}</a>'
    value = escape(f"tap:{message.msg_id}:{place}")
    return f'<button class="choice" form="write" formnovalidate name="action" value="{value}">{title}</button>'


def _attachment(item: dict[str, Any]) -> str:
    payload: dict[str, Any] = item.get("payload", item)
    handle = payload.get("attachment_id") or payload.get("token")
    url = str(payload.get("url") or (f"/media/upload/{handle}" if handle else ""))
    kind = str(item.get("type", ""))
    if kind in {"image", "gif"}:
        return f'<img src="{escape(url)}" alt="Ảnh trong cuộc trò chuyện" loading="lazy">'
    if kind == "sticker":
        return '<p class="file">[nhãn dán]</p>'
    if kind == "request_user_info":
        return f'<p class="file">{escape(str(item["elements"][0].get("title", "")))}</p>'
    if kind == "list":
        rows = "".join(f"<li>{escape(str(row.get('title', '')))}</li>" for row in item["elements"])
        return f'<ul class="rows">{rows}</ul>'
    if kind == "location":
        return '<p class="file">[vị trí]</p>'
    name = escape(str(payload.get("name") or url.rsplit("/", 1)[-1]))
    return f'<p class="file"><a href="{escape(url)}" rel="noopener noreferrer" target="_blank">{name}</a></p>'
