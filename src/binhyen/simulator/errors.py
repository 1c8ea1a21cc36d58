"""Zalo's error codes and texts, read from `data/errors.json`, and the refusal every call handler raises."""

import json
from importlib import resources
from typing import Any

_FAMILIES: dict[str, Any] = json.loads(
    resources.files("binhyen.simulator").joinpath("data/errors.json").read_text(encoding="utf-8")
)["families"]

REFRESH_TOKEN_INVALID = -14014
CODE_INVALID = -14004
APP_INVALID = -14002
REDIRECT_INVALID = -14003
GRANT_TYPE_INVALID = -14024


class ApiRefusal(Exception):
    """An application error of openapi.zalo.me: answered with HTTP 200 and this code and text."""

    def __init__(self, code: int, message: str) -> None:
        super().__init__(f"{code} {message}")
        self.code = code
        self.message = message


def error_text(code: int, *, family: str = "oa", variant: int = 0) -> str:
    """Text Zalo sends with `code`; `variant` 1 is the second text where one code has two meanings."""
    row = _FAMILIES[family]["codes"].get(str(code))
    if row is None:
        raise ValueError(f"Zalo has no error {code} that we know of; give a message with it")
    texts = [row, *row.get("also", ())]
    if not 0 <= variant < len(texts):
        raise ValueError(f"error {code} has {len(texts)} text(s); variant counts from 0")
    return str(texts[variant]["message"])


def known_codes(family: str = "oa") -> list[int]:
    """All codes of one API family."""
    return [int(code) for code in _FAMILIES[family]["codes"]]


def refusal(code: int, *, variant: int = 0) -> ApiRefusal:
    """The refusal for a code of the table."""
    return ApiRefusal(code, error_text(code, variant=variant))


def invalid(field: str) -> ApiRefusal:
    """-201: the named parameter is wrong."""
    return ApiRefusal(-201, error_text(-201).replace("<field>", field))


def oauth_error(code: int, reason: str) -> dict[str, Any]:
    """Body of an error of the OAuth host."""
    text = error_text(code, family="oauth")
    return {
        "error": code,
        "error_name": text,
        "error_reason": reason,
        "error_description": text,
        "ref_doc": "https://developers.zalo.me/docs/official-account/phu-luc/ma-loi",
    }
