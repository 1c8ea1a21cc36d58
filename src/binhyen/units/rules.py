"""Pure decisions about accounts of officers."""

from datetime import datetime, timedelta

from binhyen.units import policy


def lock_after(wrong_count: int) -> timedelta:
    """How long a name stays locked after its `wrong_count`-th wrong try in a row: none, then doubling to the limit."""
    beyond = wrong_count - policy.WRONG_TRIES_BEFORE_LOCK
    if beyond < 0:
        return timedelta(0)
    return timedelta(seconds=min(policy.FIRST_LOCK_S * 2 ** min(beyond, 20), policy.LONGEST_LOCK_S))


def has_lain_idle(last_sign_in_at: datetime | None, created_at: datetime, now: datetime) -> bool:
    """Whether an account has gone unused so long that it no longer opens (G36)."""
    return now - (last_sign_in_at or created_at) > policy.ACCOUNT_IDLE_LIMIT


def session_has_ended(started_at: datetime, acted_at: datetime, now: datetime) -> str:
    """Why a session is over: "idle", "limit", or "" while it lives."""
    if now - started_at > policy.SESSION_LIMIT:
        return "limit"
    if now - acted_at > policy.IDLE_LOCK:
        return "idle"
    return ""
