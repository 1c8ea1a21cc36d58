"""`binhyen doctor`: what is wrong with this installation and how to mend it."""

import json
import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import asdict
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import click

from binhyen.cli.django_setup import start_django
from binhyen.cli.doctor_alerts import alert_findings
from binhyen.cli.doctor_audit import audit_findings
from binhyen.cli.doctor_clock import clock_findings
from binhyen.cli.doctor_findings import Finding
from binhyen.cli.doctor_identity import identity_findings, unread_findings
from binhyen.cli.doctor_keys import key_findings, stored_proof_findings
from binhyen.cli.doctor_mail import mail_findings
from binhyen.core.configuration import configuration, unknown_names
from binhyen.core.errors import Misconfigured, TryAgain

if TYPE_CHECKING:
    from binhyen.channels.models import Account

LEAST_FREE_BYTES = 1_000_000_000
_DOOR_MENDS = {
    "dropped.unknown_address": "Compare the webhook address in Zalo's console with the one under settings, Zalo.",
    "dropped.unknown_page": "A page calls that is not connected here: console, settings, Zalo.",
    "refused.bad_signature": "Compare the OA Secret Key with Zalo's console; a few a day are strangers trying.",
    "refused.stale": "Compare the clock: timedatectl.",
    "refused.full": "The disk is too slow for the calls of this moment.",
    "refused.addresses_away": "The database did not answer when an unknown address was called.",
    "refused.keys_away": "The keys of an application did not open: see key ring. Zalo repeats for two hours.",
    "not_stored": "The database or the disk refused: see the log of that hour. Zalo repeats for two hours.",
    "failed": "A fault of the program: see the log, and report it. Zalo repeats for two hours.",
}

_BURIED = "Calls that could not be worked were set aside: docs/operations/troubles.md says what to do with them."


@click.command(short_help="Say what is wrong with this installation and how to mend it.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.option(
    "--online", is_flag=True, help="Also ask the channel's server whether it answers and what time it is there."
)
def command(as_json: bool, online: bool) -> int:
    """Look at configuration, keys, database, channel, clock and disk. Exit 1 when something is wrong."""
    findings = list(_findings(online))
    if as_json:
        click.echo(json.dumps({"findings": [asdict(finding) for finding in findings]}, ensure_ascii=False))
    else:
        colours = {"ok": "green", "warning": "yellow", "wrong": "red"}
        for finding in findings:
            click.echo(
                f"{click.style(finding.state.ljust(8), fg=colours[finding.state])} {finding.about}: {finding.found}"
            )
            if finding.mend:
                click.echo(f"{'':8} -> {finding.mend}")
    return 1 if any(finding.state == "wrong" for finding in findings) else 0


def _findings(online: bool) -> Iterator[Finding]:
    try:
        found = configuration()
        start_django()
    except Misconfigured as error:
        yield Finding("configuration", "wrong", "cannot be read", str(error))
        return
    yield Finding("configuration", "ok", f"{found.mode}, {found.public_url}")
    for name in unknown_names(os.environ):
        yield Finding("configuration", "warning", f"{name} in the environment is no setting", "Correct or unset it.")
    looks: list[Callable[[], Iterator[Finding]]] = [_disk, key_findings, _scanner, mail_findings]
    for look in looks:
        yield from look()
    from django.db import Error, connection

    if connection.vendor == "sqlite" and not (file := Path(connection.settings_dict["NAME"])).is_file():
        mend = "Run binhyen init, or bring a backup back: binhyen restore."
        yield Finding("database", "wrong", f"{file} is missing", mend)
        return
    try:
        if waiting := _waiting_migrations():
            mend = "Run binhyen web or binhyen serve once."
            yield Finding("database", "wrong", f"{waiting} migrations wait", mend)
        if _is_empty():
            return  # there is nothing in it to be asked for
        yield from _database()
        yield from stored_proof_findings()
        yield from _work()
        yield from _door()
        yield from audit_findings()
        yield from identity_findings()
        yield from unread_findings()
        yield from _channel()
        yield from alert_findings()
        yield from clock_findings(online)
    except Error as error:
        if found.runs_on_postgresql:
            mend = f"Start the database or correct BINHYEN_DATABASE: {error}"
        else:
            mend = f"{error}. Bring the latest backup back: binhyen restore."
        yield Finding("database", "wrong", type(error).__name__, mend)


def _disk() -> Iterator[Finding]:
    folder = configuration().data_dir
    if not folder.is_dir():
        yield Finding("data folder", "wrong", f"{folder} is missing", "Run binhyen init, or set BINHYEN_DATA_DIR.")
        return
    free_bytes = shutil.disk_usage(folder).free
    state: Literal["ok", "wrong"] = "ok" if free_bytes >= LEAST_FREE_BYTES else "wrong"
    mend = "" if state == "ok" else "Free some space: intake answers 503 when the disk is full."
    yield Finding("disk", state, f"{free_bytes / 1e9:.1f} GB free in {folder}", mend)


def _scanner() -> Iterator[Finding]:
    from binhyen.vault.scanner import scanner_answers

    address = configuration().scanner_url
    if not address:
        yield Finding("scanner", "ok", "none is set: files are recognised by content and cleaned, not scanned")
    elif scanner_answers():
        yield Finding("scanner", "ok", address)
    else:
        yield Finding("scanner", "wrong", f"{address} does not answer: files stay in quarantine", "Start clamd.")


def _waiting_migrations() -> int:
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def _is_empty() -> bool:
    from django.db import connection

    return not connection.introspection.table_names()


def _database() -> Iterator[Finding]:
    from django.db import connection

    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA quick_check")
            answer = cursor.fetchone()[0]
            cursor.execute("PRAGMA journal_mode")
            journal = cursor.fetchone()[0]
        if answer != "ok" or journal != "wal":
            yield Finding("database", "wrong", f"{answer}, journal {journal}", "Restore the latest backup.")
            return
    yield Finding("database", "ok", connection.vendor)


def _work() -> Iterator[Finding]:
    from binhyen.core import clock
    from binhyen.jobs.queue import job_queue
    from binhyen.workflows.worker import last_heartbeat

    beat = last_heartbeat()
    if beat is None or clock.now() - beat > timedelta(seconds=60):
        yield Finding(
            "worker", "wrong", "no worker has reported within a minute", "Run binhyen serve or binhyen worker."
        )
    else:
        yield Finding("worker", "ok", f"reported {beat:%H:%M:%S} UTC")
    try:
        waiting = job_queue().waiting("intake")
    except TryAgain as error:
        yield Finding("intake", "wrong", f"no answer ({error})", "Start the NATS servers or correct BINHYEN_NATS_URL.")
        return
    state: Literal["ok", "warning"] = "ok" if waiting < 1000 else "warning"
    yield Finding("intake", state, f"{waiting} calls wait", "" if state == "ok" else "Start more workers.")


def _door() -> Iterator[Finding]:
    """What the webhook door sent away today; a mistyped address or key leaves no other trace."""
    from binhyen.core import clock
    from binhyen.core.models import DailyCount

    told = r"^(hooks\.(dropped|refused)\.|hooks\.(not_stored|failed)$|jobs\.buried\.)"
    rows = DailyCount.objects.filter(day=clock.today(), name__regex=told)
    found: dict[str, int] = {}
    for name, times in rows.order_by("name").values_list("name", "count"):
        found[name] = found.get(name, 0) + times
    for name, times in found.items():
        mend = _BURIED if name.startswith("jobs.") else _DOOR_MENDS.get(name.removeprefix("hooks."), "")
        yield Finding("webhook", "warning" if mend else "ok", f"{name}: {times} today", mend)
    if not found:
        yield Finding("webhook", "ok", "no call was dropped or refused today")


def _channel() -> Iterator[Finding]:
    from binhyen.channels.models import Account, AccountState
    from binhyen.units.models import Unit

    if not Unit.objects.exists():
        yield Finding("unit", "wrong", "no unit is set up", "Run binhyen init.")
    for unit in Unit.objects.filter(duty_phone=""):
        yield Finding("unit", "wrong", f"{unit.name} has no duty number", "Enter it in the console, settings.")
    pages = list(Account.objects.filter(connector="zalo_oa").select_related("unit", "application"))
    if not pages and Unit.objects.filter(has_api=True).exists():
        mend = "Console, settings, Zalo. A page without an API package is worked by the paste-in desk: say so there."
        yield Finding("channel", "warning", "no Zalo page is connected: only portal and paste-in desk work", mend)
    for account in pages:
        if account.state == AccountState.ACTIVE and account.sealed_tokens:
            yield _connected(account)
        else:
            reason = account.state_reason or "not connected"
            mend = "Ask Zalo, or renew the package." if account.state == AccountState.BLOCKED else "Connect it again."
            yield Finding("channel", "wrong", f"{account.name}: {reason}", f"Console, settings, Zalo. {mend}")


def _connected(account: "Account") -> Finding:
    """A page whose tokens are here: do its keys open, and has it ever called?"""
    from binhyen.channels.accounts import credentials_for
    from binhyen.inbox.models import Contact

    try:
        credentials_for(account)
    except Misconfigured as error:
        return Finding("channel", "wrong", f"{account.name}: its keys do not open", str(error))
    last = Contact.objects.filter(account=account).order_by("-last_interaction_at").exclude(last_interaction_at=None)
    heard_at = last.values_list("last_interaction_at", flat=True).first()
    if heard_at is None:
        mend = "Enter the webhook address in Zalo's console (settings, Zalo), then write to the page yourself."
        return Finding("channel", "warning", f"{account.name}: connected, but no message has ever arrived", mend)
    return Finding("channel", "ok", f"{account.name}: connected, last heard {heard_at:%Y-%m-%d %H:%M} UTC")
