"""The national list: every commune, found by what people call it, old names, districts and provinces included."""

import pytest

from binhyen.units.national import communes, communes_named, former_provinces


def test_all_communes_of_all_provinces_are_there():
    assert len(communes()) == 3321
    provinces = {commune.province for commune in communes()}
    assert len(provinces) == 34
    assert set(former_provinces()) < provinces
    assert len(provinces) + sum(map(len, former_provinces().values())) == 63


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("Thạch Hà", "Xã Thạch Hà"),
        ("thach ha", "Xã Thạch Hà"),
        ("18562", "Xã Thạch Hà"),
        ("Thạch Sơn, Hà Tĩnh", "Xã Thạch Hà"),
        ("bến nghé", "Phường Sài Gòn"),
        ("P. Ben Nghe", "Phường Sài Gòn"),
        ("TT Ea Kar", "Xã Ea Kar"),
        ("phường 1 quận 3", "Phường Bàn Cờ"),
        ("đại hồng quảng nam", "Xã Hà Nha"),
        ("dai hong, da nang", "Xã Hà Nha"),
        ("phú quốc", "Đặc khu Phú Quốc"),
        ("con dao vung tau", "Đặc khu Côn Đảo"),
        ("Tân Thành", "Xã Tân Thành"),
        ("Tân Thanh", "Xã Tân Thanh"),
        ("xã Ea Kar huyện Ea Kar", "Xã Ea Kar"),
        ("huyện Nam Từ Liêm", "Phường Cầu Giấy"),
    ],
)
def test_the_commune_meant_comes_first(typed, name):
    assert communes_named(typed)[0].name == name


@pytest.mark.parametrize("typed", ["", "   ", "zzz", "00000", "'; drop", "x"])
def test_what_nobody_is_called_finds_nothing(typed):
    assert communes_named(typed) == []
