"""What the service takes and gives; each field is part of the published description."""

from datetime import date, datetime
from typing import Annotated

from ninja import Schema
from pydantic import Field

Slug = Annotated[str, Field(description="Address of the unit on the portal.", examples=["thach-binh"])]


class UnitShape(Schema):
    """A unit the key covers."""

    slug: Slug
    name: str
    place: str
    portal: str = Field(description="Address of its residents' portal.")


class ProcedureLine(Schema):
    """One line of the list of procedures."""

    id: str
    title: str
    category: str
    is_abolished: bool
    checked_on: date = Field(description="Day the facts were last checked against a source.")
    confidence: str = Field(description="seen, partly or memory; facts from memory are to be worded so.")


class PaperShape(Schema):
    """A paper of the dossier."""

    item: str
    form: str = Field(description="Code of the form, empty when there is none.")
    copies: int
    only_when: str = Field(description="The case that needs it, empty when always.")


class ProcedureShape(ProcedureLine):
    """A procedure as residents need it."""

    code: str
    who: str
    agency: str
    papers: list[PaperShape]
    steps: list[str]
    channels: list[str]
    time_limit: str
    fee: str
    result: str
    legal_basis: list[str]
    notes: list[str]
    page: str = Field(description="Address of its page on the portal.")


class NumberShape(Schema):
    """A number residents may call."""

    title: str
    phone: str
    area: str = Field(description="The hamlet it answers for, empty for the whole unit.")


class DirectoryShape(Schema):
    """Numbers of a unit; 113, 114, 115 and 111 come first, always."""

    emergency: dict[str, str]
    duty_phone: str
    office_hours: str
    numbers: list[NumberShape]


class PostShape(Schema):
    """A post or warning as it stands on the unit's public board."""

    id: str
    kind: str = Field(description="news, law, crime_method, warning, lost_found, missing_person or procedure_change.")
    title: str
    what: str = Field(description="What happened.")
    signs: str = Field(description="How to recognise it.")
    todo: str = Field(description="What to do at once.")
    published_at: datetime
    corrects: str = Field(description="Id of the post it corrects or calls off, empty for most.")
    page: str
    cap: str = Field(description="Address of the CAP 1.2 message of a warning, empty for other kinds.")


class FigureShape(Schema):
    """One figure of the period."""

    code: str
    title: str
    definition: str
    value: float | None = Field(description="Null: there is none, or it is hidden so that nobody can be recognised.")
    is_hidden: bool


class FiguresShape(Schema):
    """Figures of a unit and all units below it."""

    period: str
    first_day: date
    last_day: date
    counted_at: datetime | None
    figures: list[FigureShape]


class QuestionIn(Schema):
    """A question of a resident."""

    text: str = Field(
        min_length=1,
        max_length=2_000,
        pattern="[0-9A-Za-zÀ-ỹ]",
        description="At least one letter or digit.",
        examples=["Đăng ký tạm trú cần giấy tờ gì?"],
    )
    procedure: str = Field("", max_length=60, description="Id of the procedure it is about, if known.")


class QuestionTaken(Schema):
    """The question is kept. Hand the code to the resident and forget it: whoever has it can read the answer."""

    receipt_code: str = Field(description="18 digits.")


class ReceiptIn(Schema):
    """The code a resident gave; it travels in the body, never in an address."""

    receipt_code: str = Field(
        min_length=18, max_length=40, description="18 digits, spaces allowed; wrong ones are answered 404."
    )


class CaseStepShape(Schema):
    """One change of state."""

    state: str = Field(
        description="received, seen, verifying, transferred, answered, closed, closed_without_result or contested"
    )
    day: date


class CaseShape(Schema):
    """Where a report stands: states and days. Words, files, names and other units are never given."""

    state: str
    steps: list[CaseStepShape]
    due_on: date | None = Field(description="Day of the next promise to the reporter, if one runs.")
    is_overdue: bool


class ReplyShape(Schema):
    """One message of the unit."""

    text: str
    at: datetime
    is_from_officer: bool


class ReceiptShape(Schema):
    """Where the question stands. What the resident wrote is not given back."""

    state: str = Field(description="waiting, answered or closed")
    replies: list[ReplyShape]
