"""Read what a question is about beside its topic: the aspect, the wish for a person, and where it falls in two."""

# ruff: noqa: E501 -- lists of words are easier to compare unbroken

import re

from binhyen.language.kinds import ASPECTS, Aspect

_ASPECT_WORDS: dict[Aspect, str] = {
    "fee": r"\ble phi\b|\bphi\b|(?<!dong )\btien\b|\bgia (?:bao|the)|\bton\b|mien phi|bao nhieu (?:k|tien|dong)|het nhieu|nhieu tien",
    "documents": r"giay to|ho so|can (?:gi|nhung gi|mang|chuan bi|nop|co gi)|mang (?:theo|gi|nhung)|dem (?:gi|theo|nhung)"
    r"|thieu (?:giay|ho)|chuan bi|ban (?:sao|goc|chinh)|photo|cong chung|nhung gi",
    "time": r"bao lau|may (?:ngay|bua|hom|tuan|tieng|gio|thang)|khi nao|bao gio|chung nao|mat bao|lau (?:khong|k)\b|nhanh|ngay nao|lay lien",
    "place": r"o dau|noi nao|cho nao|cho mo|o mo\b|di dau|dau (?:a|vay|nhi|the)?$|den dau|nop (?:o|dau|cho)|xa (?:hay|nao|khac)|len (?:tinh|huyen|phuong|xa)|tai dau",
    "form": r"\bmau\b|to khai|bieu mau|\bdon\b (?:o|nao|gi|mau)|\bct ?0\d|\bdc ?0\d|\bna ?17|tai (?:mau|don|to)|dien (?:gi|vao|mau)|viet (?:don|gi|the nao)",
    "online": r"online|truc tuyen|qua mang|tren mang|vneid|dich vu cong|tai nha|qua app|o nha|internet|cong (?:dvc|quoc gia)",
    "who": r"\bai\b|doi tuong|co duoc (?:khong|lam)|du dieu kien|bao nhieu tuoi|may tuoi|tre em|nguoi gia|co phai|co can|bat buoc",
    "steps": r"the nao|nhu nao|lam sao|cach (?:nao|lam)|thu tuc|quy trinh|cac buoc|trinh tu|ra sao|kieu gi|lam rang|\brang\b",
    "result": r"nhan (?:ket qua|o dau|the|bang)|ket qua|lay (?:the|o dau|ket)|gui ve|buu dien|co (?:the|giay) chua",
    "deadline": r"het han|thoi han|han (?:den|bao|may|chot)|truoc (?:may|bao|ngay)|tre (?:han|may)|qua han|bi phat|\bmuon\b.*(?:phat|sao)|cham",
    "proxy": r"uy quyen|lam (?:ho|giup|thay|dum)|di (?:thay|ho|giup|dum)|nho (?:nguoi|con|vo|chong|ai)|nguoi (?:khac|nha)|thay (?:toi|em|cho)|khai (?:thay|ho)|nop (?:thay|ho|giup|dum)",
    "status": r"ho so .*(?:den dau|toi dau|xong|chua|buoc nao)|da (?:nop|lam).*chua|bao gio (?:co|xong)|xong chua|co ket qua chua",
}
_ASPECTS = {aspect: re.compile(_ASPECT_WORDS[aspect]) for aspect in ASPECTS}

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
    r"(?<=[.?!;\n])\s+|\n+"
    r"|[,;]?\s+(?=(?:v[ớo]i l[ạa]i|ngo[àa]i ra|ti[ệe]n th[ểe]|s[ẵa]n ti[ệe]n|nh[âa]n ti[ệe]n|lu[ôo]n ti[ệe]n|s[ẵa]n (?:cho|h[ỏo]i|[đd][âa]y)"
    r"|[àa] m[àa]|r[ồo]i (?:c[òo]n|cho)|c[òo]n (?:c[áa]i|vi[ệe]c|chuy[ệe]n|v[ợo]|ch[ồo]ng|con|b[ốo]|m[ẹe]|m[ộo]t|n[ữu]a|mu[ốo]n|l[àa]m|v[ềe])"
    r"|h[ỏo]i th[êe]m|cho h[ỏo]i th[êe]m|[đd][ồo]ng th[ờo]i|m[ộo]t vi[ệe]c n[ữu]a|th[êe]m n[ữu]a|v[àa]\s)\b)"
    r"|,\s+(?=c[òo]n\b)",
    re.IGNORECASE,
)
_MOST_PIECES = 5
_FEWEST_WORDS = 4


def aspects_of(folded: str) -> tuple[Aspect, ...]:
    """Aspects named in folded text, in the order of ASPECTS."""
    return tuple(aspect for aspect, pattern in _ASPECTS.items() if pattern.search(folded))


def asks_for_person(folded: str) -> bool:
    """Say whether the writer wants to speak with somebody."""
    return bool(_PERSON.search(folded))


def asks_status(folded: str) -> bool:
    """Say whether the writer asks how far their own file is."""
    return bool(_STATUS.search(folded))


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
