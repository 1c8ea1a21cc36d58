"""Settings of one installation: typed, read from the environment or one file, odd values refused.

Every name may also be given as NAME_FILE, a path whose content is the value (for secrets).
"""

import functools
import os
from collections.abc import Iterable
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlsplit

from environs import FileAwareEnv
from environs.exceptions import EnvError

from binhyen.core.configuration_checks import check_settings_file, check_values, is_known
from binhyen.core.errors import Misconfigured

Mode = Literal["production", "demo", "test"]


@dataclass(frozen=True, slots=True)
class Configuration:
    """What an operator may set; names in the environment are BINHYEN_ + the upper-case field name."""

    mode: Mode
    """production refuses insecure settings (G62); demo and test run on loopback only."""
    data_dir: Path
    """Database (SQLite), key ring, stored files and trained models live here; created on first use."""
    database: str
    """"sqlite" or a PostgreSQL address: postgresql://user:password@host/name."""
    secret_key: str
    """Signs sessions; at least 50 characters."""
    public_url: str
    """Address residents and officers use, https:// in production, without a path."""
    zalo_api_url: str
    zalo_oauth_url: str
    media_hosts: tuple[str, ...]
    """Host names attachments may be fetched from; "*.zdn.vn" means every host below (G47)."""
    webhook_hosts: tuple[str, ...]
    """Host names that API consumers may be told at; empty: nobody is told (G11)."""
    nats_url: str
    """Address of a NATS JetStream cluster, or empty: background work lives in the database."""
    forged_call_status: int
    """Answer to a webhook call with a wrong signature: 401, or 200 for a platform that gives up on errors."""
    email_url: str
    """smtp://user:password@host:port for mail to officers, or empty."""
    anchor_mail_to: tuple[str, ...]
    """Addresses the daily anchor of the record is mailed to (G18); empty: the file alone."""
    scanner_url: str
    """Virus scanner: tcp://host:3310 or unix:///run/clamav/clamd.ctl; empty: none, files are cleaned only (G51)."""
    worker_processes: int
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"]

    @property
    def host(self) -> str:
        """Host name of `public_url`, without the port."""
        return urlsplit(self.public_url).hostname or ""

    @property
    def is_https(self) -> bool:
        """Whether people reach the server over TLS."""
        return self.public_url.startswith("https://")

    @property
    def runs_on_postgresql(self) -> bool:
        """False on SQLite."""
        return self.database != "sqlite"


def default_data_dir() -> Path:
    """Where data lives when BINHYEN_DATA_DIR is not set: XDG data home."""
    home = os.environ.get("XDG_DATA_HOME") or str(Path.home() / ".local" / "share")
    return Path(home) / "binhyen"


def database_settings(configuration: Configuration) -> dict[str, Any]:
    """Django's DATABASES["default"]: SQLite in WAL with full sync and immediate transactions, or PostgreSQL."""
    if configuration.runs_on_postgresql:
        from psycopg.conninfo import conninfo_to_dict  # the driver is not loaded where SQLite is enough

        parts = conninfo_to_dict(configuration.database)
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": parts.pop("dbname", ""),
            "USER": parts.pop("user", ""),
            "PASSWORD": parts.pop("password", ""),
            "HOST": parts.pop("host", ""),
            "PORT": parts.pop("port", ""),
            "CONN_MAX_AGE": 60,
            "CONN_HEALTH_CHECKS": True,
            "OPTIONS": {key: value for key, value in parts.items() if value is not None},
        }
    return {
        "ENGINE": "binhyen.core.sqlite",
        "NAME": configuration.data_dir / "binhyen.sqlite3",
        "CONN_MAX_AGE": 60,
        "OPTIONS": {
            "timeout": 30,
            "transaction_mode": "IMMEDIATE",
            "init_command": "PRAGMA journal_mode=WAL;PRAGMA synchronous=FULL;"
            "PRAGMA secure_delete=ON;PRAGMA temp_store=MEMORY",
        },
    }


@functools.cache
def configuration() -> Configuration:
    """The settings of this process, read once. Raises Misconfigured naming the first odd value."""
    env = FileAwareEnv(eager=True)
    file = os.environ.get("BINHYEN_CONFIG")
    if file:
        check_settings_file(Path(file), _names())
        env.read_env(file, recurse=False)
    try:
        with env.prefixed("BINHYEN_"):
            found = _read(env)
    except UnicodeDecodeError as error:
        names = ", ".join(name for name in os.environ if name.startswith("BINHYEN_") and name.endswith("_FILE"))
        raise Misconfigured(f"A file named by {names} is not UTF-8 text. Write the value into it as text.") from error
    except (EnvError, ValueError) as error:
        raise Misconfigured(
            f"{str(error).rstrip('.')}. Correct it in the environment or in the file named by BINHYEN_CONFIG."
        ) from error
    check_values(found)
    return found


def _names() -> set[str]:
    return {f"BINHYEN_{field.name.upper()}" for field in fields(Configuration)}


def unknown_names(environment: Iterable[str]) -> list[str]:
    """Names that look like settings and are none: mistyped, most likely."""
    return sorted(name for name in environment if name.startswith("BINHYEN_") and not is_known(name, _names()))


def _read(env: FileAwareEnv) -> Configuration:
    data_dir = Path(env.str("DATA_DIR", str(default_data_dir()))).expanduser().absolute()
    return Configuration(
        mode=_one_of("BINHYEN_MODE", env.str("MODE", "production"), ("production", "demo", "test")),  # type: ignore[arg-type]
        data_dir=data_dir,
        database=env.str("DATABASE", "sqlite"),
        secret_key=env.str("SECRET_KEY", "") or _stored_secret_key(data_dir),
        public_url=env.str("PUBLIC_URL", "http://127.0.0.1:8000").rstrip("/"),
        zalo_api_url=env.str("ZALO_API_URL", "https://openapi.zalo.me").rstrip("/"),
        zalo_oauth_url=env.str("ZALO_OAUTH_URL", "https://oauth.zaloapp.com").rstrip("/"),
        media_hosts=_listed(env, "MEDIA_HOSTS", "*.zdn.vn,*.zadn.vn"),
        webhook_hosts=_listed(env, "WEBHOOK_HOSTS"),
        nats_url=env.str("NATS_URL", ""),
        forged_call_status=env.int("FORGED_CALL_STATUS", 401),
        email_url=env.str("EMAIL_URL", ""),
        anchor_mail_to=_listed(env, "ANCHOR_MAIL_TO"),
        scanner_url=env.str("SCANNER_URL", ""),
        worker_processes=env.int("WORKER_PROCESSES", 1),
        log_level=_one_of("BINHYEN_LOG_LEVEL", env.str("LOG_LEVEL", "INFO"), ("DEBUG", "INFO", "WARNING", "ERROR")),  # type: ignore[arg-type]
    )


def _listed(env: FileAwareEnv, name: str, default: str = "") -> tuple[str, ...]:
    return tuple(filter(None, (one.strip() for one in env.str(name, default).split(","))))


def _one_of(name: str, value: str, allowed: tuple[str, ...]) -> str:
    if value not in allowed:
        raise Misconfigured(f"{name} is {value!r}; it must be one of {', '.join(allowed)}.")
    return value


def _stored_secret_key(data_dir: Path) -> str:
    file = data_dir / "secret_key"
    return file.read_text(encoding="utf8").strip() if file.is_file() else ""
