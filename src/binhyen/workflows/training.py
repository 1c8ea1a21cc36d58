"""The language model with what officers corrected: trained by a command, used by the workers from then on."""

from pathlib import Path
from typing import cast

from binhyen.core import clock
from binhyen.core.configuration import configuration
from binhyen.inbox.models import LabelledExample
from binhyen.language.kinds import KINDS, Kind
from binhyen.language.model_cache import fingerprint, load_understander, open_model, train_model
from binhyen.language.training_rows import LabelledMessage
from binhyen.language.understanding import Understander
from binhyen.procedures.models import ProcedureVersion, VersionState
from binhyen.procedures.queries import catalogue
from binhyen.procedures.record import ADDED

MOST_EXAMPLES = 20_000
"""Newest corrections that take part."""


def train_with_corrections() -> Path:
    """Train on the packaged messages and the redacted corrections; the folder of the model, kept by content."""
    extra = corrections()
    folder = train_model(extra=extra)
    pointer = _pointer()
    pointer.parent.mkdir(parents=True, exist_ok=True)
    unfinished = pointer.with_suffix(".part")
    unfinished.write_text(f"{fingerprint()}\n{folder}\n", encoding="utf8")
    unfinished.replace(pointer)
    return folder


def corrections() -> list[LabelledMessage]:
    """What officers corrected and the units' own words; kinds or procedures that no longer exist are left out."""
    return [*_corrected(), *_own_words()]


def _own_words() -> list[LabelledMessage]:
    """Sample questions and names of versions that count today; they work at once anyway, here they teach the rest."""
    today = clock.today()
    rows = ProcedureVersion.objects.filter(state=VersionState.APPROVED, valid_from__lte=today).exclude(
        valid_to__lt=today
    )
    texts = {
        (text, procedure): None
        for procedure, changes in rows.order_by("-pk").values_list("procedure", "changes")[:MOST_EXAMPLES]
        for key in ADDED
        for text in changes.get(key, ())
    }
    known = [(text, procedure) for text, procedure in texts if catalogue().procedure(procedure)]
    return [LabelledMessage(text=text, kind="procedure", topics=(procedure,)) for text, procedure in known]


def _corrected() -> list[LabelledMessage]:
    rows = LabelledExample.objects.order_by("-pk")[:MOST_EXAMPLES]
    return [
        LabelledMessage(text=row.text, kind=cast("Kind", row.kind), topics=(row.procedure,) if row.procedure else ())
        for row in reversed(rows)
        if row.text.strip() and _still_exists(row)
    ]


def _still_exists(row: LabelledExample) -> bool:
    if row.kind == "procedure":
        return catalogue().procedure(row.procedure) is not None
    return row.kind in KINDS


def trained_understander() -> Understander:
    """The corrected model while it fits the packaged data; else the packaged one, trained first when it is missing."""
    pointer = _pointer()
    if pointer.is_file():
        packaged, folder = pointer.read_text(encoding="utf8").splitlines()[:2]
        if packaged == fingerprint() and Path(folder).is_dir():
            return open_model(Path(folder))
    return load_understander()


def _pointer() -> Path:
    return configuration().data_dir / "model"
