"""G13: no network address and no browser fingerprint of a resident is stored, anywhere."""

from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection, models
from django.test import Client

from binhyen.cases.conduct_rows import ConductFeedback
from binhyen.cases.models import Case
from binhyen.core.configuration import configuration
from binhyen.core.models import DailyCount
from binhyen.hooks.tests.calling import at_the_door, call, signed, text_event
from binhyen.inbox.models import Message
from binhyen.inbox.sending import send_due
from binhyen.portal.tests.portal_pages import seed, values_of
from binhyen.portal.tests.report_pages import act_on, picture, send_report
from binhyen.portal.units_here import forget_units
from binhyen.units.models import Unit
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


def test_a_whole_report_its_code_and_a_mark_for_officers_leave_none_either(capfd: pytest.CaptureFixture[str]) -> None:
    seed(units_only=True)
    forget_units()
    headers = {f"HTTP_{name.upper().replace('-', '_')}": value for name, value in TRACES.items()}
    client = Client(REMOTE_ADDR=ADDRESS, **headers)
    code = send_report(client, files=[picture()])
    act_on(client, code, "add", text="Tối qua lại có", files=[picture()])
    client.post("/thach-ha/x/", {"code": "111 111 111 111 111 111"})
    sheet = values_of(client.get("/thach-ha/g/gop-y/").content.decode(), "sheet")
    client.post("/thach-ha/g/gop-y/", {"sheet": sheet, "manners": "4"})
    assert (Case.objects.count(), ConductFeedback.objects.count()) == (1, 1)
    stored = everything_stored() + "".join(capfd.readouterr()).encode()
    for trace in (ADDRESS, BROWSER, "q=0.913"):
        assert trace.encode() not in stored


def test_rows_of_rating_keep_the_day_alone() -> None:
    """No column of theirs holds a time, nor leads to a person, a case or an officer."""
    for model in (ConductFeedback, DailyCount):
        fields = model._meta.get_fields()
        assert not [one.name for one in fields if isinstance(one, models.DateTimeField | models.TimeField)]
        assert {one.related_model for one in fields if one.related_model} <= {Unit}
        assert any(type(one) is models.DateField for one in fields)


def test_the_server_writes_no_access_log() -> None:
    assert settings.LOGGING["loggers"]["uvicorn.access"]["level"] == "WARNING"
    web = Path(__file__).parents[2] / "src" / "binhyen" / "cli" / "web.py"
    assert "access_log=False" in web.read_text(encoding="utf8")
