"""Posts into a group of the page through the live simulator: text, picture, file; who is refused and why."""

import pytest

from binhyen.channels.connector import Outbound, OutboundFile, OutcomeUnknown, Refused, Sent
from binhyen.channels.zalo_gmf import groups
from binhyen.channels.zalo_gmf.connector import ZaloGmf
from binhyen.channels.zalo_oa.tests.pictures import jpeg

ADMIN = "7000000000000000901"
PDF = OutboundFile("thong-bao.pdf", "application/pdf", b"%PDF-1.4\n%%EOF\n")
send = ZaloGmf().send


@pytest.fixture
def gmf(zalo):
    """A page whose kind and package have groups, with one made."""
    zalo.do("settings", government_refused=[])
    keys = zalo.keys()
    package = next(one for one in groups.packages(keys) if one.product_type == "gmf100")
    made = groups.create("Thôn 4", "Nhóm của xã", package.asset_id, [ADMIN], keys)
    return zalo, keys, made


def posted(zalo) -> list[dict]:
    return zalo.http.get("/_sim/group_messages").json()["messages"]


def test_text_picture_and_file_arrive_once_each(gmf):
    zalo, keys, made = gmf
    picture = OutboundFile("anh.jpg", "image/jpeg", jpeg())
    for outbound in (
        Outbound(made.group_id, "Cảnh báo: nước lên"),
        Outbound(made.group_id, "Ảnh đoạn đường ngập", file=picture),
        Outbound(made.group_id, "", file=PDF),
    ):
        assert isinstance(send(outbound, keys), Sent)
    assert [(one["kind"], one["text"]) for one in posted(zalo)] == [
        ("text", "Cảnh báo: nước lên"), ("image", "Ảnh đoạn đường ngập"), ("file", ""),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "words", ["[@all] họp", "[@7000000000000000011] ơi", "[[@all]", "[ @all] họp", "[\u200b@all] họp"]
)
def test_nobody_is_rung_by_name(gmf, words):
    zalo, keys, made = gmf
    send(Outbound(made.group_id, words), keys)
    (one,) = posted(zalo)
    assert "[@" not in one["text"].replace("\u200b", "").replace(" ", "")


def test_a_group_whose_package_ended_is_refused_and_the_page_goes_on(gmf):
    zalo, keys, made = gmf
    zalo.do("asset", asset_id=groups.look(made.group_id, keys).asset_id, days=-1)
    outcome = send(Outbound(made.group_id, "Tin"), keys)
    assert isinstance(outcome, Refused)
    assert (outcome.why, outcome.stops_account) == ("zalo-237", False)


def test_a_group_that_is_not_ours_is_refused(gmf):
    _, keys, _ = gmf
    assert isinstance(send(Outbound("khac", "Tin"), keys), Refused)


def test_a_lost_answer_is_unknown(gmf):
    zalo, keys, made = gmf
    zalo.do("faults", path="/v3.0/oa/group/message", kind="drop", when="after", count=1)
    assert isinstance(send(Outbound(made.group_id, "Tin"), keys), OutcomeUnknown)
    assert len(posted(zalo)) == 1


def test_people_are_brought_in_and_taken_out(gmf):
    zalo, keys, made = gmf
    zalo.do("follow", user_id="7000000000000000011")
    assert groups.invite(made.group_id, ["7000000000000000011"], keys) is None
    assert groups.look(made.group_id, keys).member_count == 2
    assert groups.remove(made.group_id, ["7000000000000000011"], keys) is None
    assert groups.look(made.group_id, keys).member_count == 1
    assert [one.group_id for one in groups.all_groups(keys)] == [made.group_id]
