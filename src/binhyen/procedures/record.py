"""A procedure as a plain record of the shared YAML format: what a unit may change in it, merging, comparing, checking.

Changes hold whole values by key; only popular names and sample questions are added to those from above.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlsplit

from binhyen.core.text import clean
from binhyen.procedures.catalogue import Channel, Confidence

Row = dict[str, Any]
"""One record of catalogue.yaml, with the keys of `OVERRIDABLE` that only units have where they are set."""

ADDED = ("aliases_vi", "sample_questions_vi")
"""Keys whose lists grow from level to level instead of being replaced."""
TEXTS = ("agency", "place_vi", "hours_vi", "unit_note_vi", "who", "result")
LINES = ("steps", "legal_basis", "notes", "needs_officer_when", *ADDED)
OVERRIDABLE = (
    "offered", "aliases_vi", "sample_questions_vi", "agency", "place_vi", "hours_vi", "unit_note_vi", "who", "dossier",
    "channels", "time_limit", "fee", "result", "steps", "legal_basis", "notes", "needs_officer_when", "source",
    "confidence", "checked_as_of",
)  # fmt: skip
"""What a unit may say for itself, in the order of the editor. Id, code, title and category stay national."""

KINDS = ("original", "copy", "certified_copy", "present", "electronic", "photo")
UNITS = ("working_days", "days", "hours", "working_hours", "immediate", "unknown")
FEE_CHANNELS = ("in_person", "online", "post", "any")
_CHANNELS, _CONFIDENCES = frozenset(Channel), frozenset(Confidence)
_MOST = {"text": 600, "line": 1_000, "lines": 60, "rows": 40}
_LONGEST_QUESTION = 300


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that keeps a record from being kept."""

    field: str
    code: str
    """too_long, too_many, no_number, not_listed, no_date, bad_link, empty."""
    shown: str = ""
    """The value that was typed, cut short."""


def _text(value: object) -> str:
    return " ".join(clean(str(value)).split()) if value is not None else ""


def _texts(value: object) -> list[str]:
    lines = value if isinstance(value, list | tuple) else []
    return list(dict.fromkeys(text for line in lines if (text := _text(line))))


def _rows(value: object, read: Callable[[Mapping[str, Any]], Row], named: str) -> list[Row]:
    rows = value if isinstance(value, list | tuple) else []
    return [row for one in rows if isinstance(one, Mapping) and (row := read(one))[named] != ""]


def _document(row: Mapping[str, Any]) -> Row:
    copies = row.get("copies")
    return {
        "item": _text(row.get("item")),
        "form": _text(row.get("form")),
        "copies": 1 if copies in (None, "") else copies,
        "kind": _text(row.get("kind")) or "original",
        "when": _text(row.get("when")),
        "note": _text(row.get("note")),
    }


def _time_limit(value: object) -> Row:
    row: Mapping[str, Any] = value if isinstance(value, Mapping) else {}
    cases = _rows(
        row.get("cases"),
        lambda case: {
            "value": case.get("value"),
            "unit": _text(case.get("unit")) or "unknown",
            "when": _text(case.get("when")),
        },
        "when",
    )
    return {
        "value": row.get("value"),
        "unit": _text(row.get("unit")) or "unknown",
        "text_vi": _text(row.get("text_vi")),
        "source": _text(row.get("source")),
        "cases": cases,
    }


def _fee(value: object) -> Row:
    row: Mapping[str, Any] = value if isinstance(value, Mapping) else {}
    items = [
        {
            "channel": _text(item.get("channel")) or "any",
            "amount_vnd": item.get("amount_vnd"),
            "note": _text(item.get("note")),
        }
        for item in row.get("items") or ()
        if isinstance(item, Mapping) and (item.get("amount_vnd") is not None or _text(item.get("note")))
    ]
    return {
        "summary_vi": _text(row.get("summary_vi")),
        "items": items,
        "source": _text(row.get("source")),
        "exempt_vi": _text(row.get("exempt_vi")),
        "note": _text(row.get("note")),
    }


def _channels(value: object) -> list[Row]:
    """In the order of the list of channels, which says nothing by itself."""
    ways = _rows(value, lambda way: {"channel": _text(way.get("channel")), "note": _text(way.get("note"))}, "channel")
    order = {channel: place for place, channel in enumerate(Channel)}
    return sorted(ways, key=lambda way: order.get(way["channel"], len(order)))


def _sources(value: object) -> list[Row]:
    return _rows(value, lambda one: {"title": _text(one.get("title")), "url": _text(one.get("url"))}, "title")


_READERS: dict[str, Callable[[Any], Any]] = {
    "offered": lambda value: value is not False,
    "dossier": lambda value: _rows(value, _document, "item"),
    "channels": _channels,
    "time_limit": _time_limit,
    "fee": _fee,
    "source": _sources,
    **dict.fromkeys(LINES, _texts),
}


def canonical(row: Mapping[str, Any]) -> Row:
    """What a unit may change of the record, in one spelling, so that equal things are equal."""
    return {key: _READERS.get(key, _text)(row.get(key)) for key in OVERRIDABLE}


def differing(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[str]:
    """Keys whose values differ, in the order of the editor."""
    one, other = canonical(before), canonical(after)
    return [key for key in OVERRIDABLE if one[key] != other[key]]


def changes_between(above: Mapping[str, Any], wanted: Mapping[str, Any]) -> Row:
    """What has to be kept so that `merged(above, changes)` reads like `wanted`; names from above stay."""
    one, other = canonical(above), canonical(wanted)
    changes: Row = {}
    for key in differing(above, wanted):
        value = [text for text in other[key] if text not in one[key]] if key in ADDED else other[key]
        if value or key not in ADDED:
            changes[key] = value
    return changes


def merged(row: Mapping[str, Any], changes: Mapping[str, Any]) -> Row:
    """The record with the changes of one level in place."""
    whole = dict(row)
    for key, value in changes.items():
        if key not in OVERRIDABLE:
            continue
        before = _texts(row.get(key)) if key in ADDED else []
        whole[key] = [*before, *(text for text in value if text not in before)] if key in ADDED else value
    detail = row.get("confidence_detail") or {}
    whole["confidence_detail"] = {part: words for part, words in detail.items() if part not in changes}
    return whole


def problems_of(row: Mapping[str, Any]) -> list[Problem]:
    """Everything that keeps the record from being kept, each with its field."""
    found: list[Problem] = []
    value = canonical(row)
    for key in TEXTS:
        found += _too_long(key, value[key])
    for key in LINES:
        found += _line_problems(key, value[key])
    found += _document_problems(value["dossier"])
    found += _time_problems(value["time_limit"])
    found += _fee_problems(value["fee"])
    found += [
        Problem("channels", "not_listed", way["channel"])
        for way in value["channels"]
        if way["channel"] not in _CHANNELS
    ]
    found += [problem for way in value["channels"] for problem in _too_long("channels", way["note"])]
    found += [Problem("source", "bad_link", one["url"][:60]) for one in value["source"] if not _is_link(one["url"])]
    if value["confidence"] not in _CONFIDENCES:
        found.append(Problem("confidence", "not_listed", value["confidence"][:20]))
    if day_of(value["checked_as_of"]) is None:
        found.append(Problem("checked_as_of", "no_date", value["checked_as_of"][:20]))
    return found


def day_of(value: object) -> date | None:
    """A day written as 2026-11-28; None for anything else."""
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        return None


def _too_long(field: str, text: str, most: int = _MOST["text"]) -> list[Problem]:
    return [Problem(field, "too_long", text[:40])] if len(text) > most else []


def _line_problems(field: str, lines: list[str]) -> list[Problem]:
    most = _LONGEST_QUESTION if field in ADDED else _MOST["line"]
    found = [problem for line in lines for problem in _too_long(field, line, most)]
    return found + ([Problem(field, "too_many")] if len(lines) > _MOST["lines"] else [])


def _document_problems(documents: list[Row]) -> list[Problem]:
    found = [Problem("dossier", "too_many")] if len(documents) > _MOST["rows"] else []
    for document in documents:
        words = (document["item"], document["form"], document["when"], document["note"])
        found += [problem for text in words for problem in _too_long("dossier", text)]
        if document["kind"] not in KINDS:
            found.append(Problem("dossier", "not_listed", document["kind"][:20]))
        copies = document["copies"]
        if not isinstance(copies, int) or isinstance(copies, bool) or not 0 <= copies <= 99:
            found.append(Problem("dossier", "no_number", str(copies)[:20]))
    return found


def _time_problems(limit: Row) -> list[Problem]:
    found = [problem for text in (limit["text_vi"], limit["source"]) for problem in _too_long("time_limit", text)]
    cases: Iterable[Row] = [limit, *limit["cases"]]
    for case in cases:
        if case["unit"] not in UNITS:
            found.append(Problem("time_limit", "not_listed", case["unit"][:20]))
        if case["value"] is not None and not _is_number(case["value"], 10_000):
            found.append(Problem("time_limit", "no_number", str(case["value"])[:20]))
    return found


def _fee_problems(fee: Row) -> list[Problem]:
    words = (fee["summary_vi"], fee["source"], fee["exempt_vi"], fee["note"], *(item["note"] for item in fee["items"]))
    found = [problem for text in words for problem in _too_long("fee", text, _MOST["line"])]
    for item in fee["items"]:
        amount = item["amount_vnd"]
        if item["channel"] not in FEE_CHANNELS:
            found.append(Problem("fee", "not_listed", item["channel"][:20]))
        if amount is not None and not (isinstance(amount, int) and _is_number(amount, 1_000_000_000)):
            found.append(Problem("fee", "no_number", str(amount)[:20]))
    return found


def _is_number(value: object, most: int) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value <= most


def _is_link(address: str) -> bool:
    """An empty one is fine; only web addresses otherwise."""
    try:
        return not address or (urlsplit(address).scheme in ("http", "https") and bool(urlsplit(address).hostname))
    except ValueError:
        return False
