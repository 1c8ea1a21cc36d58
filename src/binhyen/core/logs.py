"""Log lines that cannot be forged: one record is one line (G52), secrets are scrubbed (G42)."""

import logging
import re

_SECRET = re.compile(
    r"(?i)((?:access_token|refresh_token|secret_key|app_secret|oa_secret_key|code_verifier|password|authorization)"
    r"[\"']?\s*[:=]\s*[\"']?)([^\s\"',;&}]{4,})"
)


def scrub(text: str) -> str:
    """Text with the values of known secret names replaced by three dots."""
    return _SECRET.sub(r"\1...", text)


class SingleLineFormatter(logging.Formatter):
    """Formats a record, traceback included, on one line without control characters."""

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s %(message)s")

    def format(self, record: logging.LogRecord) -> str:
        """One printable line; line ends are shown as ⏎."""
        line = scrub(super().format(record)).replace("\r", "").replace("\n", " ⏎ ")
        return "".join(c if c.isprintable() else f"\\x{ord(c):02x}" for c in line)
