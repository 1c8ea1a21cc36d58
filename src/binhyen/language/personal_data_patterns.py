"""The patterns of personal data in free text; bounded, so that no text makes them slow (G54)."""

# ruff: noqa: E501 -- lists of words are easier to compare unbroken

import re

UPPER = "A-ZÀÁẢÃẠĂẰẮẲẴẶÂẦẤẨẪẬĐÈÉẺẼẸÊỀẾỂỄỆÌÍỈĨỊÒÓỎÕỌÔỒỐỔỖỘƠỜỚỞỠỢÙÚỦŨỤƯỪỨỬỮỰỲÝỶỸỴ"
CAPITAL = rf"[{UPPER}][’']?[^\W\d_]{{0,12}}"
SURNAMES = (
    "nguyen|tran|le|pham|hoang|huynh|phan|vu|vo|dang|bui|do|ho|ngo|duong|ly|dinh|truong|doan|luong|trinh|dao|mai|cao|"
    "ha|luu|trieu|thai|to|chau|quach|ta|kieu|la|lam|vuong|tong|nong|giang|lo|lu|ma|than|cu|giap|nie|kpa|rcom|siu|ksor|"
    "vang|thao|sung|hau|ka|danh|thach|son|kim|h|y|a"
)
PLAIN_SURNAMES = (
    "nguyen|tran|le|pham|hoang|huynh|phan|vu|vo|dang|bui|do|ho|ngo|duong|ly|dinh|truong|doan|luong|trinh|dao|mai|"
    "trieu|thai|chau|quach|kieu|lam|vuong|tong|nong|lo|giap|thao|danh|thach"
)
MIDDLES = "van|thi|duc|minh|huu|ngoc|thanh|quoc|xuan|dinh|cong|manh|trong|quang|anh|hong|kim|thu|bich|tuan|the|viet|hoang|gia|bao|nhu|my|tien|phuoc|tan|ngoc|khanh|phuong|dang|mai|thuy"

DIGIT = re.compile(r"\d")
EMAIL = re.compile(r"(?<![a-z0-9._%+-])[a-z0-9._%+-]{1,64}@[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){1,4}")
EMAIL_APART = re.compile(
    r"(?<![a-z0-9._%+-])[a-z0-9._%+-]{1,64}(?: cham [a-z0-9_-]{1,30}){0,2} ?(?:@|a cong|a moc|\(at\)|\[at\]) ?"
    r"[a-z0-9-]{2,40}(?: ?(?:\.|cham) ?(?:com|vn|net|org|edu|gov|info)){1,3}(?![a-z0-9])"
)
"""An address with blanks in it or with its signs in words: "hoa.le a còng gmail chấm com"."""
EMAIL_SIGNS = ("@", "a cong", "a moc", "(at)", "[at]")
HEALTH_CARD = re.compile(r"(?<![a-z0-9])[a-z]{2} ?\d(?:[ .\-]?\d){12,14}(?!\d)")
HEALTH_CARD_CUE = re.compile(r"\b(?:bhyt|bao hiem|bhxh|the bh|ma the)\b")
PLATE = re.compile(
    r"(?<![\w.])[1-9]\d(?: ?[-–.] ?| )?(?P<series>[a-z]{1,2}\d?)(?: ?[-–./] ?| )?(?P<number>\d{3}[ .,]?\d{2}|\d{2}[ .]\d{3}|\d{4})(?![\w]|[.,]\d)"
)
PLATE_CUE = re.compile(
    r"\b(?:bien(?: so| xanh| trang| vang| do)?|bs|bks|xe|oto|o to|moto|may|dk|wave|dream|sh|vision|ab|exciter)\b"
)
PLATE_SURE_CUE = re.compile(r"\b(?:bien(?: so| xanh| trang| vang| do)?|bs|bks)\b[ :]{0,3}$")
PLATE_NEXT_CUE = re.compile(r"\b(?:xe(?: tai| may| con| hoi| ben| khach| ba gac)?|o ?to)\b[ :]{0,3}$")
PLATE_TWO_AND_THREE = re.compile(r"\d{2}[ .]\d{3}")
PLATE_NOT_A_SERIES = frozenset({"h", "g", "tr", "t", "x", "ty", "va", "la", "co", "ho"})
PASSPORT = re.compile(r"(?<![a-z0-9])(?P<letter>[a-z]) ?-?(?P<number>\d(?:[ .]?\d){6,7})(?!\d)")
PASSPORT_CUE = re.compile(r"\b(?:ho chieu|passport|pp|hc)\b[^\n]{0,25}$")
PASSPORT_LETTERS = "bcnpeqkm"
LICENCE = re.compile(
    r"\b(?:gplx|bang lai|giay phep lai xe)\b[^\n]{0,20}?(?P<number>(?<![a-z0-9])[a-z]{1,2} ?-?\d(?:[ .]?\d){5,11})(?!\d)"
)
DATE = r"\d{1,2} ?[/.\-] ?\d{1,2} ?[/.\-] ?\d{2,4}|(?:ngay )?\d{1,2} thang \d{1,2} nam \d{4}|\d{1,2}/(?:19|20)\d{2}|(?:19|20)\d{2}"
BIRTH = re.compile(
    rf"(?<!khai )(?<!giay )(?<!hoc )\b(?:sinh(?: ngay| nam| vao| thang)?|ngay(?: thang)?(?: nam)? sinh|nam sinh|sn|ns|dob|tuoi sinh|de (?:ngay|nam))"
    rf"(?: la)?[ :.]{{0,4}}(?P<date>{DATE}|(?<=nam )\d{{2}}(?!\d)|(?<=sn )\d{{2}}(?!\d)|\d{{8}}(?!\d))(?![\d/])"
)
STREET = r"(?:duong|hem|ngo|kiet|ngach|pho|duong so|hem so|ngo so|lo)"
NUMBER = r"\d{1,5}[a-z]?(?:/\d{1,5}[a-z]?){0,4}"
HAMLET = r"(?:thon|xom|ap|buon|ban|to dan pho|tdp|to|khu pho|kp|khoi(?: pho)?|khom|to so|lang|doi|cum)"
ADDRESS = re.compile(
    rf"(?<!\w)(?:so nha|nha so|dia chi(?: nha)?(?: so)?[:\s]|nha o so|so)?[ :]{{0,2}}(?P<house>{NUMBER},? {{0,1}}{STREET}(?!\w))"
    rf"|(?<!\w)(?P<lane>(?:kiet|ngach|hem|ngo) (?:so )?{NUMBER})(?!\w)"
    rf"|(?<!\w)(?P<alley>k\d{{1,4}}(?:/\d{{1,4}}){{1,4}})(?!\w)"
    rf"|(?<!\w)(?:so nha|nha so) (?P<plain>{NUMBER})(?!\w)"
    r"|(?<!\w)dia chi(?: nha)?(?: so)?:? (?P<told>\d{1,5}[a-z]?(?:/\d{1,5}[a-z]?){1,4})(?!\w)"
    rf"|(?<!\w)(?<!phien )(?<!bien )(?<!van )(?P<hamlet>{HAMLET} (?:so )?\d{{1,3}}[a-z]?)(?!\w)(?! ?(?:nam|ngay|thang|nguoi|con|cai|tuoi|gio|lan|ho|khau|trieu|tieng|chiec|dong|cho|loai|can|bo|xe|k\b|em|anh|chi))"
    rf"|(?<!\w)(?P<apartment>(?:can ho|phong|toa|chung cu) [a-z]{{0,2}}\d{{1,4}}[-.]\d{{1,4}})(?!\w)"
)
ADDRESS_NAMED = re.compile(
    rf"(?<!\w)(?:[Tt]hôn|thon|[Xx]óm|xom|[ẤấAa]p|[Bb]uôn|[Bb]ản|[Tt]ổ dân phố|[Kk]hu phố|[Pp]hường|[Xx]ã|[Ll]àng|[Đđ]ường|duong|xa|phuong)"
    rf" {CAPITAL}(?: {CAPITAL}){{0,3}}"
)
ADDRESS_GOES_ON = re.compile(
    rf"(?:,? ?(?:[Kk]hu phố|[Pp]hường|[Xx]ã|[Đđ]ường|[Tt]ổ|[Tt]hôn|[Hh]ẻm|[Nn]gõ|[Qq]uận|[Hh]uyện|[Tt]ỉnh|TP\.?|duong|phuong|xa|khu pho|thon|to|kp|tdp|p\.|q\.)?"
    rf" ?(?:\d{{1,4}}(?:/\d{{1,4}}){{0,3}}(?!\d)|{CAPITAL}(?: {CAPITAL}){{0,3}})){{1,5}}"
)
NAME_CALLED = re.compile(
    rf"(?<!\w)(?i:tên(?: là)?|ten(?: la)?|họ tên|ho ten|chủ tk|chu tk|chủ thẻ|mình|mình là|tui là|tôi là|em là|ông|bà|anh|chị|chi|cháu|chú|bác|bac|cô|thằng|thang|ba|ong|chau|đồng chí|dong chi|em|thầy|vợ|chồng|con|bé|be|bạn|ban)"
    rf":? (?P<name>{CAPITAL}(?: {CAPITAL}){{0,4}})"
)
NAME_FULL = re.compile(rf"(?<!\w)(?P<name>{CAPITAL}(?: {CAPITAL}){{1,4}})")
NAME_LOWER = re.compile(rf"(?<!\w)(?P<name>(?:{PLAIN_SURNAMES}) (?:van|thi)(?: (?:{MIDDLES}))? [a-z]{{2,6}})(?!\w)")
NAME_LOWER_NEEDS = (" van ", " thi ")
"""Without one of these NAME_LOWER finds nothing; so with NAME_TOLD_NEEDS."""
NAME_TOLD = re.compile(
    rf"(?<!\w)(?:ten(?: la| em la| toi la| minh la)?|ho ten|ho va ten|chu (?:tk|the|tai khoan)|(?:toi|em|minh|tui|chau|e) (?:la|ten))(?: la)?(?!\w):? {{0,2}}(?P<name>(?:{SURNAMES}) [a-z]{{2,7}}(?: [a-z]{{2,7}}){{0,2}})(?!\w)"
)
NAME_TOLD_NEEDS = ("ten", " la", "chu t")
SURNAME = re.compile(rf"(?:{SURNAMES})\Z")
NOT_A_NAME = frozenset({
    "cong", "an", "xa", "phuong", "tinh", "huyen", "quan", "so", "bo", "viet", "nam", "cccd", "cmnd", "vneid", "zalo",
    "facebook", "ubnd", "ct", "bca", "csgt", "ca", "tp", "hcm", "ha", "noi", "sai", "gon", "tet", "nghi", "thong",
    "luat", "trung", "quoc", "han", "nhat", "my", "uc", "duc", "phap", "ai", "oi", "a", "e", "ad", "admin", "page",
    "em", "anh", "chi", "toi", "minh", "cho", "xin", "hoi", "otp", "atm", "sim", "vietcombank", "mb", "bhxh", "bhyt",
    "honda", "wave", "vision", "sh", "iphone", "samsung", "gplx", "ok", "thu", "chu", "thang", "sang", "chieu", "da", "nang", "hue", "can", "lao", "cam", "campuchia", "thai", "lan", "dai", "loan", "hoc", "dang", "nha", "khu",
    "kinh", "chao", "kt3", "lltp", "pccc", "dvc", "quyet", "dinh", "mau", "to", "thon", "khi", "neu", "vi", "co", "khong",
})  # fmt: skip

WEAK_SURNAMES = frozenset(
    {"ma", "to", "la", "a", "y", "h", "son", "kim", "ha", "cu", "hau", "sung", "vang", "ta", "than", "ka", "lo", "cao"}
)
"""Surnames that are everyday words: a full name of two words is not taken for one on their account."""
