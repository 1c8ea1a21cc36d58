"""A unit's own names and sample questions: exact, near, and where they must keep silent."""

import dataclasses

import pytest

from binhyen.procedures.own_words import OwnWords
from binhyen.procedures.queries import catalogue


def words(samples: dict[str, tuple[str, ...]], aliases: dict[str, tuple[str, ...]] | None = None) -> OwnWords:
    aliases = aliases or {}
    names = {*samples, *aliases}
    return OwnWords(
        dataclasses.replace(procedure, samples=samples.get(procedure.id, ()), own_aliases=aliases.get(procedure.id, ()))
        for procedure in catalogue().procedures
        if procedure.id in names
    )


OWN = words(
    {
        "dang-ky-tam-tru": ("sinh viên ở ký túc xá đăng ký chỗ ở", "công nhân khu trọ bà Sáu khai chỗ ở"),
        "cap-the-can-cuoc": ("con 14 tuổi làm thẻ ở nhà văn hóa",),
    },
    {"xac-nhan-thong-tin-cu-tru": ("giấy xanh",)},
)


@pytest.mark.parametrize(
    ("text", "procedure"),
    [
        ("sinh viên ở ký túc xá đăng ký chỗ ở", "dang-ky-tam-tru"),
        ("Sinh vien o ky tuc xa dang ky cho o?", "dang-ky-tam-tru"),
        ("cho em hỏi sinh viên ký túc xá đăng ký chỗ ở thế nào ạ", "dang-ky-tam-tru"),
        ("giấy xanh", "xac-nhan-thong-tin-cu-tru"),
        ("xin giay xanh o dau vay", "xac-nhan-thong-tin-cu-tru"),
        ("con 14 tuoi lam the o nha van hoa", "cap-the-can-cuoc"),
    ],
)
def test_found(text: str, procedure: str):
    assert OWN.find(text).procedure == procedure


@pytest.mark.parametrize(
    "text",
    [
        "",
        "đăng ký",
        "con 13 tuổi làm thẻ ở nhà văn hóa",
        "hôm qua có người ở ký túc xá bị trộm lấy mất xe máy",
        "tờ giấy gói quà xanh đẹp",
        "nhà tôi màu xanh cần giấy phép xây dựng",
        "chữ " * 200 + "giấy xanh",
    ],
)
def test_not_found(text: str):
    assert OWN.find(text) is None


def test_two_procedures_equally_near_decide_nothing():
    both = words({"tach-ho": ("khai cho khu tro ba sau",), "dang-ky-tam-tru": ("khai giup khu tro ba sau",)})
    assert both.find("khai khu trọ bà Sáu") is None


def test_no_words_cost_nothing():
    assert not OwnWords(catalogue().procedures)
