"""What `binhyen doctor` says about the mail server that officers' alerts leave through."""

import smtplib
import ssl
from collections.abc import Iterator

from binhyen.cli.doctor_findings import Finding

WAIT_S = 5
_CORRECT = "correct BINHYEN_EMAIL_URL (host and port), or start the mail server."
_MENDS: list[tuple[type[OSError], str, str]] = [
    (
        smtplib.SMTPAuthenticationError,
        "does not take the user and password",
        "Correct them in BINHYEN_EMAIL_URL (signs such as @ : / percent-encoded); some want a password for apps.",
    ),
    (
        smtplib.SMTPNotSupportedError,
        "does not offer the way BINHYEN_EMAIL_URL asks for",
        "smtps:// for port 465, smtp+tls:// for 587, smtp:// without encryption; user and password only where it asks.",
    ),
    (
        ssl.SSLError,
        "and this machine do not agree on encryption",
        "smtps:// for port 465, smtp+tls:// for 587; its certificate must be valid for the host in BINHYEN_EMAIL_URL.",
    ),
    (smtplib.SMTPException, "answers, but not as a mail server does", f"Look into its log, or {_CORRECT}"),
    (OSError, "does not answer", f"Look whether a firewall stands between; {_CORRECT}"),
]


def mail_findings() -> Iterator[Finding]:
    """Whether the server answers, lets us in and takes our sender; nothing is sent. No server, nothing to say."""
    from django.conf import settings
    from django.core.mail.backends.smtp import EmailBackend

    if not settings.EMAIL_HOST:
        return
    server = f"{settings.EMAIL_HOST}:{settings.EMAIL_PORT}"
    connection = EmailBackend(timeout=WAIT_S)
    try:
        connection.open()
        if (asked := connection.connection) is None:
            raise smtplib.SMTPServerDisconnected
        asked.ehlo_or_helo_if_needed()
        code, _ = asked.mail(settings.DEFAULT_FROM_EMAIL)
    except OSError as error:  # smtplib's errors, encryption's and the network's
        found, mend = next((words, mend) for kind, words, mend in _MENDS if isinstance(error, kind))
        yield Finding("mail", "wrong", f"{server} {found} ({type(error).__name__}): no alert leaves by mail", mend)
        return
    finally:
        connection.close()
    if code >= 400:
        found = f"{server} does not take mail from {settings.DEFAULT_FROM_EMAIL} ({code}): no alert leaves by mail"
        yield Finding("mail", "wrong", found, "Name a sender it takes: BINHYEN_EMAIL_URL=...?from=truc@example.vn")
        return
    yield Finding("mail", "ok", f"{server} answers and takes mail from {settings.DEFAULT_FROM_EMAIL}")
