"""Words that accuse the police of the place themselves, so that a report goes up although nobody ticked the box (G7).

The form asks; this only helps who did not read the question. It looks for accusing words close to the unit, so that few
reports go up for nothing. Nothing is lost either way: what goes up is read by the superior unit.
"""

import re

from binhyen.core.text import fold

_NOT_ASKED = "".join(
    f"(?<!{before} )" for before in ("xin", "nho", "nghi", "mong", "bao", "goi", "keu", "cam on", "moi", "trinh", "len")
)
_PERSON = (
    r"(?:(?:ong |anh |chu |dong chi )?(?:truong|pho truong|pho|chi huy|sep|can bo)|ong|anh|chu|bac|"
    r"may (?:anh|chu|ong|thang)|mot so can bo|nhung nguoi)"
)
_PLACE = r"(?:xa|phuong|thi tran|dac khu|thon|ap|buon|dia phuong|khu vuc|o day|cho toi|minh)"
_UNIT = rf"{_NOT_ASKED}(?:{_PERSON} )?(?:(?:tru so |don )?cong an {_PLACE}|cax|canh sat khu vuc|cskv|cong an vien)"
_NAMED = r"(?: ten [a-z]+(?: [a-z]+){0,2}?)?"
_LINKING = (
    r"(?: (?:nay|thi|da|dang|lai|con|cung|toan|hay|deu|co|luon|van|chuyen|dung ra|dung sau|tung|nhieu lan|thuong|"
    r"thuong xuyen|hang thang|goi y|con dam)){0,4}"
)
_WRONG = (
    r"(?:nhan (?:tien|hoi lo|lot tay|phong bi|cua dut)|an (?:hoi lo|chia|tien|chan)|bao ke|bao che|dung tung|tiep tay|"
    r"chong lung|do dau|(?:doi|voi|vat|xin|ep dua|lay|thu|an chan) (?:tien|lot tay|phong bi|hoi lo)|voi vinh|bat chet|"
    r"lam luat(?! hay| tot)|nhung nhieu|hach sach|thong dong|cau ket|moc noi|bat tay voi|"
    r"danh (?:dan|nguoi|dap|toi|em|chau|chong|vo|con|cha|bo|me|anh|chi)|hanh hung|"
    r"ep (?:cung|khai)|buc cung|dung nhuc hinh|"
    r"giam (?:nguoi|giu) trai|bat nguoi trai|lam ngo|chung chi|(?:bao tin|mach nuoc) cho (?:song|bon|chung|chu)|"
    r"(?:de lo|lam lo|tiet lo|noi lo|khai) (?:ten|danh tinh) (?:toi|em|nguoi (?:bao|to giac|gui))|"
    r"(?:buon|ban) (?:ma tuy|hang cam)|danh bac|ca do|cho vay nang lai)"
)
_BRIBES = (
    r"(?:(?:hoi lo|dut lot|lot tay|chung tien|chung chi)(?: tien)?(?: cho)?|(?:dua|chung|dut|nhet) phong bi cho|"
    r"(?:dut|chung) tien cho|(?:an chia|cau ket|thong dong|bat tay) voi|duoc su bao ke cua|tay trong la) "
)
_BOUGHT = r" (?:de|moi|thi moi)(?: duoc)? (?:tha|bo qua|cho qua|khong bi|khoi|em|yen)"
_RELATIVE = (
    r"(?:con trai|con gai|con re|con dau|em trai|em gai|em vo|em re|anh trai|anh re|anh vo|nguoi nha|ho hang|than nhan|"
    r"vo cua|chong cua|chau cua)(?: ruot)?(?: cua)? (?=(?:ong |anh |chu )?(?:truong|pho|can bo|cong an|canh sat|cskv))"
)
_COMPLAINS = re.compile(
    rf"\b{_UNIT}{_NAMED}{_LINKING} {_WRONG}\b"
    rf"|\b{_BRIBES}{_UNIT}\b"
    rf"|\bdua (?:tien|\d+ ?(?:trieu|tr|nghin|k)) cho {_UNIT}{_BOUGHT}\b"
    rf"|\bbi {_UNIT}{_NAMED} (?:danh|ep)\b(?! gia)"
    rf"|\b(?:tai|o|trong) (?:tru so )?(?:cong an|don cong an) {_PLACE} (?:toi|em|chau|chong|con|anh) (?:toi |em )?"
    r"bi (?:danh|ep|hanh hung)\b"
    rf"|\b{_RELATIVE}{_UNIT}\b"
)
_PRETENDS = re.compile(r"\b(?:gia (?:danh|lam|mao)|mao danh|(?:tu )?xung|tu nhan|lua dao|nhan la|noi la|bao la)\b")
_FROM_AFAR = re.compile(r"\b(?:nhan danh|goi dien|so la|nhan tin|ket ban)\b")
_ASKS_ABOUT_FEES = re.compile(r"\b(?:thu|lay) tien\b.{0,60}\b(?:khong|ko|bao nhieu)(?: a| vay| the)?$")
_SHORT = re.compile(r"(?i)\bca(?= (?:xã|phường|thị trấn|đặc khu|xa|phuong|thi tran|dac khu)\b)")
"""Before marks go: "cả xã" is everybody."""
_NEAR = 50
"""Characters before the accusation where a call from afar makes it a fraud by somebody else."""


def complains_about_unit(text: str) -> bool:
    """Whether the words accuse the police of the place themselves: "công an xã nhận tiền", "được công an xã bao che".

    Asking them to act against somebody is no complaint, nor is a fraud by people who pretend to be police.
    """
    folded = fold(_SHORT.sub("công an", text))
    if _PRETENDS.search(folded) or _ASKS_ABOUT_FEES.search(folded):
        return False
    found = _COMPLAINS.search(folded)
    return found is not None and not _FROM_AFAR.search(folded[max(0, found.start() - _NEAR) : found.end()])
