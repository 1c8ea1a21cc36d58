"""Sentences the machine says to residents in a chat: plain Vietnamese, never a promise it cannot keep.

They speak Vietnamese in every channel, so they stand here and not in a catalogue of translations.
`{ai}` is the unit's form of address, `{Ai}` the same at the start of a sentence, `{cq}` the unit's short name.
"""

from binhyen.channels.connector import Button, ButtonKind
from binhyen.workflows.decision import PlannedReply, UnitFacts, phone

PERSON = "#gap-can-bo"
OTHER = "#khac"
MENU = "#menu"
PROCEDURES = "#thu-tuc"
REPORT = "#bao-tin"
ERASE = "#xoa-het"
KEEP = "#khong-xoa"
NUMBERS = "#so-dien-thoai"

NOT_AN_EMERGENCY_LINE = (
    "Nguy hiểm hãy gọi 113. Cháy gọi 114, cấp cứu 115, trẻ em 111. Tin nhắn không phải đường dây khẩn cấp."
)

DANGER_CARD = (
    "Nếu đang nguy hiểm, {ai} GỌI NGAY:\n113 Công an · 114 Cháy, cứu nạn\n115 Cấp cứu · 111 Bảo vệ trẻ em\n"
    "Trực ban {cq}: {duty}\n"
    "Hãy đến chỗ an toàn trước. Tin nhắn không phải đường dây khẩn cấp, cán bộ có thể chưa đọc ngay."
)
WELCOME = (
    NOT_AN_EMERGENCY_LINE + "\n\nChào {ai}, đây là trang của {name}. {Ai} cần gì hôm nay? Viết câu hỏi hoặc bấm chọn."
)
LEAVE = "Dạ, không có gì. Cần thêm việc gì, {ai} cứ nhắn. Nguy hiểm thì gọi 113, cháy gọi 114, cấp cứu 115, trẻ em 111."
PRIVATE_HINT = (
    "Đã nhận. Việc này nên gửi kín: chỉ cán bộ của {cq} đọc được tin nhắn này, không cần cho biết tên. "
    "{Ai} đừng kể ở nhóm chung hay phần bình luận. Cần người đến ngay, hãy gọi 113 hoặc trực ban {duty}."
)
SEALED_HINT = (
    "Đã nhận. {cq} đã cất kín lời {ai} vừa viết, không để trong hộp thư chung: chỉ người được giao việc đọc được, "
    "không cần cho biết tên. Trên điện thoại của {ai} vẫn còn, nên xóa đi. Mở mục dưới đây để lấy mã xem trả lời, "
    "viết thêm, hoặc lấy lại nếu gửi nhầm. Cần người đến ngay, hãy gọi 113 hoặc trực ban {duty}."
)
SEALED_ASKED = (
    "Lời này cũng đã cất kín. Trả lời nằm ở mã tra cứu: lấy mã ở mục vừa gửi, rồi xem tại {portal}/x/. "
    "Cần nói chuyện ngay thì gọi trực ban {duty}."
)
NEWS_AND_CODE = (
    "Có điều mới cho {ai}, xem được bằng mã tra cứu mà {ai} chưa lấy. Không muốn nhận tin này nữa, {ai} viết: dừng."
)
CODE_LINK = " Bấm vào đây để lấy mã (mở được một lần, trong 24 giờ): {address}"
PRIVATE_LINK = " Bấm vào đây để gửi kín (mở được một lần, trong 24 giờ): {address}"
ROUTE_CUT = "Đã hủy đường nhắn lại về tin đã báo. Mã tra cứu vẫn xem được trả lời."
NO_ROUTE = (
    "Đã rõ. Ở đây không có tin báo nào của {ai} cần nhắn lại. Cảnh báo chung của {cq} vẫn có thể tới trong 2 ngày "
    "sau khi {ai} nhắn. Muốn xóa hết tin nhắn ở đây, {ai} viết: xóa dữ liệu"
)
LOST_FOUND = (
    "Đã nhận tin của {ai}, cán bộ sẽ xem và trả lời. Nếu là trẻ em, người già đi lạc hoặc việc gấp, "
    "gọi ngay 113 hoặc trực ban {duty}."
)
LOST_PERSON = (
    "{Ai} GỌI NGAY 113 hoặc trực ban {duty}: người đi lạc phải tìm ngay, không phải chờ đủ 24 giờ. "
    "Trang này đã báo cán bộ trực. {Ai} viết thêm: mấy tuổi, mặc gì, thấy lần cuối ở đâu, lúc nào; có ảnh thì gửi."
)
FOUND_PERSON = (
    "{Ai} GỌI NGAY 113 hoặc trực ban {duty}, trẻ em gọi thêm 111, và ở lại với người đó đến khi có cán bộ. "
    "Trang này đã báo cán bộ trực. {Ai} viết thêm: đang ở đâu, chừng mấy tuổi, mặc gì. Đừng đăng ảnh lên nơi khác."
)
FEEDBACK = "Cảm ơn {ai} đã góp ý. Lãnh đạo {cq} sẽ đọc. Góp ý về cán bộ không làm chậm việc của {ai}."
TO_OFFICER = "Đã chuyển câu hỏi đến cán bộ. Cán bộ trả lời trong giờ làm việc. Việc gấp gọi trực ban {duty}."
OFFER = "{Ai} hỏi về việc nào dưới đây? Bấm chọn, hoặc bấm “Gặp cán bộ”."
GONE_PAPER = "{paper}: {why}. Nay dùng {now}."
ASK_AGAIN = "{Ai} viết rõ hơn giúp việc cần hỏi, ví dụ: “đăng ký tạm trú cần giấy gì”. Hoặc bấm “Gặp cán bộ”."
DENOUNCED_HERE = (
    "Tố cáo cán bộ của {cq} thì gửi lên cấp trên. {Ai} đừng viết tên, sự việc ở đây. "
    "Nơi gửi và số điện thoại: {portal}/g/rieng/"
)
FURTHER = "Chưa đúng điều {ai} cần thì bấm “Gặp cán bộ”."
CHANNELS = (
    "Các kênh và nhóm Zalo chính thức của {cq}, kèm đường vào: {portal}/kenh-that/ "
    "Còn ngờ thì gọi trực ban {duty} để hỏi lại."
)
FALSE_POLICE = (
    "Coi chừng lừa đảo: công an không xin mã OTP, không bảo cài ứng dụng, không nhận tiền qua điện thoại, tin nhắn. "
    "{Ai} đừng làm theo, tắt máy, gọi trực ban {duty} hỏi lại. Lỡ chuyển tiền thì gọi ngay ngân hàng và 113."
)
REFERRAL = "Việc này không do công an giải quyết. Nơi giải quyết: {go_to}.{doubt}"
REFERRAL_DOUBT = " Thông tin này để tham khảo, {ai} hỏi lại nơi đó trước khi đi."
ASK_PROCEDURE = (
    "{Ai} viết tên thủ tục cần hỏi, ví dụ: “làm căn cước cho con 15 tuổi”, “đăng ký tạm trú”. "
    "Danh sách thủ tục: {portal}/thu-tuc/"
)
ASK_REPORT = (
    "{Ai} viết việc mình thấy: việc gì, ở đâu, lúc nào. Không cần cho biết tên. Chỉ cán bộ của {cq} đọc được. "
    "Đang nguy hiểm thì gọi 113 trước."
)
MY_DATA = (
    "{Ai} có quyền xem, sao chép, sửa, rút lại và xóa dữ liệu của mình. Có mã tra cứu: {portal}/rieng-tu/cua-toi/ "
    "làm được ngay. Với tin nhắn ở đây, cán bộ của {cq} đã nhận yêu cầu và trả lời trong 2 ngày làm việc; "
    "{ai} viết rõ muốn xem hay sửa. Muốn xóa hết ngay thì bấm “Xóa hết”."
)
ERASE_ASK = (
    "Xóa hết là xóa mọi tin nhắn, ảnh và câu trả lời của {ai} ở đây, không lấy lại được. "
    "Tin đã cất kín mà chưa lấy mã cũng xóa, trừ khi cán bộ đang xử lý. "
    "{Ai} bấm “Xóa hết”, hoặc viết: xóa hết dữ liệu của tôi"
)
ERASED = (
    "Đã xóa hết. {cq} không còn giữ tin nhắn nào của {ai}; dòng này cũng tự xóa. "
    "Điện thoại và Zalo vẫn giữ bản của mình. "
    "Tin đã gửi bằng mã thì xóa bằng mã: {portal}/rieng-tu/cua-toi/"
)
NOT_ERASED = "Chưa xóa gì. Cần xem, sửa hay rút lại thì {ai} viết: dữ liệu của tôi"
ERASED_BY_OFFICER = (
    "Chưa xóa ngay được, có thể vì pháp luật buộc giữ. "
    "Cán bộ của {cq} đã nhận yêu cầu và trả lời trong 2 ngày làm việc."
)
MEDIA_RECEIVED = "Đã nhận {what} của {ai}, cán bộ sẽ xem. {Ai} viết thêm vài chữ cho biết cần việc gì."
CODE_TAKEN = "Đã nhận mã. Nếu mã còn hạn, cuộc trò chuyện này sẽ nhận lời nhắc trực ban, không kèm nội dung."
NEEDS_PERSON = "Trường hợp của {ai} cần cán bộ xem ({why}). Cán bộ sẽ trả lời thêm."
NOT_SAID = "Điều này cán bộ sẽ trả lời {ai}, vì tùy từng trường hợp."
BY_PROXY = "Việc nhờ người khác làm thay, cán bộ sẽ trả lời {ai}, vì tùy từng trường hợp."


def with_private_link(hint: PlannedReply, address: str, *, is_sealed: bool = False) -> PlannedReply:
    """The hint with its link: a button where Zalo takes one, else the address itself.

    `is_sealed`: the link does not lead to a form but to the code of what is sealed already.
    """
    title, words = ("Lấy mã", CODE_LINK) if is_sealed else ("Gửi kín", PRIVATE_LINK)
    if address.startswith("https://"):
        return PlannedReply(hint.text, (Button(title, ButtonKind.OPEN, address), *hint.buttons))
    return PlannedReply(hint.text + words.format(address=address), hint.buttons)


def said(template: str, unit: UnitFacts, **facts: str) -> str:
    """The sentence with the unit's own words in place."""
    return template.format(**unit.spoken, **facts)


def say(title: str, value: str) -> Button:
    """A button that sends `value` as the person's words."""
    return Button(title, ButtonKind.SAY, value)


ERASE_BUTTON = say("Xóa hết", ERASE)
KEEP_BUTTON = say("Không xóa", KEEP)
PERSON_BUTTON = say("Gặp cán bộ", PERSON)
OTHER_BUTTON = say("Khác", OTHER)
MENU_BUTTONS = (
    say("Hỏi thủ tục", PROCEDURES),
    say("Báo tin", REPORT),
    say("Số điện thoại cần", NUMBERS),
    PERSON_BUTTON,
)


def emergency_buttons(unit: UnitFacts) -> tuple[Button, ...]:
    """Numbers to dial, police first."""
    numbers = [("Gọi 113", "113"), ("Gọi 114", "114"), ("Gọi 115", "115")]
    numbers += [("Gọi trực ban", unit.duty_phone)] if unit.duty_phone else []
    return tuple(Button(title, ButtonKind.CALL, number) for title, number in numbers)


def numbers_text(unit: UnitFacts, places: tuple[str, ...] = ()) -> str:
    """Duty number, the officers of the areas named, office hours and address."""
    lines = [f"Trực ban 24/24 {unit.name}: {phone(unit.duty_phone)}"] if unit.duty_phone else []
    named = [area for area in unit.areas if area.name in places and area.phone]
    lines += [f"{area.name}: {area.title}, {phone(area.phone)}" for area in named]
    if not named:
        lines += [f"{title}: {phone(number)}" for title, number in unit.numbers[:4]]
        lines += [f"Cán bộ phụ trách từng thôn, tổ: {unit.portal_address}/so-dien-thoai/"] if unit.areas else []
    lines += [f"Giờ làm việc: {unit.office_hours}"] if unit.office_hours else []
    lines += [f"Địa chỉ: {unit.street_address}"] if unit.street_address else []
    return "\n".join(lines)
