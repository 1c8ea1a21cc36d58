"""What `binhyen doctor` says about the record of who did what."""

from collections.abc import Iterator
from datetime import timedelta

from binhyen.cli.doctor_findings import Finding

_OLDEST_ANCHOR = timedelta(hours=36)


def audit_findings() -> Iterator[Finding]:
    """Guards in the database, and whether the chains were whole and anchored within the last day and a half."""
    from binhyen.audit import anchors, guards
    from binhyen.core import clock

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
    elif clock.now() - latest.made_at > _OLDEST_ANCHOR:
        yield Finding("audit", "warning", f"the latest anchor is of {latest.day}", "Is a worker running?")
    else:
        yield Finding("audit", "ok", anchors.printable(latest), mend)
