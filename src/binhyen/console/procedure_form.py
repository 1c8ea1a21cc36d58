"""The procedures editor's form: from a record to its fields, and from what was posted back to a record."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict

from binhyen.console.dates import WITHIN
from binhyen.procedures.catalogue import Channel
from binhyen.procedures.record import LINES, TEXTS, Row, canonical

EMPTY_ROWS = 2
"""Rows without words after the kept ones, so that something can be added without a script."""
DAY_FORMATS = ("%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%d%m%y", "%Y-%m-%d")


def shown_record(record: Mapping[str, Any]) -> Row:
    """The record as the template fills its fields."""
    value = canonical(record)
    limit, fee = value["time_limit"], value["fee"]
    notes = {way["channel"]: way["note"] for way in value["channels"]}
    return {
        **value,
        "lines": {key: "\n".join(value[key]) for key in LINES},
        "papers": [*value["dossier"], *({} for _ in range(EMPTY_ROWS))],
        "cases": [*_numbers_shown(limit["cases"], "value"), *({} for _ in range(EMPTY_ROWS))],
        "fee_items": [*_numbers_shown(fee["items"], "amount_vnd"), *({} for _ in range(EMPTY_ROWS))],
        "time_value": number_shown(limit["value"]),
        "ways": [(channel.value, channel in notes, notes.get(channel, "")) for channel in Channel],
        "source_lines": "\n".join(" | ".join(filter(None, (one["title"], one["url"]))) for one in value["source"]),
        "checked_on": day_shown(value["checked_as_of"]),
    }


def _numbers_shown(rows: Iterable[Row], key: str) -> list[Row]:
    return [{**row, key: number_shown(row[key])} for row in rows]


def number_shown(value: object) -> str:
    """A number as it is typed in Vietnam: 20.000 and 0,5."""
    if value is None:
        return ""
    if isinstance(value, int):
        return f"{value:,}".replace(",", ".")
    return str(value).replace(".", ",") if isinstance(value, float) else str(value)


def day_shown(value: object) -> str:
    """A day of a record as 28/11/2026; anything else as it stands."""
    try:
        return f"{date.fromisoformat(str(value)):%d/%m/%Y}"
    except ValueError:
        return str(value)


def posted_record(post: QueryDict) -> Row:
    """The record that was typed. Numbers and days nobody can read stay as words, so that they can be named."""
    record: Row = {"offered": post.get("offered") == "on"}
    record |= {key: post.get(key, "") for key in TEXTS}
    record |= {key: post.get(key, "").splitlines() for key in LINES}
    record["dossier"] = [
        {**row, "copies": _whole(row["copies"]) if row["copies"].strip() else 1}
        for row in _rows(post, "paper_", ("item", "form", "kind", "copies", "when", "note"))
    ]
    ways = [channel.value for channel in Channel if channel.value in post.getlist("way")]
    record["channels"] = [{"channel": way, "note": post.get(f"way_note_{way}", "")} for way in ways]
    record["time_limit"] = {
        "value": _number(post.get("time_value", "")),
        "unit": post.get("time_unit", ""),
        "text_vi": post.get("time_text", ""),
        "source": post.get("time_source", ""),
        "cases": [{**row, "value": _number(row["value"])} for row in _rows(post, "case_", ("value", "unit", "when"))],
    }
    record["fee"] = {
        "summary_vi": post.get("fee_summary", ""),
        "items": [
            {**row, "amount_vnd": _whole(row["amount_vnd"])}
            for row in _rows(post, "fee_", ("channel", "amount_vnd", "note"), "fee_item_")
        ],
        "source": post.get("fee_source", ""),
        "exempt_vi": post.get("fee_exempt", ""),
        "note": post.get("fee_note", ""),
    }
    record["source"] = [_source(line) for line in post.get("source", "").splitlines()]
    record["confidence"] = post.get("confidence", "")
    record["checked_as_of"] = _iso(post.get("checked_on", ""))
    return record


def posted_day(post: QueryDict, name: str) -> date | None:
    """A day that may be left empty. Raises ValidationError."""
    field = forms.DateField(required=False, input_formats=DAY_FORMATS, validators=WITHIN)
    day: date | None = field.clean(post.get(name, ""))
    return day


def _rows(post: QueryDict, prefix: str, names: tuple[str, ...], full: str = "") -> list[dict[str, str]]:
    """The rows of a repeated group; every row sends each of its fields."""
    columns = [post.getlist(f"{full or prefix}{name}") for name in names]
    return [dict(zip(names, values, strict=True)) for values in zip(*columns, strict=False)]


def _source(line: str) -> Row:
    title, _, url = line.rpartition(" | ")
    return {"title": title, "url": url.strip()} if title else {"title": line, "url": ""}


def _whole(text: str) -> int | str | None:
    digits = text.replace(".", "").replace(" ", "").removesuffix("đ")
    if not digits:
        return None
    return int(digits) if digits.isascii() and digits.isdecimal() and len(digits) < 12 else text


def _number(text: str) -> float | int | str | None:
    plain = text.strip().replace(",", ".")
    if not plain:
        return None
    try:
        value = float(plain)
    except ValueError:
        return text
    return int(value) if value.is_integer() else value


def _iso(text: str) -> str:
    try:
        day = forms.DateField(input_formats=DAY_FORMATS).clean(text)
    except ValidationError:
        return text
    return str(day.isoformat())
