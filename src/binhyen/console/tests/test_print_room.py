"""The print room's pages: order with codes of its own, preview, watch, stop, download; foreign runs do not exist."""

import pytest

from binhyen.console.tests.factories import make_house, make_officer, sign_in
from binhyen.groups.models import JoinCode
from binhyen.printing import jobs
from binhyen.printing.models import BatchState, PrintBatch
from binhyen.printing.tests.papers import codes_of, text_of
from binhyen.units.models import Area

pytestmark = pytest.mark.django_db
PAGE = "/console/print/"


@pytest.fixture
def house():
    return make_house()


@pytest.fixture
def client(house):
    return sign_in(make_officer(house.unit, "may"))


@pytest.fixture
def areas(house):
    return [Area.objects.create(unit=house.unit, name=name) for name in ("Thôn 4", "Buôn Čư M’gar")]


def send(client, house, **more):
    return client.post(PAGE, {"unit": house.unit.public_id, "paper": "poster_a4", "copies": "1"} | more)


def test_a_run_for_all_hamlets_has_a_code_for_each(client, house, areas, tmp_path):
    answer = send(client, house, act="order", all_areas="on")
    batch = PrintBatch.objects.get()
    assert answer["Location"] == f"{PAGE}{batch.public_id}/"
    codes = JoinCode.objects.order_by("pk")
    assert {code.area for code in codes} == set(areas)
    assert {code.batch for code in codes} == {batch.number}
    assert "0 / 2" in client.get(answer["Location"]).content.decode().replace("0 trên 2", "0 / 2").replace(
        "0 of 2", "0 / 2"
    )
    jobs.work_next()
    page = client.get(answer["Location"]).content.decode()
    assert f"{PAGE}{batch.public_id}/file/" in page
    file = client.get(f"{PAGE}{batch.public_id}/file/")
    assert file["Content-Disposition"] == f'attachment; filename="{batch.number}.pdf"'
    assert "Buôn Čư M’gar" in text_of(file.content)
    scanned = codes_of(file.content, tmp_path)
    opened = client.get("/" + scanned.split("/", 3)[3])
    assert opened.status_code == 200
    assert house.unit.name in opened.content.decode()


def test_a_poster_of_a_procedure_leads_to_the_proof_page_that_offers_it(client, house):
    send(client, house, act="order", procedure="dang-ky-tam-tru")
    code = JoinCode.objects.get()
    assert code.procedure
    page = client.get(f"/N/{code.code}").content.decode()
    assert "/thu-tuc/dang-ky-tam-tru/" in page


def test_the_preview_makes_no_code_and_no_run(client, house):
    page = send(client, house, act="preview", whole="on").content.decode()
    assert "data:image/png;base64," in page
    assert not JoinCode.objects.exists()
    assert not PrintBatch.objects.exists()


@pytest.mark.parametrize(
    "more",
    [
        {"act": "order"},
        {"act": "order", "whole": "on", "copies": "0"},
        {"act": "order", "whole": "on", "copies": "nhiều"},
        {"act": "order", "whole": "on", "paper": "x"},
        {"act": "order", "whole": "on", "expires_on": "31/02/2027"},
        {"act": "order", "whole": "on", "expires_on": "01/01/2020"},
        {"act": "preview", "whole": "on", "title": "\u1200"},
    ],
)
def test_wrong_input_is_told_and_what_was_typed_stays(client, house, more):
    answer = send(client, house, body="Chữ đã gõ", **more)
    assert answer.status_code == 422
    assert "Chữ đã gõ" in answer.content.decode()
    assert not PrintBatch.objects.exists()
    assert not JoinCode.objects.exists()


def test_a_run_is_stopped_and_taken_up(client, house):
    send(client, house, act="order", whole="on")
    batch = PrintBatch.objects.get()
    address = f"{PAGE}{batch.public_id}/"
    assert 'hx-trigger="every 2s"' in client.get(address, headers={"HX-Request": "true"}).content.decode()
    client.post(address, {"act": "stop"})
    batch.refresh_from_db()
    assert batch.state == BatchState.STOPPED
    client.post(address, {"act": "resume"})
    batch.refresh_from_db()
    assert batch.state == BatchState.WAITING


def test_foreign_runs_and_units_do_not_exist(client, house):
    send(client, house, act="order", whole="on")
    batch = PrintBatch.objects.get()
    other = make_house("khac")
    stranger = sign_in(make_officer(other.unit, "la"))
    for address in (
        f"{PAGE}{batch.public_id}/",
        f"{PAGE}{batch.public_id}/file/",
        f"{PAGE}?unit={house.unit.public_id}",
    ):
        assert stranger.get(address).status_code == 404
    assert stranger.post(f"{PAGE}{house.unit.public_id}/mark/", {"act": "drop"}).status_code == 404
    assert send(stranger, house, act="order", whole="on").status_code == 404
    assert PrintBatch.objects.count() == 1


def test_a_post_can_be_brought_here(client, house):
    page = send(client, house, act="start", paper="notice", title="Mưa lũ", body="Di dời ngay").content.decode()
    assert 'value="Mưa lũ"' in page
    assert "Di dời ngay" in page
