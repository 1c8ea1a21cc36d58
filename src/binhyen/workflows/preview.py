"""What a resident would get for a message, without storing anything."""

from dataclasses import dataclass

from binhyen.core.text import clean
from binhyen.language.understanding import Context
from binhyen.workflows.answering import decide, understander
from binhyen.workflows.commands import decide_command
from binhyen.workflows.decision import PlannedReply, ThreadFacts, UnitFacts


@dataclass(frozen=True, slots=True)
class Preview:
    """What a resident would get, for the command line and the console."""

    kind: str
    band: str
    danger: str
    procedure: str
    waits_for_officer: bool
    replies: tuple[PlannedReply, ...]

    def as_dict(self) -> dict[str, object]:
        """Plain values for JSON."""
        replies = [
            {"text": reply.text, "buttons": [[button.title, button.kind, button.value] for button in reply.buttons]}
            for reply in self.replies
        ]
        return {
            "kind": self.kind,
            "band": self.band,
            "danger": self.danger,
            "procedure": self.procedure,
            "waits_for_officer": self.waits_for_officer,
            "replies": replies,
        }


def preview(text: str, unit: UnitFacts, procedure: str = "") -> Preview:
    """What a resident of `unit` would get for `text`; nothing is stored. `procedure` was just discussed."""
    thread = ThreadFacts(text=clean(text), procedure=procedure)
    context = Context(procedure_id=procedure or None, gazetteer=unit.gazetteer)
    understood = understander().understand([thread.text], [context])[0]
    decision = decide_command(unit, thread) or decide(unit, understood, thread)
    return Preview(
        kind=decision.kind,
        band=decision.band,
        danger=understood.danger,
        procedure=decision.procedure,
        waits_for_officer=decision.waits_for_officer,
        replies=decision.replies,
    )
