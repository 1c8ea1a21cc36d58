"""The clock of this machine, as `binhyen doctor` judges it: against what is already written, against Zalo's server."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from pathlib import Path

import binhyen
from binhyen.cli.doctor_findings import Finding
from binhyen.core import clock
from binhyen.core.configuration import configuration

MOST_ERROR_S = 120
"""A first webhook may be five minutes old (G48); two minutes of error leave room for the way."""
CALLS_LOOKED_AT = 50
CALLS_NOT_OLDER_THAN = timedelta(days=7)
_MEND = "Switch on NTP: timedatectl set-ntp true"


def clock_findings(online: bool) -> Iterator[Finding]:
    """What the rows, the files and the latest calls tell; with `online` also the time of the channel's server."""
    yield _against_what_is_written()
    if (call := _against_calls()) is not None:
        yield call
    if online:
        yield _against_channel()


def _against_what_is_written() -> Finding:
    """Nothing can have been written in the future, and no program is newer than the time it runs at."""
    now = clock.now()
    latest, what = max(_latest_row(), _latest_file(), (_program_made_at(), "the program's own files"))
    ahead_s = (latest - now).total_seconds()
    if ahead_s > MOST_ERROR_S:
        return Finding("clock", "wrong", f"{ahead_s:.0f} s behind {what}, which is newer than now", _MEND)
    return Finding("clock", "ok", f"{now:%Y-%m-%d %H:%M:%S} UTC; nothing here is newer")


def _latest_row() -> tuple[datetime, str]:
    from binhyen.audit.models import AuditRow
    from binhyen.inbox.models import Message

    found = [Message.objects.order_by("-pk").values_list("created_at", flat=True).first()]
    found.append(AuditRow.objects.order_by("-pk").values_list("at", flat=True).first())
    return max([at for at in found if at], default=datetime.min.replace(tzinfo=UTC)), "the newest row"


def _latest_file() -> tuple[datetime, str]:
    folder = configuration().data_dir
    found = [_changed_at(file) for file in folder.iterdir()] if folder.is_dir() else []
    return max(found, default=datetime.min.replace(tzinfo=UTC)), f"the newest file in {folder}"


def _program_made_at() -> datetime:
    return _changed_at(Path(binhyen.__file__))


def _changed_at(file: Path) -> datetime:
    return datetime.fromtimestamp(file.lstat().st_mtime, tz=UTC)


def _against_calls() -> Finding | None:
    """Time stamps of the platform against ours at arrival; repeats come late, so the shortest way counts."""
    from binhyen.inbox.models import Message

    now = clock.now()
    calls = Message.objects.filter(direction="inbound", conversation__account__connector="zalo_oa")
    recent = calls.order_by("-pk").values_list("sent_at", "created_at")[:CALLS_LOOKED_AT]
    ways_s = [(came - sent).total_seconds() for sent, came in recent if now - came < CALLS_NOT_OLDER_THAN]
    if not ways_s:
        return None
    shortest_s = min(ways_s)
    if shortest_s < -MOST_ERROR_S:
        return Finding(
            "clock", "wrong", f"messages arrive {-shortest_s:.0f} s before Zalo sent them: it is slow", _MEND
        )
    if shortest_s > MOST_ERROR_S:
        found = f"the quickest of {len(ways_s)} messages took {shortest_s:.0f} s: it is fast, or intake was long away"
        return Finding("clock", "warning", found, _MEND)
    return Finding("clock", "ok", f"agrees with the time stamps of the last {len(ways_s)} messages from Zalo")


def _against_channel() -> Finding:
    import httpx

    try:
        answer = httpx.head(configuration().zalo_api_url, timeout=5)
        there = parsedate_to_datetime(answer.headers["date"])
    except (httpx.HTTPError, KeyError, ValueError) as error:
        return Finding("clock", "warning", f"the channel's server gave no time ({type(error).__name__})")
    error_s = abs((clock.now() - there).total_seconds())
    if error_s > MOST_ERROR_S:
        return Finding("clock", "wrong", f"{error_s:.0f} s off the channel's clock", _MEND)
    return Finding("clock", "ok", f"within {error_s:.0f} s of the channel's clock")
