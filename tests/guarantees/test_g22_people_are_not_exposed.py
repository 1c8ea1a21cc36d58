"""G22: posts naming suspects, debtors, victims are held back; abuse victims and child offenders never go out."""

import pytest

from binhyen.audit.models import AuditRow
from binhyen.console.tests.factories import make_house, make_officer, sign_in
from binhyen.language.publication import Level, Publisher, check_publication, heaviest
from binhyen.outreach.models import Post, PostState
from binhyen.outreach.rules import grounds_for
from binhyen.units.models import Role

UNIT = Publisher("Công an xã Thạch Bình", ("0239 3 000 000",))

SECOND = [
    ("suspect_named", "Đối tượng Nguyễn Văn Tuấn đã trộm xe máy ở chợ."),
    ("suspect_named", "Khởi tố bị can Trần Thị Mai về tội lừa đảo."),
    ("suspect_named", "Tuấn “sẹo” gây rối tại quán nước, bị mời về trụ sở làm việc."),
    ("victim_identifiable", "Bà Lê Thị Lan ở thôn 3 bị lừa mất 500 triệu đồng."),
    ("victim_identifiable", "Kẻ trộm lấy hai chỉ vàng của vợ chồng anh Hồ Đắc Lộc."),
    ("plate", "Xe ô tô 51G-678.90 chở nhóm trộm chó."),
]
NEVER = [
    ("victim_identifiable", "Cháu N.T.H (12 tuổi, thôn Tây Bắc) bị cha dượng xâm hại."),
    ("victim_identifiable", "Chị Phan Thị Thu bị chồng bạo hành nhiều năm."),
    ("child_details", "Em T.V.K, 15 tuổi, học sinh Trường THCS Lê Lợi, đã trộm xe đạp điện."),
    ("child_details", "Nhóm học sinh lớp 8B Trường THCS Trần Phú đánh hội đồng bạn cùng trường."),
    ("debtor_shaming", "Ông Vũ Đình Long vay tiền bà con rồi chây ì không trả."),
]
CLEAN = [
    "Bắt giữ một đối tượng trộm xe máy. Vụ việc đang được xác minh.",
    "Một người dân ở xã bị lừa 200 triệu đồng.",
    "Đại úy Nguyễn Văn Hùng, Trưởng Công an xã, trao quà cho học sinh.",
    "Công an xã khen ngợi ông Trần Văn Bình đã nhặt được ví và nhờ tìm người đánh rơi.",
    "Ai bị bạo hành, xâm hại hãy gọi 113 hoặc 111.",
]


@pytest.mark.parametrize(("flag", "text"), SECOND)
def test_a_second_officer_is_needed(flag, text):
    findings = check_publication(text, "news", UNIT)
    assert flag in {finding.flag.value for finding in findings}
    assert all(finding.blocks and finding.mend for finding in findings)


@pytest.mark.parametrize(("flag", "text"), NEVER)
def test_it_never_goes_out(flag, text):
    findings = check_publication(text, "news", UNIT)
    assert heaviest([finding for finding in findings if finding.flag.value == flag]) is Level.NEVER


@pytest.mark.parametrize("text", CLEAN)
def test_news_without_a_private_person_passes(text):
    assert check_publication(text, "news", UNIT) == []


class Desk:
    """A writer and a second officer at their pages."""

    def __init__(self) -> None:
        self.unit = make_house().unit
        self.writer = sign_in(make_officer(self.unit, "may", Role.PAGE_EDITOR))
        self.second = sign_in(make_officer(self.unit, "lan", Role.COMMANDER))

    def hand_over(self, text: str) -> int:
        form = {"kind": "news", "title": "Tin an ninh", "what": text, "channel": ["portal"], "act": "submit"}
        status: int = self.writer.post(f"/console/posts/new/{self.unit.public_id}/", form).status_code
        return status

    def approve(self, **grounds: str) -> int:
        post = Post.objects.get()
        address = f"/console/posts/{post.public_id}/approve/"
        status: int = self.second.post(address, {"version": post.version} | grounds).status_code
        return status


@pytest.fixture
def desk(db) -> Desk:
    return Desk()


@pytest.mark.parametrize("flag", ["suspect_named", "plate"])
def test_only_a_second_officer_with_a_listed_ground_lets_it_pass(desk, flag):
    text = next(words for name, words in SECOND if name == flag)
    assert desk.hand_over(text) == 302
    assert Post.objects.get().state == PostState.REVIEW
    needed = {finding.flag.value for finding in check_publication(text, "news", UNIT)}
    for wrong in (
        {},
        {f"ground_{flag}": "because"},
        {f"ground_{flag}": "picture_clean"},
        {"ground_phone": "unit_number"},
    ):
        assert desk.approve(**wrong) == 422
    assert Post.objects.get().state == PostState.REVIEW
    given = {f"ground_{name}": "wanted_notice" for name in needed}
    assert "wanted_notice" in grounds_for(flag)
    assert desk.approve(**given) == 302
    post = Post.objects.get()
    assert (post.state, post.grounds[flag]) == (PostState.APPROVED, "wanted_notice")
    assert "wanted_notice" in AuditRow.objects.get(action="post.approved").facts["grounds"]


@pytest.mark.parametrize(("flag", "text"), NEVER)
def test_what_never_goes_out_is_not_even_handed_over(desk, flag, text):
    assert desk.hand_over(text) in (302, 422)
    assert Post.objects.get().state == PostState.DRAFT
    Post.objects.update(state=PostState.REVIEW, version=1)  # as if an older check had let it through
    assert desk.approve(**{f"ground_{flag}": "wanted_notice"}) == 422
    assert Post.objects.get().state == PostState.REVIEW
