"""From the rooms' values to the published shapes."""

from collections.abc import Sequence
from datetime import datetime

from binhyen.api.shapes import (
    CaseShape,
    CaseStepShape,
    DirectoryShape,
    FigureShape,
    FiguresShape,
    NumberShape,
    PaperShape,
    PostShape,
    ProcedureLine,
    ProcedureShape,
    ReceiptShape,
    ReplyShape,
    UnitShape,
)
from binhyen.cases.following import follow
from binhyen.cases.models import Case
from binhyen.core.configuration import configuration
from binhyen.core.working_time import local_day
from binhyen.outreach.cap import KINDS as CAP_KINDS
from binhyen.outreach.models import Post
from binhyen.procedures.catalogue import Procedure
from binhyen.procedures.rules import worded
from binhyen.statistics.periods import Span, code_of
from binhyen.statistics.queries import Figure
from binhyen.units.models import DirectoryEntry, Unit
from binhyen.workflows.asking import PortalThread

EMERGENCY = {"113": "Công an", "114": "Cứu hỏa, cứu nạn", "115": "Cấp cứu", "111": "Bảo vệ trẻ em"}


def portal_address(unit: Unit) -> str:
    """Where the unit's portal is."""
    return f"{configuration().public_url}/{unit.slug}/"


def unit_shape(unit: Unit) -> UnitShape:
    """A unit as others see it."""
    return UnitShape(slug=unit.slug, name=unit.name, place=unit.place_name, portal=portal_address(unit))


def procedure_line(procedure: Procedure) -> ProcedureLine:
    """A procedure as a line of the list."""
    return ProcedureLine(
        id=procedure.id,
        title=procedure.title,
        category=procedure.category,
        is_abolished=procedure.is_abolished,
        checked_on=procedure.checked_on,
        confidence=procedure.confidence.value,
    )


def procedure_shape(unit: Unit, procedure: Procedure) -> ProcedureShape:
    """A procedure whole; facts from memory are worded so."""
    papers = [
        PaperShape(item=paper.item, form=paper.form, copies=paper.copies, only_when=paper.when)
        for paper in procedure.documents
    ]
    return ProcedureShape(
        **procedure_line(procedure).model_dump(),
        code=procedure.code,
        who=worded(procedure.who),
        agency=procedure.agency,
        papers=papers,
        steps=[worded(step) for step in procedure.steps],
        channels=[method.channel.value for method in procedure.methods],
        time_limit=worded(procedure.time_limit.text),
        fee=worded(procedure.fee.summary),
        result=procedure.result,
        legal_basis=list(procedure.legal_basis),
        notes=[worded(note) for note in procedure.notes],
        page=f"{portal_address(unit)}thu-tuc/{procedure.id}/",
    )


def directory_shape(unit: Unit) -> DirectoryShape:
    """Numbers of the unit in its own order."""
    entries = DirectoryEntry.objects.filter(unit=unit).select_related("area").order_by("position", "id")
    numbers = [
        NumberShape(title=entry.title, phone=entry.phone, area=entry.area.name if entry.area else "")
        for entry in entries
    ]
    return DirectoryShape(
        emergency=EMERGENCY, duty_phone=unit.duty_phone, office_hours=unit.office_hours, numbers=numbers
    )


def post_shape(unit: Unit, post: Post) -> PostShape:
    """A post of the public board."""
    page = f"{portal_address(unit)}tin/{post.public_id}/"
    return PostShape(
        id=post.public_id,
        kind=post.kind,
        title=post.title,
        what=post.what,
        signs=post.signs,
        todo=post.todo,
        published_at=post.published_at or post.changed_at,
        corrects=post.corrects.public_id if post.corrects else "",
        page=page,
        cap=f"{page}canh-bao.xml" if post.kind in CAP_KINDS else "",
    )


def figures_shape(span: Span, figures: Sequence[Figure], counted_at: datetime | None) -> FiguresShape:
    """Figures with their definitions; what is hidden on the page is hidden here."""
    return FiguresShape(
        period=code_of(span),
        first_day=span.start,
        last_day=span.last_day,
        counted_at=counted_at,
        figures=[
            FigureShape(
                code=figure.measure.code,
                title=str(figure.measure.title),
                definition=str(figure.measure.definition),
                value=figure.value,
                is_hidden=figure.is_hidden,
            )
            for figure in figures
        ],
    )


def case_shape(case: Case) -> CaseShape:
    """State and days of a report; nothing of its words, files and people."""
    found = follow(case)
    steps: list[CaseStepShape] = []
    for line in found.lines:
        if line.state and (not steps or steps[-1].state != line.state):
            steps.append(CaseStepShape(state=line.state, day=local_day(line.at)))
    next_due = min(found.due, key=lambda one: one.due_at, default=None)
    return CaseShape(
        state=found.case.state,
        steps=steps,
        due_on=local_day(next_due.due_at) if next_due else None,
        is_overdue=next_due.is_overdue if next_due else False,
    )


def receipt_shape(thread: PortalThread) -> ReceiptShape:
    """State and replies; the resident's own words are left out."""
    state = "closed" if thread.is_closed else "waiting" if thread.waits_for_officer else "answered"
    replies = [
        ReplyShape(text=message.text, at=message.at, is_from_officer=message.is_from_officer)
        for message in thread.messages
        if not message.is_mine
    ]
    return ReceiptShape(state=state, replies=replies)
