"""Read what a question is about beside its topic: the aspect, the wish for a person, and where it falls in two."""

# ruff: noqa: E501 -- lists of words are easier to compare unbroken

import re

from binhyen.core.text import fold
from binhyen.language.kinds import ASPECTS, Aspect
from binhyen.language.word_patterns import WordPatterns

_ASPECT_WORDS: dict[Aspect, str] = {
    "fee": r"\ble phi\b|\bphi\b|\btien\b|\bgia\b (?:bao|the|nhiu|sao)|\bton\b|mien phi|mien (?:khong|giam|k\b)|duoc mien|het (?:nhieu|bao|may|nhiu|bn)"
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
    "legal_basis": r"\bluat\b|nghi dinh|thong tu|quy dinh|can cu|van ban|dieu (?:may|bao|nao|khoan)|quyet dinh so|co so phap|phap ly",
}
_ASPECT_PATTERNS = WordPatterns([_ASPECT_WORDS[aspect] for aspect in ASPECTS])

_PERSON = re.compile(
    r"\b(?:gap|noi chuyen|trao doi|lien he|chuyen may|noi may|ket noi|tu van)\b.{0,30}"
    r"\b(?:can bo|nguoi (?:that|phu trach|truc|that su)|dong chi|chi huy|truc tiep|cong an (?:khu vuc|vien|xa|phuong)|truong cong an|anh|chu|ai do)\b"
    r"|\b(?:muon|can|cho|xin|nho|duoc)\b.{0,15}\bgap (?:truc tiep|rieng|mat|ai|nguoi)\b"
    r"|\bgoi (?:lai )?cho (?:toi|em|minh|chau|tui|con|e)\b|\bnguoi that\b|\bkhong phai (?:may|robot|bot)\b"
)
_STATUS = re.compile(
    r"\b(?:ho so|the|can cuoc|cccd|ho chieu|passport|giay|bang|don)\b.{0,40}"
    r"\b(?:den dau|toi dau|xong chua|co chua|duoc chua|ra chua|ve chua|buoc nao|chua thay|chua co|chua nhan|chua duoc|sao chua|van chua)\b"
    r"|\b(?:tra cuu|tinh trang|kiem tra|theo doi)\b.{0,12}\bho so\b|\bdoi dai\b"
)
_BREAK = re.compile(
    r"(?<=[.?!;\n])\s+|\n+|\s*,\s+|(?:^|\s)\(?(?:[1-3]|m[ộo]t l[àa]|hai l[àa]|ba l[àa])(?:[/.)]|(?<=[àa]))\s"
    r"|\s+(?=(?:v[ớo]i|vs|v[àa]|c[òo]n|ngo[àa]i ra|ti[ệe]n th[ểe]|s[ẵa]n|nh[âa]n ti[ệe]n|lu[ôo]n ti[ệe]n|[àa] m[àa]|m[àa] c[ăa]n|r[ồo]i|xong|h[ỏo]i th[êe]m|[đd][ồo]ng th[ờo]i)\s)",
    re.IGNORECASE,
)
_WISH = re.compile(r"\b(?:muon|mun|xin|can|phai|nho|doi|lam|dang ky|dk|nhap|sua|hoi|cap|huy|xoa|sang ten)\b")
_MOST_PIECES = 6
_FEWEST_WORDS = 3


def aspects_of(folded: str) -> tuple[Aspect, ...]:
    """Aspects named in folded text, in the order of ASPECTS."""
    return tuple(ASPECTS[number] for number in _ASPECT_PATTERNS.occurring(folded))


def asks_for_person(folded: str) -> bool:
    """Say whether the writer wants to speak with somebody."""
    return bool(_PERSON.search(folded))


def asks_status(folded: str) -> bool:
    """Say whether the writer asks how far their own file is."""
    return bool(_STATUS.search(folded))


def asking_pieces(text: str) -> list[str]:
    """The pieces of a message that ask or wish, rather than tell what has happened."""
    pieces = pieces_of(text)
    return [piece for piece in pieces if _asks(piece)] if len(pieces) > 1 else []


def _asks(piece: str) -> bool:
    folded = fold(piece)
    return "?" in piece or bool(_WISH.search(folded)) or bool(aspects_of(folded))


def pieces_of(text: str) -> list[str]:
    """Cut the text where a second question may begin; pieces too short to stand alone join their neighbour."""
    pieces: list[str] = []
    for part in _BREAK.split(text):
        part = part.strip(" ,;")
        if not part:
            continue
        if pieces and (len(part.split()) < _FEWEST_WORDS or len(pieces[-1].split()) < _FEWEST_WORDS):
            pieces[-1] = f"{pieces[-1]} {part}"
        elif len(pieces) < _MOST_PIECES:
            pieces.append(part)
        else:
            pieces[-1] = f"{pieces[-1]} {part}"
    return pieces
