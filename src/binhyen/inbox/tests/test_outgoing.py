"""What an officer may never send: requests for money or codes, foreign links; guidance and warnings pass."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from binhyen.inbox.outgoing import asks_money_or_code, foreign_links
from binhyen.language.publication.meaning import load_meaning


@pytest.mark.parametrize(
    "text",
    [
        "Bà con nhập mã OTP vào đây giúp",
        "Chị đọc cho em mã xác thực vừa gửi về máy",
        "Vui lòng cung cấp số thẻ ngân hàng để đối chiếu",
        "Gửi ảnh căn cước hai mặt cho cán bộ",
        "anh chup can cuoc gui qua day",
        "Anh chuyển tiền vào tài khoản này để nộp phạt",
        "Chuyển khoản cho cán bộ 200 nghìn",
        "Bà con tải ứng dụng ở đường dẫn sau",
        "cai app nay nhe: congan.apk",
        "Cho biết mật khẩu VNeID để cán bộ kiểm tra",
        "Bà con thôn Đông Tiến gửi tiền vào tài khoản này",
        "gui tien vao tai khoan nay nhe",
        "Bà con xã Tiền Phong Chuyển Tiền Vào tài khoản này",
        "Xã Đông Tiến. Gửi tiền vào tài khoản sau",
        "Nộp lệ phí qua số tài khoản của cán bộ",
        "Bà con nộp phí vào tài khoản sau",
    ],
)
def test_requests_are_found(text: str) -> None:
    assert asks_money_or_code(text)


@pytest.mark.parametrize(
    "text",
    [
        "Công an không xin mã OTP, không bảo cài ứng dụng, không nhận tiền qua điện thoại.",
        "Bà con đừng đọc mã OTP cho ai.",
        "Cảnh giác người gọi điện bảo chuyển tiền vào tài khoản lạ.",
        "Lệ phí 20.000 đồng nộp tại trụ sở hoặc qua Cổng dịch vụ công.",
        "Bà con mang căn cước và tờ khai CT01 đến trụ sở.",
        "Chị mở ứng dụng VNeID, chọn Thủ tục hành chính.",
        "Cài ứng dụng VNeID từ kho của điện thoại rồi đến trụ sở kích hoạt.",
        "Cán bộ sẽ gửi kết quả trước thứ Sáu.",
        "Tối thứ Năm nhận thêm ở nhà văn hóa thôn Đông Tiến, 19 giờ đến 20 giờ 30.",
        "Gửi bà con thôn Đông Tiến lịch cấp căn cước, mời đến trụ sở.",
        "Bà con gửi phương tiện vào bãi cạnh trụ sở.",
        "Mời bà con phường Đồng Tiến đến trụ sở.",
        "Gửi bà con thôn Tiền Phong lịch cấp căn cước, mời đến trụ sở.",
        "Đến trụ sở nộp lệ phí, nhận kết quả.",
        "Nộp lệ phí, nhận mã hồ sơ để theo dõi.",
    ],
)
def test_guidance_and_warnings_pass(text: str) -> None:
    assert not asks_money_or_code(text)


@pytest.mark.parametrize(
    "text",
    ["Chị đọc giúp em mấy con số vừa nhảy về máy nha.", "Anh bắn em hai trăm tiền xăng là em qua liền."],
)
def test_requests_in_words_no_rule_knows_are_found_by_the_second_look(text: str) -> None:
    assert load_meaning() is not None
    assert asks_money_or_code(text)


@pytest.mark.parametrize(
    "text",
    [
        "Chị cho em xin số điện thoại để tiện liên hệ ạ.",
        "Anh gửi giúp em ảnh hiện trường nhé, càng rõ càng tốt.",
        "Bác đã chuyển bao nhiêu tiền, vào tài khoản nào, lúc mấy giờ ạ?",
        "Lệ phí cấp đổi giấy phép lái xe là 135.000 đồng, nộp trực tuyến 115.000 đồng.",
        "Xe anh bị tạm giữ 7 ngày, anh nộp phạt ở kho bạc rồi mang biên lai tới nhận xe.",
        "Anh gửi em tin nhắn của kẻ lừa đảo và số tài khoản nó bảo chuyển nhé.",
    ],
)
def test_what_officers_write_every_day_passes_the_second_look(text: str) -> None:
    assert load_meaning() is not None
    assert not asks_money_or_code(text)


def test_a_reply_does_not_wait_for_a_model_to_be_trained(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BINHYEN_MODEL_DIR", str(tmp_path / "none yet"))
    assert not asks_money_or_code("Chị đọc giúp em mấy con số vừa nhảy về máy nha.")
    assert asks_money_or_code("Bà con nhập mã OTP vào đây giúp")
    assert not (tmp_path / "none yet").exists()


def test_links_go_to_this_house_the_government_and_zalo_only() -> None:
    text = "Xem https://binhyen.example.vn/thach-ha/ hoặc dichvucong.gov.vn, zalo.me/123"
    assert foreign_links(text, "binhyen.example.vn") == []
    for link in (
        "https://bit.ly/abc",
        "http://gov.vn.lua-dao.com/x",
        "www.cong-an.xyz",
        "https://dichvucong.gov.vn@evil.com/",
    ):
        assert foreign_links(f"xem {link}", "binhyen.example.vn"), link


def test_forms_dates_and_decrees_are_no_links() -> None:
    text = "Mẫu CT01, Thông tư 116/2026/TT-BCA, 1.004222, lúc 8.30, ngày 22.11.2026, 20.000 đồng"
    assert foreign_links(text, "binhyen.example.vn") == []


@given(st.text(max_size=300))
def test_any_text_is_judged_without_an_error(text: str) -> None:
    assert asks_money_or_code(text) in (True, False)
    assert isinstance(foreign_links(text, "binhyen.example.vn"), list)
