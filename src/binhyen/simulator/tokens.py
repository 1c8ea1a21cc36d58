"""Authorization codes, access tokens and refresh tokens with their lives (Zalo section 1.4)."""

import secrets
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

from binhyen.simulator.clock import DAY_MS, MINUTE_MS, SECOND_MS

CODE_LIFE_MS = 10 * MINUTE_MS
ACCESS_LIFE_S = 90_000
REFRESH_LIFE_MS = 90 * DAY_MS
KEPT_TOKENS = 2_000


@dataclass(slots=True)
class Code:
    """An authorization code: 10 minutes, single use."""

    oa_id: str
    challenge: str | None
    expires_ms: int
    is_used: bool = False


@dataclass(slots=True)
class Grant:
    """One token of a page; `is_dead` once a newer access token was issued or the refresh token was used."""

    oa_id: str
    expires_ms: int
    is_dead: bool = False


class TokenStore:
    """All codes and tokens; the oldest are forgotten past a bound."""

    def __init__(self) -> None:
        self.codes: OrderedDict[str, Code] = OrderedDict()
        self.access: OrderedDict[str, Grant] = OrderedDict()
        self.refresh: OrderedDict[str, Grant] = OrderedDict()
        self.issued = 0
        self.after_issue: Callable[[], None] = _nothing

    def issue_code(self, oa_id: str, challenge: str | None, now_ms: int) -> str:
        """A fresh authorization code for a page."""
        code = "sim-code-" + secrets.token_urlsafe(48)
        self.codes[code] = Code(oa_id, challenge, now_ms + CODE_LIFE_MS)
        _forget_oldest(self.codes)
        return code

    def issue_pair(self, oa_id: str, now_ms: int) -> tuple[str, str]:
        """A new access and refresh token; the page's earlier access tokens die at once."""
        for grant in self.access.values():
            if grant.oa_id == oa_id:
                grant.is_dead = True
        access = "sim-at-" + secrets.token_urlsafe(96)
        refresh = "sim-rt-" + secrets.token_urlsafe(96)
        self.access[access] = Grant(oa_id, now_ms + ACCESS_LIFE_S * SECOND_MS)
        self.refresh[refresh] = Grant(oa_id, now_ms + REFRESH_LIFE_MS)
        _forget_oldest(self.access)
        _forget_oldest(self.refresh)
        self.issued += 1
        self.after_issue()
        return access, refresh

    def withdraw(self, oa_id: str) -> None:
        """The page takes the app's rights back: every token of it dies."""
        for store in (self.access, self.refresh):
            for grant in store.values():
                if grant.oa_id == oa_id:
                    grant.is_dead = True


def _nothing() -> None:
    return


def _forget_oldest(store: "OrderedDict[str, Code] | OrderedDict[str, Grant]") -> None:
    while len(store) > KEPT_TOKENS:
        store.popitem(last=False)
