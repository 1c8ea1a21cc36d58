"""Ready words of the print room's papers; the unit may change titles and bodies, the rules stay."""

# ruff: noqa: E501 -- letters are easier to read unbroken

from dataclasses import dataclass

TITLES: dict[str, str] = {
    "poster_a4": "Quét mã để hỏi thủ tục, báo tin, nhận cảnh báo",
    "poster_a5": "Quét mã để hỏi thủ tục, báo tin, nhận cảnh báo",
    "poster_a6": "Quét mã để hỏi, báo tin, nhận cảnh báo",
    "letter_household": "THƯ MỜI",
    "letter_institution": "THƯ MỜI",
    "hotline_flyer": "Số điện thoại cần khi có việc",
    "hotline_card": "Số cần gọi",
    "door_leaflet": "Có việc, nhắn {don_vi}",
    "notice": "Thông báo",
    "stickers": "Hỏi thủ tục, báo tin, nhận cảnh báo",
    "report_form": "PHIẾU BÁO TIN",
    "drop_box_slip": "Phiếu bỏ thùng thư góp ý, báo tin",
}
STEPS = ["Mở Zalo hoặc máy ảnh, quét mã.", "Xem đúng tên {don_vi}.", "Bấm Quan tâm hoặc Vào nhóm."]
NOTE = "Thông tin người báo tin được giữ kín theo quy định. Việc khẩn cấp: gọi 113."
RULE = "Công an không xin mã OTP, không bảo cài ứng dụng, không nhận tiền qua điện thoại."
DANGER = "Đang nguy hiểm? Đừng viết, hãy gọi ngay: công an 113, cháy 114, cấp cứu 115, trẻ em 111."
REPORT_KINDS = [
    "Việc có dấu hiệu phạm tội", "Lừa đảo trên mạng", "Mất, nhặt được đồ", "Mất trật tự, ồn ào", "Thái độ cán bộ", "Việc khác",
]  # fmt: skip
SECOND_TITLES = {"en": "Scan to ask, report or get warnings"}
SECOND_STEPS = {"en": ["Scan with Zalo or your camera.", "Check the unit's name.", "Follow, or join the group."]}
"""English is ours; words in Ê Đê are typed by the unit."""


@dataclass(frozen=True, slots=True)
class Invitation:
    """One kind of invitation letter."""

    addressee: str
    body: str


_CLOSING = (
    "Tham gia là tự nguyện. Trong nhóm, mọi người thấy tên và ảnh Zalo của nhau; việc kín xin nhắn riêng cho {don_vi} hoặc "
    "gọi {so}.\nMọi việc khẩn cấp xin gọi 113. {don_vi} không xin mã OTP, không bảo cài ứng dụng, không nhận tiền qua điện "
    "thoại.\nTrân trọng cảm ơn."
)
INVITATIONS: dict[str, Invitation] = {
    "household": Invitation(
        "Gia đình ông (bà) ................................................ {thon}",
        "Để việc hỏi thủ tục, báo tin và nhận cảnh báo được nhanh và thuận tiện, {don_vi} mời gia đình tham gia nhóm “Kết nối "
        "bình yên” của {thon}. Trong nhóm, gia đình nhận cảnh báo về lừa đảo, cháy nổ, mưa lũ, tin tìm người, tìm đồ và lịch "
        "làm thủ tục.\nCách tham gia: mở Zalo hoặc máy ảnh của điện thoại, quét mã ở cuối thư, xem đúng tên {don_vi}, rồi bấm "
        "“Vào nhóm”. Nhà không dùng Zalo xin gọi trực ban {so}.\n" + _CLOSING,
    ),
    "hotel": Invitation(
        "Quý cơ sở lưu trú trên địa bàn {thon}",
        "{don_vi} mời quý cơ sở kết nối với trang Zalo của đơn vị để thông báo lưu trú đúng hạn, hỏi nhanh thủ tục về an ninh, "
        "trật tự và phòng cháy, và nhận cảnh báo liên quan đến khách, tài sản.\nQuý cơ sở có thể dán mã ở cuối thư tại quầy để "
        "khách biết số gọi khi cần. Thông báo lưu trú vẫn làm trên VNeID hoặc Cổng Dịch vụ công.\n" + _CLOSING,
    ),
    "school": Invitation(
        "Ban giám hiệu nhà trường trên địa bàn {thon}",
        "{don_vi} mời nhà trường kết nối với trang Zalo của đơn vị để trao đổi nhanh về an toàn cổng trường, lịch làm căn cước "
        "cho học sinh, tuyên truyền phòng, chống bạo lực học đường và lừa đảo trên mạng.\nNhà trường có thể dán mã ở cuối thư "
        "tại phòng bảo vệ và gửi cho phụ huynh. Xin không đăng tên, ảnh, lớp của học sinh trong nhóm.\n" + _CLOSING,
    ),
    "shop": Invitation(
        "Quý cửa hàng, hộ kinh doanh trên địa bàn {thon}",
        "{don_vi} mời quý cửa hàng kết nối với trang Zalo của đơn vị để nhận cảnh báo về tiền giả, lừa đảo chuyển khoản, trộm "
        "cắp và hỏi nhanh thủ tục kinh doanh có điều kiện, phòng cháy.\nQuý cửa hàng có thể dán mã ở cuối thư tại quầy để khách "
        "biết số gọi khi cần.\n" + _CLOSING,
    ),
    "other": Invitation(
        "Quý cơ quan, đơn vị trên địa bàn {thon}",
        "{don_vi} mời quý cơ quan kết nối với trang Zalo của đơn vị để hỏi nhanh thủ tục, báo tin và nhận cảnh báo.\n"
        + _CLOSING,
    ),
}
INSTITUTIONS = ("hotel", "school", "shop", "other")


def with_names(text: str, unit: str, area: str, phone: str, address_form: str) -> str:
    """Put names in place of {don_vi}, {thon}, {so}, {ai}; letters of every language stay as they are."""
    names = {"{don_vi}": unit, "{thon}": area or "địa bàn", "{so}": phone, "{ai}": address_form}
    for mark, value in names.items():
        text = text.replace(mark, value)
    return text
