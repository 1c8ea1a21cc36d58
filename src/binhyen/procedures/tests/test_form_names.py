"""Forms are found by code, name and the names of before, with marks and without."""

import pytest

from binhyen.procedures.form_names import forms_matching
from binhyen.procedures.queries import catalogue


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("mẫu CT01", "CT01"),
        ("ct 01", "CT01"),
        ("bản khai nhân khẩu", "CT01"),
        ("ban khai nhan khau", "CT01"),
        ("HK01", "CT01"),
        ("hk02", "CT01"),
        ("đơn đề nghị cấp CMND", "DC02"),
        ("don de nghi cap cmnd", "DC02"),
        ("Đơn xác nhận chỗ ở hợp pháp", "M02-ND154"),
        ("don xac nhan cho o hop phap o dau", "M02-ND154"),
        ("tờ khai hộ chiếu", "TK01-HC"),
        ("giay khai dang ky xe", "ĐKX10"),
        ("sổ hộ khẩu", "CT07"),
    ],
)
def test_the_form_meant_is_among_those_found(text, code):
    assert code in [found.form.code for found in forms_matching(text, catalogue()) if found.form]


def test_an_old_paper_that_is_no_longer_needed_says_what_to_do():
    [found] = forms_matching("giấy xác nhận số CMND", catalogue())[:1]
    assert found.form is None
    assert "không cần" in found.old.now


@pytest.mark.parametrize("text", ["", "đăng ký tạm trú cần giấy tờ gì", "xin chào", "mất xe máy ở chợ", "mẫu", "đơn"])
def test_questions_about_other_things_bring_no_form(text):
    assert forms_matching(text, catalogue()) == ()
