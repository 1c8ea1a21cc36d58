"""Word lists of the publication check; written with marks, since "đảm bảo" is not "đâm" and "bảo hành" not "bạo hành"."""

# ruff: noqa: E501 -- lists of words are easier to compare unbroken

import re
from collections.abc import Iterator

from binhyen.core.text import without_marks


class Words:
    """A pattern of Vietnamese words in lower case; a text typed without any marks is matched without them."""

    def __init__(self, pattern: str) -> None:
        """Compile the pattern; it is bounded by word ends on both sides."""
        self._marked = re.compile(rf"(?<!\w)(?:{pattern})(?!\w)")
        self._plain = re.compile(without_marks(self._marked.pattern))

    def search(self, text: str) -> re.Match[str] | None:
        """The first match in a lower-case text."""
        return (self._plain if text.isascii() else self._marked).search(text)

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        """All matches in a lower-case text."""
        return (self._plain if text.isascii() else self._marked).finditer(text)


SUSPECT = Words(
    r"đối tượng|nghi phạm|nghi can|bị can|bị cáo|hung thủ|thủ phạm|kẻ (?:trộm|cướp|gian|lừa)|tên (?:trộm|cướp)|tội phạm|phạm tội|khởi tố|bắt (?:giữ|quả tang|khẩn cấp|gọn|nóng|tạm giam|người)|vừa bắt|đã bắt|bị bắt|"
    r"tạm giữ|tạm giam|truy nã|truy tìm|truy tố|triệu tập|trộm|cướp|giật|lừa|lừa đảo|chiếm đoạt|đánh bạc|sát phạt|đánh bài|cá độ|số đề|ghi đề|tàng trữ|mua bán|trái phép|ma túy|ma tuý|heroin|gây rối|cố ý gây|đánh người|đánh nhau|hành hung|đâm|chém|"
    r"xử phạt|bị phạt|vi phạm|nồng độ cồn|lập biên bản|bỏ trốn|lẩn trốn|trốn khỏi|thừa nhận|khai nhận|hành vi|giết|sát hại|xâm hại|hiếp dâm|hiếp|dâm ô|làm giả|tiêu thụ|buôn lậu|khống chế|đe dọa|đe doạ|dọa|tống tiền|xúc phạm|vu khống|tung tin|xuyên tạc|đốt pháo|pháo nổ|"
    r"đua xe|lạng lách|phá hoại|phá rừng|ném đá|nghiện|con nghiện|mại dâm|tiền án|tiền sự|quấy rối|đập phá|chống người thi hành|hút chích|cầm đồ|cầm cố|nặng lãi|lãi nặng|cắt cổ|tín dụng đen|mời (?:về|lên) (?:trụ sở|làm việc)|đầu thú|tự thú|giả danh|giả làm|giả vờ|giả mạo|mạo danh|"
    r"cầm đầu|đồng bọn|đồng phạm|khám xét|thu giữ|tang vật|hàng giả|thủ đoạn|ra tù|xin đểu|bảo kê|gây tai nạn|bị lập|kích động|phản động|tố cáo|tố giác|phạt tiền|phạt tù|án tù|tuyên phạt|say xỉn|say rượu|xăm trổ|côn đồ|giang hồ|trấn lột|cưỡng đoạt|móc túi|rạch|bẻ khóa|cạy cửa|đột nhập|quỵt|"
    r"thuốc lá lậu|hàng cấm|hàng lậu|cò mồi|môi giới|chứa chấp|xử lý nghiêm|bị xử lý|gây án|hung khí|nghi vấn|nghi (?:là|lấy|trộm|có)|kẻ xấu|chuyên (?:lừa|trộm|đi|bán|giả)|bị tạm|chạy trốn|vượt biên|cho vay lãi|đòi nợ thuê|lôi kéo|mê tín|trục lợi|xả thải|đổ trộm|xả trộm|săn bắt|chích điện|kích điện|phá"
)  # fmt: skip
POINTS = Words(
    r"đối tượng(?: này)?|nghi phạm|bị can|hung thủ|bị bắt|bắt quả tang|khởi tố|truy nã|đã thừa nhận|thừa nhận hành vi|khai nhận|bị tạm giữ|thủ phạm|bắt giữ|người này (?:đã |đang )?(?:trộm|lừa|cướp|khai|tàng trữ|bán)|qua kiểm tra|thu giữ|tang vật"
)
LABEL = r"(?:đối tượng|nghi phạm|nghi can|bị can|bị cáo|hung thủ|thủ phạm|kẻ trộm|tên trộm|tên cướp|con nghiện|sát thủ|trùm|cầm đầu|chủ mưu|(?:bắt|khởi tố|truy nã|truy tìm|xử phạt|phạt|triệu tập|tạm giữ|khám xét|lập biên bản)(?: \w+){0,4})(?: có)?(?: tên)?(?: là| gồm| của| đối với)?[ :]{1,2}(?:ông |bà |anh |chị |tên |em |thanh niên |nam thanh niên |cháu )?$"
SUSPECT_PASSIVE = r"bị (?:\w+ ){0,3}?(?:bắt|khởi tố|xử phạt|phạt|tạm giữ|tạm giam|triệu tập|lập biên bản|mời|truy nã|truy tìm|truy bắt|truy tố|kết án|xử lý|phát hiện|tố cáo|tố giác|tước|nhắc nhở|xét xử|tuyên phạt|kiểm tra|đưa về|yêu cầu|khống chế đưa)"
_HARM = (
    r"(?:lừa|trộm|cướp|đánh|đâm|chém|xâm hại|hiếp|bạo hành|giật|dọa|đe dọa|đe doạ|giết|sát hại|quấy rối|móc túi|lấy (?:mất|trộm|cắp)|mất (?:trộm|cắp|tiền|toàn bộ|hơn|gần|số|\d)|hack|chiếm đoạt|tông|đập|bắt cóc|làm nhục|cưỡng|lợi dụng|ép|bóc lột|"
    r"tấn công|hành hung|tạt|thương|thương tích|bắt nạt|khủng bố|quay (?:clip|lén)|tung (?:ảnh|clip)|dụ dỗ|uy hiếp|ngược đãi|xúc phạm|khống chế|trấn lột|bóp cổ|rạch|bôi nhọ|vu khống|cắn|va chạm)"
)
VICTIM_PASSIVE = Words(rf"bị (?:[^.!?]{{0,50}}? )?{_HARM}")
VICTIM_AFTER = Words(
    r"là nạn nhân|mất trộm|mất cắp|đã mất|mất (?:số tiền|sạch|trắng|hơn|gần|\d[\d.,]* ?(?:triệu|tỷ|tỉ|nghìn|đồng|chỉ|cây))|sập bẫy|mắc bẫy|tin lời|trình báo|bị thiệt hại|đã chuyển(?: khoản)?|chuyển (?:cho|khoản|tiền|\d[\d.,]* ?(?:triệu|tỷ|tỉ|nghìn|tr|đồng) cho)|nhập viện|tử vong|thiệt mạng|bị chết|suýt mất|trở thành nạn nhân"
)
VICTIM_BEFORE = (
    r"(?:nạn nhân(?: (?:tử vong|bị thương|xấu số|chết|thiệt mạng|vụ \w+(?: \w+)?))?|bị hại|người bị hại|hại|lừa(?: đảo)?(?: chiếm đoạt)?(?: tài sản| tiền)?(?: của)?|(?<!biệt )đánh|đâm|chém|giết|sát hại|xâm hại|hiếp dâm|cướp của|trộm của|dọa|hành hung|tấn công|tại nhà|{taken}của)(?: là| gồm| tên)?[ :]{{1,2}}"
    r"(?:(?:gia đình|vợ chồng|mẹ con|bố con|con trai|con gái|nhà) )?(?:ông |bà |anh |chị |em |cháu |cô |chú |bé |cụ |bác )?$"
)
TAKEN = Words(r"trộm|cướp|giật|lấy (?:mất|trộm|cắp|đi)?|lừa|chiếm đoạt|móc|đập phá|phá|đốt|cuỗm|rút sạch")
ABUSE = Words(
    r"xâm hại|hiếp dâm|hiếp|cưỡng hiếp|dâm ô|cưỡng dâm|giao cấu|làm nhục|bạo hành|bạo lực gia đình|quấy rối tình dục|ép bán dâm|mua bán người|bán sang trung quốc|bị (?:chồng|vợ|cha|bố|mẹ|con|dượng|cha dượng|mẹ kế|anh trai)(?: \w+){0,3} (?:đánh|đập|hành hạ|ngược đãi|đâm|chém|nhốt)|"
    r"ảnh nóng|clip nóng|ảnh nhạy cảm|clip nhạy cảm|tung (?:clip|ảnh|video|hình)|ảnh riêng tư|ảnh khỏa thân|tống tình|loạn luân|sờ mó|lạm dụng tình dục|hành hạ|ngược đãi|đánh đập (?:vợ|con|mẹ|chị)|đánh vợ|đánh con|mang thai|sàm sỡ|đụng chạm|bị đánh đập"
)
GENERAL = Words(
    r"phiên tòa giả định|phiên toà giả định|tuyên truyền|phòng,? chống|phòng tránh|phòng ngừa|tập huấn|kỹ năng|kĩ năng|ký cam kết|ngoại khóa|ngoại khoá|quy định|nghị định|mức phạt|điều \d+|bộ luật|nếu|khi gặp|hãy gọi|ai bị|hội thi|chuyên đề|ví dụ|giả sử|nói chuyện chuyên đề|diễn đàn"
)
PRAISE = Words(
    r"khen|biểu dương|tuyên dương|cảm ơn|cám ơn|tri ân|trao trả|trả lại|giúp đỡ|giúp người|tặng (?:quà|bằng|giấy|hoa)|chúc mừng|dũng cảm|nghĩa cử|gương|trao (?:quà|tặng|giấy|thưởng)|giao nộp|hiến máu|hiến đất|cứu (?:người|sống|được)|đến nhận|tố giác|báo tin|nộp lại|bàn giao|truy đuổi|đuổi theo|vinh danh|tham dự|đại diện|phát biểu|"
    r"chia sẻ|nhặt được|đã hiến|ủng hộ|thăm hỏi|thăm|chung tay|khởi xướng|giải nhất|thành tích|đạt giải|tình nguyện|báo công an|kịp thời (?:báo|ngăn|cứu|hỗ trợ|giúp|đưa)|ngăn chặn kịp thời|đã báo"
)
CHILD_WORD = Words(
    r"bé|cháu|học sinh|trẻ em|em học sinh|trẻ sơ sinh|nam sinh|nữ sinh|thiếu niên|em trai|em gái|con trai|con gái"
)
HEALTH = Words(
    r"tự kỷ|tự kỉ|khuyết tật|động kinh|trầm cảm|thiểu năng|hội chứng down|bệnh (?:tim|down|tâm thần|động kinh|tự kỷ|hiểm|máu|thận|gan)|câm,? điếc|điếc|rối loạn|tâm thần|chậm phát triển|nhiễm hiv|đang điều trị|uống thuốc (?:hằng|hàng) ngày|không nói được|không biết nói|bại não|tăng động|suy thận|ung thư"
)
HOME = Words(
    r"số nhà|nhà số|nhà ở số|nhà ở (?:thôn|tổ|xóm|ngõ|hẻm|kiệt|buôn|bản|ấp)|nhà (?:thôn|tổ|xóm|ngõ|hẻm|kiệt)|ở số \d+|kiệt \d+|hẻm \d+|ngõ \d+"
)
OFFENCE = Words(
    r"trộm|trộm cắp|cướp|cướp giật|giật|đánh nhau|đánh bạn|đánh hội đồng|đua xe|ném đá|gây rối|hút cần|hút cần sa|sử dụng ma túy|ma túy|ma tuý|mang (?:dao|hung khí|mã tấu)|chém|đâm bạn|hiếp|đốt pháo|chế pháo|lạng lách|phá hoại|triệu tập|lừa đảo|tống tiền|quay clip đánh|bốc đầu|vi phạm|bị phạt|bị xử phạt|"
    r"bị bắt|lập biên bản|hỗn chiến|trấn lột|bắt nạt bạn|cá độ|đánh bài|đập phá|móc túi|cạy cửa|hút thuốc lá điện tử|uống rượu"
)
DEBT = Words(
    r"nợ (?!nước|nần chồng|xấu)(?:\w+)|con nợ|nợ nần|vỡ nợ|xù nợ|quỵt|giật hụi|giựt hụi|nợ hụi|bùng (?:tiền|nợ)|chây ì|trốn nợ|khất nợ|(?:vay|mượn) (?:tiền|nợ|mượn|nóng|của)?[^.!?\n]{0,60}(?:không|chưa|chẳng|mà) (?:chịu )?(?:trả|hoàn trả)|"
    r"ôm (?:tiền|hụi|tiền hụi)[^.!?\n]{0,20}(?:bỏ trốn|bỏ đi|trốn)|thiếu nợ|thiếu tiền[^.!?\n]{0,30}(?:không|chưa) trả|mua chịu[^.!?\n]{0,40}(?:không|chưa) trả|còn thiếu [^.!?\n]{0,30}(?:triệu|đồng)|lừa tiền hụi|danh sách (?:con |người |hộ |các hộ |những người )?nợ"
)
NOT_DEBT = re.compile(
    r"(?<!\w)(?:(?:đòi|siết|xiết|thu|khủng bố|xóa|mua bán|giãn|báo|tin nhắn) nợ(?: thuê| kiểu| phạt)?|nợ xấu|nợ thuế|nợ xã hội|nợ phạt|nợ tiền phạt nguội)(?!\w)"
)
HANDLE = Words(
    r"chủ (?:thầu|xưởng|hiệu|doanh nghiệp)|vợ chồng|gia đình|chủ (?:quán|tiệm|cửa hàng|tạp hóa|tạp hoá|shop|nhà xe)|người (?:vợ|chồng|mẹ|bố) của"
)
SHOP_VICTIM = Words(
    r"chủ (?:quán|tiệm|cửa hàng|tạp hóa|tạp hoá|cơ sở|nhà trọ|shop)(?: \w+){1,4}?,? (?:đã )?bị (?:[^.!?]{0,40} )?(?:lừa|cướp|trộm|đánh|giết|đâm|khống chế)"
)
ABUSE_TRAIT = Words(
    r"(?:cháu|bé|em|nạn nhân|nữ sinh|chị|bà|cô gái|thiếu nữ|học sinh)\b[^.!?]{0,60}(?<!\d)\d{1,2} tuổi\b[^.!?]{0,40}\b(?:thôn|xã|buôn|xóm|tổ|ấp|bản|trường|lớp|khu|trú|ở|làng|khối)|(?:cháu|bé|nạn nhân|em|nữ sinh|con)\b[^.!?]{0,40}\b(?:lớp \d|trường (?:thcs|tiểu học|thpt|mầm non))[\w/]*|"
    r"(?:con|cháu|vợ|chồng|em) (?:gái |trai |ruột |riêng |út )?(?:của |nhà )?(?:(?:ông|bà|cô|chú|anh|chị|bác) (?:bán|chủ|thợ|chạy|làm|dạy|sửa|giữ) \w+|trưởng thôn|chủ quán|chủ tiệm|chủ cửa hàng|hiệu trưởng|bí thư)"
)
NOT_SUSPECT = re.compile(
    r"(?<!\w)(?:phòng,? ?(?:chống|ngừa)|chống|đấu tranh|ngăn chặn|tránh|tố giác|đẩy lùi|phát hiện|phá|bắt|truy bắt|tuyên truyền)(?: \w+){0,3}? (?:tội phạm|ma tuý|ma túy|trộm cắp|trộm|lừa đảo|cướp|tệ nạn|vi phạm|bạo lực|buôn lậu|đối tượng|vụ \w+)(?!\w)"
)
"""What officers and helpers do about crime: no word against the person who stands beside it."""
