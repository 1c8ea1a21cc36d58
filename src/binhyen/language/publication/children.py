"""Children in a draft: offenders and abused ones never, others only by age, clothes and place (G21, G22)."""

# ruff: noqa: E501 -- lists of words are easier to compare unbroken

import re

from binhyen.core import clock
from binhyen.language.publication.around import Around, Judgement, is_victim
from binhyen.language.publication.findings import MEND_ABUSE, MEND_CHILD_OFFENDER, MENDS, Flag, Level, PostKind
from binhyen.language.publication.people import Form, Person, people_in
from binhyen.language.publication.sentences import Sentence
from binhyen.language.publication.wording import ABUSE, CHILD_WORD, GENERAL, HEALTH, HOME, OFFENCE, Words

_AGE = re.compile(
    r"(?<!\w)(?:(?P<age>\d{1,2})(?P<months> tháng)? ?(?:tuổi|t(?=[ ,.)]|$))|lớp (?P<form>[1-9]|1[0-2])(?!\d)(?:[a-zđ]\d?|/\d{1,2})?(?!\w)|(?:(?:sinh năm|sn) ?|(?<=\())(?P<year>20\d\d)(?!\w))"
)
_OF_AGE = 18
_CHILD_UNTIL = 16
"""Below 16 a child (Children Law 2016, article 1); below 18 an offender whose name is kept (Law on Juvenile Justice 2024)."""
_YOUNGEST_PUPIL = 6
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


def child_judgement(around: Around, kind: PostKind) -> Judgement | None:
    """What the sentence tells of a child, or None."""
    lower = around.sentence.lower
    child, minor = _young_person(around, _CHILD_UNTIL), _young_person(around, _OF_AGE)
    if minor is None and not CHILD_WORD.search(lower):
        return None
    start, end = (minor.start, minor.end) if minor else (0, min(len(lower), 60))
    general = GENERAL.search(lower) is not None
    if not general and (minor is not None or _CLASS.search(lower)) and _offends(around, minor):
        return Flag.CHILD_DETAILS, Level.NEVER, start, end, MEND_CHILD_OFFENDER
    if child is None:
        return _unnamed(around, kind)
    if not general and ABUSE.search(around.window):
        return Flag.CHILD_DETAILS, Level.NEVER, start, end, MEND_ABUSE
    if child.form is Form.FULL or _tells_more(around):
        return Flag.CHILD_DETAILS, Level.SECOND_OFFICER, start, end, MENDS[Flag.CHILD_DETAILS]
    return None


def _unnamed(around: Around, kind: PostKind) -> Judgement | None:
    """A missing child without a name, but with its school, illness, parents or home ("cháu gái 9 tuổi bị câm điếc")."""
    one = re.search(r"(?<!\w)(?:bé|cháu|một (?:học sinh|em)|nam sinh|nữ sinh)(?!\w)", around.sentence.lower)
    if one and kind == "missing_person" and _tells_more(around):
        return Flag.CHILD_DETAILS, Level.SECOND_OFFICER, one.start(), one.end(), MENDS[Flag.CHILD_DETAILS]
    return None


_BESIDE_PARENT = re.compile(r"(?<!\w)(?:bố|mẹ|con|ba|cha|cháu nội|cháu ngoại)(?!\w)[^.]{0,25}$")
_NOT_OF_PERSON = re.compile(r"(?<!\w)(?:con|cháu|giáo viên|phụ huynh|bố|mẹ|dạy|chủ nhiệm|cho|nuôi|có)(?!\w)[^,]{0,20}$")


def _young_person(around: Around, below: int) -> Person | None:
    """The first person of the sentence told to be younger than `below`, or the parent beside a child without a name."""
    lower = around.sentence.lower
    for person in around.people:
        after, ahead = lower[person.end : person.end + 70], lower[max(0, person.start - 40) : person.start]
        if person.called in _CHILD_KIN or re.search(r"(?<!\w)(?:cháu|bé|học sinh)(?: \w+)?[ :]{1,2}$", ahead):
            if not _is_older(after, below):
                return person
        elif (CHILD_WORD.search(ahead) and _is_younger(lower[: person.start], below)) or (
            _is_younger(after, below) and not _NOT_OF_PERSON.search(re.split(r"tuổi|lớp", after)[0])
        ):
            return person
    for person in around.people:
        ahead = lower[: person.start]
        if _BESIDE_PARENT.search(ahead) and (CHILD_WORD.search(ahead) or _is_younger(lower, below)):
            return person
    return None


def _is_older(after: str, below: int) -> bool:
    age = re.match(r"[ ,(]{1,3}(?:khoảng )?(\d{1,2}) tuổi", after)
    return bool(age and int(age[1]) >= below)


def _is_younger(lower: str, below: int) -> bool:
    """Whether an age, a form or a year of birth below that age is told."""
    return any(_age(match) < below for match in _AGE.finditer(lower))


def _age(match: re.Match[str]) -> int:
    """The age in years that a match of `_AGE` tells."""
    if match["form"]:
        return int(match["form"]) + _YOUNGEST_PUPIL
    if match["year"]:
        born_ago = clock.now().year - int(match["year"])
        return born_ago if born_ago > 0 else _OF_AGE
    return 0 if match["months"] else int(match["age"])


_NO_OFFENCE = Words(r"đi lạc|bị lạc|mất tích|nhặt được|trả lại|tìm (?:cháu|bé|gia đình)|cứu|khen|dũng cảm|tuyên dương")


def _offends(around: Around, child: Person | None) -> bool:
    lower = around.sentence.lower
    if (child is not None and is_victim(around, child)) or _NO_OFFENCE.search(lower):
        return False
    return bool(OFFENCE.search(lower))


def _tells_more(around: Around) -> bool:
    """School, class, parents, day of birth, illness or home of the child, in the sentence or the next one."""
    texts = [around.sentence]
    if around.after is not None and (not people_in(around.after) or _parent(around.after)):
        texts.append(around.after)
    return any(_parent(one) or any(told.search(one.lower) for told in _MORE) for one in texts)


def _parent(sentence: Sentence) -> bool:
    return any(sentence.shown[match.start("name")].isupper() for match in _PARENT.finditer(sentence.lower))
