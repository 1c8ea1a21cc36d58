"""What a sentence may speak of: word lists whose presence the trained second look counts as marks."""

# ruff: noqa: E501 -- lists of words are easier to compare unbroken

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

MARKS = {
    "appeal": Words(
        r"(?:gọi|báo)(?: ngay)?(?: số)? (?:111|113|114|115)|hãy (?:gọi|báo)|người báo (?:được|không)|giữ kín tên"
    ),
    "office": Words(
        r"chủ tịch|phó chủ tịch|bí thư|trưởng công an|phó trưởng công an|trưởng thôn|đồng chí|(?:thiếu|trung|thượng|đại) (?:úy|uý|tá)|ubnd|ủy ban"
    ),
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
    "amount": Words(
        r"\d[\d.,]* ?(?:k|tr|triệu|nghìn|ngàn|đồng|đ|củ|chai|trăm|tỷ|phần trăm)|(?:một|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười|vài|mấy|nửa|mươi)(?: \w+)? (?:chục|trăm|nghìn|ngàn|triệu|củ|tỷ)|trăm rưỡi|một nửa|mỗi (?:nhà|hộ|người|nóc nhà|bé|em|tờ|suất|cơ sở) \d+|phần trăm"
    ),
    "treat": Words(
        r"chầu|tô (?:mì|phở)|ly (?:cà phê|nước)|bữa khuya|phong bì|bao thư|bì thư|hiện kim|tùy tâm|tùy hỷ|tùy lòng|có lòng|chút lòng|ít phí|phí (?:riêng|nhẹ|nhanh)|tiền (?:xăng|cà phê|nước|công|trà|cọc)|cọc|đặt (?:trước|cọc)|trả trước|đóng trước|nộp trước|nộp thế|hòm|thùng|chia đều|lo (?:cho|lót)|hậu tạ|biết điều|phải chăng|giá cả|báo giá|trọn gói|gói trọn|dịch vụ riêng|bao đậu|khỏi (?:thi|khám|đi|xếp|lên)|ưu tiên|làm (?:trước|nhanh|gấp)|không (?:phát|cần) biên lai|không có phiếu|mạnh thường quân|nhà hảo tâm"
    ),
    "hurry": Words(
        r"gấp|hạn chót|hạn cuối|kẻo|hết hạn|trong (?:hôm nay|ngày|đêm nay)|\d+ phút|bị khóa|sắp (?:khóa|hết|bị)|trước (?:ngày|chiều|tối|\d+)|chậm|quá hạn|lần cuối"
    ),
    "each": Words(
        r"mỗi (?:hộ|nhà|xóm|người|em|bé|nóc nhà|cơ sở|chủ|tiểu thương|gia đình|hồ sơ|nhân khẩu|doanh nghiệp|thôn)|các (?:hộ|cơ sở|doanh nghiệp|nhà hảo tâm|mạnh thường quân|chủ)|nhà nào|hộ nào|ai (?:chưa|cần|muốn|có|nhờ|bận|quên)"
    ),
    "private": Words(
        r"inbox|ib|riêng|hộp thư|messenger|vào nhóm|lên nhóm|trong nhóm|qua zalo|zalo (?:em|anh|số|trang|cán bộ)|bình luận|dưới bài|dưới đây|đính kèm|trang này|email|gmail|số máy|qua máy|máy (?:của )?(?:em|cán bộ|đồng chí)"
    ),
    "remote": Words(
        r"chia sẻ màn hình|điều khiển|từ xa|cho phép|cấp quyền|bỏ qua cảnh báo|báo nguy hiểm|tệp|file|apk|đường dẫn|đăng nhập ngân hàng|cài|bấm vào"
    ),
    "own phone": Words(
        r"(?:của )?(?:chính )?(?:mình|bà con|người dân|công dân) (?:tự )?(?:gõ|nhập|bấm|mở|chụp|tải|giữ)|tự (?:gõ|nhập|bấm|mở|tải|tìm|đặt|chụp)|đừng chia sẻ|không đưa|không cần nhờ"
    ),
    "trade": Words(
        r"(?:bán|chủ|thợ|tài xế|lái xe|chạy xe|thầy|cô giáo|giáo viên|giám đốc|kế toán|hiệu trưởng|hiệu phó|bác sĩ|y tá|bảo vệ|giúp việc|công nhân|đại lý|hớt tóc|cắt tóc|sửa xe|tiệm|quán|sạp|cửa hàng|trại|xưởng|lò|phòng khám|trưởng (?:thôn|buôn|bản|xóm)|phó thôn|bí thư|hội trưởng|thầy (?:bói|cúng|lang)|ca sĩ|xe ôm|làm nghề|nghề|công ty|hụi|dạy) \w+"
    ),
    "relation": Words(
        r"(?:con|cháu|vợ|chồng|mẹ|má|bố|ba|cha|em|chị|anh|dâu|rể)(?: gái| trai| dâu| rể| út| lớn| riêng| ruột| nội| ngoại| cả| chồng| kế| cũ)? (?:của |nhà )?(?:anh|chị|ông|bà|cô|chú|bác|thầy|cụ|chủ|thợ|giám đốc|trưởng|đồng chí)|con (?:dâu|rể|út)|cháu (?:nội|ngoại)|mẹ kế|cha dượng|dượng|cha chồng|ông ngoại|chồng cũ|người yêu cũ|hàng xóm|thầy giáo|con (?:gái|trai)"
    ),
    "near": Words(
        r"(?:đối diện|cạnh|sát|gần|đầu|cuối|trước|sau|ngay|ở|góc|bên) (?:chợ|xóm|cổng|cầu|ngõ|hẻm|bến|lò|trạm|chùa|nhà thờ|trường|ngã|dốc|thôn|buôn|bản|tổ|ủy ban|bưu điện|đường|gốc|kiệt|xã|khu|làng|nhà|cây xăng)|ngõ \w+|xóm \w+|dốc \w+|trọ ở|nhà ở|quê"
    ),
    "known": Words(
        r"duy nhất|ai cũng (?:biết|rõ|xót)|khỏi nói|cả (?:xóm|xã|buôn|làng|thôn)|biết mặt|xem mặt|nhớ mặt|quen mặt|chắc (?:bà con|ai)|xóm ai|tên (?:thật|ở nhà)|chính là|không ai khác|xác định là|hóa ra|tên là|có tên"
    ),
    "shun": Words(
        r"tránh xa|né|cạch mặt|coi chừng|đừng (?:bán|cho|mua|đến|tin|nuôi|chứa)|kẻo|ai gặp|ai thấy|nhắc (?:nhẹ|tên|lần)|hỏi thăm|xin nhắn|nhắn (?:thầy|cô|anh|chị|ông|bà)|gọi tên|réo|bảng|nêu gương xấu|tuyên dương ngược|treo ảnh|dán ảnh|chứa chấp|đòi hoài|đòi mấy lần|trả (?:đi|cho người ta)|hẹn (?:hoài|mai|lần|bảy)|lơ luôn|lờ|huề|chạy làng|biệt tăm|tắt máy|đóng cửa"
    ),
    "overdue": Words(
        r"(?:thiếu|chưa trả|chưa hoàn|chưa đóng|chưa nộp|chưa thanh toán|không trả|không hoàn|dây dưa|lần lữa|chây|khất|mượn|mua (?:bò |heo |phân |hàng )?chịu|bán chịu|ăn chịu|ghi sổ|giấy nợ|ôm|gom|giật|giữ quỹ|cầm)(?: \w+){0,4} (?:tiền|quỹ|phí|vốn|triệu|nghìn|ngàn|tỷ|lương|công|học phí|hụi|phường|cọc|gạo|vàng|phân|đất)|giật hụi|hụi bể|bể hụi"
    ),
    "cruel": Words(
        r"làm bậy|làm chuyện bậy|giở trò|đồi bại|gạ (?:tình|gẫm)|sàm sỡ|sờ(?: soạng| mó)?|vuốt ve|chửa|có bầu|có thai|mang bầu|sảy thai|đánh (?:gãy|thâm|bầm|sảy|ghen|vợ|con)|nhốt|xích|trói|bỏ đói|bắt quỳ|bán (?:làm vợ|sang|qua|vào)|bị bán|tiếp khách|mại dâm|thân mật|không mặc|quay lén|lột|chạm vào|cởi|dụ vào|lẻn vào|đánh (?:đập )?bằng|roi|phòng tạm lánh|hành hạ|bạo hành|động mại dâm|giải cứu|bị chồng|bị cha|bị bố|bị mẹ kế|bị dượng|bị thầy|bị (?:con|cháu)(?: \w+){0,3} đánh|cấm tiếp xúc|ép"
    ),
    "mischief": Words(
        r"trộm|lấy trộm|lấy cắp|bẻ khóa|mở khóa|ném|bắn|rải đinh|giật tóc|đánh|chế pháo|pháo nổ|bốc đầu|lạng lách|hút|thuốc lá điện tử|phá|đốt|nhuộm|quậy|cạy|giật|trấn lột|mang dao|cầm dao|đua|quay clip|nghiện|phạt|lập hồ sơ|lên làm việc|gọi (?:hỏi|cha|mẹ)|tạm giữ|choai choai|cá độ"
    ),
    "pupil": Words(
        r"lớp \w+|khối \d+|\d{1,2} ?[a-e]\d?|học sinh|nam sinh|nữ sinh|thằng (?:nhỏ|bé|nhóc|cu)|nhóc|cu \w+|(?:mười|1[0-7]|\d)(?: \w+)? tuổi|đứa \d+|sinh năm 20[01]\d|20[012]\d|14t|15t|13t|16t|17t|bé|cháu|sơ sinh|mầm non|tiểu học|thcs|thpt|cấp (?:hai|ba|2|3)"
    ),
    "caught": Words(
        r"(?:bị |đã )?(?:bắt|phát hiện|giữ|khởi tố|tạm giữ|triệu tập|đình chỉ|niêm phong|điều tra|xử phạt|lập biên bản|kiểm tra)|đầu thú|nhận tội|thừa nhận|khai nhận|lãnh án|củng cố hồ sơ|làm việc|dính (?:vào|líu)|thủ phạm|kẻ|trùm|chuyên|tố|chui|giả|lừa|mãn hạn tù|ra tù|xúc phạm|nói xấu"
    ),
    "hurt": Words(
        r"bị (?:\w+ ){0,5}(?:quẹt|tông|đâm|chém|cắn|cháy|cướp|lừa|gạ|đánh|hack|dụ|dọa|giật|trộm|thương|chết)|gãy|khâu|nhập viện|cấp cứu|nằm (?:viện|khoa|phòng|trạm)|chết đuối|tử vong|thiệt mạng|mất (?:trắng|sạch|\d)|bán (?:luôn|hết)|tin lời|mắc bẫy|chuyển sạch|nạn nhân|người chết|người bị hại"
    ),
    "inside": Words(
        r"đóng dấu|dấu đỏ|con dấu|bản sao|trích|phụ lục|công điện|điện (?:khẩn|mật)|mục tiêu|lộ trình|đổi (?:ca|gác)|giờ đổi|chốt kín|camera ẩn|kho súng|vũ khí|súng đạn|quân số|bí số|cơ sở|nguồn tin|người (?:đã )?báo (?:tin )?cho|tên thật|phục (?:kích|bám)|mai phục|ập vào|đột kích|rạng sáng mai|đêm nay|trinh sát|đặc tình|phương án bảo vệ|đoàn lãnh đạo|không chụp|cấm chụp|đọc xong|xem xong|xóa giúp|thu hồi|giữ kín|trong nhóm|tổ mật"
    ),
}
