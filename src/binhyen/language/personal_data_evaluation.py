"""Measure the search for personal data on marked lines; the figures of `binhyen evaluate-pii`."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from binhyen.language.evaluation_rows import RowError, Rows, read_rows, text_field
from binhyen.language.personal_data import Span, find_personal_data

DIGIT_TYPES = frozenset({"PHONE", "CCCD", "CMND", "PLATE", "BANK", "PASSPORT", "TAX", "SOCIAL", "LICENCE", "DOB"})
"""Types whose spans leak when one digit stays visible."""

SAME_TYPE = {"BHXH": "SOCIAL", "BHYT": "SOCIAL"}
"""Older labels and the type they count as: numbers of social and of health insurance."""


@dataclass(slots=True)
class _Count:
    of: int = 0
    found: int = 0
    reported: int = 0
    true: int = 0
    with_digits: int = 0
    leaked: int = 0


@dataclass(slots=True)
class _Tally:
    types: dict[str, _Count] = field(default_factory=dict)
    clean: int = 0
    alarmed: int = 0
    errors: list[dict[str, Any]] = field(default_factory=list)

    def of(self, type_: str) -> _Count:
        return self.types.setdefault(type_, _Count())


def evaluate_personal_data(source: Path | str | Rows) -> dict[str, Any]:
    """Measure on JSONL rows with `text` and `spans`, a list of [type, start, end] with offsets into the text.

    - `recall`: share of marked spans that a found span of the same type overlaps; `precision`: share of found spans
      that overlap a marked one of the same type. BHXH and BHYT count as SOCIAL.
    - `leak_rate`: share of marked spans of digit types with a digit outside everything that was found.
    - `false_alarm_rate`: share of lines without marked spans in which anything was found.
    - `by_type`: for each type `of`, `found`, `recall`, `precision`, `leaked`.
    - `errors`: lines with a miss, a leak or a false find.

    Raises `RowError`, naming the line, for rows that cannot be read.
    """
    tally = _Tally()
    for number, row in read_rows(source):
        text = text_field(number, row, "text")
        _count(tally, text, _marked(number, row, text))
    counts = tally.types.values()
    return {
        "recall": _share(sum(c.found for c in counts), sum(c.of for c in counts)),
        "precision": _share(sum(c.true for c in counts), sum(c.reported for c in counts), empty=1.0),
        "leak_rate": _share(sum(c.leaked for c in counts), sum(c.with_digits for c in counts)),
        "false_alarm_rate": _share(tally.alarmed, tally.clean),
        "by_type": {
            type_: {
                "of": c.of,
                "found": c.found,
                "recall": _share(c.found, c.of),
                "precision": _share(c.true, c.reported, empty=1.0),
                "leaked": c.leaked,
            }
            for type_, c in sorted(tally.types.items())
        },
        "errors": tally.errors,
    }


def _marked(number: int, row: dict[str, Any], text: str) -> list[Span]:
    marked = row.get("spans")
    if not isinstance(marked, list):
        raise RowError(number, '"spans" must be a list of [type, start, end]')
    spans = []
    for entry in marked:
        if not (isinstance(entry, list | tuple) and len(entry) == 3):
            raise RowError(number, '"spans" must be a list of [type, start, end]')
        type_, start, end = entry
        whole = type(start) is int and type(end) is int
        if not isinstance(type_, str) or not whole or not 0 <= start < end <= len(text):
            raise RowError(number, f"span {entry!r} does not lie in the text"[:120])
        spans.append(Span(SAME_TYPE.get(type_, type_), start, end))
    return spans


def _count(tally: _Tally, text: str, marked: Sequence[Span]) -> None:
    found = find_personal_data(text)
    missed = [span for span in marked if not any(_agree(span, other) for other in found)]
    wrong = [span for span in found if not any(_agree(span, other) for other in marked)]
    leaked = [span for span in marked if span.type in DIGIT_TYPES and _leaks(text, span, found)]
    for span in marked:
        count = tally.of(span.type)
        count.of += 1
        count.found += span not in missed
        count.with_digits += span.type in DIGIT_TYPES
        count.leaked += span in leaked
    for span in found:
        count = tally.of(span.type)
        count.reported += 1
        count.true += span not in wrong
    if not marked:
        tally.clean += 1
        tally.alarmed += bool(found)
    if missed or wrong or leaked:
        tally.errors.append({
            "text": text,
            **{
                name: [[span.type, text[span.start : span.end]] for span in spans]
                for name, spans in (("missed", missed), ("wrong", wrong), ("leaked", leaked))
            },
        })  # fmt: skip


def _agree(first: Span, second: Span) -> bool:
    return first.type == second.type and first.start < second.end and second.start < first.end


def _leaks(text: str, span: Span, found: Sequence[Span]) -> bool:
    """Some digit of the span, or a whole span written in words, stays outside every found span."""
    digits = [i for i in range(span.start, span.end) if text[i].isdigit()] or [span.start, span.end - 1]
    return any(not any(other.start <= i < other.end for other in found) for i in digits)


def _share(part: int, whole: int, empty: float = 0.0) -> float:
    return round(part / whole, 4) if whole else empty
