"""Pure decisions of lost and found: notices, matches, claims, the money formula, what a publication needs."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from binhyen.core.law import law_file
from binhyen.core.text import fold

QUESTIONS_ASKED = 3
LEAST_PROOF = 2
"""Details a notice of a found thing withholds at least (G24)."""
LEAST_MATCHES = 2
"""Answers of three that have to fit before anybody is invited."""
NOTE_LENGTH = 10
"""Characters of a note on the legal basis at least."""
_STOP = frozenset(
    ["mau", "cai", "chiec", "o", "gan", "tai", "va", "co", "bi", "mot", "nhat", "duoc", "mat", "roi", "thay", "cho"]
)


@dataclass(frozen=True, slots=True)
class Likeness:
    """Why two records may be the same thing: a figure of the notices' overlap, never about a person."""

    percent: int
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Traits:
    """What two records are compared by."""

    category: str
    words: str
    place: str
    area_id: int | None
    happened_on: date | None


def likeness(first: Traits, second: Traits) -> Likeness:
    """Overlap of kind, place, time and words, 0 to 100, with the reasons in Vietnamese."""
    points, reasons = 0, []
    if first.category == second.category:
        points += 30
        reasons.append("cùng loại")
    common = _words(first.words) & _words(second.words)
    union = _words(first.words) | _words(second.words)
    if common:
        points += round(35 * len(common) / max(1, min(len(union), 6)))
        reasons.append("cùng chữ: " + ", ".join(sorted(common)[:5]))
    places = _words(first.place) & _words(second.place)
    if first.area_id is not None and first.area_id == second.area_id:
        points += 15
        reasons.append("cùng thôn, tổ")
    if places:
        points += 10
        reasons.append("nơi gần giống")
    points += _by_days(first.happened_on, second.happened_on, reasons)
    return Likeness(min(100, points), tuple(reasons))


def _words(text: str) -> set[str]:
    return {word for word in fold(text).split() if word not in _STOP}


def _by_days(first: date | None, second: date | None, reasons: list[str]) -> int:
    if first is None or second is None:
        return 0
    apart = abs((first - second).days)
    if apart <= 1:
        reasons.append("cùng ngày" if not apart else "cách một ngày")
        return 15
    if apart <= 7:
        reasons.append(f"cách {apart} ngày")
        return 8
    return 0


def shown_questions(questions: Sequence[str]) -> list[str]:
    """The questions a claimant is asked: at most three, without their answers."""
    return list(questions)[:QUESTIONS_ASKED]


def fits_enough(matched: Sequence[bool]) -> bool:
    """Whether enough answers of a claim fit."""
    return sum(bool(one) for one in matched) >= LEAST_MATCHES


def base_salary_on(day: date) -> int:
    """The base salary in force, in đồng (law section 6). Raises LookupError for a day before the data begins."""
    for row in law_file()["parameters"]["base_salary_vnd"]:
        if row["valid_from"] <= day.isoformat() and (row["valid_to"] is None or day.isoformat() <= row["valid_to"]):
            return int(row["value"])
    raise LookupError(f"no base salary is known for {day}")


@dataclass(frozen=True, slots=True)
class Shares:
    """Who gets what of a found thing nobody claimed, in đồng."""

    finder_vnd: int
    state_vnd: int
    threshold_vnd: int


def shares(value_vnd: int, cost_vnd: int, base_salary_vnd: int) -> Shares:
    """Civil Code Art. 230: up to ten base salaries all to the finder; above, after storage costs, ten base salaries
    and half of the rest to the finder, what is left to the State. Rounded down to the đồng for the finder.

    Raises ValueError for a negative amount.
    """
    if value_vnd < 0 or cost_vnd < 0:
        raise ValueError("amounts are not negative")
    rule = law_file()["parameters"]["lost_property"]
    threshold = int(rule["threshold_multiple_of_base_salary"]) * base_salary_vnd
    if value_vnd <= threshold:
        return Shares(value_vnd, 0, threshold)
    left = max(0, value_vnd - cost_vnd)
    if left <= threshold:
        return Shares(left, 0, threshold)
    finder = threshold + int((left - threshold) * rule["excess_share_finder"])
    return Shares(finder, left - finder, threshold)


def equal_parts(amount_vnd: int, finders: int) -> int:
    """What each of several finders gets, in đồng, rounded down.

    Art. 230 speaks of one finder; equal parts unless they agree otherwise is our reading (confidence D), which an
    officer confirms. Raises ValueError for less than one finder.
    """
    if finders < 1:
        raise ValueError("somebody found it")
    return amount_vnd // finders


@dataclass(frozen=True, slots=True)
class Notice:
    """What the public may read; made from permitted fields only (G21, G24)."""

    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Facts:
    """Permitted fields of a record."""

    kind: str
    category_name: str
    description: str
    first_name: str
    age_band: str
    clothing: str
    place: str
    happened_on: date | None


_AMOUNT = re.compile(
    r"(?<!\w)(?:\d[\d.,]*|một|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười|mấy chục|trăm) ?"
    r"(?:đồng|vnđ|vnd|đ|nghìn|ngàn|triệu|trăm|chục|tỷ|tỉ|tr|k|củ|usd|đô|euro)(?!\w)"
)


def tells_amount(text: str) -> bool:
    """Whether a notice says how much money it is, which only the owner should know ("3 triệu", "năm trăm nghìn")."""
    return bool(_AMOUNT.search(text.lower()))


def tells_answer(text: str, answers: Sequence[str]) -> bool:
    """Whether a notice holds an answer it should withhold, with or without marks (G24)."""
    said = f" {' '.join(re.findall(r'[a-z0-9]+', fold(text)))} "
    hidden = (" ".join(re.findall(r"[a-z0-9]+", fold(answer))) for answer in answers)
    return any(len(words) > 2 and f" {words} " in said for words in hidden)


_TITLES = {
    "found_item": "Tìm chủ: {what}",
    "lost_item": "Tìm đồ bị mất: {what}",
    "found_child": "Tìm gia đình của bé",
    "missing_child": "Tìm bé đi lạc",
    "found_person": "Tìm người thân",
    "missing_person": "Tìm người đi lạc",
}


_NO_COPIES = "Xin đừng đăng lại ảnh lên nơi khác."


def notice_of(facts: Facts, unit_name: str, phone: str) -> Notice:
    """The words of the notice in Vietnamese."""
    what = (facts.description or facts.category_name).strip()
    day = f", ngày {facts.happened_on:%d/%m/%Y}" if facts.happened_on else ""
    where = f"{facts.place}{day}" if facts.place else day.removeprefix(", ")
    title = _TITLES[facts.kind].format(what=what)
    if facts.kind == "found_item":
        text = (
            f"{unit_name} đang giữ: {what}. Nơi thấy: {where}. "
            "Ai là chủ xin trả lời câu hỏi trên trang của đơn vị rồi đến trụ sở."
        )
    elif facts.kind == "lost_item":
        text = f"Có người bị mất: {what}. Nơi mất: {where}. Ai nhặt được xin gọi {phone} hoặc đưa đến {unit_name}."
    else:
        text = _person_text(facts, where, unit_name, phone)
    return Notice(title, re.sub(r" {2,}", " ", text))


def _person_text(facts: Facts, where: str, unit_name: str, phone: str) -> str:
    is_child = facts.kind.endswith("child")
    who = facts.description or ("Một bé" if is_child else "Một người")
    parts = [who]
    if facts.first_name:
        parts.append(f"tên {facts.first_name}" if is_child else facts.first_name)
    parts += [part for part in (facts.age_band, facts.clothing and f"mặc {facts.clothing}") if part]
    person = ", ".join(parts)
    if facts.kind.startswith("found"):
        here = "Bé đang ở chỗ an toàn." if is_child else "Người này đang được chăm sóc."
        return f"{person}. Nơi gặp: {where}. {here} Gia đình gọi ngay {unit_name}: {phone}. {_NO_COPIES}"
    return f"{person}. Thấy lần cuối: {where}. Ai gặp xin gọi ngay 113 hoặc {unit_name}: {phone}. {_NO_COPIES}"


def closing_of(kind: str) -> Notice:
    """The closing notice: no name, no picture."""
    if kind == "found_child":
        return Notice(
            "Đã tìm thấy gia đình", "Đã tìm thấy gia đình của bé. Cảm ơn bà con. Ai đã đăng lại ảnh xin gỡ xuống."
        )
    if kind == "missing_child":
        return Notice("Bé đã về với gia đình", "Bé đã về với gia đình. Cảm ơn bà con. Ai đã đăng lại ảnh xin gỡ xuống.")
    if kind in ("found_person", "missing_person"):
        return Notice(
            "Đã tìm thấy người thân",
            "Người được tìm đã về với gia đình. Cảm ơn bà con. Ai đã đăng lại ảnh xin gỡ xuống.",
        )
    return Notice("Đã tìm thấy chủ", "Đồ đã về với chủ. Cảm ơn bà con đã chia sẻ.")
