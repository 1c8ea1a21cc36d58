"""Every form can be fetched as a file; the links are alive, named, limited and leave no trace."""

import re

import pytest
from django.test import Client

from binhyen.core import clock
from binhyen.portal.limits import limiter
from binhyen.portal.tests.portal_pages import HOME
from binhyen.portal.views.form_files import PER_SENDER
from binhyen.procedures.printing.tests.reading import text_of
from binhyen.procedures.queries import catalogue

STARTS = {"pdf": b"%PDF-", "docx": b"PK\x03\x04"}


def links(client: Client, code: str) -> list[tuple[str, str]]:
    """Pairs of address and words of the downloads of a form."""
    page = client.get(f"{HOME}mau-don/{code}/").content.decode()
    return re.findall(r'<a class="button[^"]*" href="([^"]+\.(?:pdf|docx))">([^<]+)</a>', page)


@pytest.mark.slow
def test_every_form_has_two_living_files_of_the_size_told(client, unit):
    for form in catalogue().forms:
        limiter.forget()
        found = links(client, form.code)
        assert len(found) == (2 if form.fields else 0), form.code
        for address, words in found:
            kind = address.rpartition(".")[2]
            answer = client.get(address)
            assert answer.status_code == 200, address
            assert answer.content.startswith(STARTS[kind])
            told = int(re.search(r"\((\d+) kB\)", words)[1])
            assert abs(told - len(answer.content) / 1000) < 3
            assert kind.upper() in words


def test_a_file_is_saved_and_never_guessed_or_kept(client, unit):
    answer = client.get(f"{HOME}mau-don/CT01/ct01-to-khai-thay-doi-thong-tin-cu-tru.pdf")
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers["Content-Disposition"] == (
        'attachment; filename="ct01-to-khai-thay-doi-thong-tin-cu-tru.pdf"'
    )
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Cache-Control"] == "no-store"
    assert not answer.cookies


def test_the_paper_leads_back_to_the_procedure_of_this_unit(client, unit):
    answer = client.get(f"{HOME}mau-don/ct01/ct01-to-khai-thay-doi-thong-tin-cu-tru.pdf")
    assert "/thach-ha/thu-tuc/dang-ky-thuong-tru/" in text_of(answer.content).replace(" ", "")


def test_other_names_are_not_found(client, unit):
    for path in ("CT01/khac.pdf", "CT99/ct99.pdf", "CT01/a.exe"):
        assert client.get(f"{HOME}mau-don/{path}").status_code == 404, path


def test_a_flood_waits_a_minute(client, unit):
    address = links(client, "CT01")[0][0]
    with clock.at(clock.now()):  # a slow machine may otherwise be in the next minute by then
        for _ in range(PER_SENDER.times):
            assert client.get(address).status_code == 200
        answer = client.get(address)
    assert answer.status_code == 429
    assert answer.headers["Retry-After"] == "60"
    assert "một phút" in answer.content.decode()
