"""OAuth v4 for Official Accounts: the consent link and the token calls (zalo section 1)."""

import base64
import hashlib
import json
import logging
import secrets
import string
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from binhyen.channels.connector import Credentials
from binhyen.core.authorities import trusted_authorities
from binhyen.core.logs import scrub

if TYPE_CHECKING:
    import httpx

VERIFIER_LENGTH = 43
DEFAULT_LIFE_S = 90_000
"""25 hours."""
_TIMEOUT_S, _CONNECT_S = 15.0, 5.0
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class TokenPair:
    """Two fresh tokens; the refresh token is good for one use."""

    access_token: str = field(repr=False)
    refresh_token: str = field(repr=False)
    life_s: int


@dataclass(frozen=True, slots=True)
class TokenRefused:
    """Zalo said no: a page administrator must consent again."""

    why: str


@dataclass(frozen=True, slots=True)
class TokenNotAsked:
    """The request did not reach Zalo: it may be repeated."""

    why: str


@dataclass(frozen=True, slots=True)
class TokenLost:
    """The request went out and no pair came back: the old refresh token may be spent. Never repeat blindly."""

    why: str


TokenReply = TokenPair | TokenRefused | TokenNotAsked | TokenLost


def new_verifier() -> str:
    """A PKCE verifier: 43 letters and digits."""
    letters = string.ascii_letters + string.digits
    return "".join(secrets.choice(letters) for _ in range(VERIFIER_LENGTH))


def challenge_of(verifier: str) -> str:
    """Unpadded base64url of the SHA-256 of the verifier (S256)."""
    return base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()


def consent_address(keys: Credentials, redirect_uri: str, verifier: str, state: str) -> str:
    """Where a page administrator consents."""
    query = {
        "app_id": keys["app_id"],
        "redirect_uri": redirect_uri,
        "code_challenge": challenge_of(verifier),
        "state": state,
    }
    return f"{keys['oauth_url']}/v4/oa/permission?{urlencode(query)}"


def exchange(keys: Credentials, code: str, verifier: str) -> TokenReply:
    """The first pair for an authorization code, which lives 10 minutes and is good for one use."""
    return _ask(keys, {"grant_type": "authorization_code", "code": code, "code_verifier": verifier})


def renew(keys: Credentials, refresh_token: str) -> TokenReply:
    """The next pair. The caller has written its mark before and commits the pair before any use."""
    return _ask(keys, {"grant_type": "refresh_token", "refresh_token": refresh_token})


def _ask(keys: Credentials, fields: dict[str, str]) -> TokenReply:
    import httpx  # loaded with the first call: it takes a tenth of a second

    try:
        response = httpx.post(
            f"{keys['oauth_url']}/v4/oa/access_token",
            data={"app_id": keys["app_id"], **fields},
            headers={"secret_key": keys.get("app_secret", "")},
            timeout=httpx.Timeout(_TIMEOUT_S, connect=_CONNECT_S),
            verify=trusted_authorities(by_environment=True),
        )
    except (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.ProxyError) as error:
        return TokenNotAsked(type(error).__name__)
    except httpx.HTTPError as error:
        return TokenLost(type(error).__name__)
    return _pair(response)


def _pair(response: "httpx.Response") -> TokenReply:
    try:
        found = json.loads(response.content)
    except (ValueError, RecursionError):
        return TokenLost(f"http_{response.status_code}")
    if not isinstance(found, dict):
        return TokenLost("shape")
    access_token, refresh_token = found.get("access_token"), found.get("refresh_token")
    if isinstance(access_token, str) and access_token and isinstance(refresh_token, str) and refresh_token:
        life = str(found.get("expires_in", ""))
        is_plausible = life.isascii() and life.isdecimal() and len(life) <= 7
        return TokenPair(access_token, refresh_token, int(life) if is_plausible else DEFAULT_LIFE_S)
    # No public table of these codes exists: the whole answer goes to the log, without secrets.
    _log.warning("Zalo gave no tokens: %s", scrub(response.text[:1000]))
    return TokenRefused(f"zalo_oauth{found.get('error', '')}"[:40])
