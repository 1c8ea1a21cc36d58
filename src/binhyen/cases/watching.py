"""Every look at a case is a row of the record, with what makes it worth a question, in codes alone (G19)."""

import re
from collections.abc import Iterator
from itertools import groupby

from binhyen.audit import actions as audit
from binhyen.cases.conflicts import CASE_ROLES
from binhyen.cases.models import Case
from binhyen.cases.reports import Report
from binhyen.cases.rules import bare_name
from binhyen.core.text import fold
from binhyen.units.models import Officer, Role
from binhyen.units.scope import Scope

_RUN = re.compile(r"[^\W\d_]+(?: [^\W\d_]+)*")
_WIDESPREAD_NAMES = (
    "nguyen tran le pham hoang huynh phan vu vo dang bui do ho ngo duong ly dinh trinh mai truong"  # folded
)
_WIDESPREAD = frozenset(_WIDESPREAD_NAMES.split())
"""Families of nine people in ten: sharing one says nothing."""
_MIDDLE_OF_HALF = frozenset({"van", "thi"})


def note_read(scope: Scope, case: Case, report: Report) -> None:
    """Append the row, before anything is shown (G16)."""
    rows = list(
        Officer.objects.filter(pk=scope.officer_id).values_list("full_name", "memberships__unit", "memberships__role")
    )
    roles = {role for _, unit_id, role in rows if unit_id == case.unit_id}
    facts: dict[str, str | int] = {}
    if _is_outside(scope, case, roles):
        facts["outside_area"] = 1
    if rows and names_family(f"{report.text}\n{report.place}", rows[0][0]):
        facts["own_family"] = 1
    audit.record(case.unit_id, "case.read", actor_key=scope.officer_id, subject=case.public_id, facts=facts)


def _is_outside(scope: Scope, case: Case, roles: set[str]) -> bool:
    """Somebody from above who was not asked, or a beat officer at a case given to another."""
    if not roles & CASE_ROLES:
        return not case.goes_up
    return roles & CASE_ROLES == {Role.BEAT_OFFICER} and case.assigned_to_id not in (None, scope.officer_id)


def names_family(text: str, officer_name: str) -> bool:
    """Whether the text names somebody who may be of the officer's family.

    The same rare family name; or a widespread one with the same middle word, "Văn" and "Thị" aside. Only names in
    capitals are seen. It is a reason to ask, never one to decide anything (G27).
    """
    own = bare_name(officer_name).split()
    if len(own) < 2 or len(own[0]) < 2:
        return False
    return any(_is_like(name, own) for name in _names(text))


def _names(text: str) -> Iterator[list[str]]:
    """Two and more words in capitals, one after another, folded, from each of them on."""
    for run in _RUN.finditer(text):
        for is_name, words in groupby(run[0].split(" "), key=lambda word: word[0].isupper()):
            found = fold(" ".join(words)).split() if is_name else []
            yield from (found[start:] for start in range(len(found) - 1))  # a title or the word before it stands first


def _is_like(name: list[str], own: list[str]) -> bool:
    if name[0] != own[0]:
        return False
    if own[0] not in _WIDESPREAD:
        return True
    return len(own) > 2 and len(name) > 2 and name[1] == own[1] and own[1] not in _MIDDLE_OF_HALF
