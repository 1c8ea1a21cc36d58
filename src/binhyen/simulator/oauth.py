"""OAuth v4 for Official Accounts: the permission page and the token endpoint (Zalo section 1)."""

import base64
import hashlib
import hmac
import re
from html import escape
from typing import Any
from urllib.parse import parse_qs, urlencode

import msgspec
from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from binhyen.simulator.errors import (
    APP_INVALID,
    CODE_INVALID,
    GRANT_TYPE_INVALID,
    REDIRECT_INVALID,
    REFRESH_TOKEN_INVALID,
    oauth_error,
)
from binhyen.simulator.state import World
from binhyen.simulator.tokens import ACCESS_LIFE_S
from binhyen.simulator.wire import Acted, Receive, Scope, Send, serve

STRICT_VERIFIER = re.compile(r"[A-Za-z0-9]{43}")
LENIENT_VERIFIER = re.compile(r"[A-Za-z0-9._~-]{43,128}")


class OauthRefusal(Exception):
    """An error of the OAuth host."""

    def __init__(self, code: int, reason: str) -> None:
        super().__init__(f"{code} {reason}")
        self.code = code
        self.reason = reason


def challenge_of(verifier: str) -> str:
    """`code_challenge` of a verifier: unpadded base64url of its SHA-256 (S256)."""
    return base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()


class OauthHost:
    """The endpoints of oauth.zaloapp.com."""

    def __init__(self, world: World) -> None:
        self.world = world

    async def permission_page(self, request: Request) -> Response:
        """`GET /v4/oa/permission`: an administrator sees which app asks and picks the page."""
        asked = dict(request.query_params)
        try:
            self._check_consent(asked)
        except OauthRefusal as refused:
            return _error_page(refused)
        if self.world.switches.consent_automatic:
            return self._back_with_code(asked, self.world.first_page.oa_id)
        return _page(_consent_form(asked, self.world))

    async def permission_given(self, request: Request) -> Response:
        """`POST /v4/oa/permission`: the administrator agreed; go back with `code`, `oa_id` and `state`."""
        form = await request.form()
        asked = {name: str(value) for name, value in form.items()}
        try:
            self._check_consent(asked)
        except OauthRefusal as refused:
            return _error_page(refused)
        oa_id = asked.get("oa_id", "")
        if oa_id not in self.world.pages:
            return _error_page(OauthRefusal(-14012, "this account does not own the page"))
        return self._back_with_code(asked, oa_id)

    def _check_consent(self, asked: dict[str, str]) -> None:
        config, switches = self.world.config, self.world.switches
        if asked.get("app_id") != config.app_id:
            raise OauthRefusal(APP_INVALID, "app_id is unknown")
        uri = asked.get("redirect_uri", "")
        if not uri.startswith(("http://", "https://")):
            raise OauthRefusal(REDIRECT_INVALID, "redirect_uri is missing")
        if switches.consent_link != "per_request" and config.callback_url not in {None, uri}:
            raise OauthRefusal(REDIRECT_INVALID, "redirect_uri differs from the callback in the console")

    def _back_with_code(self, asked: dict[str, str], oa_id: str) -> Response:
        world = self.world
        challenge = asked.get("code_challenge") or world.config.code_challenge
        if world.switches.consent_link == "fixed":
            challenge = world.config.code_challenge
        code = world.tokens.issue_code(oa_id, challenge, world.clock.now_ms())
        query = {"code": code, "oa_id": oa_id}
        if "state" in asked:
            query["state"] = asked["state"]
        uri = asked["redirect_uri"]
        return RedirectResponse(uri + ("&" if "?" in uri else "?") + urlencode(query), status_code=302)

    async def access_token(self, scope: Scope, receive: Receive, send: Send) -> None:
        """`POST /v4/oa/access_token`: exchange a code or refresh; HTTP 200 with `error` when refused."""
        await serve(self.world, self._token_answer, scope, receive, send)

    async def _token_answer(self, scope: Scope, body: bytes | None) -> Acted:
        fields = {name: values[-1] for name, values in parse_qs((body or b"").decode("utf-8", "replace")).items()}
        try:
            self._check_app(Headers(raw=scope["headers"]), fields)
            oa_id = self._oa_of(fields)
        except OauthRefusal as refused:
            self.world.count(f"oauth error {refused.code}")
            return msgspec.json.encode(oauth_error(refused.code, refused.reason)), []
        access, refresh = self.world.tokens.issue_pair(oa_id, self.world.clock.now_ms())
        life: Any = str(ACCESS_LIFE_S) if self.world.switches.expires_in == "string" else ACCESS_LIFE_S
        return msgspec.json.encode({"access_token": access, "refresh_token": refresh, "expires_in": life}), []

    def _check_app(self, headers: Headers, fields: dict[str, str]) -> None:
        config = self.world.config
        given = headers.get("secret_key", "")
        if fields.get("app_id") != config.app_id:
            raise OauthRefusal(APP_INVALID, "app_id is unknown")
        if not hmac.compare_digest(given.encode(), config.app_secret.encode()):
            raise OauthRefusal(APP_INVALID, "secret_key does not belong to the app")
        media_type = headers.get("content-type", "")
        if config.is_strict and not media_type.startswith("application/x-www-form-urlencoded"):
            raise OauthRefusal(GRANT_TYPE_INVALID, "the body must be a form")

    def _oa_of(self, fields: dict[str, str]) -> str:
        if fields.get("grant_type") == "authorization_code":
            return self._use_code(fields)
        if fields.get("grant_type") == "refresh_token":
            return self._use_refresh_token(fields)
        raise OauthRefusal(GRANT_TYPE_INVALID, "grant_type is unknown")

    def _use_code(self, fields: dict[str, str]) -> str:
        code = self.world.tokens.codes.get(fields.get("code", ""))
        if code is None or code.is_used or code.expires_ms <= self.world.clock.now_ms():
            raise OauthRefusal(CODE_INVALID, "code is wrong, used or older than 10 minutes")
        code.is_used = True
        verifier = fields.get("code_verifier", "")
        form = STRICT_VERIFIER if self.world.config.is_strict else LENIENT_VERIFIER
        if not form.fullmatch(verifier) and (code.challenge or verifier):
            raise OauthRefusal(CODE_INVALID, "code_verifier has the wrong form")
        if code.challenge and not hmac.compare_digest(challenge_of(verifier), code.challenge):
            raise OauthRefusal(CODE_INVALID, "code_verifier does not match code_challenge")
        if not code.challenge and self.world.config.is_strict:
            raise OauthRefusal(CODE_INVALID, "no code_challenge was given")
        return code.oa_id

    def _use_refresh_token(self, fields: dict[str, str]) -> str:
        grant = self.world.tokens.refresh.get(fields.get("refresh_token", ""))
        if grant is None or grant.is_dead or grant.expires_ms <= self.world.clock.now_ms():
            raise OauthRefusal(REFRESH_TOKEN_INVALID, "refresh_token is wrong, used or older than 3 months")
        grant.is_dead = True
        return grant.oa_id


def _consent_form(asked: dict[str, str], world: World) -> str:
    hidden = "".join(
        f'<input type="hidden" name="{escape(name)}" value="{escape(value)}">'
        for name, value in asked.items()
        if name != "oa_id"
    )
    buttons = "".join(
        f'<p><button name="oa_id" value="{escape(page.oa_id)}">Cho phép: {escape(page.name)}</button></p>'
        for page in world.pages.values()
    )
    return (
        f"<h1>Cấp quyền cho ứng dụng {escape(world.config.app_id)}</h1>"
        "<p>Ứng dụng xin quyền gửi tin, quản lý tin nhắn, thông tin người dùng và thông tin trang.</p>"
        f'<form method="post" action="/v4/oa/permission">{hidden}{buttons}</form>'
    )


def _error_page(refused: OauthRefusal) -> Response:
    body = oauth_error(refused.code, refused.reason)
    return _page(f"<h1>{body['error']} {escape(body['error_name'])}</h1><p>{escape(refused.reason)}</p>")


def _page(inner: str) -> Response:
    head = '<meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Zalo (giả lập)</title>'
    return HTMLResponse(f'<!doctype html><html lang="vi"><head>{head}</head><body>{inner}</body></html>')
