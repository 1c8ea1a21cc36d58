"""Bad files, a lost key, wrong passphrases and jumping clocks, met from outside: clear words with the number."""

import html as html_words
import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from binhyen.audit.verification import verify_all
from binhyen.cases import files_of_case
from binhyen.cases.models import Case, CaseClock, CaseFile, ReportDraft
from binhyen.cases.reports import key_of, report_in
from binhyen.cases.tests.factories import OTHER_WORDS, WORDS, Station, ask_for, give_key, make_case, make_named_case
from binhyen.cases.tests.factories import make_station as build_station
from binhyen.console.tests.factories import sign_in
from binhyen.core import clock
from binhyen.core.configuration import configuration
from binhyen.portal.limits import limiter
from binhyen.portal.tests.portal_pages import code_in, values_of
from binhyen.portal.units_here import forget_units
from binhyen.units.models import Unit
from binhyen.vault import keyring
from binhyen.vault.keyring import keyring_file
from binhyen.vault.tests.light_hashes import hash_lightly
from binhyen.vault.tests.samples import jpeg_with_everything
from tests.guarantees.test_g01_identity_never_in_clear import assert_clean, everything_kept
from tests.guarantees.test_g49_uploads_by_content import REFUSED
from tests.guarantees.test_g51_scanner_away_means_quarantine import BAD, address, scanner

__all__ = ["address"]

pytestmark = pytest.mark.django_db
PHONE = "02393000000"
STORY = "Nhóm lạ mặt tụ tập đánh bạc ở lò gạch cũ"
STEPS = ({"topic": "crime"}, {"text": STORY}, {"place": "sau chợ"})
HIDDEN_LINE = "Dòng không ai được đọc"


@pytest.fixture
def station(monkeypatch) -> Station:
    hash_lightly(monkeypatch)
    forget_units()
    limiter.forget()
    found = build_station()
    Unit.objects.filter(pk=found.unit.pk).update(duty_phone=PHONE)
    return found


class Writer:
    """A person at the wizard."""

    def __init__(self) -> None:
        self.client, self.html = Client(), ""

    def send(self, step: int, data: dict) -> int:
        hidden = {name: values_of(self.html, name) for name in ("draft", "sheet") if f'name="{name}"' in self.html}
        answer = self.client.post(f"/thach-binh/g/{step}/", {**hidden, **data}, follow=True)
        self.html = answer.content.decode()
        return answer.status_code

    def up_to_files(self) -> "Writer":
        for step, data in enumerate(STEPS, start=1):
            assert self.send(step, data) == 200
        return self

    def finish(self) -> str:
        self.send(4, {"act": "next"})
        self.send(5, {"way": "anonymous"})
        self.send(6, {})
        return code_in(self.html)


def file_of(content: bytes, name: str = "anh.jpg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def stored_files() -> list[Path]:
    folder = configuration().data_dir / "files"
    return [path for path in folder.rglob("*") if path.is_file()] if folder.exists() else []


@pytest.mark.parametrize("name", [name for name in REFUSED if name != "empty"])
def test_a_bad_file_is_named_with_the_number_and_nothing_of_it_is_stored(station, name):
    writer, before = Writer().up_to_files(), stored_files()
    assert writer.send(4, {"files": [file_of(REFUSED[name][0])], "act": "next"}) == 422
    error = re.search(r'class="field-error"[^>]*>(.*?)</p>', writer.html, re.DOTALL)
    words = error[1] if error else writer.html
    assert "gọi 0239 3 000 000" in words or f"gọi {PHONE}" in words
    assert not CaseFile.objects.exists()
    assert stored_files() == before
    assert writer.finish()
    assert Case.objects.get().files.count() == 0


def test_fifty_pictures_in_one_go_keep_ten_and_the_report_goes_out(station):
    writer = Writer().up_to_files()
    pictures = [file_of(jpeg_with_everything(), f"{number}.jpg") for number in range(50)]
    assert writer.send(4, {"files": pictures, "act": "next"}) == 422
    assert "nhiều nhất 10 tệp" in writer.html
    assert PHONE[-6:] in re.sub(r"\D", "", writer.html)
    assert writer.finish()
    assert Case.objects.get().files.count() == 10


def test_while_the_scanner_is_away_no_officer_sees_a_file_and_nothing_is_lost(station, address):
    writer = Writer().up_to_files()
    writer.send(4, {"files": [file_of(jpeg_with_everything())], "act": "next"})
    assert writer.finish()
    officer, case = sign_in(station.duty), Case.objects.get()
    files_of_case.clean_waiting()
    file = CaseFile.objects.get()
    assert (file.state, file.shown) == ("waiting", None)
    look = reverse("console:case-file", args=[file.public_id])
    assert officer.get(look).status_code in (404, 409, 422)
    assert "đang" in officer.get(reverse("console:case", args=[case.public_id])).content.decode()
    with scanner(address):
        files_of_case.clean_waiting()
    assert officer.get(look).status_code == 200


def test_what_the_scanner_finds_is_never_shown(station, address):
    writer = Writer().up_to_files()
    writer.send(4, {"files": [file_of(jpeg_with_everything() + BAD)], "act": "next"})
    assert writer.finish()
    with scanner(address):
        files_of_case.clean_waiting()
    file = CaseFile.objects.get()
    assert (file.state, file.reason, file.shown) == ("refused", "media_infected", None)
    assert sign_in(station.duty).get(reverse("console:case-file", args=[file.public_id])).status_code != 200


@pytest.mark.django_db(transaction=True)
def test_without_the_key_file_nothing_is_taken_and_with_it_everything_goes_on(station):
    file, aside = keyring_file(), keyring_file().with_suffix(".aside")
    writer = Writer()
    writer.client.raise_request_exception = False
    assert writer.send(1, {"topic": "crime"}) == 200
    file.rename(aside)
    _forget_keys()
    try:
        assert writer.send(2, {"text": HIDDEN_LINE}) == 503
        assert f"tel:{PHONE}" in writer.html
        assert "chưa có gì được lưu" in writer.html
        typed = writer.html
        assert_clean(everything_kept(), HIDDEN_LINE)
        stranger = Client(raise_request_exception=False)
        assert stranger.post("/thach-binh/g/1/", {"topic": "crime"}).status_code == 503
        assert sign_in(station.duty).get(reverse("console:cases")).status_code < 500
        assert ReportDraft.objects.count() == 1
    finally:
        aside.rename(file)
        _forget_keys()
    assert HIDDEN_LINE in values_of_textarea(typed)
    again = {"draft": values_of(typed, "draft"), "text": values_of_textarea(typed)}
    assert writer.client.post("/thach-binh/g/2/", again, follow=True).status_code == 200
    writer.html = typed
    assert writer.send(3, {"place": "sau chợ"}) == 200
    assert writer.finish()
    assert report_in(Case.objects.get(), key_of(Case.objects.get())).text == HIDDEN_LINE


def values_of_textarea(html: str) -> str:
    """What stands in the field of the page, as a browser sends it."""
    return html_words.unescape(re.search(r'<textarea[^>]*name="text"[^>]*>(.*?)</textarea>', html, re.DOTALL)[1])


def _forget_keys() -> None:
    for kept in (keyring._root_key, keyring.purpose_key):
        kept.cache_clear()


def test_ten_wrong_passphrases_at_the_page_say_how_long_to_wait_and_open_nothing(station):
    give_key(station)
    opening, _ = ask_for(station, make_named_case(station.unit))
    custodian = sign_in(station.first)
    page = reverse("console:opening", args=[opening.public_id])
    answers = [custodian.post(page, {"act": "agree", "passphrase": OTHER_WORDS}) for _ in range(10)]
    assert {answer.status_code for answer in answers} == {422}
    first, last = answers[0].content.decode(), answers[-1].content.decode()
    assert "không đúng" in first or "chưa đúng" in first
    assert "phút" in last or "chờ" in last
    assert OTHER_WORDS not in first + last
    assert custodian.post(page, {"act": "agree", "passphrase": WORDS}).status_code == 422
    opening.refresh_from_db()
    assert opening.state == "asked"


@pytest.mark.parametrize("jump", [timedelta(days=-3), timedelta(days=40)], ids=["back", "forward"])
def test_a_clock_that_jumps_loses_no_report_and_moves_no_limit_in_silence(station, jump):
    case = make_case(station.unit, STORY)
    due = list(CaseClock.objects.filter(case=case).order_by("pk").values_list("first_due_at", "due_at"))
    officer = sign_in(station.duty)
    with clock.at(clock.now() + jump):
        limiter.forget()
        officer = sign_in(station.duty)
        page = officer.get(reverse("console:case", args=[case.public_id]))
        assert page.status_code == 200
        writer = Writer().up_to_files()
        assert writer.finish()
    assert list(CaseClock.objects.filter(case=case).order_by("pk").values_list("first_due_at", "due_at")) == due
    assert list(Case.objects.order_by("number").values_list("number", flat=True)) == [1, 2]
    assert all(bad is None for _, _, bad in verify_all())
    case.refresh_from_db()
    assert case.state == "seen"


@pytest.mark.parametrize("jump", [timedelta(days=-3), timedelta(days=3)], ids=["back", "forward"])
def test_a_clock_that_jumps_while_somebody_writes_is_a_calm_page_and_keeps_or_says(station, jump):
    writer = Writer().up_to_files()
    with clock.at(clock.now() + jump):
        limiter.forget()
        status = writer.send(4, {"act": "next"})
        assert status in (200, 422)
        if "Bắt đầu lại" in writer.html:  # too old: nothing was sent, and the page says so
            assert jump > timedelta(0)
            return
        writer.send(5, {"way": "anonymous"})
        writer.send(6, {})
        if 'class="code"' not in writer.html:  # the sheet is of another day: one more press
            writer.send(6, {})
        assert code_in(writer.html)


def test_a_name_that_could_not_be_sealed_is_not_taken_and_the_report_still_goes_out(station):
    named = {"way": "named", "name": "Nguyễn Văn Kín", "phone": "0912345678"}
    writer = Writer().up_to_files()
    writer.send(4, {"act": "next"})
    assert writer.send(5, named) == 422
    assert "chưa niêm phong được tên" in writer.html
    assert writer.send(5, {"way": "anonymous"}) == 200
    writer.send(6, {})
    assert code_in(writer.html)
    once = Client()
    page = once.get("/thach-binh/g/nhanh/").content.decode()
    hidden = {name: values_of(page, name) for name in ("draft", "sheet")}
    answer = once.post("/thach-binh/g/nhanh/", {**hidden, "topic": "crime", "text": STORY, **named})
    assert answer.status_code == 422
    assert "chưa niêm phong được tên" in answer.content.decode()
    assert not ReportDraft.objects.exclude(sealed_identity=b"").exists()
