"""Who a draft exposes: suspects, victims, children and debtors (G21, G22), sentence by sentence."""

import re
from collections.abc import Iterator

from binhyen.language.flat_text import flatten
from binhyen.language.publication.around import LABEL_BEFORE, PASSIVE, VICTIM_LABEL, Around, Judgement, is_victim
from binhyen.language.publication.children import child_judgement
from binhyen.language.publication.findings import (
    MEND_ABUSE,
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
    DEBT,
    GENERAL,
    HANDLE,
    NOT_DEBT,
    NOT_SUSPECT,
    POINTS,
    PRAISE,
    SHOP_VICTIM,
    SUSPECT,
)

_CAUGHT = re.compile(r"(?<!\w)bị (?:bắt|khởi tố|truy nã|xử phạt|tạm giữ|phạt)(?!\w)")
_SUSPECT_CALLS = frozenset({"doi tuong", "nghi pham", "nghi can", "bi can", "bi cao", "hung thu", "thu pham", "trum"})


def people_findings(text: str, kind: PostKind) -> Iterator[Finding]:
    """Findings about people, at most one of a flag for each sentence; offsets into the text as given."""
    flat = flatten(text)
    sentences = sentences_of(flat)
    people = [people_in(sentence) for sentence in sentences]
    for index, sentence in enumerate(sentences):
        around = Around(
            sentence,
            people[index],
            sentences[index - 1] if index else None,
            sentences[index + 1] if index + 1 < len(sentences) else None,
        )
        for flag, level, start, end, mend in _judged(around, kind):
            yield Finding(flag, level, *flat.place(sentence.start + start, sentence.start + end), mend)


def _judged(around: Around, kind: PostKind) -> Iterator[Judgement]:
    for found in (_suspect(around), _victim(around), _abuse(around), _debtor(around), child_judgement(around, kind)):
        if found is not None:
            yield found


def _suspect(around: Around) -> Judgement | None:
    for person in around.people:
        if (person.form is not Form.INITIALS or _tells_who(around, person)) and _is_suspect(around, person):
            return Flag.SUSPECT_NAMED, Level.SECOND_OFFICER, person.start, person.end, MENDS[Flag.SUSPECT_NAMED]
    return None


_WHO = re.compile(r"(?<!\w)(?:sinh năm|sn|\d{2} tuổi)(?!\w).{0,40}(?<!\w)(?:thôn|xóm|buôn|bản|ấp|tổ|khối|trú|ở)(?!\w)")


def _tells_who(around: Around, person: Person) -> bool:
    """Initials with a year of birth or an age and the hamlet name a person in a commune as well as a name does."""
    return bool(_WHO.search(around.sentence.lower[person.end : person.end + 80]))


def _is_suspect(around: Around, person: Person) -> bool:
    lower = around.sentence.lower
    before, after = lower[: person.start], lower[person.end :]
    if person.called in _SUSPECT_CALLS:
        return True
    if LABEL_BEFORE.search(before[-80:]) and not VICTIM_LABEL.search(before[-40:]):
        return True
    victim = is_victim(around, person)
    if PASSIVE.search(after[:160]) and (not victim or _CAUGHT.search(after)):
        return True
    if victim or PRAISE.search(lower):
        return False
    return bool(SUSPECT.search(_without_police_work(lower, person))) or any(
        _points_here(near) for near in around.beside
    )


def _without_police_work(lower: str, person: Person) -> str:
    """The sentence less what is done against crime ("phòng chống tội phạm"); the person stays."""

    def blank(match: re.Match[str]) -> str:
        reaches = match.start() < person.end and person.start < match.end()
        return match[0] if reaches else " " * len(match[0])

    return NOT_SUSPECT.sub(blank, lower)


def _points_here(near: Sentence) -> bool:
    """A neighbouring sentence that speaks of a suspect but names nobody itself."""
    return bool(POINTS.search(near.lower)) and not PRAISE.search(near.lower) and not people_in(near)


def _victim(around: Around) -> Judgement | None:
    mend = MENDS[Flag.VICTIM_IDENTIFIABLE]
    for person in around.people:
        if person.form is not Form.INITIALS and is_victim(around, person):
            return Flag.VICTIM_IDENTIFIABLE, Level.SECOND_OFFICER, person.start, person.end, mend
    shop = SHOP_VICTIM.search(around.sentence.lower)
    if shop and any(character.isupper() for character in around.sentence.shown[shop.start() + 4 : shop.end()]):
        return Flag.VICTIM_IDENTIFIABLE, Level.SECOND_OFFICER, shop.start(), shop.end(), mend
    return None


def _abuse(around: Around) -> Judgement | None:
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


def _debtor(around: Around) -> Judgement | None:
    debt = DEBT.search(NOT_DEBT.sub(lambda match: " " * len(match[0]), around.sentence.lower))
    if debt is None or _debt_of_law(around):
        return None
    lower = around.sentence.lower
    number = re.search(r"(?:\d[ .-]?){9,11}|\d{2}[a-z]\d?-", lower)
    sums = _NAME_AND_SUM.search(around.sentence.shown)
    if around.people or HANDLE.search(lower) or number or sums or any(people_in(one) for one in around.beside):
        return Flag.DEBTOR_SHAMING, Level.NEVER, debt.start(), debt.end(), MENDS[Flag.DEBTOR_SHAMING]
    return None


def _debt_of_law(around: Around) -> bool:
    """A rule about debts that names nobody."""
    return bool(GENERAL.search(around.sentence.lower)) and not around.people
