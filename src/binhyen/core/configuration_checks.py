"""What settings must look like; the first that does not is named in a sentence that says what to write."""

import re
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import SplitResult, urlsplit

from binhyen.core.errors import Misconfigured

if TYPE_CHECKING:
    from binhyen.core.configuration import Configuration

LEAST_SECRET_CHARACTERS = 50
_LINE = re.compile(r"\s*(?:export\s+)?(?P<name>\w+)\s*=")
_LABEL = r"[a-z0-9](?:[a-z0-9-]*[a-z0-9])?"
_HOST = re.compile(rf"(?:\*\.{_LABEL}(?:\.{_LABEL})+|{_LABEL}(?:\.{_LABEL})*|\[[0-9a-f:.]+\])", re.IGNORECASE)
"""A host name, or "*." before a name of at least two parts."""
_LOOPBACK = ("127.0.0.1", "localhost", "::1")
_ELSEWHERE = {"BINHYEN_CONFIG", "BINHYEN_MODEL_DIR", "BINHYEN_UNDERSTANDING", "BINHYEN_ENVIRONMENT", "BINHYEN_PYTHON"}
"""Names that other parts read."""


def check_settings_file(file: Path, known: set[str]) -> None:
    """Raises Misconfigured: no file, no UTF-8, a line that is not NAME=value, a name twice or one nobody reads."""
    if not file.is_file():
        raise Misconfigured(f"BINHYEN_CONFIG points to {file}, which is not a file. Correct the path or unset it.")
    try:
        written = file.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise Misconfigured(f"{file}, named by BINHYEN_CONFIG, cannot be read as UTF-8 text: {error}") from error
    lines: dict[str, int] = {}
    for number, line in enumerate(written.splitlines(), start=1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        found = _LINE.match(line)
        if found is None:
            raise Misconfigured(f"Line {number} of {file} is not NAME=value. Correct it, or put # before it.")
        name = found["name"]
        if name.startswith("BINHYEN_") and not is_known(name, known):
            raise Misconfigured(f"{name} in line {number} of {file} is no setting. Correct the name or remove it.")
        if (first := lines.setdefault(name, number)) != number:
            raise Misconfigured(f"{name} stands in lines {first} and {number} of {file}. Keep one of them.")
        value = line[found.end() :].strip()
        if value[:1] in ("'", '"') and value[0] not in value[1:]:
            raise Misconfigured(f"Line {number} of {file} opens a quote and does not close it. Close it.")


def is_known(name: str, known: set[str]) -> bool:
    """Whether somebody reads this name."""
    return name.removesuffix("_FILE") in known | _ELSEWHERE


def check_values(found: "Configuration") -> None:
    """Raises Misconfigured naming the first odd value."""
    _check_public_url(found)
    _check_database(found)
    _check_addresses(found)
    if found.data_dir.exists() and not found.data_dir.is_dir():
        raise Misconfigured(f"BINHYEN_DATA_DIR is {found.data_dir}, which is no folder. Name a folder.")
    if found.forged_call_status not in (200, 401):
        raise Misconfigured(f"BINHYEN_FORGED_CALL_STATUS is {found.forged_call_status}; it must be 200 or 401.")
    if found.anchor_mail_to and (not found.email_url or not all("@" in one for one in found.anchor_mail_to)):
        raise Misconfigured("BINHYEN_ANCHOR_MAIL_TO needs mail addresses, and a mail server in BINHYEN_EMAIL_URL.")
    if found.worker_processes not in range(1, 65):
        raise Misconfigured(f"BINHYEN_WORKER_PROCESSES is {found.worker_processes}; it must be 1 to 64.")


def check_secret_key(found: "Configuration") -> None:
    """Raises Misconfigured in production without a long key; demo and tests make one up."""
    if found.mode == "production" and len(found.secret_key) < LEAST_SECRET_CHARACTERS:
        raise Misconfigured(
            f"BINHYEN_SECRET_KEY is missing or shorter than {LEAST_SECRET_CHARACTERS} characters. "
            "`binhyen init` makes one in the data folder."
        )


def _check_public_url(found: "Configuration") -> None:
    url = _web_address(found.public_url)
    if url is None or url.path or url.query or url.fragment:
        raise Misconfigured(f"BINHYEN_PUBLIC_URL is {found.public_url!r}; write it like https://binhyen.example.vn")
    if found.mode == "production" and _travels_open(url):
        raise Misconfigured("BINHYEN_PUBLIC_URL must start with https:// so that sign-in cookies stay secret.")


def _check_database(found: "Configuration") -> None:
    if not found.runs_on_postgresql:
        return
    sentence = "BINHYEN_DATABASE must be sqlite or postgresql://user:password@host/name"
    if not found.database.startswith(("postgresql://", "postgres://")):
        raise Misconfigured(sentence)
    import psycopg  # the driver is not loaded where SQLite is enough
    from psycopg.conninfo import conninfo_to_dict

    try:
        parts = conninfo_to_dict(found.database)
    except psycopg.Error as error:  # says what is odd; it quotes no password
        raise Misconfigured(f"{sentence}: {str(error).strip()}") from error
    if not parts.get("dbname"):
        raise Misconfigured(f"{sentence}: the name is missing")


def _check_addresses(found: "Configuration") -> None:
    """Addresses of other servers; secrets and residents' words must not travel in the open."""
    for name, value in (("ZALO_API_URL", found.zalo_api_url), ("ZALO_OAUTH_URL", found.zalo_oauth_url)):
        url = _web_address(value)
        if url is None or (found.mode == "production" and _travels_open(url)):
            raise Misconfigured(f"BINHYEN_{name} is {value!r}; it must start with https:// and name a host.")
    for name, hosts in (("MEDIA_HOSTS", found.media_hosts), ("WEBHOOK_HOSTS", found.webhook_hosts)):
        for host in hosts:
            if not _HOST.fullmatch(host):
                raise Misconfigured(f"BINHYEN_{name} has {host!r}; write host names like *.zdn.vn,media.example.vn")
    for server in filter(None, found.nats_url.split(",")):
        if not re.fullmatch(r"(?:nats|tls|wss?)://[^\s/]+/?", server.strip()):
            raise Misconfigured("BINHYEN_NATS_URL must be nats://host:4222 or tls://host:4222, several with commas.")
    if found.scanner_url and not re.fullmatch(r"tcp://[^\s/:]+:\d{1,5}|unix:///\S+", found.scanner_url):
        raise Misconfigured("BINHYEN_SCANNER_URL must be tcp://host:3310 or unix:///path/of/clamd.ctl")


def _web_address(value: str) -> SplitResult | None:
    """The parts of an http(s) address of a host, None for anything else."""
    try:
        url = urlsplit(value)
        is_odd = url.port == 0 or "@" in url.netloc
    except ValueError:
        return None
    if is_odd or url.scheme not in ("http", "https") or not _HOST.fullmatch(_bracketed(url.hostname or "")):
        return None
    return None if "*" in url.netloc else url


def _bracketed(host: str) -> str:
    return f"[{host}]" if ":" in host else host


def _travels_open(url: SplitResult) -> bool:
    return url.scheme == "http" and url.hostname not in _LOOPBACK
