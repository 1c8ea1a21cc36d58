"""A receipt code as people type it: what is missing, and in which group of three the mistake may be."""

import unicodedata
from collections.abc import Callable

GROUP = 3
GROUPS = 6
DIGITS = GROUP * GROUPS
LONGEST_ENTRY = 80


def groups_of(entry: str) -> list[str]:
    """The groups typed: as separated when each has three digits or fewer, else cut every three digits.

    Digits of any keyboard count, the full-width ones of telephones too.
    """
    parts = "".join(str(unicodedata.decimal(character, " ")) for character in entry[:LONGEST_ENTRY]).split()
    if len(parts) == GROUPS and all(len(part) <= GROUP for part in parts):
        return parts
    digits = "".join(parts)
    return [digits[start : start + GROUP] for start in range(0, len(digits), GROUP)]


def suspect_groups(entry: str, is_right: Callable[[str], bool]) -> list[int]:
    """Numbers, from 1, of the groups where one wrong digit or two swapped ones would explain the failed check.

    At most three; [] when nothing simple explains it. An incomplete group comes before any arithmetic.
    """
    groups = groups_of(entry)
    if len(groups) == GROUPS and (short := [n for n, group in enumerate(groups, 1) if len(group) != GROUP]):
        return short
    code = "".join(groups)
    if len(code) < DIGITS:
        return [len(code) // GROUP + 1]
    if len(code) > DIGITS:
        return []
    found = {n for n, changed in _single_mistakes(code) if is_right(changed)}
    return sorted(found)[:GROUPS] if len(found) <= GROUP else []


def _single_mistakes(code: str) -> list[tuple[int, str]]:
    """Each code one slip away with the number of the group the slip lies in."""
    changed = [
        (place // GROUP + 1, code[:place] + digit + code[place + 1 :])
        for place in range(DIGITS)
        for digit in "0123456789"
        if digit != code[place]
    ]
    changed += [
        (place // GROUP + 1, code[:place] + code[place + 1] + code[place] + code[place + 2 :])
        for place in range(DIGITS - 1)
        if code[place] != code[place + 1]
    ]
    return changed
