"""`binhyen demo`: everything on this machine with invented residents, nothing to install or to register."""

import json
import os
import shutil
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

import click

from binhyen import __version__
from binhyen.cli.data_folder import make_data_folder
from binhyen.cli.one_at_a_time import only_one
from binhyen.cli.ports import check_port_is_free
from binhyen.cli.processes import Child, ProcessGroup
from binhyen.cli.serve import serving_children
from binhyen.cli.with_parent import with_parent
from binhyen.core.configuration import configuration, default_data_dir

DEMO_PASSWORD = "thu-nghiem-binh-yen"  # noqa: S105 - of a loopback demo, worthless elsewhere
DEMO_TOTP_SECRET = "BINHYENDEMOBINHYENDEMOBINHYENDEM"  # noqa: S105
MARK = "demo"
"""File that tells a folder the demo made; held while a demo runs there."""
START_WITHIN_S = 120.0
"""The first start also trains the language model."""


@click.command(short_help="Start everything on this machine with invented residents.")
@click.option(
    "--port", default=8000, show_default=True, type=click.IntRange(1, 65534), help="The simulator takes the next port."
)
@click.option("--data-dir", type=click.Path(file_okay=False, path_type=Path), help="Where the demo keeps its data.")
@click.option("--reset", is_flag=True, help="Throw the demo's data away first.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON line once everything answers.")
def command(port: int, data_dir: Path | None, reset: bool, as_json: bool) -> None:
    """Start web, worker and a simulated Zalo with three units. Data stays for the next start."""
    folder = (data_dir or default_data_dir().with_name("binhyen-demo")).absolute()
    where = f"http://127.0.0.1:{port}/ (process {os.getpid()})"
    if (folder / MARK).exists():
        with only_one(folder / MARK, where):
            _make_ready(folder, port, reset)
    else:
        _make_ready(folder, port, reset)
    with only_one(folder / MARK, where):
        _run(folder, port, as_json)


def _make_ready(folder: Path, port: int, reset: bool) -> None:
    for wanted in (port, port + 1):
        check_port_is_free("127.0.0.1", wanted, "binhyen demo --port 8100")
    if reset:
        _throw_away(folder)
    make_data_folder(folder)


def _run(folder: Path, port: int, as_json: bool) -> None:
    _use_demo_settings(folder, port)
    prepared = _prepared(folder)
    group = ProcessGroup(_children(port, prepared))
    group.start()
    try:
        facts = _wait_until_all_answer(port, prepared["webhook"], group)
        click.echo(json.dumps(facts, ensure_ascii=False) if as_json else _tour(facts))
        group.watch()
    finally:
        group.stop()


def _throw_away(folder: Path) -> None:
    """Only a folder that a demo made is ever removed."""
    if not folder.exists():
        return
    if not (folder / MARK).exists():
        raise click.ClickException(f"{folder} was not made by the demo, so --reset leaves it alone.")
    shutil.rmtree(folder)


def _use_demo_settings(folder: Path, port: int) -> None:
    os.environ.update(
        BINHYEN_MODE="demo",
        BINHYEN_DATA_DIR=str(folder),
        BINHYEN_PUBLIC_URL=f"http://127.0.0.1:{port}",
        BINHYEN_ZALO_API_URL=f"http://127.0.0.1:{port + 1}",
        BINHYEN_ZALO_OAUTH_URL=f"http://127.0.0.1:{port + 1}",
        BINHYEN_MEDIA_HOSTS="127.0.0.1",
        BINHYEN_DATABASE=os.environ.get("BINHYEN_DATABASE", "sqlite"),
    )
    configuration.cache_clear()


def facts_file(folder: Path) -> Path:
    """What the preparation wrote down for later starts."""
    return folder / "demo.json"


def _prepared(folder: Path) -> dict[str, Any]:
    """Facts of the preparation; it runs again for another version or database, and leaves data as it is."""
    facts = _read_facts(folder)
    if facts.get("version") == __version__ and facts.get("database") == configuration().database:
        return facts
    click.echo("Preparing the demo: database, seed data, language model (a minute at most)...", err=True)
    command = with_parent("binhyen.cli.demo_preparation")
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=sys.stderr) as preparation:  # noqa: S603 - our own module
        code = preparation.wait()
    if code:
        raise click.ClickException("The demo could not be prepared; the reason stands above.")
    return _read_facts(folder)


def _read_facts(folder: Path) -> dict[str, Any]:
    file = facts_file(folder)
    found: dict[str, Any] = json.loads(file.read_text(encoding="utf8")) if file.is_file() else {}
    return found


def _children(port: int, prepared: dict[str, Any]) -> list[Child]:
    application = prepared["application"]
    secret = application["oa_secret_key"]
    (first_id, first_name), *others = prepared["pages"]
    simulator = (
        *("binhyen.simulator", "--port", str(port + 1)),
        *("--webhook-url", f"http://127.0.0.1:{port}{prepared['webhook']}"),
        *("--state-file", str(configuration().data_dir / "simulator.json")),
        *("--app-id", application["app_id"], "--app-secret", application["app_secret"]),
        *("--oa-id", first_id, "--oa-name", first_name, "--oa-secret-key", secret),
        *(part for oa_id, name in others for part in ("--page", f"{oa_id},{secret},{name}")),
    )
    return [*serving_children("127.0.0.1", port, 1), Child("simulator", simulator, dict(os.environ))]


def _wait_until_all_answer(port: int, webhook: str, group: ProcessGroup) -> dict[str, Any]:
    web, simulator = f"http://127.0.0.1:{port}", f"http://127.0.0.1:{port + 1}"
    deadline = time.monotonic() + START_WITHIN_S
    waiting = [f"{web}/", f"{web}/console/", f"{simulator}/_sim/messages?since=0"]
    while waiting and not group.stopping.is_set():
        if time.monotonic() > deadline:
            raise click.ClickException(f"{waiting[0]} did not answer within {START_WITHIN_S:.0f} s.")
        if _answers(waiting[0]):
            waiting.pop(0)
        else:
            group.look_once()
            time.sleep(0.1)
    from binhyen.workflows.heartbeat import wait_until_ready

    wait_until_ready(max(1.0, deadline - time.monotonic()))
    return {
        "portal": f"{web}/",
        "console": f"{web}/console/",
        "phone": f"{simulator}/phone",
        "simulator": simulator,
        "webhook": f"{web}{webhook}",
        "officer": {
            "username": "demo",
            "password": DEMO_PASSWORD,
            "totp_secret": DEMO_TOTP_SECRET,
            "sign_in_url": f"{web}/console/",
        },
    }


def _answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(address, timeout=5) as answer:  # noqa: S310 - our own loopback address
            return bool(answer.status < 500)
    except urllib.error.HTTPError as error:
        return error.code < 500
    except OSError:
        return False


def _tour(facts: dict[str, Any]) -> str:
    return f"""
Residents' portal   {facts["portal"]}
Officers' console   {facts["console"]}   (one tap: "Vào bằng tài khoản dùng thử")
A resident's phone  {facts["phone"]}

1. On the phone, write "làm căn cước cho con 15 tuổi cần gì" and read the answer.
2. Write "có trộm đang phá cửa nhà tôi": the 113 card comes first, and the console rings.
3. In the console, open a conversation and reply: the words appear on the phone.

Ctrl-C stops everything; the data stays in {configuration().data_dir}
"""
