"""G13: no network address and no browser fingerprint of a resident is stored, anywhere."""

from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from binhyen.core.configuration import configuration
from binhyen.hooks.tests.calling import at_the_door, call, signed, text_event
from binhyen.inbox.models import Message
from binhyen.inbox.sending import send_due
from binhyen.workflows.intake import work_intake
from binhyen.workflows.tests.receiving import new_page

pytestmark = pytest.mark.django_db(transaction=True)

ADDRESS = "203.0.113.77"
BROWSER = "Dau-Vet-Trinh-Duyet/9.87"
TRACES = {
    "x-forwarded-for": ADDRESS,
    "x-real-ip": ADDRESS,
    "forwarded": f"for={ADDRESS}",
    "user-agent": BROWSER,
    "accept-language": "vi-VN;q=0.913",
}


def everything_stored() -> bytes:
    """Every value of every table, and every file of the data folder."""
    found = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            found += [repr(row).encode() for row in cursor.fetchall()]
    files = [file for file in Path(configuration().data_dir).rglob("*") if file.is_file()]
    return b"\n".join([*found, *(file.read_bytes() for file in files)])


def test_a_webhook_leaves_no_address_and_no_browser(capfd: pytest.CaptureFixture[str]) -> None:
    account = new_page()
    body = text_event(1, "Cho em hỏi đăng ký tạm trú")
    address = f"/hooks/zalo_oa/{account.application.public_id}"
    reply = at_the_door(lambda door: call(door, address, body, {**signed(body), **TRACES}))
    assert reply.status == 200
    forged = at_the_door(lambda door: call(door, address, body, {**signed(body, "sai"), **TRACES}))
    assert forged.status == 401
    work_intake()
    send_due()
    assert Message.objects.exists()
    stored = everything_stored() + "".join(capfd.readouterr()).encode()
    for trace in (ADDRESS, BROWSER, "q=0.913"):
        assert trace.encode() not in stored


def test_pages_leave_no_address_and_no_browser(client: object, capfd: pytest.CaptureFixture[str]) -> None:
    account = new_page()
    headers = {f"HTTP_{name.upper().replace('-', '_')}": value for name, value in TRACES.items()}
    for path in ("/", f"/{account.unit.slug}/", f"/{account.unit.slug}/g/"):
        client.get(path, REMOTE_ADDR=ADDRESS, **headers)  # type: ignore[attr-defined]
    stored = everything_stored() + "".join(capfd.readouterr()).encode()
    for trace in (ADDRESS, BROWSER, "q=0.913"):
        assert trace.encode() not in stored


def test_the_server_writes_no_access_log() -> None:
    assert settings.LOGGING["loggers"]["uvicorn.access"]["level"] == "WARNING"
    web = Path(__file__).parents[2] / "src" / "binhyen" / "cli" / "web.py"
    assert "access_log=False" in web.read_text(encoding="utf8")
