"""Marks of state secrets in a text or a file name (G63); talk about the law on secrets is not a mark."""

# ruff: noqa: E501 -- lists of words are easier to compare unbroken

import re
from collections.abc import Iterator

from binhyen.core.text import clean, without_marks
from binhyen.language.flat_text import FlatText, flatten
from binhyen.language.publication.findings import MEND_INTERNAL, MENDS, Finding, Flag, Level
from binhyen.language.publication.sentences import Sentence, sentences_of

_PAPER = r"(?:công điện|công văn|văn bản|tài liệu|kế hoạch|báo cáo|chỉ thị|phương án|hồ sơ|thông báo|điện|danh sách|quyết định|biên bản|tờ trình|hướng dẫn|chuyên đề|chuyên án)"
_STAMP = re.compile(
    r"(?<!\w)(?:TUYỆT|TỐI)\s+MẬT(?!\w)"
    r"|(?<!\w)(?:T[\s._-]{1,2}U[\s._-]{1,2}Y[\s._-]{1,2}Ệ[\s._-]{1,2}T|T[\s._-]{1,2}Ố[\s._-]{1,2}I|TUYỆT|TỐI)[\s._-]{1,3}M[\s._-]{1,2}Ậ[\s._-]{1,2}T(?!\w)"
    r"|(?<!\w)M[._-]Ậ[._-]T(?!\w)|(?<!\w)(?:T\.?U\.?Y\.?E\.?T|T\.?O\.?I)[._ -]{1,2}M\.?A\.?T(?!\w)"
    r"|(?:^|(?<=\n))\W{0,4}(?:M\s?Ậ\s?T|Mật|Tối mật|Tuyệt mật)\s*(?=[.:)\]–—-]|$|\n)"
    r"|[(\[{*]\s*(?:M\s?Ậ\s?T|Mật|Tối mật|Tuyệt mật)\s*[)\]}*]"
    r"|(?<![\w])(?<!BẢO )(?<!BÍ )(?<!CẨN )(?<!ĐỘ )(?<!THÂN )(?<!TÚI )(?<!SỎI )(?<!NƯỚC )(?<!GIÒ )MẬT(?!\w)(?! (?:ONG|MÍA|RỪNG|NGỌT|KHẨU|MÃ|ĐỘ|THIẾT|GẤU|VỤ|PHÒNG))"
)
_TOLD = re.compile(
    r"(?:độ mật|mức độ mật|mức mật)\s*(?::|là|-)\s*(?:tuyệt mật|tối mật|mật)(?!\w)"
    rf"|(?<!\w){_PAPER}\s+(?:tuyệt mật|tối mật|mật)(?!\w)(?! (?:khẩu|mã|ong))"
    r"|(?<!\w)(?:đóng|có) dấu\s*[“\"']?(?:tuyệt mật|tối mật|mật)(?!\w)"
    r"|(?<!\w)\d{1,5}/[\w-]{1,30}\s?\((?:m|tm|tum)\)"
)
_TOLD_PLAIN = re.compile(r"(?<!\w)(?:tuyet mat|toi mat|do mat ?[:-]|dau mat)(?!\w)|(?<!\w)do mat ?:")
_ABOUT_SECRETS = re.compile(
    r"luật|quy định|không (?:được )?(?:đăng|chụp|gửi|chia sẻ|phát tán|lưu|soạn|mang)|nghiêm cấm|bị cấm|cấm|hành vi|"
    r"làm lộ|lộ, lọt|^\W*(?:hỏi\W+)?lộ|xử lý|xử phạt|vi phạm|phạm luật|năm tù|bảo vệ bí mật|các độ mật|ba độ mật|nếu|khi (?:thấy|phát hiện|nhặt)|nhặt được|có sao không|đừng (?:đọc|chụp|đăng|chia sẻ|mở)|cấp độ|tuyên truyền|tập huấn|phạt|thẩm quyền|không phải ai cũng|không phải ai (?:\w+ ){1,3}cũng"
)
_QUOTES_PAPER = re.compile(
    r"đính kèm|kèm (?:theo|đây)|trích (?!luật|điều)|như sau|dưới đây|sau đây|đọc xong|số \d+/|nội dung (?:chính|như|tóm)|em chụp|thông cảm|tham khảo|\.pdf|\.docx?"
)
_INTERNAL = re.compile(
    r"lưu hành nội bộ|(?:tài liệu|văn bản|thông tin) nội bộ|chỉ dùng trong ngành|không (?:được )?phổ biến ra ngoài|"
    r"không phát tán ra ngoài (?:ngành|đơn vị)"
)
_FILE = re.compile(
    r"(?<![\w./-])[\w()][\w(). –-]{0,80}\.(?:pdf|docx?|xlsx?|pptx?|zip|rar|jpe?g|png)(?!\w)", re.IGNORECASE
)
_FILE_MARK = re.compile(r"(?<![a-z])(?:tuyet ?mat|toi ?mat)(?![a-z])")
_FILE_UPPER = re.compile(
    r"(?<![\w])(?<!BẢO )(?<!BÍ )(?<!BAO )(?<!BI )(?:MẬT|MAT)(?![\w])|\((?:mật|mat|m)\)", re.IGNORECASE
)


_HEADING = re.compile(
    r"(?m)^\W{0,4}(?:"
    r"(?:Đ[Ộộ] [Mm][Ậậ][Tt] ?[:–-] ?)?(?:(?:(?:TUYỆT|TỐI) )?MẬT|(?:Tuyệt|Tối) mật)|TUYET MAT|TOI MAT"
    r"|Đ[Ộộ] [Mm][Ậậ][Tt] ?[:–-] ?Mật"
    r"|(?:(?:T U Y Ệ T|T Ố I) )?M Ậ T"
    # The same in the letters that the old fonts of TCVN3 and VNI stand on.
    r"|(?:(?:[Tt][Uu][Yy]Ö[Tt]|[Tt]è[Ii]) )?[Mm]Ë[Tt]|(?:(?:TUYEÄT|TOÁI) )?MAÄT|(?:Tuyeät|Toái) maät"
    r")\W{0,4}$"
)


def secret_findings(text: str) -> Iterator[Finding]:
    """Stamps and named degrees of secrecy (never), and papers for inside use (second officer)."""
    flat = flatten(text)
    for match in _FILE.finditer(flat.shown):
        if file_name_has_secret_mark(match[0]):
            yield _finding(flat, 0, match, Level.NEVER, MENDS[Flag.STATE_SECRET_MARK])
    for sentence in sentences_of(flat):
        about = bool(_ABOUT_SECRETS.search(sentence.lower))
        yield from _stamps(flat, sentence, about)
        if not about:
            for match in _INTERNAL.finditer(sentence.lower):
                yield _finding(flat, sentence.start, match, Level.SECOND_OFFICER, MEND_INTERNAL)


def _stamps(flat: FlatText, sentence: Sentence, about: bool) -> Iterator[Finding]:
    """Upper-case stamps, unless the sentence lists several degrees; named degrees, unless it tells the law."""
    stamps = list(_STAMP.finditer(sentence.shown))
    told = [] if about else list(_TOLD.finditer(sentence.lower))
    if sentence.shown.isascii() and not about:
        told += _TOLD_PLAIN.finditer(sentence.flat)
    degrees = {" ".join(match[0].lower().split()).strip(" .:()[]{}*–—-") for match in stamps}
    if (about and (len(degrees) != 1 or "luật" in sentence.lower)) or len(degrees) > 2:
        stamps = []
    elif about and not _QUOTES_PAPER.search(sentence.lower):
        stamps = [match for match in stamps if _is_heading(sentence, match)]
    for match in (*stamps, *told):
        yield _finding(flat, sentence.start, match, Level.NEVER, MENDS[Flag.STATE_SECRET_MARK])


def _is_heading(sentence: Sentence, match: re.Match[str]) -> bool:
    """A stamp before all words, or in brackets."""
    return not re.search(r"\w", sentence.shown[: match.start()]) or match[0][0] in "([{*"


def _finding(flat: FlatText, offset: int, match: re.Match[str], level: Level, mend: str) -> Finding:
    return Finding(Flag.STATE_SECRET_MARK, level, *flat.place(offset + match.start(), offset + match.end()), mend)


def has_secret_mark(text: str) -> bool:
    """Whether a text, such as the heading of a document, carries a mark of secrecy."""
    return any(finding.level is Level.NEVER for finding in secret_findings(text))


def has_secret_heading(text: str) -> bool:
    """Whether a line holds nothing but a degree of secrecy, as marked papers do: that is a paper, not talk of one.

    For what residents tell: who reports that a secret paper goes round is heard.
    """
    return bool(_HEADING.search(clean(text)))


def file_name_has_secret_mark(name: str) -> bool:
    """Whether a file's name says that the paper inside is secret: "KH-15_TOI-MAT.docx", "báo cáo (mật).pdf"."""
    words = re.sub(r"[_.\-+ ]+", " ", clean(name))
    upper = any(match[0].isupper() or match[0].startswith("(") for match in _FILE_UPPER.finditer(words))
    return upper or bool(_FILE_MARK.search(without_marks(words).lower()))
