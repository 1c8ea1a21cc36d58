"""Who a draft exposes: suspects, victims, children and debtors (G21, G22), sentence by sentence."""

# ruff: noqa: E501 -- lists of words are easier to compare unbroken

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from binhyen.language.flat_text import flatten
from binhyen.language.publication.findings import (
    MEND_ABUSE,
    MEND_CHILD_OFFENDER,
    MENDS,
    Finding,
    Flag,
    Level,
    PostKind,
)
from binhyen.language.publication.people import Form, Person, people_in
from binhyen.language.publication.sentences import Sentence, sentences_of
from binhyen.language.publication.wording import (
    ABUSE,
    ABUSE_TRAIT,
    CHILD_WORD,
    DEBT,
    GENERAL,
    HANDLE,
    HEALTH,
    HOME,
    LABEL,
    NOT_DEBT,
    OFFENCE,
    POINTS,
    PRAISE,
    SHOP_VICTIM,
    SUSPECT,
    SUSPECT_PASSIVE,
    TAKEN,
    VICTIM_AFTER,
    VICTIM_BEFORE,
    VICTIM_PASSIVE,
    Words,
)

_LABEL_BEFORE = re.compile(rf"(?<!\w){LABEL}")
_PASSIVE = re.compile(rf"(?<!\w){SUSPECT_PASSIVE}(?!\w)")
_CAUGHT = re.compile(r"(?<!\w)bị (?:bắt|khởi tố|truy nã|xử phạt|tạm giữ|phạt)(?!\w)")
_ROBBED_OF = re.compile(rf"(?<!\w){VICTIM_BEFORE.format(taken='')}")
_VICTIM_LABEL = re.compile(rf"(?<!\w){VICTIM_BEFORE.format(taken='(?!)')}")
_SUSPECT_CALLS = frozenset({"doi tuong", "nghi pham", "nghi can", "bi can", "bi cao", "hung thu", "thu pham", "trum"})
_CHILD_AGE = re.compile(
    r"(?<!\w)(?:(?P<age>\d{1,2}) (?:tháng )?tuổi|lớp [1-9](?:[a-zđ]\d?|/\d{1,2})?(?!\w)|(?:sinh năm|sn) ?(?P<year>20[12]\d))"
)
_CHILD_KIN = frozenset({
    "chau", "be", "hoc sinh", "tre", "con be", "nu sinh", "nam sinh", "em hoc sinh", "chau be", "chau gai", "chau trai", "be gai", "be trai", "con trai", "con gai", "hai chau", "cac chau",
})  # fmt: skip
_SCHOOL = re.compile(
    r"(?<!\w)(?:trường (?:tiểu học|th|thcs|thpt|mầm non|mẫu giáo|phổ thông|ptdtbt|dân tộc)(?: \w+){1,3}|lớp (?:mẫu giáo|lá|chồi|mầm|[1-9]\d?)(?:[/ ]?[a-zđ]?\d{0,2})(?!\w)|(?:mầm non|tiểu học|thcs|thpt) \w+ \w+)"
)
_CLASS = re.compile(r"(?<!\w)(?:lớp [1-9]\d?(?:[a-zđ]\d?|/\d{1,2})(?!\w)|trường (?:tiểu học|th|thcs|thpt|mầm non) \w+)")
_PARENT = re.compile(
    r"(?<!\w)(?:con(?: trai| gái| ruột)?(?: của| nhà)?|cháu (?:nội|ngoại|ruột)(?: của)?|(?:bố|mẹ|ba|cha|ông nội|bà nội|ông ngoại|bà ngoại|phụ huynh)(?: \w+){0,2}?(?: tên| là| của cháu là| cháu là| bé là| em là)?)[ :]{1,2}(?:anh |chị |ông |bà |tên |đồng chí )?(?=(?P<name>[^\W\d_]))"
)
_BIRTH = re.compile(r"(?<!\w)(?:sinh ngày|ngày sinh|sn|sinh)[ :]{0,2}\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}")
_MORE = (_SCHOOL, _BIRTH, HEALTH, HOME)


@dataclass(frozen=True, slots=True)
class _Around:
    """A sentence with its people and the two sentences beside it."""

    sentence: Sentence
    people: Sequence[Person]
    before: Sentence | None
    after: Sentence | None

    @property
    def beside(self) -> list[Sentence]:
        """The sentences before and after, where there are any."""
        return [one for one in (self.before, self.after) if one is not None]

    @property
    def window(self) -> str:
        """Lower-case text of the three sentences."""
        return " ".join(one.lower for one in (self.before, self.sentence, self.after) if one is not None)


_Judgement = tuple[Flag, Level, int, int, str]


def people_findings(text: str, kind: PostKind) -> Iterator[Finding]:
    """Findings about people, at most one of a flag for each sentence; offsets into the text as given."""
    flat = flatten(text)
    sentences = sentences_of(flat)
    people = [people_in(sentence) for sentence in sentences]
    for index, sentence in enumerate(sentences):
        around = _Around(
            sentence,
            people[index],
            sentences[index - 1] if index else None,
            sentences[index + 1] if index + 1 < len(sentences) else None,
        )
        for flag, level, start, end, mend in _judged(around, kind):
            yield Finding(flag, level, *flat.place(sentence.start + start, sentence.start + end), mend)


def _judged(around: _Around, kind: PostKind) -> Iterator[_Judgement]:
    for found in (_suspect(around), _victim(around), _abuse(around), _debtor(around), _child(around, kind)):
        if found is not None:
            yield found


def _suspect(around: _Around) -> _Judgement | None:
    for person in around.people:
        if (person.form is not Form.INITIALS or _tells_who(around, person)) and _is_suspect(around, person):
            return Flag.SUSPECT_NAMED, Level.SECOND_OFFICER, person.start, person.end, MENDS[Flag.SUSPECT_NAMED]
    return None


_WHO = re.compile(r"(?<!\w)(?:sinh năm|sn|\d{2} tuổi)(?!\w).{0,40}(?<!\w)(?:thôn|xóm|buôn|bản|ấp|tổ|khối|trú|ở)(?!\w)")


def _tells_who(around: _Around, person: Person) -> bool:
    """Initials with a year of birth or an age and the hamlet name a person in a commune as well as a name does."""
    return bool(_WHO.search(around.sentence.lower[person.end : person.end + 80]))


def _is_suspect(around: _Around, person: Person) -> bool:
    lower = around.sentence.lower
    before, after = lower[: person.start], lower[person.end :]
    if person.called in _SUSPECT_CALLS:
        return True
    if _LABEL_BEFORE.search(before[-80:]) and not _VICTIM_LABEL.search(before[-40:]):
        return True
    victim = _is_victim(around, person)
    if _PASSIVE.search(after[:160]) and (not victim or _CAUGHT.search(after)):
        return True
    if victim or PRAISE.search(lower):
        return False
    return bool(SUSPECT.search(lower)) or any(_points_here(near) for near in around.beside)


def _points_here(near: Sentence) -> bool:
    """A neighbouring sentence that speaks of a suspect but names nobody itself."""
    return bool(POINTS.search(near.lower)) and not PRAISE.search(near.lower) and not people_in(near)


def _is_victim(around: _Around, person: Person) -> bool:
    lower = around.sentence.lower
    before, after = lower[: person.start], lower[person.end : person.end + 220]
    passive, caught = VICTIM_PASSIVE.search(after), _PASSIVE.search(after)
    if passive and (caught is None or passive.start() < caught.start()):
        return True
    if person.called in {"nan nhan", "bi hai"} or _VICTIM_LABEL.search(before[-60:]):
        return True
    if _ROBBED_OF.search(before[-60:]) and TAKEN.search(before):
        return not re.search(r"khám xét|thu giữ|nơi ở|bắt|khởi tố", before)
    return bool(VICTIM_AFTER.search(after)) and not _LABEL_BEFORE.search(before[-80:])


def _victim(around: _Around) -> _Judgement | None:
    mend = MENDS[Flag.VICTIM_IDENTIFIABLE]
    for person in around.people:
        if person.form is not Form.INITIALS and _is_victim(around, person):
            return Flag.VICTIM_IDENTIFIABLE, Level.SECOND_OFFICER, person.start, person.end, mend
    shop = SHOP_VICTIM.search(around.sentence.lower)
    if shop and any(character.isupper() for character in around.sentence.shown[shop.start() + 4 : shop.end()]):
        return Flag.VICTIM_IDENTIFIABLE, Level.SECOND_OFFICER, shop.start(), shop.end(), mend
    return None


def _abuse(around: _Around) -> _Judgement | None:
    """Abuse with anything that points at one person: never."""
    lower = around.sentence.lower
    near = ABUSE.search(lower) or any(
        ABUSE.search(one.lower) and not GENERAL.search(one.lower) for one in around.beside
    )
    if not near or PRAISE.search(lower) or (GENERAL.search(lower) and not _tells_a_case(lower)):
        return None
    for person in around.people:
        return Flag.VICTIM_IDENTIFIABLE, Level.NEVER, person.start, person.end, MEND_ABUSE
    trait = ABUSE_TRAIT.search(lower)
    if trait:
        return Flag.VICTIM_IDENTIFIABLE, Level.NEVER, trait.start(), trait.end(), MEND_ABUSE
    return None


_CASE = re.compile(
    r"(?<!\w)(?:vụ|vừa|đã|đang|bị)(?!\w)[^.]{0,60}(?:xâm hại|hiếp|bạo hành|dâm ô|hành hạ|ngược đãi|đánh đập)"
)


def _tells_a_case(lower: str) -> bool:
    """A general word stands beside one case: "vụ chị ... bị chồng bạo hành là bài học về Luật"."""
    return bool(_CASE.search(lower))


_NAME_AND_SUM = re.compile(r"(?<!\w)[^\W\d_a-zà-ỹđ]\w{1,8}:? \d[\d.,]* ?(?:tr|triệu|k|nghìn|ngàn|đồng|đ|củ)(?!\w)")


def _debtor(around: _Around) -> _Judgement | None:
    debt = DEBT.search(NOT_DEBT.sub(lambda match: " " * len(match[0]), around.sentence.lower))
    if debt is None or _debt_of_law(around):
        return None
    lower = around.sentence.lower
    number = re.search(r"(?:\d[ .-]?){9,11}|\d{2}[a-z]\d?-", lower)
    sums = _NAME_AND_SUM.search(around.sentence.shown)
    if around.people or HANDLE.search(lower) or number or sums or any(people_in(one) for one in around.beside):
        return Flag.DEBTOR_SHAMING, Level.NEVER, debt.start(), debt.end(), MENDS[Flag.DEBTOR_SHAMING]
    return None


def _debt_of_law(around: _Around) -> bool:
    """A rule about debts that names nobody."""
    return bool(GENERAL.search(around.sentence.lower)) and not around.people


def _child(around: _Around, kind: PostKind) -> _Judgement | None:
    lower = around.sentence.lower
    child = _child_person(around)
    if child is None and not CHILD_WORD.search(lower):
        return None
    start, end = (child.start, child.end) if child else (0, min(len(lower), 60))
    general = GENERAL.search(lower) is not None
    if not general and (child is not None or _CLASS.search(lower)) and _offends(around, child):
        return Flag.CHILD_DETAILS, Level.NEVER, start, end, MEND_CHILD_OFFENDER
    if child is None:
        return _unnamed(around, kind)
    if not general and ABUSE.search(around.window):
        return Flag.CHILD_DETAILS, Level.NEVER, start, end, MEND_ABUSE
    if child.form is Form.FULL or _tells_more(around):
        return Flag.CHILD_DETAILS, Level.SECOND_OFFICER, start, end, MENDS[Flag.CHILD_DETAILS]
    return None


def _unnamed(around: _Around, kind: PostKind) -> _Judgement | None:
    """A missing child without a name, but with its school, illness, parents or home ("cháu gái 9 tuổi bị câm điếc")."""
    one = re.search(r"(?<!\w)(?:bé|cháu|một (?:học sinh|em)|nam sinh|nữ sinh)(?!\w)", around.sentence.lower)
    if one and kind == "missing_person" and _tells_more(around):
        return Flag.CHILD_DETAILS, Level.SECOND_OFFICER, one.start(), one.end(), MENDS[Flag.CHILD_DETAILS]
    return None


_BESIDE_PARENT = re.compile(r"(?<!\w)(?:bố|mẹ|con|ba|cha|cháu nội|cháu ngoại)(?!\w)[^.]{0,25}$")
_NOT_OF_PERSON = re.compile(r"(?<!\w)(?:con|cháu|giáo viên|phụ huynh|bố|mẹ|dạy|chủ nhiệm|cho|nuôi|có)(?!\w)[^,]{0,20}$")


def _child_person(around: _Around) -> Person | None:
    """The first person of the sentence who is told to be a child, or the parent beside a child without a name."""
    lower = around.sentence.lower
    for person in around.people:
        after, ahead = lower[person.end : person.end + 70], lower[max(0, person.start - 40) : person.start]
        if person.called in _CHILD_KIN or re.search(r"(?<!\w)(?:cháu|bé|học sinh)(?: \w+)?[ :]{1,2}$", ahead):
            if not _adult(after):
                return person
        elif (CHILD_WORD.search(ahead) and _under_16(lower[: person.start])) or (
            _under_16(after) and not _NOT_OF_PERSON.search(re.split(r"tuổi|lớp", after)[0])
        ):
            return person
    for person in around.people:
        ahead = lower[: person.start]
        if _BESIDE_PARENT.search(ahead) and (CHILD_WORD.search(ahead) or _under_16(lower)):
            return person
    return None


def _adult(after: str) -> bool:
    age = re.match(r"[ ,(]{1,3}(?:khoảng )?(\d{1,2}) tuổi", after)
    return bool(age and int(age[1]) >= 16)


def _under_16(lower: str) -> bool:
    for match in _CHILD_AGE.finditer(lower):
        if match["age"] is None and match["year"] is None:
            return True
        if (match["age"] and int(match["age"]) < 16) or (match["year"] and int(match["year"]) >= 2011):
            return True
    return False


_NO_OFFENCE = Words(r"đi lạc|bị lạc|mất tích|nhặt được|trả lại|tìm (?:cháu|bé|gia đình)|cứu|khen|dũng cảm|tuyên dương")


def _offends(around: _Around, child: Person | None) -> bool:
    lower = around.sentence.lower
    if (child is not None and _is_victim(around, child)) or _NO_OFFENCE.search(lower):
        return False
    return bool(OFFENCE.search(lower))


def _tells_more(around: _Around) -> bool:
    """School, class, parents, day of birth, illness or home of the child, in the sentence or the next one."""
    texts = [around.sentence]
    if around.after is not None and (not people_in(around.after) or _parent(around.after)):
        texts.append(around.after)
    return any(_parent(one) or any(told.search(one.lower) for told in _MORE) for one in texts)


def _parent(sentence: Sentence) -> bool:
    return any(sentence.shown[match.start("name")].isupper() for match in _PARENT.finditer(sentence.lower))
