"""From the rooms' values to the published shapes."""

from binhyen.api.shapes import (
    DirectoryShape,
    NumberShape,
    PaperShape,
    ProcedureLine,
    ProcedureShape,
    ReceiptShape,
    ReplyShape,
    UnitShape,
)
from binhyen.core.configuration import configuration
from binhyen.procedures.catalogue import Procedure
from binhyen.procedures.rules import worded
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


def receipt_shape(thread: PortalThread) -> ReceiptShape:
    """State and replies; the resident's own words are left out."""
    state = "closed" if thread.is_closed else "waiting" if thread.waits_for_officer else "answered"
    replies = [
        ReplyShape(text=message.text, at=message.at, is_from_officer=message.is_from_officer)
        for message in thread.messages
        if not message.is_mine
    ]
    return ReceiptShape(state=state, replies=replies)
