"""The states of a case and the one table of what leads from one to the next; docs/case-states.md reads it aloud."""

from dataclasses import dataclass

from django.db import models

from binhyen.core.errors import NotPossible


class CaseState(models.TextChoices):
    """In the words of the procedure."""

    RECEIVED = "received"
    SEEN = "seen"
    VERIFYING = "verifying"
    TRANSFERRED = "transferred"
    ANSWERED = "answered"
    CLOSED = "closed"
    CLOSED_WITHOUT_RESULT = "closed_without_result"
    CONTESTED = "contested"


R, S, V, T, A = (
    CaseState.RECEIVED,
    CaseState.SEEN,
    CaseState.VERIFYING,
    CaseState.TRANSFERRED,
    CaseState.ANSWERED,
)
C, W, X = CaseState.CLOSED, CaseState.CLOSED_WITHOUT_RESULT, CaseState.CONTESTED


@dataclass(frozen=True, slots=True)
class Step:
    """One act that changes the state."""

    act: str
    sources: tuple[CaseState, ...]
    target: CaseState
    words: str
    """What it means, as a sentence of the documentation."""
    by_reporter: bool = False
    needs_text: bool = False
    """Words for the reporter belong to it."""


STEPS = (
    Step("see", (R,), S, "an officer opens it for the first time"),
    Step("verify", (R, S, A, X), V, "somebody checks the facts"),
    Step("transfer", (S, V, X), T, "it goes to the body that is competent, without the reporter's identity"),
    Step("take_back", (T,), V, "the other body sends it back"),
    Step("answer", (S, V, T, X), A, "the reporter gets an answer", needs_text=True),
    Step("close", (V, T, A, X), C, "it is done, and the reporter reads the result", needs_text=True),
    Step(
        "close_without_result",
        (S, V, T, X),
        W,
        "nothing can be found out, and the reporter reads why",
        needs_text=True,
    ),
    Step("reopen", (C, W), V, "new facts came to light"),
    Step("contest", (C, W), X, "the reporter says within 7 days that it is not done", by_reporter=True),
)
"""Every change of state there is. A case that is contested is worked by a commander only."""
OPEN_STATES = frozenset({R, S, V, T, A, X})
DONE_STATES = frozenset({C, W})


def step_of(act: str, state: str) -> Step:
    """The step `act` in a case in `state`. Raises NotPossible("case_step", state)."""
    found = next((step for step in STEPS if step.act == act and state in step.sources), None)
    if found is None:
        raise NotPossible("case_step", state=state)
    return found


def acts_in(state: str) -> frozenset[str]:
    """Acts an officer may take from `state`."""
    return frozenset(step.act for step in STEPS if state in step.sources and not step.by_reporter)


def read_aloud() -> str:
    """The table as lines of Markdown, in order."""
    return "\n".join(
        f"| {step.act} | {' or '.join(source.value for source in step.sources)} | {step.target.value} "
        f"| {'the reporter' if step.by_reporter else 'an officer'} | {step.words} |"
        for step in STEPS
    )
