"""G1: a reporter's identity is never stored, logged, queued, cached, indexed or rendered in clear."""

import base64
import logging
import unicodedata
from urllib.parse import quote

import pytest
from django.apps import apps
from django.core.cache import cache
from django.db import connection
from django.test import Client

from binhyen.cases import files_of_case, handing_over, queries
from binhyen.cases.incidents.models import IncidentSuggestion
from binhyen.cases.models import Case
from binhyen.cases.tests.factories import give_key, make_station
from binhyen.console.tests.factories import sign_in
from binhyen.core.configuration import configuration
from binhyen.core.text import fold
from binhyen.portal.tests.portal_pages import TRACK, code_in, values_of
from binhyen.portal.tests.report_pages import picture
from binhyen.portal.units_here import forget_units
from binhyen.vault.tests.light_hashes import hash_lightly
from binhyen.workflows.case_papers import PAPERS, package_zip, paper_docx, paper_pdf
from binhyen.workflows.same_event import ArrivalWatch

NAME = "Trịnh Ngọc Quỳnh Hương"
PHONE = "0987001234"
STORY = "Lò gạch hoang đêm nào cũng có tiếng máy cưa gỗ"


def encodings(canary: str) -> set[bytes]:
    """Every form in which the canary could lie about."""
    forms = {canary, unicodedata.normalize("NFD", canary), fold(canary), canary.upper(), quote(canary)}
    forms |= {canary.encode("unicode_escape").decode(), canary.replace(" ", "")}
    found = {form.encode() for form in forms}
    found |= {canary.encode(name) for name in ("utf-16-le", "utf-16-be")}
    found |= {canary.encode().hex().encode()}
    for shift in range(3):  # base64 of a longer text that holds the canary
        whole = base64.b64encode(b"\0" * shift + canary.encode())
        found.add(whole[4 if shift else 0 : len(whole) - 4])
    return found


def everything_kept() -> bytes:
    """Rows of all tables, the database file with its log, files, cache."""
    rows = [str(list(model.objects.all().values_list())).encode() for model in apps.get_models()]
    raw = [bytes(value) for model in apps.get_models() for row in model.objects.all().values_list() for value in row
           if isinstance(value, bytes | memoryview)]  # fmt: skip
    kept = rows + raw + [str(vars(cache).get("_cache", "")).encode()]
    folder = configuration().data_dir
    kept += [path.read_bytes() for path in folder.rglob("*") if path.is_file() and path.suffix != ".lock"]
    if connection.vendor == "sqlite":
        connection.cursor().execute("PRAGMA wal_checkpoint(PASSIVE)")
    return b"\n".join(kept)


def assert_clean(found: bytes, *canaries: str) -> None:
    for canary in canaries:
        for form in encodings(canary):
            assert form not in found, form


@pytest.mark.django_db(transaction=True)
def test_the_whole_path_leaves_no_identity_anywhere(monkeypatch, caplog):
    caplog.set_level(logging.DEBUG)
    hash_lightly(monkeypatch)
    forget_units()
    station = make_station("kin")
    give_key(station)
    resident, officer = Client(), sign_in(station.duty)

    html = resident.post("/kin/g/1/", {"topic": "crime"}, follow=True).content.decode()
    pages = []
    answers = (
        (2, {"text": STORY}),
        (3, {"place": "sau chợ"}),
        (4, {"files": [picture(f"{NAME}.jpg")], "act": "next"}),
        (5, {"way": "named", "name": NAME, "phone": PHONE}),
        (6, {}),
    )
    for step, data in answers:
        hidden = {name: values_of(html, name) for name in ("draft", "sheet") if f'name="{name}"' in html}
        html = resident.post(f"/kin/g/{step}/", {**hidden, **data}, follow=True).content.decode()
        pages.append(html)
    code = code_in(html)

    by_phone = officer.get("/console/cases/take/").content.decode()
    taken = {"token": values_of(by_phone, "token"), "topic": "crime", "text": STORY, "channel": "phone"}
    taken |= {"name": NAME, "phone": PHONE}
    pages.append(officer.post("/console/cases/take/", taken).content.decode())

    assert Case.objects.filter(unit=station.unit).exclude(sealed_identity=b"").count() == 2
    case = Case.objects.get(channel="web")
    files_of_case.clean_waiting()
    ArrivalWatch().look()
    assert IncidentSuggestion.objects.exists()
    pages += [officer.get(path).content.decode() for path in (
        "/console/cases/", f"/console/cases/{case.public_id}/", f"/console/cases/{case.public_id}/transfer/",
    )]  # fmt: skip
    pages.append(officer.post("/console/cases/", {"words": "lò gạch"}).content.decode())
    pages.append(resident.post("/kin/x/", {"code": code}).content.decode())
    papers = [form(case, paper) for paper in PAPERS for form in (paper_docx, paper_pdf)]
    proposed = handing_over.proposed_text(queries.read_case(station.scope(), case).report)
    papers.append(package_zip(case, proposed, "X", []))

    rendered = "\n".join(pages).encode() + b"".join(papers)
    assert_clean(rendered, NAME, PHONE)
    assert_clean(everything_kept(), NAME, PHONE, STORY)
    assert_clean(caplog.text.encode(), NAME, PHONE, STORY, code, code.replace(" ", ""))
    assert TRACK  # the address of the page behind the code, which holds nothing of it


def test_the_scan_finds_a_canary_in_every_form():
    for form in encodings(NAME):
        with pytest.raises(AssertionError):
            assert_clean(b"..." + form + b"...", NAME)
    longer = base64.b64encode(f"xx {NAME} yy".encode())
    with pytest.raises(AssertionError):
        assert_clean(longer, NAME)
