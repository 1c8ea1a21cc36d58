"""Pure decisions about procedures: when a person must answer, how sure a fact may sound."""

import functools
import re
from datetime import date, timedelta

from binhyen.core.text import fold
from binhyen.procedures.catalogue import Procedure

STALE_AFTER = timedelta(days=180)
"""A procedure checked longer ago is shown with a warning."""

_UNCHECKED = re.compile(r"\(\s*nhớ lại\s*\)")
_UNCHECKED_WORD = re.compile(r"\bnhớ lại\b")
_ALWAYS = re.compile(r"^luôn luôn(?:, [^;]*)?")
"""A condition that is always met; what follows the comma is meant for officers."""
_END = re.compile(r"đến (?:hết )?(?:ngày )?(0?[1-9]|[12]\d|30|31)/(0?[1-9]|1[0-2])/(20\d\d)")
_COMMON = frozenset(
    """co cua khi nguoi va hoac can chua khong duoc lam voi thi la ma o cho tu den hay bi de theo nay do
    noi con""".split()  # noqa: SIM905 - easier to read than forty quotes
)


def is_stale(procedure: Procedure, on: date) -> bool:
    """Whether the facts were checked more than 180 days before `on`."""
    return on - procedure.checked_on > STALE_AFTER


def has_run_out(fact: str, on: date) -> bool:
    """Whether the fact names an end ("đến 31/12/2026") that lies before `on`."""
    ends = ((int(year), int(month), int(day)) for day, month, year in _END.findall(fact))
    return any(end < (on.year, on.month, on.day) for end in ends)


def worded(fact: str) -> str:
    """A fact as residents may read it: what was written from memory says so."""
    plain = _UNCHECKED.sub("(chưa kiểm chứng, cần hỏi lại cán bộ)", fact)
    plain = plain.replace("Nhớ lại, chưa kiểm", "Chưa kiểm chứng").replace("Nhớ lại", "Chưa kiểm chứng")
    return _ALWAYS.sub("mọi trường hợp", _UNCHECKED_WORD.sub("chưa kiểm chứng", plain))


def unchecked(procedure: Procedure) -> bool:
    """Whether a single fact of the procedure was written from memory."""
    facts = (procedure.time_limit.text, procedure.fee.summary, procedure.fee.exempt, *procedure.notes)
    return any(worded(fact) != fact for fact in facts)


def officer_needed(procedure: Procedure, text: str) -> str:
    """The condition of `needs_officer_when` that the message meets, or "".

    A condition is met when three quarters of its telling words, at least two, stand in the message.
    """
    said = set(fold(text).split())
    for condition in procedure.needs_officer_when:
        if condition.startswith("luôn"):
            continue
        for telling in _telling_words(condition):
            if sum(word in said for word in telling) >= max(2, 0.75 * len(telling)):
                return condition
    return ""


def always_needs_officer(procedure: Procedure) -> bool:
    """Whether an officer looks at every question about it, whatever it says."""
    return any(condition.startswith("luôn") for condition in procedure.needs_officer_when)


_FROM_14, _UNDER_14 = "cap-the-can-cuoc", "cap-the-can-cuoc-duoi-14"
_AGE = re.compile(r"\b(\d{1,2}) ?(?:tuoi|t)\b")


def by_age(procedure_id: str, text: str) -> str:
    """The first ID card for the age a message names: from 14 or under 14 (Law 26/2023/QH15 on ID cards, Article 19).

    Every other procedure, and a message that names no age or several, stays as it was understood.
    """
    if procedure_id not in (_FROM_14, _UNDER_14):
        return procedure_id
    ages = {int(age) for age in _AGE.findall(fold(text))}
    if len(ages) != 1:
        return procedure_id
    return _FROM_14 if ages.pop() >= 14 else _UNDER_14


_OTHER_ADDICTION = re.compile(
    r"\bnghien (?:choi )?(?:game|dien thoai|ruou|bia|mang|facebook|tiktok|phim|co bac|bac|ca do|lo de|de|mua sam)\b"
)


def is_other_addiction(procedure_id: str, text: str) -> bool:
    """Whether somebody asks for help against games or drink, which drug rehabilitation is no answer to."""
    return procedure_id == "dang-ky-cai-nghien" and _OTHER_ADDICTION.search(fold(text)) is not None


@functools.cache
def _telling_words(condition: str) -> tuple[tuple[str, ...], ...]:
    """Telling words of each alternative of a condition, alternatives with fewer than two left out."""
    parts = (fold(part).split() for part in re.split(r"[,;]| hoặc ", condition))
    telling = (tuple(word for word in words if word not in _COMMON) for words in parts)
    return tuple(words for words in telling if len(words) >= 2)
