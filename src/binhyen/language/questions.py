"""Read what a question is about beside its topic: the aspect, the wish for a person, and where it falls in two."""

# ruff: noqa: E501 -- lists of words are easier to compare unbroken

import re

from binhyen.core.text import fold, without_marks
from binhyen.language.kinds import ASPECTS, Aspect
from binhyen.language.word_patterns import WordPatterns

_ASPECT_WORDS: dict[Aspect, str] = {
    "fee": r"\ble phi\b|\bphi\b|(?<!\bdau )(?<!\buu )(?<!\btruoc )\btien\b|\bgia\b (?:bao|the|nhiu|sao)|\bton\b|mien phi|mien (?:khong|giam|k\b)|duoc mien|het (?:nhieu|bao|may|nhiu|bn)"
    r"|\bdong (?:bao|may|nhieu)|bao nhieu (?:k|tien|dong|mot)|\bmac (?:khong|hong)|may (?:dong|chuc|tram|nghin|ngan|xu)|chuyen khoan|bien lai|ve 0 dong|free",
    "documents": r"giay to|giay (?:gi|chi|nao|khai sinh)|ho so|can (?:gi|nhung|mang|chuan bi|nop|co gi|photo|chi|them|cong chung|dem)|mang (?:theo|gi|nhung|ban|chi|cai)"
    r"|(?:dem|cam) (?:gi|theo|nhung|chi|ban|cai|giay)|thieu|chuan bi|ban (?:sao|goc|chinh|photo)|photo|cong chung|chung thuc|\banh (?:the|may|3|4)|may tam|nhung gi|anh 3",
    "time": r"bao lau|may (?:ngay|bua|hom|tuan|tieng|gio|thang)\b|khi nao|bao gio|chung nao|mat bao|lau (?:khong|k\b|ko|hong|qua|the)|co lau|nhanh|ngay nao|lay lien"
    r"|xong (?:trong|lien|ngay|khong|trc|truoc)|thi xong|lay (?:duoc )?(?:trong|luon|ngay)|kip|bao ngay|bn ngay|bao nhieu ngay|mai co|(?:trong|may) ngay|bao nhieu lau|hen (?:ngay|may)",
    "place": r"o dau|noi nao|cho nao|cho mo|o mo\b|di dau|\bdau (?:a|vay|nhi|the|v|ha|da)?$|den dau|toi dau|nop (?:o|dau|cho)|xa (?:hay|nao|khac|cu|moi)|len (?:tinh|huyen|phuong|xa|dau|mo)|tai dau"
    r"|o (?:xa|phuong|tinh|huyen|tren xa)\b|bo phan nao|phong nao|cua (?:so )?may|dia chi|ve que|khac tinh|mo (?:rua|hen|ri|hè|he)?$|\bchi mo\b|quay (?:nao|so)|co phai ve",
    "form": r"\bmau\b|to khai|bieu mau|\bdon\b|\bct ?0\d|\bdc ?0\d|\bna ?17|tai (?:mau|don|to|file)|dien (?:gi|vao|mau|the|o|sao|muc|cho)|viet (?:don|gi|the|tay|sao)|ghi (?:gi|sao|the)|\bform\b|file|in (?:ra|san)|ky ten",
    "online": r"online|\bonl\b|truc tuyen|qua (?:mang|app|buu dien|zalo|dien thoai)|tren (?:mang|app|dien thoai)|vneid|dich vu cong|tai nha|o nha|internet|cong (?:dvc|quoc gia)|buu dien|gui (?:qua|ve|buu)|bam (?:o|vao|cho)"
    r"|len (?:mang|app)|\bapp\b|\bweb\b|\blink\b|\bdvc\b|truc tiep",
    "who": r"\bai\b|doi tuong|du (?:dieu kien|tuoi)|bao nhieu tuoi|may tuoi|tre em|nguoi gia|co phai|co can|bat buoc|co duoc lam",
    "steps": r"the nao|nhu nao|\bntn\b|lam sao|\bsao (?:nua|day|vay|ha|a|nhi|ta)|cach (?:nao|lam)|thu tuc|quy trinh|cac buoc|buoc (?:nao|dau|tiep|may|mot|1)|trinh tu|ra sao|kieu gi|(?:lam|mang|man) rang|\brang\b|truoc tien|roi sao|tiep theo|xong roi|lam gi (?:truoc|tiep|nua)|dau tien|huong dan",
    "result": r"nhan (?:ket qua|o dau|the|bang)|ket qua|lay (?:the|o dau|ket)|gui ve|co (?:the|giay) chua",
    "deadline": r"het han|thoi han|\bhan (?:den|bao|may|chot)|truoc (?:may|bao|ngay)|tre (?:han|may)|qua han|bi phat|cham|xai (?:duoc )?(?:bao|may)|gia tri (?:bao|may|den)",
    "proxy": r"uy quyen|(?:lam|di|nop|khai|nhan|lay|ky|dung) (?:ho|giup|thay|dum|gium|hộ)\b|nho (?:nguoi|con|vo|chong|ai|em|ban|me|ba|bo)|nguoi (?:khac|nha)|thay (?:toi|em|cho|minh|me|ba|bo|duoc|tui|ong|chau)"
    r"|co can (?:toi|minh|em|dich|chinh chu|nguoi)|dich than|khong di duoc|vang mat|(?:vo|chong|con|me|bo|ba|em|anh|chi) (?:toi |em |minh |tui |chau )?(?:di|nop|lam|lay|ky) (?:duoc|thay|ho|gium|dc|giup)",
    "status": r"ho so .*(?:den dau|toi dau|xong|chua|buoc nao)|da (?:nop|lam).*chua|bao gio (?:co|xong)|xong chua|co ket qua chua",
    "hours": r"gio (?:lam|mo|nao|hanh|giac|nghi)|may gio|(?:thu|t) ?(?:bay|7|hai|2|sau|6)\b|chu nhat|\bcn\b|cuoi tuan|buoi (?:chieu|sang|trua|toi|nao)|nghi (?:trua|le|tet)|lam viec|mo cua|dong cua|lich (?:lam|tiep)|ngoai gio|sang (?:mai|thu|nay)|chieu (?:nay|mai|thu)|toi (?:thu|nay)|\btrua\b",
    "legal_basis": r"\bluat\b|nghi dinh|thong tu|quy dinh|\bcan cu\b|van ban|dieu (?:may|bao|nao|khoan)|quyet dinh so|co so phap|phap ly",
}
_ASPECT_PATTERNS = WordPatterns([_ASPECT_WORDS[aspect] for aspect in ASPECTS])

_PERSON = (
    r"\b(?:gap|noi chuyen|trao doi|lien he|chuyen may|noi may|ket noi|tu van)\b.{0,30}"
    r"\b(?:can bo|nguoi (?:that|phu trach|truc|that su)|dong chi|chi huy|truc tiep|cong an (?:khu vuc|vien|xa|phuong)|truong cong an|anh|chu|ai do)\b"
    r"|\b(?:muon|can|cho|xin|nho|duoc)\b.{0,15}\bgap (?:truc tiep|rieng|mat|ai|nguoi)\b"
    r"|\bgoi (?:lai )?cho (?:toi|em|minh|chau|tui|con|e)\b|\bnguoi that\b|\bkhong phai (?:may|robot|bot)\b"
)
_STATUS = (
    r"\b(?:ho so|the|can cuoc|cccd|ho chieu|passport|giay|bang|don)\b.{0,40}"
    r"\b(?:den dau|toi dau|xong chua|co chua|duoc chua|ra chua|ve chua|buoc nao|chua thay|chua co|chua nhan|chua duoc|sao chua|van chua)\b"
    r"|\b(?:ngay|tuan|thang(?! tuoi)|lau|hoai|lan)\b.{0,20}\b(?:chua|van khong) (?:co|nhan|thay|duoc|ra|xong|lay)\b"
    r"|\b(?:tra cuu|tinh trang|kiem tra|theo doi)\b.{0,12}\bho so\b|\bdoi dai\b"
)
_BEYOND = WordPatterns([_PERSON, _STATUS])
_LEAVE = re.compile(
    r"\b(?:cam on|tks|thanks?|thank you|tam biet|bye|hen gap lai|biet on|(?:da |toi |em |con |e |chau |bac |tui )?(?:hieu|biet|nho) (?:roi|ra))\b"
    r"|^(?:da |vang |uh? |u |ok\w* |oke\w* |duoc |roi |thoi )*(?:da|vang|uh?|u|ok|oke|okie|oki|duoc|roi|vay thoi|the thoi)(?: a| nha| nhe| nghe| roi| chu| anh| ad| em| con)*\W*$"
)
_MATTER = re.compile(
    r"\b(?:can cuoc|cccd|ho chieu|passport|bang lai|gplx|giay phep lai xe|tam tru|thuong tru|ho khau|tam vang|luu tru|vneid|dinh danh|ly lich|cavet|ca vet|bien so|sang ten|phao|con dau|tach ho)\b"
)
_JOINTS = "với|vs|và|còn|ngoài ra|tiện thể|sẵn|nhân tiện|luôn tiện|à mà|mà căn|rồi|xong|hỏi thêm|đồng thời"
_CHILD = r"con(?= (?:\d|trai|gai|toi|em|tui|chau|minh|nho|be|ut|dau|re|ruot|nuoi|cua|dau|em)\b)"
_BARE_JOINTS = rf"(?!{_CHILD})(?:{without_marks(_JOINTS)})"
"""Joints as people write them who leave the marks out; "con trai" is a child there and no "còn"."""


def _break_before(joints: str) -> re.Pattern[str]:
    return re.compile(
        r"(?<=[.?!;\n])\s+|\n+|\s*,\s+|(?:^|\s)\(?(?:[1-3]|m[ộo]t l[àa]|hai l[àa]|ba l[àa])(?:[/.)]|(?<=[àa]))\s"
        rf"|\s+(?=(?:{joints})\s)",
        re.IGNORECASE,
    )


_BREAK_WITH_MARKS = _break_before(_JOINTS)
_BREAK = _break_before(f"{_JOINTS}|{_BARE_JOINTS}")
_LEANS_ON_WHAT_FOLLOWS = frozenset(
    {"cho", "của", "với", "và", "để", "là", "ở", "từ", "về", "theo", "trên", "trong", "khi", "nếu", "thì", "mà", "hay",
     "hoặc", "do", "vì", "hai", "các", "những", "một", "làm", "đứa", "cả", "như", "cua", "voi", "va", "de", "neu",
     "hoac", "cac", "nhung", "mot", "lam", "nhu"}
)  # fmt: skip
"""No question ends with one of these, so that none begins after it ("làm căn cước cho | con")."""
_TOLD = re.compile(
    r"^moi\b|\b(?:da|vua|bi|tung|hom (?:qua|kia|truoc)|(?:thang|nam|tuan) (?:truoc|ngoai|roi)|tu (?:nam|ngay|thang))\b"
)
_WISH = re.compile(r"\b(?:muon|mun|xin|can|nho|hoi)\b")
_ACT = re.compile(r"\b(?:phai|doi|lam|dang ky|dk|nhap|sua|cap|huy|xoa|sang ten)\b")
_MOST_PIECES = 6
_FEWEST_WORDS = 3


def aspects_of(folded: str) -> tuple[Aspect, ...]:
    """Aspects named in folded text, in the order of ASPECTS."""
    return tuple(ASPECTS[number] for number in _ASPECT_PATTERNS.occurring(folded))


def asks_beyond(folded: str) -> tuple[bool, bool]:
    """Say whether the writer wants to speak with somebody, and whether they ask how far their own file is."""
    found = _BEYOND.occurring(folded)
    return 0 in found, 1 in found


def takes_leave(folded: str) -> bool:
    """Say whether a greeting thanks, agrees or says good-bye, rather than opens a talk."""
    return bool(_LEAVE.search(folded))


def names_matter(folded: str) -> bool:
    """Say whether the text names the thing a procedure is about, so that it need not be guessed from what went before."""
    return bool(_MATTER.search(folded))


def asking_pieces(text: str, has_marks: bool) -> list[str]:
    """The pieces of a message that ask or wish, rather than tell what has happened; none when it is in one piece."""
    pieces = pieces_of(text, has_marks)
    return [piece for piece in pieces if _asks(piece)] if len(pieces) > 1 else []


def _asks(piece: str) -> bool:
    folded = fold(piece)
    if "?" in piece or aspects_of(folded) or _WISH.search(folded):
        return True
    return _ACT.search(folded) is not None and not _TOLD.search(folded)


def pieces_of(text: str, has_marks: bool) -> list[str]:
    """Cut the text where a second question may begin; pieces that cannot stand alone join their neighbour.

    Who writes with marks means "con" (child) and not "còn" (and).
    """
    pieces: list[str] = []
    for part in (_BREAK_WITH_MARKS if has_marks else _BREAK).split(text):
        part = part.strip(" ,;")
        if not part:
            continue
        if pieces and (_is_unfinished(pieces[-1]) or len(part.split()) < _FEWEST_WORDS):
            pieces[-1] = f"{pieces[-1]} {part}"
        elif len(pieces) < _MOST_PIECES:
            pieces.append(part)
        else:
            pieces[-1] = f"{pieces[-1]} {part}"
    return pieces


def _is_unfinished(piece: str) -> bool:
    words = piece.split()
    return len(words) < _FEWEST_WORDS or words[-1].lower() in _LEANS_ON_WHAT_FOLLOWS
