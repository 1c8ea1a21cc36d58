"""G50: stored files lie sealed under random names; what is shown in public is a derivative only."""

import pytest
from django.urls import reverse

from binhyen.console.tests.factories import make_conversation, make_house, make_officer, sign_in
from binhyen.core.configuration import configuration
from binhyen.inbox.models import Attachment
from binhyen.vault import files
from binhyen.vault.keyring import create_keyring
from binhyen.vault.models import StoredFile
from binhyen.vault.tests.samples import CANARY, jpeg_with_everything

DOWNLOAD = "application/octet-stream"


@pytest.fixture
def original(db):
    create_keyring()
    return files.store(jpeg_with_everything(), 1, "image/jpeg", "CMND Nguyen Van Mau 001099000001.jpg")


def test_the_data_folder_shows_neither_name_nor_content(original):
    files.store_clean_copy(original, jpeg_with_everything())
    found = [path for path in (configuration().data_dir / "files").rglob("*") if path.is_file()]
    assert found
    for path in found:
        assert "CMND" not in str(path)
        assert CANARY.encode() not in path.read_bytes()


def test_names_are_random_and_of_one_length(original):
    names = {files.store(b"x", 1, "image/jpeg", "a").public_id for _ in range(50)}
    assert len(names) == 50
    assert {len(name) for name in names} == {16}


def test_a_copy_is_a_file_of_its_own_and_the_original_stays_as_it_came(original):
    copy = files.store_clean_copy(original, jpeg_with_everything())
    assert copy.original_id == original.pk
    assert copy.public_id != original.public_id
    assert copy.sha256 != original.sha256
    assert CANARY.encode() not in files.open(copy)
    assert files.open(StoredFile.objects.get(pk=original.pk)) == jpeg_with_everything()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("content_type", "shown_as"),
    [("image/jpeg", "image/jpeg"), ("application/pdf", DOWNLOAD), ("video/mp4", DOWNLOAD)],
)
def test_a_shown_file_is_a_download_in_a_sandbox_after_sign_in_only(client, content_type, shown_as):
    conversation = make_conversation(make_house().zalo)
    original = files.store(b"original", conversation.unit_id, content_type, "thư.pdf")
    shown = files.store(b"clean", conversation.unit_id, content_type, "thư.pdf", original)
    Attachment.objects.create(
        unit=conversation.unit, message=conversation.messages.get(), kind="file", original=original, shown=shown
    )
    address = reverse("console:file", args=[shown.public_id])
    assert client.get(address).status_code == 302
    sign_in(make_officer(conversation.unit, "may"), client)
    answer = client.get(address)
    assert (answer.status_code, answer.content) == (200, b"clean")
    assert answer.headers["Content-Type"] == shown_as
    assert answer.headers["Content-Disposition"].startswith("attachment;")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    for guessed in (original.public_id, "a" * 16, shown.public_id[1:] + shown.public_id[0]):
        assert client.get(reverse("console:file", args=[guessed])).status_code == 404
