"""What a report says, as one sealed value; the case row itself holds none of it."""

import logging

import msgspec

from binhyen.cases.models import Case, CaseEvent, EventKind
from binhyen.core.errors import Misconfigured
from binhyen.core.text import clean
from binhyen.vault.content_keys import open_under, seal_under, unwrapped

_log = logging.getLogger(__name__)

TEXT_LIMIT = 4_000
"""Characters of the story and of each later addition."""
PLACE_LIMIT = 200
TIME_LIMIT = 80
NAME_LIMIT = 100
PHONE_LIMIT = 20


class Report(msgspec.Struct, frozen=True, omit_defaults=True):
    """The answers to the wizard's questions; nothing about who gave them."""

    text: str = ""
    place: str = ""
    area: str = ""
    """Name of a hamlet of the unit."""
    happened: str = ""
    """When, in the reporter's words."""
    topic: str = ""
    """The choice of the first page, see `topics`."""


class Identity(msgspec.Struct, frozen=True, omit_defaults=True):
    """Who reported; only ever sealed to the unit's identity key."""

    name: str = ""
    phone: str = ""

    def written(self) -> bytes:
        """For sealing; padded so that the length tells nothing about the name."""
        plain = msgspec.json.encode(self)
        return plain + b" " * (512 - len(plain) % 512)


def identity_in(plain: bytes) -> Identity:
    """What `Identity.written` wrote."""
    return msgspec.json.decode(plain, type=Identity)


def content_purpose(unit_id: int) -> str:
    """Purpose of the ring's key that wraps the keys of a unit's cases."""
    return f"case.content:{unit_id}"


def key_of(case: Case) -> bytes:
    """The case's content key. Raises Misconfigured when the case is erased."""
    return unwrapped(content_purpose(case.unit_id), bytes(case.wrapped_key))


def sealed_report(key: bytes, public_id: str, report: Report) -> bytes:
    """The report for its row."""
    return seal_under(key, f"case:{public_id}:report", msgspec.json.encode(report))


def report_in(case: Case, key: bytes) -> Report:
    """The report of a case."""
    plain = open_under(key, f"case:{case.public_id}:report", bytes(case.sealed_report))
    return msgspec.json.decode(plain, type=Report)


def told_by_reporter(case: Case) -> str:
    """Everything the reporter wrote in a case, with what was added later; "" once it is erased."""
    if not case.wrapped_key:
        return ""
    key = key_of(case)
    report = report_in(case, key)
    added = case.events.filter(kind__in=(EventKind.ADDITION, EventKind.CONTEST)).values_list("sealed_text", flat=True)
    return "\n".join([report.text, report.place, *(words_in(case, key, bytes(sealed)) for sealed in added)])


def readable_report(case: Case) -> Report | None:
    """The report of a case for work over many; None when its key was destroyed or what is sealed was altered.

    That is told in the log, and the other reports are not held up by it.
    """
    try:
        return report_in(case, key_of(case))
    except Misconfigured as error:
        _log.error("Report of case row %d cannot be read: %s", case.pk, error)
        return None


def sealed_words(case: Case, key: bytes, text: str, place: str = "event") -> bytes:
    """Words of the history, a task or a package; b"" for none."""
    text = clean(text)
    return seal_under(key, f"case:{case.public_id}:{place}", text.encode()) if text else b""


def words_in(case: Case, key: bytes, sealed: bytes, place: str = "event") -> str:
    """What `sealed_words` sealed."""
    return open_under(key, f"case:{case.public_id}:{place}", bytes(sealed)).decode() if sealed else ""


def event_text(event: CaseEvent, key: bytes) -> str:
    """The words of one line of the history."""
    return words_in(event.case, key, bytes(event.sealed_text))
