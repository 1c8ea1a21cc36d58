"""Words of present danger on folded text: evidence for the danger decision, and the floors below it (G55)."""

# ruff: noqa: E501 -- lists of words are easier to compare unbroken

import re

from binhyen.core.text import fold
from binhyen.language.normalising import without_twins
from binhyen.language.word_patterns import WordPatterns

SIGNS: dict[str, tuple[str, ...]] = {
    "life": (
        r"khong (?:con )?(?:tho|tinh|cu dong)|ngung tho|bat tinh|co giat|tim (?:tai|tam|mat|het|ca nguoi)|ngat xiu|lim dan",
        r"(?:khong|ko) (?:thay )?(?:day|tra loi|thua)\b|chay mau|mau (?:chay|nhieu|phun|me)|do mau|ran (?:ho |luc )?can|dien giat",
        r"(?:uong|nuot|an) (?:ca )?(?:phai )?(?:vi |la |lo )?(?:thuoc (?:sau|ngu|chuot|diet|tru)|la ngon)|ngo doc|hoc (?:xuong|di vat)",
        r"gay (?:chan|tay|xuong)|bong nang|phong nang|sap chet|chet (?:mat|roi|nguoi)|hap hoi|tro da|vo oi|ngat\b|ngac thuoc",
        r"(?:kho|ngung|tat|het) tho|tho (?:yeu|thoi thop|doc)|sui bot|non ra mau|dot quy|hon me|co quap|ep tim|(?:khong|mat) (?:co |bat duoc )?mach|ran .{0,12}can|sac sua|bang huyet|san giat|(?:het|mat) mau|de (?:rot|tren xe|doc duong)|chuyen da",
        r"(?:tat|tam|hat|dinh) (?:axit|acid)|te liet|(?:chan|tay|nguoi) (?:bi )?liet\b|(?:luoi|mieng|tay|chan|ham) (?:bi )?(?:cung|meo|do ra)|noi ngong|ngat (?:luon|het|lim)|cat (?:co\b|mach|ngang)|(?:dut|cut|lia) (?:lia )?(?:tay|chan|ngon|co)|(?:cuon|nghien) (?:mat|vao|tay|chan|nat)|tat tho|(?:ho|hut) tho|lon ruot|thung bung",
        r"nguy (?:kich|cap|hiem qua)|(?:nga |te )?guc (?:ngay|xuong|tren|roi|o|vo|ngoai|giua|luon)|nga quy|quy xuong|khuyu|trot mat|tron (?:mat|trung)|mat (?:tron|trot|mo khong)|giat dung dung|nam (?:im|yen|bat dong|ngua|soai|sap|be bet|mot dong|cung)|mat tri giac|li bi",
        r"(?:khong|ko|chang) (?:con |so |nghe |thay |bat duoc )+(?:mach|tho|tinh)|khong tinh\b|(?:goi|lay|keu) (?:mai |hoai |khong |ma )+(?:tra loi|thua|day|nhuc nhich|tinh)|khong nhuc nhich|moi tham|tham (?:den|si|tim)|(?:xanh|trang) (?:le|bech|nhot)|tai met|lanh ngat|xui lo|meo (?:han |xech )?(?:mieng|mat)|yeu liet|om nguc|(?:dau|that) (?:that |tuc )?(?:o )?nguc|nhoi mau",
        r"(?:hoc|nghen) (?:hat|thach|keo|dong|cuc|co|com|rau|thit|phai)|nuot (?:phai|nham|vien|pin|dong|hat|kim|dinh|cuc|trung)|(?:uong|an) (?:nham|lon|trung)|non thoc|oi mua|(?:ran|cham quap|luc) .{0,16}(?:can|mo)\b|dau de|dau em be|sap de|sinh (?:ngay|rot)|(?:te|nga|roi|rot) (?:lau|cau thang|gian giao|tu (?:tang|lau))|phun (?:tum lum|ra|thanh)|khong cam (?:duoc)?|buoc khong",
    ),
    "fire": (
        r"dang chay|chay (?:nha|to|lon|chung cu|cho|xe|rung|roi|kho|xuong|quan|tram|bai|lan|chay)|boc chay|chay\b.{0,6}\bchay",
        r"lua (?:chay|lan|ben|boc|to|bung)|chap (?:dien|chay)|no (?:binh|ga|gas|to)|ro (?:ri |ra )?(?:gas|ga|khi|hoa)|mui ga|khoi (?:den|mu)",
        r"phat hoa|hoa hoan|(?:bung|phung|bat|xet|toe) lua|lua (?:do ruc|trum|phung|tap|an|liem)|xi (?:ga|khi)|(?:ga|khi|xang) (?:xi|tran|loang)|no (?:tung|cai|mot tieng)",
        r"(?:nha|quan|xuong|kho|xe|cho|tro|rung|xom|can ho|phong|bep|truong|ray|tiem|tau|ghe|may|lua) (?:\w+ ){0,2}(?:bi |dang |boc |van )?chay\b(?! (?:qua|ngang|am|nhanh|xe|ve|tron|vao|ra|theo|bo|lai|tu|tren|vuot|trai|au|an|grab))",
        r"(?:binh|noi|lo|kho|xuong|tram|pin|ac quy|binh \w+|noi \w+|lo \w+) (?:\w+ )?(?:bi |phat )?no\b(?! (?:luong|can|tien|may|banh|khong|da|co|o|la))|(?:clo|amoniac|hoa chat|khi doc|khi ga) (?:bi )?(?:ro|xi|tran|bay|thoat|thung)|(?:thung|be) (?:binh|bon|ong) (?:clo|gas|xang|hoa chat|khi)|ngop (?:khoi|khi|tho)|ngop\b.{0,12}khoi",
        r"khoi (?:\w+ )?(?:nghit|nghi ngut|mit mu|dac|cuon|boc|chui|ua|un|tum lum)|boc khoi|ngat khoi|lua (?:lem|tap|ben|bit|da|an)|ben (?:lua|vo|vao|qua)|xi (?:ga|gas|gaz|xi)|(?:ga|gas|gaz) (?:xi|bay)|toe lua|xet lua|mui khet|day (?:dien|cap|cao the) .{0,16}(?:dut|rot|nam|quay)|dinh (?:chat|dien)|cung do|bom xang|chai xang",
    ),
    "water": (
        r"duoi nuoc|nuoc (?:cuon|len|tran|vo|vao|ngap)|chim (?:ghe|tau|xuong|do)|(?:tau|ghe|xe|xuong) (?:bi )?(?:chim|lat)|lat (?:ghe|xe)",
        r"sat lo|lo dat|vo de|de vo|sap (?:nha|ham|cau|mo|gian)|mac ket|(?:bi|mac) ket|ket (?:trong|tren|duoi)|(?:lao|rot|roi|te|nga) (?:xuong|khoi cau|cau\b|vuc|deo)|vo (?:dap|bo bao)",
        r"(?:te|nga|rot|lot|trot|hut chan) (?:\w+ ){0,2}(?:ao|song|gieng|kenh|kinh|muong|ho|bien|cong)|cuon (?:ra|roi|troi)|hup xuong|vung vay|nui (?:lo|sat)|(?:dat|doi|nui|da) .{0,10}(?:lo\b|nut|troi|sut)|(?:tuong|cay|cot|tru|can cau|gian giao|ban cong|san|mai) (?:\w+ )?(?:do|sap|sum|sup)\b|(?:de|vui) (?:trung|nguoi|len|lap)|sum (?:xuong|mot)|leo (?:len )?(?:noc|mai)|ket thang may|thang may .{0,16}(?:ket|dung|roi|ngop)|(?:ket|lac) (?:trong rung|tren nui)|sap (?:roi|xuong)",
    ),
    "violence": (
        r"(?:cam|vac|xach|dem|mang)(?: theo)? (?:dao|sung|rua|bua|keo|gay|ma|hung|kiem|tuyp)|chem|dam (?:chet|nguoi|vao|nhau)|bi dam|ban (?:sung|nhau|chet)|bi ban",
        r"bop co|siet co|danh (?:chet|toi tap|hoi dong|nhau|dap|me|vo|con)|doi (?:giet|chem|dot|no)|doa (?:giet|chem|dot|no|cho no)|con tin|bat coc|khong che",
        r"(?:pha|dap|cay|nay) cua|leo (?:vo|vao)|luc tu|hiep|co trom|trom (?:dang|trong|vao|vo)|dang (?:danh|chem|duoi|dap|pha|cay|bop|giu)",
        r"(?:co|xay ra) an mang|tu thieu|ruot (?:nhau|chem|theo)|luu dan|qua bom|bom min|tat xang|tam xang|do xang|nhot|troi (?:toi|em|tay)|tai nan|tong (?:xe|nhau|trung|vao)",
        r"(?:doi|dua) tien chuoc|(?:keo|loi|bat|day|be) (?:\w+ ){0,3}(?:len|vao) (?:xe|o to|phong|bui|nha nghi)|khong cho (?:\w+ )?(?:ve|ra ngoai|di dau)|khong ra (?:duoc|noi)|ban (?:roi|phat|chi thien|vao)|(?:di|ke|gi) (?:dao|sung)",
        r"bat (?:\w+ ){0,3}quy|hanh hung|tra tan|danh (?:hoi dong|tui bui|tap the|bam dap|te tat)|chan (?:dau )?xe|bao vay|vay (?:kin|nha|quanh)|om (?:\w+ )?(?:xang|gas|bom|min|thuoc no)|phong lon|ma tau|hang nong|du .{0,14}(?:len|di) .{0,10}(?:xe|mat)|cho (?:con|chau|be) .{0,10}di mat",
        r"luu dan|(?:qua|trai|co|cai|duoc|dao|trung|gap|hien|thay) (?:bom|dan|min)\b|dat bom|dan (?:coi|phao)|(?:hop|goi|kien|thung|ba lo|tui) .{0,24}(?:tich|tach) (?:tac|tich|tach)|(?:no|phat|tieng|rut|co|chia) sung|(?:gi|ke|di|vung|chia) (?:dao|keo|bua)|cuop\b|(?:cay|pha|be) (?:cua|khoa|cong)|xong (?:vo|vao)|leo rao|nguoi la .{0,14}(?:trong nha|vao nha|vo nha|mo cua)|sam so|lam nhuc|uy hiep|dung rinh|rinh (?:truoc|ngoai)|bam theo|theo (?:em|toi|con|chau) (?:ve|vao|toi)",
        r"choang nhau|phang nhau|hon chien|ma (?:tau|cot)|vac (?:tuyp|gay|dao|rua|ma)|ruot (?:toi|em|tui|vo|chau)|giam (?:dap|len)|(?:cho|bay cho) .{0,20}(?:can xe|tap|ngoam|vo)\b|(?:tong|huc|ui|can) (?:lien|loan|thang|vo|vao|nguoi|chet)|(?:xe|tau) .{0,10}(?:can|cuon|dung|tong) (?:\w+ )?(?:nguoi|trung|qua)|(?:bong|be|loi|keo) .{0,10}(?:chay mat|phong di|len xe)|giu con|giam (?:em|chung|tui|o)|chich dien|bop co|dim dau",
    ),
    "despair": (
        r"tu tu|tu sat|treo co|nhay (?:cau|lau|song|xuong)|(?:muon|cho) chet|khong muon song|song (?:lam gi|khong noi)|cat (?:tay|co tay)",
        r"vinh biet|tuyet menh|xin loi (?:bo|cha|ba|me|ca nha|moi nguoi)|dung (?:ai )?(?:di )?tim|di chuc|nuoi gium|met qua roi",
        r"(?:khong|chang|het) (?:con )?(?:ly|li) do|ket thuc (?:moi|tat ca|cuoc|tai day)|chia tay cuoc doi|tam biet (?:moi nguoi|the gioi|ca nha|cuoc)|(?:dieu|chuyen) dai dot|ton tai nua|hau su|(?:mep|lan can|thanh) (?:san thuong|cau|lau)",
        r"kiep (?:sau|nay coi)|the gioi ben kia|o lai (?:manh gioi|binh an|vui)|chan (?:doi|song)|lan cuoi|dem (?:nay la dem )?cuoi|(?:rach|cat) (?:co )?tay",
        r"tin nhan cuoi|viet thu de lai|nhan (?:xin loi|tu biet|vinh biet)|tu biet|khong (?:thay|gap) (?:em|toi|minh|con) nua|duong nao nua|(?:ngoi|dung|treo|ra) .{0,10}(?:lan can|thanh cau|san thuong|tren cau)|rach tay|thong long|buoc day",
    ),
    "call": (
        r"cuu (?:voi|vs|toi|em|con|tui|chau|me|bo|nguoi|no|ba|e|mang|dan|ho|giup)\b|cuu$|keu cuu|(?:den|toi|qua|ra) (?:day )?(?:ngay|lien|gap|le|mau)",
        r"(?:goi|keu|cho) (?:giup |gium |ho )?(?:cap cuu|115|114|113|xe cap)|nhanh len|le len|mau len|khan cap|khong dam noi|dang tron|sos|help",
    ),
    "at this moment": (
        r"nay gio|nay chu|nay h\b|luc nay|vua (?:moi|xong|roi|thay|bi|nghe)|moi day|moi nay|(?:bay|gio) gio\b|ngay bay gio|hien (?:tai|co|dang)",
        r"(?:van|con) (?:dang|con)|phut truoc|cach day (?:\w+ )?phut|thoi thop|dang (?:o|nam|dung|tron|bi|cam|keu|tim)|kia\b|(?:gap|lien|le) (?:voi|di|giup|gium)",
    ),
    "past or general": (
        r"hom (?:qua|truoc|kia|no)|(?:nam|thang|tuan) (?:ngoai|truoc)|hoi (?:truoc|nam)|bua (?:truoc|hom)|dem qua|may (?:lan|hom)|thuong xuyen",
        r"cach (?:so|phong|xu|dap)|dien tap|tap huan|tuyen truyen|phim|game|truyen|thu tuc|xin cap|lam lai|cap lai|giay to|quy dinh",
        r"muc phat|so (?:co|se|no)|nguy co|da (?:dap tat|xong|qua|tat)|lau nay|hay (?:danh|chem)|can gi|bao nhieu|o dau|the nao",
        r"(?:tuan|thang) roi|(?:toi|sang|chieu) qua\b|hom (?:thu|chu)|muon (?:chet|xiu|tat tho|ngat)|chac (?:chet|xiu|ngat|te)|cuoi (?:chet|xiu)|(?:chet|xiu) (?:cuoi|luon|me)|khong phai (?:la )?(?:chay|cuop|danh)|tren mang|len mang|dang ban|bam nham|gui nham|tuong (?:la )?(?:chay|cuop|ai)|hu hon|het hon|bai tap|giai tan|thoa thuan",
        r"ngay xua|hoi (?:nho|nam|tet|chien tranh)|nam (?:xua|mo)|mo thay|nho lai|(?:nam|thang|tuan) (?:nay|roi) (?:gio|da)|gio (?:van con seo|khoe|di lai|tap)|khoe (?:roi|lai)|doc (?:bao|tin|truyen)|thoi su|tin gia|canh bao|bai hat|vo kich|xem kich|neu (?:co|nha|bi|gap|lo|ma)|gia su|khai truong|giam gia|ban (?:dao|binh)|ai (?:mua|ban)\b|chay (?:tui|hang|ve|deal|san khau)|cam on (?:xe|cac|may|cap cuu|anh|chu|doi)",
        r"(?:doi|doi bung|nong|lanh|yeu|re|dep|dep trai|ngon|xinh|buon ngu|met) .{0,8}(?:chet|xiu|ngat|chay)\b|chet (?:cha|me|mo|that|quen|cong|di duoc|luon|mat thoi)|chet (?:roi|chua) .{0,4}(?:gui|nham|quen|bam)|nham (?:so|nguoi|may)|haha|hihi|duoc khong$|phong chay|ca thang|suot ngay|may (?:hom|bua) nay",
    ),
}
_PATTERNS = WordPatterns([rf"\b(?:{'|'.join(parts)})" for parts in SIGNS.values()])
PRESENT_SIGNS = 5
"""So many of the first groups name a danger itself; the others say how it is told."""
_CEILING = 2
_OWN_DEATH = r"\b(?:muon|dinh|doi|dang|sap|se) (?:tu tu|tu sat)\b(?! (?:nop|gui|lam|noi|hoc|tra|ke|coi|xem|giai|tinh|bo sung|roi))|\b(?:toi|em|con|chau|minh|tui) (?:rat |chi |that su )?muon chet\b(?! (?:vi|voi|me|cuoi|luon))"


def danger_signs(folded: str) -> list[float]:
    """How often each group of words occurs, at most twice each; the order is fixed."""
    return _PATTERNS.counts(folded, _CEILING)


def danger_signs_in(text: str) -> list[float]:
    """`danger_signs` of a text as it was written."""
    return danger_signs(fold(without_twins(text)))


_KILLING = re.compile(r"(?:\w+ ){0,3}(?:co|xay ra) an mang(?: (?!hay|nhu|trong|thoi)\w+){0,5}\W*")


def _tells_of_killing(folded: str) -> bool:
    """Whether a message of few words is nothing but the news that somebody was killed."""
    return "an mang" in folded and _KILLING.fullmatch(folded.strip()) is not None


_GONE = r"\b(?:lac|mat tich|bien mat|mat (?:dau|tieu|hut)|(?:khong|chua|chang|nao) (?:con )?thay\b(?! (?:ai|gui|tra|co|bao|goi|noi|ket)\b)|(?:tim|kiem) (?:hoai |mai )?khong ra|di (?:dau|mo) mat|dau mat)\b"
_SMALL_CHILD = re.compile(
    r"\b(?:(?:chau|em|con|thang|dua) (?:be|cu|nho)|be (?:trai|gai|nha|con)|(?:[1-9]|mot|hai|ba|bon|nam|sau|bay|tam|chin) ?(?:t|tuoi))\b"
)
_JUST_NOW = re.compile(
    r"\b(?:vua|moi (?:day|nay|lac|chay|dang|choi|thay|o|quay|ra)|nay gio|nay chu|luc nay|phut|quay (?:di|lai|ra|qua|sang)|hoang (?:qua|loan|hot))\b"
)
_NO_SEARCH_NOW = re.compile(
    r"\b(?:dang giu|giu (?:chau|be)|nhat duoc|luom duoc|(?:o|ve|vao|vo|den) (?:nha|cho|quan) (?:toi|em|tui|minh)|(?:hoi|noi) ten|(?:nguoi nha|nguoi than|bo me) (?:cho|cua)|cho con|cun|meo|corgi|poodle|vet"
    r"|tim thay roi|da (?:tim )?thay|tim (?:thay|duoc) (?:chau|be|roi)|hom (?:qua|kia|truoc)|bua (?:qua|truoc)|giay|can cuoc|ho so|ho khau|khai sinh|ho chieu|vneid|the bao hiem)\b"
)
"""The child was found, or went on an earlier day, or the message is about a pet or papers."""
_PLAIN = (
    r"\b(?:luu dan|(?:qua|trai|dao duoc|nhat duoc|luom duoc|moi duoc|gap) bom|trai min|nghe no sung|sung no|bat coc|bat (?:\w+ )?lam con tin|nguy kich|nguy cap|co giat|sui bot mep|dot quy|bi tai bien|ngung (?:tho|tim)"
    r"|(?:bi|nam|nga|da|roi) bat tinh|(?:mat|moi|nguoi) (?:\w+ )?tim tai|khong (?:con|bat duoc|so thay|thay) (?:mach|tho)|khong tho (?:duoc|noi|nua)|thoi thop|(?:bi|dang) (?:dien giat|giat dien|duoi nuoc)|chet duoi"
    r"|ket (?:trong )?thang may|hoc di vat|bang huyet|nha (?:\w+ )?(?:bi|dang|boc) chay|giam dap|(?:ran|cham quap) (?:\w+ ){0,3}can|treo co|bop co|hiep dam|(?:bi|dang|clip) hiep|tat axit|xi gas|ro ri gas"
    r"|(?:lat|chim) (?:thuyen|tau)|chim ghe|sat lo|nui lo|sap (?:ham|gian giao)|nha sap)\b(?! (?:nhap|so|tien))"
)
"""Words that name a danger whatever stands beside them, as long as nothing tells of another time, a wish or a question."""
_TOLD_CALMLY = (
    rf"\b(?:{'|'.join(SIGNS['past or general'])}|tung\b|da (?:mat|khoi|ve|duoc|bat|nop|giao)|cach day|(?:1|2|3|4|5|hai|ba|bon|nam|may|muoi) (?:nam|thang|tuan) (?:nay|roi|truoc|lien)|(?:bao|nghe|thay) (?:noi|ke|don)|cam on|xin cam|du bao|nghi (?:la|co)|(?:lam|xin|cap|doi|sua|mo|hoi|nop) (?:giay|lai|can cuoc|cccd|ho chieu|the|phep|ho so)"
    r"|can cuoc|cccd|ho chieu|bang lai|vneid|dinh danh|tam tru|thuong tru|tro cap|bao hiem|khai (?:tu|sinh)|phai khong|nhu nao|lam sao|khi nao|bao gio|gia re|mua (?:o|ban)|lop|hoc (?:boi|vien)|day (?:con|tre|boi)|so (?:dien thoai|may|truc))"
)
_THREAT = (
    r"\b(?:doa|doi|he)(?: se)? (?:giet|chem|dam chet|dot (?:nha|xe|tro|quan|ca)|chat (?:tay|chan|dau))\b"
    r"(?! (?:ga|vit|heo|lon|bo|ca|cho|thit|cay|cui|mia|quai|sau|mun|chet thoi))"
)
"""Threats to life count in the middle of a question about papers too."""
_HAPPENS = (
    r"\b(?:dang|tu nhien|bong(?: nhien)?|tu dung) (?:bi |rat |lai |van ){0,2}(?:kho tho|khong tho|chay mau|bat tinh|ngat|co giat|non ra mau"
    r"|(?:dau|that) nguc|dot quy|(?:bi )?(?:chem|dam nhau|dam nguoi|bop co|(?<=bi )nhot|hanh hung|danh dap)|danh nhau|chem nhau|chay nha|boc chay|cam dao|pha cua|cay cua|doi giet)\b"
)
_EARLIER = r"\b(?:hom (?:qua|kia|truoc|no)|bua (?:qua|truoc)|(?:nam|thang|tuan) (?:ngoai|truoc|roi)|hoi (?:truoc|nam)|phim|truyen|game|luc do|khi do)\b"
"""What happens at this moment counts in the middle of a question about papers too, unless it is told of another time."""
_FLOORS = WordPatterns([_OWN_DEATH, _GONE, _PLAIN, _TOLD_CALMLY, _THREAT, _HAPPENS, _EARLIER])
_WANTS_TO_DIE, _IS_GONE, _IS_PLAIN, _IS_CALM, _IS_THREATENED, _HAPPENS_NOW, _WAS_EARLIER = range(7)


def is_below_floor(folded: str) -> bool:
    """Whether the words alone put the hotlines first, however the scores fall.

    Somebody plainly says to want to die, was threatened with death, tells of something that happens right now, has just lost sight of a small child, tells that somebody was killed, or names
    a danger that cannot be taken otherwise.
    """
    found = _FLOORS.occurring(folded)
    if _HAPPENS_NOW in found and _WAS_EARLIER not in found:
        return True
    if _WANTS_TO_DIE in found or _IS_THREATENED in found or (_IS_PLAIN in found and _IS_CALM not in found):
        return True
    return (_IS_GONE in found and _misses_small_child(folded)) or _tells_of_killing(folded)


def _misses_small_child(folded: str) -> bool:
    """Whether a loss is that of a small child just now: each minute counts, whatever kind the message is.

    A child that was found, one gone since an earlier day, pets and papers are left to the scores.
    """
    told = _SMALL_CHILD.search(folded) and _JUST_NOW.search(folded)
    return bool(told) and _NO_SEARCH_NOW.search(folded) is None
