"""The mail server of an installation, out of one address."""

from dataclasses import dataclass
from urllib.parse import parse_qs, unquote, urlsplit

from binhyen.core.errors import Misconfigured

_PORTS = {"smtp": 25, "smtp+tls": 587, "smtps": 465}
_SMTP = "django.core.mail.backends.smtp.EmailBackend"
_NONE = "django.core.mail.backends.dummy.EmailBackend"


@dataclass(frozen=True, slots=True)
class MailServer:
    """How mail leaves; `host` is empty when it does not."""

    host: str = ""
    port: int = 25
    user: str = ""
    password: str = ""
    is_ssl: bool = False
    is_starttls: bool = False
    sender: str = ""


def mail_settings(url: str) -> tuple[str, MailServer]:
    """Django's backend and the server of `smtp://user:password@host:port?from=address`, smtps:// or smtp+tls://.

    An empty address sends nothing. Raises Misconfigured for any other sort of address.
    """
    if not url:
        return _NONE, MailServer()
    parts = urlsplit(url)
    try:
        port = parts.port or _PORTS[parts.scheme]
    except (KeyError, ValueError):
        port = 0
    if not port or not parts.hostname:
        raise Misconfigured("BINHYEN_EMAIL_URL must look like smtp+tls://user:password@mail.example.vn:587")
    if not unquote(parts.netloc).isascii():  # a mail server is told them in ASCII alone
        raise Misconfigured(
            "BINHYEN_EMAIL_URL: user, password and host must be letters without marks, digits and signs"
        )
    server = MailServer(
        host=parts.hostname,
        port=port,
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        is_ssl=parts.scheme == "smtps",
        is_starttls=parts.scheme == "smtp+tls",
        sender=parse_qs(parts.query).get("from", [""])[0],
    )
    return _SMTP, server
