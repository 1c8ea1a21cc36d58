"""Files in pieces over a bad line: what arrived stays sealed, the next try goes on; wrong pieces make no file."""

import hashlib
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import OperationalError, connection
from django.test import Client

from binhyen.cases import drafts, files_of_case, pieces
from binhyen.cases.models import Case, CaseFile, ReportDraft
from binhyen.cases.piece_rows import FilePiece
from binhyen.core.errors import TryAgain
from binhyen.portal.tests.portal_pages import seed
from binhyen.portal.tests.report_pages import PIECES, STEP, post, send_piece, send_pieces
from binhyen.vault import files
from binhyen.vault.models import StoredFile
from binhyen.vault.tests.light_hashes import hash_lightly
from binhyen.vault.tests.samples import noisy_picture

pytestmark = pytest.mark.django_db
WHOLE = pieces.PIECE_BYTES


@pytest.fixture(autouse=True)
def unit(monkeypatch):
    hash_lightly(monkeypatch)
    return seed(units_only=True)


@pytest.fixture(scope="module")
def photo() -> bytes:
    content = noisy_picture((900, 900))
    assert len(content) > 2 * pieces.PIECE_BYTES
    return content


@pytest.fixture
def token(client: Client) -> str:
    """Of a report on its fourth page."""
    post(client, 1, {"topic": "crime"})
    post(client, 2, {"text": "Nhóm lạ mặt tụ tập đánh bạc ở lò gạch cũ"})
    post(client, 3, {"place": "sau chợ"})
    found = re.search(r'name="draft" value="([\w-]{43})"', client.get(STEP.format(4)).content.decode())
    assert found
    return found[1]


def send(client: Client, token: str, content: bytes, offset: int, wrong: dict | None = None, *, size: int = WHOLE):
    return send_piece(client, {"draft": token}, content, offset, wrong, size=size)


def send_all(client: Client, token: str, content: bytes, start: int = 0) -> int:
    return send_pieces(client, {"draft": token}, content, start)


def test_a_broken_upload_goes_on_where_it_broke_off(client, token, photo):
    assert send(client, token, photo, 0).json() == {"received": pieces.PIECE_BYTES}
    asked = send(client, token, photo, 0, size=0)
    assert asked.json() == {"received": pieces.PIECE_BYTES}, "an empty piece only asks"
    page = client.get(STEP.format(4)).content.decode()
    assert "Còn 1 tệp chưa gửi xong" in page
    assert not CaseFile.objects.exists()
    send_all(client, token, photo, pieces.PIECE_BYTES)
    file = CaseFile.objects.get()
    draft = ReportDraft.objects.get()
    assert files.open(file.original, drafts.key_of(draft)) == photo
    assert file.original.sha256 == hashlib.sha256(photo).hexdigest()
    assert "chưa gửi xong" not in client.get(STEP.format(4)).content.decode()
    assert FilePiece.objects.get().sealed == b""


def test_the_same_piece_twice_makes_no_second_file(client, token, photo):
    send(client, token, photo, 0)
    assert send(client, token, photo, 0).json() == {"received": pieces.PIECE_BYTES}
    assert send_all(client, token, photo, pieces.PIECE_BYTES) == len(photo)
    assert send(client, token, photo, len(photo) - 5).json() == {"received": len(photo)}, "the answer was lost"
    assert send(client, token, photo, 0, size=0).json() == {"received": len(photo)}
    assert CaseFile.objects.count() == 1


def test_a_file_taken_out_can_be_chosen_again(client, token, photo):
    send_all(client, token, photo)
    post(client, 4, {"remove": CaseFile.objects.get().public_id})
    assert not StoredFile.objects.exists()
    send_all(client, token, photo)
    assert CaseFile.objects.count() == 1


def test_the_report_goes_with_whole_files_and_says_which_stay_behind(client, token, photo):
    other = noisy_picture((600, 600))
    send_all(client, token, photo)
    send(client, token, other, 0, size=10_000)
    post(client, 4, {"act": "next"})
    post(client, 5, {"way": "anonymous"})
    assert "1 tệp chưa đến đủ" in client.get(STEP.format(6)).content.decode()
    post(client, 6)
    case = Case.objects.get()
    assert case.files.get().original.size_bytes == len(photo)
    assert not FilePiece.objects.exists()


def test_giving_up_takes_the_parts_away(client, token, photo):
    send(client, token, photo, 0)
    assert "chưa gửi xong" not in post(client, 4, {"act": "forget"}).content.decode()
    assert not FilePiece.objects.exists()


def test_parts_are_sealed_and_gone_with_an_old_draft(client, token, photo):
    send(client, token, photo, 0)
    with connection.cursor() as cursor:
        cursor.execute("SELECT sealed FROM cases_filepiece")
        stored = bytes(cursor.fetchone()[0])
    assert photo[1_000:1_064] not in stored
    drafts.erase(ReportDraft.objects.get())
    assert not FilePiece.objects.exists()


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"MZ" + b"\0" * 5_000, "Không đọc được"),
        (b"", "trống"),
        (b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*", "chương trình"),
    ],
)
def test_what_is_no_acceptable_file_is_refused_in_words_and_leaves_nothing(client, token, content, words):
    answer = send(client, token, content, 0)
    assert answer.status_code == 422
    assert words in answer.json()["error"]
    assert "0" in answer.json()["error"], "with the number to call"
    assert not FilePiece.objects.exists()
    assert not StoredFile.objects.exists()


@pytest.mark.parametrize(
    "wrong",
    [
        {"upload": "x" * 32},
        {"upload": "../../etc/passwd"},
        {"total": 30 * 1024 * 1024},
        {"total": "nhiều"},
        {"total": 5},
        {"offset": -1},
        {"piece": SimpleUploadedFile("a.jpg", b"x" * (pieces.PIECE_BYTES + 1))},
        {"piece": SimpleUploadedFile("Cong van MAT.pdf", b"x")},
    ],
)
def test_wrong_pieces_are_refused(client, token, photo, wrong):
    assert send(client, token, photo, 0, wrong).status_code == 422
    assert not FilePiece.objects.exists()


def test_a_piece_from_the_middle_is_not_taken(client, token, photo):
    assert send(client, token, photo, 1_000).json() == {"received": 0}
    assert not FilePiece.objects.exists()


def test_an_eleventh_file_and_endless_parts_are_refused(client, token, photo, monkeypatch):
    monkeypatch.setattr(files_of_case, "MOST_FILES", 1)
    send_all(client, token, photo)
    assert "1 tệp" in send(client, token, noisy_picture((60, 60)), 0).json()["error"]
    monkeypatch.setattr(pieces, "_MOST_WAITING_BYTES", 1_000)
    monkeypatch.setattr(files_of_case, "MOST_FILES", 10)
    assert send(client, token, noisy_picture((90, 90)), 0).status_code == 422


def test_without_a_draft_nothing_is_taken(client, photo):
    answer = send(client, "n" * 43, photo, 0)
    assert answer.status_code == 410
    assert "viết dở đã xóa" in answer.json()["error"]
    assert client.get(PIECES).status_code == 405


@pytest.mark.parametrize("trouble", [OperationalError("disk is full"), TryAgain("disk_full", 60)])
def test_a_full_disk_at_the_last_piece_asks_to_try_again_and_loses_no_part(client, token, photo, monkeypatch, trouble):
    last = len(photo) - 1_000
    start = 0
    while start < last:
        size = min(pieces.PIECE_BYTES, last - start)
        start = send(client, token, photo, start, size=size).json()["received"]

    def fails(*_: object) -> None:
        raise trouble

    with monkeypatch.context() as patch:
        patch.setattr(files_of_case, "prepare", fails)
        assert send(client, token, photo, last).status_code == 503
    assert send(client, token, photo, last).json() == {"received": len(photo)}
    assert CaseFile.objects.count() == 1
