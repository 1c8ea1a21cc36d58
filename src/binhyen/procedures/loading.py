"""Reading the catalogue files into typed values, naming what is wrong in them."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from binhyen.core.errors import Misconfigured
from binhyen.core.text import nfc
from binhyen.procedures.catalogue import (
    Catalogue,
    Channel,
    Confidence,
    Document,
    Fee,
    FeeItem,
    FormField,
    FormTemplate,
    OldName,
    Procedure,
    Referral,
    Source,
    SubmissionMethod,
    TimeCase,
    TimeLimit,
)

Row = Mapping[str, Any]


def read_catalogue(procedures: Iterable[Row], forms: Row, referrals: Iterable[Row]) -> Catalogue:
    """The catalogue of parsed YAML. Raises Misconfigured naming the record and what it lacks."""
    return Catalogue(
        procedures=tuple(read_procedure(row) for row in procedures),
        forms=tuple(_named(row, "code", _form) for row in forms["forms"]),
        old_names=tuple(
            OldName(_text(row["old"]), _text(row["now"]), _text(row.get("note"))) for row in forms["legacy_names"]
        ),
        referrals=tuple(
            Referral(_text(row["topic_vi"]), _text(row["go_to"]), Confidence(row["confidence"])) for row in referrals
        ),
    )


def _named(row: Row, key: str, read: Any) -> Any:
    try:
        return read(row)
    except (KeyError, TypeError, ValueError) as error:
        raise Misconfigured(f"Catalogue record {row.get(key, '?')}: {type(error).__name__} {error}") from error


def _text(value: object) -> str:
    return "" if value is None else nfc(str(value)).strip()


def _texts(values: Iterable[object] | None) -> tuple[str, ...]:
    return tuple(_text(value) for value in values or ())


def read_procedure(row: Row) -> Procedure:
    """One record as a typed value. Raises Misconfigured naming it and what it lacks."""
    procedure: Procedure = _named(row, "id", _procedure)
    return procedure


def _procedure(row: Row) -> Procedure:
    return Procedure(
        id=row["id"],
        code=_text(row["code"]),
        title=_text(row["title_vi"]),
        aliases=_texts(row["aliases_vi"]),
        category=row["category"],
        level=row["level"],
        is_abolished=row["status"] == "abolished",
        is_featured=bool(row["featured17"]),
        agency=_text(row["agency"]),
        who=_text(row["who"]),
        documents=tuple(_document(document) for document in row["dossier"]),
        form_codes=tuple(_text(form["code"]) for form in row["forms"]),
        steps=_texts(row["steps"]),
        methods=tuple(SubmissionMethod(Channel(way["channel"]), _text(way.get("note"))) for way in row["channels"]),
        time_limit=_time_limit(row["time_limit"], _doubt(row, "time_limit")),
        fee=_fee(row["fee"], _doubt(row, "fee")),
        result=_text(row["result"]),
        legal_basis=_texts(row["legal_basis"]),
        notes=_texts(row["notes"]),
        needs_officer_when=_texts(row["needs_officer_when"]),
        effective_on=_day(row.get("effective_from")),
        checked_on=date.fromisoformat(str(row["checked_as_of"])),
        confidence=Confidence(row["confidence"]),
        confidence_by_part=dict(row["confidence_detail"]),
        sources=tuple(Source(_text(source["title"]), _text(source.get("url"))) for source in row["source"]),
        is_offered=row.get("offered") is not False,
        place=_text(row.get("place_vi")),
        hours=_text(row.get("hours_vi")),
        own_note=_text(row.get("unit_note_vi")),
        samples=_texts(row.get("sample_questions_vi")),
    )


def _doubt(row: Row, part: str) -> str:
    """What marks a part that was written from memory inside a record that as a whole was not."""
    is_from_memory = str(row["confidence_detail"].get(part, "")).startswith("memory") and row["confidence"] != "memory"
    return " (nhớ lại)" if is_from_memory else ""


def _day(value: object) -> date | None:
    """The catalogue also knows months ("2025-07"); only whole days are taken as a day."""
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        return None


def _document(row: Row) -> Document:
    return Document(
        item=_text(row["item"]),
        form=_text(row["form"]),
        copies=int(row["copies"]),
        kind=row["kind"],
        when=_text(row.get("when")),
        note=_text(row.get("note")),
    )


def _time_limit(row: Row, doubt: str = "") -> TimeLimit:
    cases = tuple(TimeCase(case["value"], case["unit"], _text(case["when"])) for case in row.get("cases") or ())
    return TimeLimit(row["value"], row["unit"], _text(row["text_vi"]) + doubt, _text(row["source"]), cases)


def _fee(row: Row, doubt: str = "") -> Fee:
    items = tuple(FeeItem(item["channel"], item["amount_vnd"], _text(item.get("note"))) for item in row["items"])
    summary = _text(row["summary_vi"]) + doubt
    return Fee(summary, _text(row["source"]), items, _text(row.get("exempt_vi")), _text(row.get("note")))


def _form(row: Row) -> FormTemplate:
    return FormTemplate(
        code=_text(row["code"]),
        name=_text(row["name_vi"]),
        kind=row["kind"],
        legal_source=_text(row.get("legal_source")),
        used_by=tuple(row.get("used_by") or ()),
        fields=tuple(_field(item) for item in row.get("fields") or ()),
        confidence=Confidence(row["confidence"]),
        notes=_texts(row.get("notes")),
    )


def _field(row: Row) -> FormField:
    return FormField(
        name=row["name"],
        label=_text(row["label_vi"]),
        type=row["type"],
        required=bool(row.get("required")),
        options=_texts(row.get("options")),
        help=_text(row.get("help_vi") or row.get("note")),
    )
