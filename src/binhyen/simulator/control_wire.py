"""The HTTP of the control API: a JSON object in, JSON out, and 400 with `{"error"}` for whatever is wrong."""

import json
from collections.abc import Awaitable, Callable
from typing import Annotated, Any, Literal, TypeVar

import msgspec
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from binhyen.simulator.residents import ActionError
from binhyen.simulator.state import TooManyResidents

Body = dict[str, Any]
Action = Callable[[Body], Awaitable[Any]]
Read = Callable[[Request], Awaitable[Response]]
Facts = TypeVar("Facts", bound=msgspec.Struct)
Count = Annotated[int, msgspec.Meta(ge=0)]
_WRONG = (ActionError, TooManyResidents, ValueError, TypeError, KeyError, ArithmeticError)


class PageFacts(msgspec.Struct):
    """What `/_sim/pages` may change."""

    package: Literal["basic", "standard", "growth", "comprehensive"]
    is_verified: bool
    oa_type: int
    is_disabled: bool
    cloud_account: Literal["linked", "none", "empty"]
    quota_total: Count
    quota_used: Count


class ResidentFacts(msgspec.Struct):
    """What `/_sim/residents` may change of one person."""

    name: str
    is_follower: bool
    is_banned: bool
    has_restricted: bool
    has_written: bool


def change(thing: Any, kind: type[Facts], body: Body) -> Facts:
    """Set what `body` names of `thing`; its facts afterwards. Raises ValueError and then changes nothing."""
    names = kind.__struct_fields__
    facts = msgspec.convert({name: body.get(name, getattr(thing, name)) for name in names}, kind)
    for name in names:
        setattr(thing, name, getattr(facts, name))
    return facts


def since_of(request: Request) -> int:
    """The number after which rows are wanted. Raises ActionError."""
    since = request.query_params.get("since", "0")
    if not (since.isascii() and since.isdecimal()):
        raise ActionError("since must be a number")
    return int(since)


def json_action(act: Action) -> Read:
    """The endpoint of an action."""

    async def endpoint(request: Request) -> Response:
        return JSONResponse(await act(_object(await request.body())))

    return json_read(endpoint)


def json_read(read: Read) -> Read:
    """The endpoint with its errors answered."""

    async def endpoint(request: Request) -> Response:
        try:
            return await read(request)
        except _WRONG as error:
            return JSONResponse({"error": str(error)}, status_code=400)

    return endpoint


def _object(raw: bytes) -> Body:
    # The standard reader, unlike stricter ones, lets lone surrogates through: hostile input is wanted here.
    try:
        body = json.loads(raw or b"{}")
    except RecursionError:
        raise ActionError("the body is nested too deep") from None
    if not isinstance(body, dict):
        raise ActionError("the body must be a JSON object")
    return body
