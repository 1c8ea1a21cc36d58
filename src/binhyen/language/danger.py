"""Words of present danger on folded text: evidence for the danger decision, and the one floor below it (G55)."""

# ruff: noqa: E501 -- lists of words are easier to compare unbroken

import re

from binhyen.language.word_patterns import WordPatterns

_SIGNS: dict[str, tuple[str, ...]] = {
    "life": (
        r"khong (?:con )?(?:tho|tinh|cu dong)|ngung tho|bat tinh|co giat|tim (?:tai|tam|mat|het|ca nguoi)|ngat xiu|lim dan",
        r"(?:khong|ko) (?:thay )?(?:day|tra loi|thua)\b|chay mau|mau (?:chay|nhieu|phun|me)|do mau|ran (?:ho |luc )?can|dien giat",
        r"(?:uong|nuot|an) (?:ca )?(?:phai )?(?:vi |la |lo )?(?:thuoc (?:sau|ngu|chuot|diet|tru)|la ngon)|ngo doc|hoc (?:xuong|di vat)",
        r"gay (?:chan|tay|xuong)|bong nang|phong nang|sap chet|chet (?:mat|roi|nguoi)|hap hoi|tro da|vo oi|ngat\b|ngac thuoc",
    ),
    "fire": (
        r"dang chay|chay (?:nha|to|lon|chung cu|cho|xe|rung|roi|kho|xuong|quan|tram|bai|lan|chay)|boc chay|chay\b.{0,6}\bchay",
        r"lua (?:chay|lan|ben|boc|to|bung)|chap (?:dien|chay)|no (?:binh|ga|gas|to)|ro (?:ri |ra )?(?:gas|ga|khi|hoa)|mui ga|khoi (?:den|mu)",
    ),
    "water": (
        r"duoi nuoc|nuoc (?:cuon|len|tran|vo|vao|ngap)|chim (?:ghe|tau|xuong|do)|(?:tau|ghe|xe|xuong) (?:bi )?(?:chim|lat)|lat (?:ghe|xe)",
        r"sat lo|lo dat|vo de|de vo|sap (?:nha|ham|cau|mo|gian)|mac ket|(?:bi|mac) ket|ket (?:trong|tren|duoi)|(?:lao|rot|roi|te|nga) xuong",
    ),
    "violence": (
        r"(?:cam|vac|xach|dem|mang)(?: theo)? (?:dao|sung|rua|bua|keo|gay|ma|hung|kiem|tuyp)|chem|dam (?:chet|nguoi|vao|nhau)|bi dam|ban (?:sung|nhau|chet)|bi ban",
        r"bop co|siet co|danh (?:chet|toi tap|hoi dong|nhau|dap|me|vo|con)|doi (?:giet|chem|dot|no)|doa (?:giet|chem|dot|no|cho no)|con tin|bat coc|khong che",
        r"(?:pha|dap|cay|nay) cua|leo (?:vo|vao)|luc tu|hiep|co trom|trom (?:dang|trong|vao|vo)|dang (?:danh|chem|duoi|dap|pha|cay|bop|giu)",
        r"ruot (?:nhau|chem|theo)|luu dan|qua bom|bom min|tat xang|tam xang|do xang|nhot|troi (?:toi|em|tay)|tai nan|tong (?:xe|nhau|trung|vao)",
    ),
    "despair": (
        r"tu tu|tu sat|treo co|nhay (?:cau|lau|song|xuong)|(?:muon|cho) chet|khong muon song|song (?:lam gi|khong noi)|cat (?:tay|co tay)",
        r"vinh biet|tuyet menh|xin loi (?:bo|cha|ba|me|ca nha|moi nguoi)|dung (?:ai )?(?:di )?tim|di chuc|nuoi gium|met qua roi",
    ),
    "call": (
        r"cuu (?:voi|vs|toi|em|con|tui|chau|me|bo|nguoi|no|ba|e|mang|dan|ho|giup)\b|cuu$|keu cuu|(?:den|toi|qua|ra) (?:day )?(?:ngay|lien|gap|le|mau)",
        r"(?:goi|keu|cho) (?:giup |gium |ho )?(?:cap cuu|115|114|113|xe cap)|nhanh len|le len|mau len|khan cap|khong dam noi|dang tron|sos|help",
    ),
    "past or general": (
        r"hom (?:qua|truoc|kia|no)|(?:nam|thang|tuan) (?:ngoai|truoc)|hoi (?:truoc|nam)|bua (?:truoc|hom)|dem qua|may (?:lan|hom)|thuong xuyen",
        r"cach (?:so|phong|xu|dap)|dien tap|tap huan|tuyen truyen|phim|game|truyen|thu tuc|xin cap|lam lai|cap lai|giay to|quy dinh",
        r"muc phat|so (?:co|se|no)|nguy co|da (?:dap tat|xong|qua|tat)|lau nay|hay (?:danh|chem)|can gi|bao nhieu|o dau|the nao",
    ),
}
_PATTERNS = WordPatterns([rf"\b(?:{'|'.join(parts)})" for parts in _SIGNS.values()])
_CEILING = 2
_OWN_DEATH = re.compile(
    r"\b(?:muon|dinh|doi|dang|sap|se) (?:tu tu|tu sat)\b|\b(?:toi|em|con|chau|minh|tui) (?:rat |chi |that su )?muon chet\b(?! (?:vi|voi|me|cuoi|luon))"
)


def danger_signs(folded: str) -> list[float]:
    """How often each group of words occurs, at most twice each; the order is fixed."""
    return _PATTERNS.counts(folded, _CEILING)


def speaks_of_own_death(folded: str) -> bool:
    """Whether somebody plainly says to want to die: the hotlines come first, however the scores fall."""
    return _OWN_DEATH.search(folded) is not None
