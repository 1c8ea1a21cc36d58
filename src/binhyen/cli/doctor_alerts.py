"""What `binhyen doctor` says about duty alerts."""

from collections.abc import Iterator

from binhyen.cli.doctor_findings import Finding


def alert_findings() -> Iterator[Finding]:
    """Notices that wait too long or failed, ringing alerts that reached nobody outside the console."""
    from django.conf import settings

    from binhyen.inbox.notice_alarms import notice_alarms

    alarms = notice_alarms()
    if alarms.late:
        yield Finding(
            "alerts",
            "wrong",
            f"{alarms.late} notices wait since {alarms.oldest_at:%H:%M} UTC",
            "Look whether the worker runs and whether the mail server of BINHYEN_EMAIL_URL answers.",
        )
    if alarms.failed:
        mend = "Mail: check BINHYEN_EMAIL_URL. Zalo: the officer writes to the page again, or links anew."
        yield Finding("alerts", "warning", f"{alarms.failed} notices failed within a day", mend)
    if alarms.unheard:
        mend = "Officers give a mail address or link their Zalo under settings."
        yield Finding("alerts", "warning", f"{alarms.unheard} ringing alerts reached nobody outside the console", mend)
    if not (alarms.late or alarms.failed or alarms.unheard):
        words = "none is stuck" if settings.EMAIL_HOST else "none is stuck; no mail is sent (BINHYEN_EMAIL_URL)"
        yield Finding("alerts", "ok", words)
