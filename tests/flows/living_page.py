"""A page that lives: the simulated Zalo calls our true webhook door, our senders call it back."""

import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

import pytest
import uvicorn

from binhyen.channels.consent import connect_demo
from binhyen.channels.models import Account
from binhyen.channels.tests.live import PAGE, Zalo, running_zalo
from binhyen.channels.tests.pages import new_application
from binhyen.channels.zalo_oa import sending as zalo_sending
from binhyen.core.configuration import configuration
from binhyen.hooks import application as hooks
from binhyen.inbox.models import Conversation
from binhyen.inbox.sending import send_due
from binhyen.units.models import Area, DirectoryEntry, Unit, UnitKind
from binhyen.vault.keyring import create_keyring
from binhyen.workflows.decision import forget_unit_facts
from binhyen.workflows.form_files import form_file
from binhyen.workflows.intake import work_intake

HOA = "7000000000000000011"
THUYEN = "7000000000000000012"


class LivingPage:
    """One unit with one connected page, seen from outside: residents write, answers arrive."""

    def __init__(self, zalo: Zalo, unit: Unit, account: Account) -> None:
        self.zalo = zalo
        self.unit = unit
        self.account = account

    def says(self, text: str, person: str = HOA, **more: Any) -> None:
        """A resident writes; the signed webhook is answered before this returns."""
        answer = self.zalo.do("say", user_id=person, text=text, **more)
        assert answer["http_status"] == 200, answer

    def work(self) -> None:
        """Let intake and senders do everything there is to do."""
        while work_intake() or send_due(make_file=form_file):
            pass

    def heard(self, person: str = HOA) -> list[dict[str, Any]]:
        """What the page sent to a resident, oldest first."""
        return [message for message in self.zalo.sent() if message["user_id"] == person]

    def conversation(self, person: str = HOA) -> Conversation:
        """The conversation as an officer finds it."""
        return Conversation.objects.get(contact__external_id=person)


def new_unit() -> Unit:
    """A commune with a duty number and one hamlet."""
    create_keyring()
    forget_unit_facts()
    unit = Unit.objects.create(
        kind=UnitKind.COMMUNE_POLICE,
        name="Công an xã Thạch Bình",
        short_name="Công an xã",
        slug="thach-binh",
        duty_phone="02393000000",
    )
    area = Area.objects.create(unit=unit, name="Thôn Đông Tiến")
    DirectoryEntry.objects.create(unit=unit, area=area, title="đ/c Hùng", phone="0912345678")
    return unit


class _Door:
    """The webhook door as an application of its own, opened and closed with the server."""

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] == "http":
            await hooks.hooks_application(scope, receive, send)
            return
        while True:
            message = await receive()
            await (hooks.start() if message["type"] == "lifespan.startup" else hooks.stop())
            await send({"type": f"{message['type']}.complete"})
            if message["type"] == "lifespan.shutdown":
                return


@contextmanager
def _served(application: Any) -> Iterator[str]:
    """Address of an application that listens until the end of the block."""
    settings = uvicorn.Config(application, "127.0.0.1", 0, log_config=None, timeout_graceful_shutdown=1)
    server = uvicorn.Server(settings)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        thread.join(0.002)  # not a busy loop, which would take the processor from the very thread it waits for
        assert thread.is_alive()
    try:
        yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join(10)


@pytest.fixture(scope="session")
def zalo_url() -> Iterator[str]:
    """One simulator for all flows of the run."""
    with running_zalo() as url:
        yield url


@pytest.fixture
def page(zalo_url: str, transactional_db: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[LivingPage]:
    """A connected page whose webhooks reach our door; the database can be seen by every thread."""
    monkeypatch.setenv("BINHYEN_ZALO_API_URL", zalo_url)
    monkeypatch.setenv("BINHYEN_ZALO_OAUTH_URL", zalo_url)
    monkeypatch.setenv("BINHYEN_MEDIA_HOSTS", "127.0.0.1")
    configuration.cache_clear()
    zalo = Zalo(zalo_url)
    zalo.do("reset")
    zalo_sending.forget_all()
    unit = new_unit()
    account = Account.objects.create(
        unit=unit, connector="zalo_oa", application=new_application(unit), external_id=PAGE
    )
    account = connect_demo(account)
    with ExitStack() as open_until_the_end:
        open_until_the_end.callback(zalo.http.close)
        door = open_until_the_end.enter_context(_served(_Door()))
        address = f"{door}/hooks/zalo_oa/{account.application.public_id}"
        zalo.do("settings", webhook_url=address, echoes=True, receipts=True, retry_scale=0.001)
        yield LivingPage(zalo, unit, account)
        zalo.do("settle")
    monkeypatch.undo()
    configuration.cache_clear()
