"""What `binhyen doctor` says about the record of who did what."""

from collections.abc import Iterator
from datetime import timedelta

from binhyen.cli.doctor_findings import Finding

_OLDEST_ANCHOR = timedelta(hours=36)
_MAILED_WITHIN = timedelta(hours=1)


def audit_findings() -> Iterator[Finding]:
    """Guards in the database, and whether the chains were whole and anchored within the last day and a half."""
    from binhyen.audit import anchors, guards
    from binhyen.core import clock
    from binhyen.core.configuration import configuration

    if not guards.are_up():
        yield Finding(
            "audit", "wrong", "the database does not refuse changes of the record", "Find out who removed the triggers."
        )
    latest = anchors.latest_anchor()
    if latest is None:
        yield Finding("audit", "warning", "no anchor yet", "The worker makes one a day.")
        return
    mend = "Carry the files of the folder anchors to another unit; compare one with: binhyen verify-audit --anchor FILE"
    if not latest.is_sound:
        yield Finding("audit", "wrong", f"a chain was not whole on {latest.day}", "binhyen verify-audit names the row.")
    elif configuration().anchor_mail_to and not latest.mailed_at and clock.now() - latest.made_at > _MAILED_WITHIN:
        yield Finding("audit", "wrong", f"the anchor of {latest.day} was not mailed", "Look at BINHYEN_EMAIL_URL.")
    elif clock.now() - latest.made_at > _OLDEST_ANCHOR:
        yield Finding("audit", "warning", f"the latest anchor is of {latest.day}", "Is a worker running?")
    else:
        yield Finding("audit", "ok", anchors.printable(latest), mend)
