"""What a sentence speaks of and how, as the marks (and pairs of marks) that the trained second look counts."""

# ruff: noqa: E501 -- lists of words are easier to compare unbroken

import re
from collections.abc import Collection, Sequence
from itertools import combinations

from binhyen.language.publication.people import Form, people_in
from binhyen.language.publication.sentences import Sentence
from binhyen.language.publication.wording import (
    ABUSE,
    CHILD_WORD,
    DEBT,
    GENERAL,
    HANDLE,
    HEALTH,
    OFFENCE,
    PRAISE,
    SUSPECT,
    TAKEN,
    VICTIM_AFTER,
    VICTIM_PASSIVE,
    Words,
)

_QUOTES = "“\"'‘"
_MARKS = {
    "code": Words(
        r"(?:mã )?otp|mã(?: \w+){0,2} (?:xác thực|xác nhận|xác minh|kích hoạt|bí mật|bảo mật|pin|đăng nhập|mở khóa|giao dịch|vừa|mới|gửi về)|mã(?: \w+)? (?:\d|bốn|sáu|zalo|cvv)|mã vừa|"
        r"(?:dãy|dòng|hàng|chuỗi|các|mấy|những) (?:con |chữ )?số|(?:bốn|năm|sáu|ba|\d) (?:con |chữ )?số|số bí mật|mã số|pin|cvv|mật khẩu|mật mã|pass(?:word)?|tên đăng nhập|thông tin đăng nhập|số thẻ|số seri|sau lưng thẻ|mặt sau thẻ|có mã|đọc mã|cần mã|gửi mã|xin mã|báo mã|nhắn mã|mã đó|mã về"
    ),
    "money": Words(
        r"tiền|phí|lệ phí|cước|cọc|quỹ|đồng|nghìn|ngàn|triệu|tỷ|\d+ ?k|\d+ ?tr|củ|xăng xe|cà phê|tiền nước|bồi dưỡng|lót tay|tấm lòng|hảo tâm|kinh phí|tài chính|vàng|ủng hộ|quyên góp|đóng góp|góp|lì xì|vé|trăm|vài chục|chút ít|một ít|thẻ cào|thẻ điện thoại|nạp thẻ|tiết kiệm|số dư"
    ),
    "channel": Words(
        r"chuyển khoản|số tài khoản|tài khoản|stk|ví|ví điện tử|momo|zalo ?pay|viettel ?money|vnpay|ck|quét|mã qr|qr|bắn|ting ting|nạp|mã bên dưới|mã dưới|ngân hàng|số điện thoại này"
    ),
    "paper": Words(
        r"ảnh|hình|bản chụp|chụp|scan|selfie|quay (?:video|phim|clip|lại|mặt|trái)|đoạn (?:phim|quay|video)"
    ),
    "identity": Words(
        r"căn cước|cccd|cmnd|giấy tờ|hộ chiếu|thẻ ngân hàng|thẻ atm|khuôn mặt|gương mặt|chân dung|giấy khai sinh|sổ đỏ|thẻ bảo hiểm|khuôn mặt|sinh trắc"
    ),
    "app": Words(
        r"cài|cài đặt|tải|tải về|ứng dụng|app|tệp|file|apk|phần mềm|ultra ?viewe?r?|teamviewer|any ?desk|chia sẻ màn hình|điều khiển từ xa|từ xa|quyền|nguồn không rõ|mở khóa|link|đường dẫn"
    ),
    "gives": Words(
        r"gửi|nhắn|đọc|chuyển|nộp|đóng|góp|đưa|khai|điền|nhập|bắn|cung cấp|báo|cho biết|cho xin|xin|thả|đăng|chụp|quay|trả|nạp|mua|ủng hộ|quyên góp|cào|giao|để lại|viết|ghi|inbox|share|rep|soạn|trả lời|cọc|bấm|giơ|hô|nói nhỏ|chia sẻ|thu|cài|bật|mở|mượn|cấp|bồi dưỡng|chuẩn bị|lì xì|cho (?:em |mình |cán bộ |đơn vị )?(?:xin|mượn|biết|xem)|đem|vào"
    ),
    "told": Words(
        r"bà con|mọi người|công dân|người dân|anh chị|quý vị|phụ huynh|các hộ|mỗi (?:hộ|nhà|người|em)|ai (?:cần|muốn|chưa|có|được|vi phạm)|nhà nào|hộ nào|đề nghị|vui lòng|hãy|mời|cần|phải|nhớ|kính (?:mong|nhờ)|mong|xin|giúp|nhé|nha|ạ|liền|luôn|ngay|gấp|chỉ cần|chủ hộ|chủ xe|bác|chú"
    ),
    "us": Words(
        r"cho (?:công an|cán bộ|đơn vị|em|anh em|đồng chí|trực ban|trang|mình|số|chỉ huy|đội|tổ|trưởng|phó|quản trị)|về (?:đây|trang|nhóm|số|zalo|xã|đơn vị|máy|ví)|vào (?:đây|nhóm|số|tài khoản|ví|trang|biểu mẫu|mẫu|ô|group|hộp thư)|qua (?:đây|số|ví|zalo|momo|nhóm|tin nhắn|điện thoại|mã)|của (?:em|anh|chị|đội|đơn vị|đồng chí|chỉ huy|cán bộ|kế toán|trưởng thôn|tổ)|để (?:em|cán bộ|công an|anh em|mình)|cán bộ|đồng chí|anh em|công an|đơn vị|chúng tôi"
    ),
    "refuses": Words(r"không|đừng|chớ|cấm|tránh|từ chối|chưa bao giờ|tuyệt đối không|ko"),
    "trick": Words(
        r"đối tượng|kẻ \w+|bọn|chúng|tội phạm|người lạ|giả|giả danh|giả mạo|mạo danh|tự xưng|tự nhận|thủ đoạn|chiêu|dụ|nạn nhân|lừa|lừa đảo|cảnh giác|bẫy|kịch bản|số lạ|hù|dọa|dấu hiệu|nghi ngờ|bị hại|trò|mẹo|suýt|xưng|tin lạ"
    ),
    "reports": Words(
        r"yêu cầu|bảo|dụ|đòi|ép|buộc|bắt|hướng dẫn|nhắn|thuyết phục|xúi|nói|kể|câu|nghe|gọi xin|rủ|giục|mà xin|xin tiền"
    ),
    "condition": Words(r"nếu|khi|lỡ|đã|trót|mà|trước khi|trường hợp|muốn|để"),
    "proper": Words(
        r"kho bạc|cổng dịch vụ công|dịch vụ công|tại quầy|quầy|một cửa|biên lai|hóa đơn|niêm yết|theo quy định|thông tư|nghị định|trụ sở|ủy ban|mặt trận|hội trường|bưu điện|ngân hàng chính sách|trực tiếp|chữ thập đỏ|bản gốc|bản chính|tại bàn|hồ sơ gồm|mang theo|ch play|app store|kho ứng dụng|chính thức|tự (?:đăng nhập|nhập|mở)|của mình|mã hồ sơ|số thứ tự"
    ),
    "fine": Words(
        r"mức phạt|bị phạt|phạt từ|phạt tiền|bị xử phạt|bị xử lý|từ \d[\d.,]* (?:đến|triệu|đồng)|trao|tặng|tiếp nhận|cảm ơn|biểu dương|khen|giải"
    ),
    "debt": DEBT,
    "owes": Words(
        r"nợ|vay|mượn|thiếu|hụi|chủ nợ|con nợ|khất|quỵt|xù|chây|chưa (?:trả|đóng|thanh toán)|không (?:trả|hoàn)|đòi nợ"
    ),
    "listed": Words(
        r"danh sách|nêu tên|công khai|người này|trong ảnh|xem mặt|nhớ mặt|ảnh bên dưới|những người sau|có tên|con nợ|chủ hụi|hộ nợ"
    ),
    "secret": Words(
        r"mật|tuyệt mật|tối mật|độ mật|dấu mật|nội bộ|trong ngành|trong lực lượng|bí mật|trinh sát|chuyên án|mật danh|chốt kín|phục kích|cơ sở|cộng tác viên|công điện|phương án|kế hoạch|quân số|người cung cấp tin"
    ),
    "abuse": ABUSE,
    "harmed": Words(
        r"xâm hại|hãm hại|làm hại|đồi bại|dâm|hiếp|cưỡng|sờ|sờ soạng|lột|ảnh nóng|đánh|đánh đập|hành hạ|ngược đãi|bỏ đói|nhốt|tạt|bán sang|mang bầu|có thai|dí thuốc"
    ),
    "suspect": SUSPECT,
    "offence": OFFENCE,
    "victim": VICTIM_PASSIVE,
    "lost": VICTIM_AFTER,
    "taken": TAKEN,
    "child": CHILD_WORD,
    "young": Words(
        r"lớp (?:\d+\w?|lá|chồi|mầm)|trường (?:tiểu học|thcs|thpt|mầm non|cấp|xã)|thiếu niên|nam sinh|nữ sinh|(?:\d|1[0-5]) tuổi"
    ),
    "school": Words(r"trường|lớp (?:\d+\w?|lá|chồi|mầm)|mẫu giáo|mầm non|tiểu học"),
    "kin": Words(
        r"con (?:gái |trai |riêng |út |ruột |thứ \w+ )?(?:của |nhà |anh |chị |ông |bà |cô |chủ )|cháu (?:nội|ngoại) |vợ|chồng|mẹ (?:là|chị)|bố|dượng|nhà (?:ông|bà|anh|chị|cô)|gia đình"
    ),
    "place": Words(
        r"xóm|thôn|buôn|bản|ngõ|hẻm|cuối ngõ|đầu (?:cầu|chợ|xóm)|cạnh|gần|ở (?:chợ|xã|trường|quán|tổ)|chủ (?:quán|tiệm|cửa hàng)|làm ở"
    ),
    "health": HEALTH,
    "handle": HANDLE,
    "praise": PRAISE,
    "general": GENERAL,
    "nobody": Words(
        r"một (?:người|hộ|thanh niên|học sinh|bé|tài xế|vụ|bác|nam|phụ nữ)|hai đối tượng|các đối tượng|trẻ dưới|trẻ em|học sinh"
    ),
}


def marks_of(sentences: Sequence[Sentence]) -> list[list[str]]:
    """For each sentence of a draft its marks, the pairs of them ("money+told"), and its neighbours' marks."""
    own = [_own(sentence) for sentence in sentences]
    told: list[list[str]] = []
    for index, found in enumerate(own):
        before = own[index - 1] if index else []
        after = own[index + 1] if index + 1 < len(own) else []
        pairs = ("+".join(pair) for pair in combinations(found, 2))
        told.append([*found, *pairs, *(f"before {mark}" for mark in before), *(f"after {mark}" for mark in after)])
    return told


def _own(sentence: Sentence) -> list[str]:
    found = [name for name, words in _MARKS.items() if words.search(sentence.lower)]
    if "gives" in found and _gives_freely(sentence.lower):
        found.append("freely")
    people = people_in(sentence)
    found += [f"person {form.name}" for form in Form if any(person.form is form for person in people)]
    return [*found, "quotes"] if any(character in _QUOTES for character in sentence.shown) else found


_CLAUSE = re.compile(r"[,:;–(]|(?<!\w)(?:mà|nhưng|hãy|thì|rồi|chỉ|cứ)(?!\w)")


def _gives_freely(lower: str) -> bool:
    """Whether some giving is not refused in its clause; a verb that opens a clause goes on with the one before it."""
    refused = False
    for clause in _CLAUSE.split(lower):
        giving = _MARKS["gives"].search(clause)
        if giving is None:
            refused = bool(_MARKS["refuses"].search(clause))
            continue
        lead = clause[: giving.start()]
        refused = bool(_MARKS["refuses"].search(lead)) or (refused and not lead.strip())
        if not refused:
            return True
    return False


_SOMEBODY = frozenset({"person FULL", "person CALLED", "person INITIALS", "kin", "handle"})
_NEEDS = {
    "asks_money_or_code": frozenset({"code", "money", "channel", "paper", "identity", "app"}),
    "debtor_shaming": _SOMEBODY | {"listed"},
    "state_secret_mark": frozenset({"secret"}),
    "victim_abuse": _SOMEBODY | {"place", "young"},
    "victim_identifiable": _SOMEBODY | {"place"},
    "child_offender": _SOMEBODY | {"young"},
    "child_details": frozenset({"person FULL", "kin", "health", "school"}),
    "suspect_named": frozenset({"person FULL", "person CALLED"}),
}
_BARRED = {"suspect_named": frozenset({"praise"}), "victim_identifiable": frozenset({"nobody"})}


def may_hold(name: str, marks: Collection[str]) -> bool:
    """Whether a sentence with these marks can be of the class at all: a suspect has a name, a request its object."""
    if name == "asks_money_or_code" and not ("gives" in marks and ("freely" in marks or "refuses" not in marks)):
        return False
    return not _NEEDS[name].isdisjoint(marks) and _BARRED.get(name, frozenset()).isdisjoint(marks)
