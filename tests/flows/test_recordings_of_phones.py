"""Voice files of Android recorders and browsers, and files that broke off on the way, from the form to the officer."""

import pytest
from django.urls import reverse

from binhyen.cases import files_of_case
from binhyen.cases.models import Case, CaseFile
from binhyen.console.tests.factories import sign_in
from binhyen.vault.tests.samples import CANARY, mp4, noisy_picture
from binhyen.vault.tests.sound_samples import SOUND, opus, wav, webm
from tests.faults.test_reports_with_bad_input import Writer, file_of, station

__all__ = ["station"]

pytestmark = pytest.mark.django_db
VOICES = {"ghi-am.wav": wav(), "giong-noi.opus": opus(), "blob": webm(), "quay.webm": webm(sort=1, codec=b"V_VP8")}


def test_every_kind_of_recording_reaches_the_officer_without_who_made_it(station):
    writer = Writer().up_to_files()
    sent = [file_of(content, name) for name, content in VOICES.items()]
    assert writer.send(4, {"files": sent, "act": "next"}) == 200
    assert writer.finish()
    files_of_case.clean_waiting()
    officer = sign_in(station.duty)
    endings = []
    for file in CaseFile.objects.order_by("id"):
        answer = officer.get(reverse("console:case-file", args=[file.public_id]))
        assert answer.status_code == 200
        assert SOUND in answer.content
        assert CANARY.encode() not in answer.content
        endings.append(answer.headers["Content-Disposition"].rpartition(".")[2].strip('"'))
    assert endings == ["wav", "ogg", "webm", "webm"]


@pytest.mark.parametrize("cut", [noisy_picture((200, 150))[:18_000], mp4()[:-9]], ids=["picture", "film"])
def test_a_file_that_broke_off_is_told_at_once_and_the_report_is_kept(station, cut):
    writer = Writer().up_to_files()
    assert writer.send(4, {"files": [file_of(noisy_picture((90, 60))), file_of(cut)], "act": "next"}) == 422
    assert "Tệp thứ 2 bị đứt giữa chừng" in writer.html
    assert "gửi lại tệp đó" in writer.html
    assert writer.finish()
    assert Case.objects.get().files.count() == 1
