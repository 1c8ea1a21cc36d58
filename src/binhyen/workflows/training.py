"""The next model: the packaged messages and the officers' corrections, which hold no personal data."""

from pathlib import Path
from typing import cast

from binhyen.inbox.models import LabelledExample
from binhyen.language import KINDS, Kind, LabelledMessage, train_model


def corrections() -> list[LabelledMessage]:
    """Every "this is about ..." of every unit, oldest first; redacted when it was written."""
    rows = LabelledExample.objects.filter(kind__in=KINDS).order_by("id").values_list("text", "kind", "procedure")
    return [
        LabelledMessage(text=text, kind=cast("Kind", kind), topics=(procedure,) if procedure else ())
        for text, kind, procedure in rows
    ]


def train_with_corrections() -> Path:
    """Train, or find the model that these very rows already gave; the folder it is kept in."""
    return train_model(extra=corrections())
