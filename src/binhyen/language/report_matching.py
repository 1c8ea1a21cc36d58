"""How alike two reports are: the evidence for and against one event, weighed; another number or name is a veto."""

import json
import math
from functools import cache
from importlib.resources import files

from binhyen.language.report_evidence import VETOES, Evidence, evidence
from binhyen.language.report_reading import Report, read_report, telling_words

__all__ = ["SUGGEST_FROM", "Report", "alike", "judge", "read_report", "telling_words"]

SUGGEST_FROM = 0.5
"""Reports at least this alike are suggested as one incident."""
_AN_HOUR = 60
WITH_TIME, WITHOUT_TIME = "with_time", "without_time"


def alike(first: Report, second: Report, minutes_apart: float | None = None) -> float:
    """0 to 1; 0 whenever numbered places, surely named places, plates, age or sex contradict each other.

    `minutes_apart`: between the two messages when known; reports of one event come close in time.
    """
    if _have_nothing_in_common(first, second) and (minutes_apart is None or abs(minutes_apart) > _AN_HOUR):
        return 0.0
    found = evidence(first, second, minutes_apart)
    return judge(found, WITHOUT_TIME if minutes_apart is None else WITH_TIME)


def _have_nothing_in_common(first: Report, second: Report) -> bool:
    """No rare word, name or event: most pairs, which need no closer look unless they came at nearly one time."""
    sides = ((first.specific, second.specific), (first.events, second.events), (first.rare_pairs, second.rare_pairs))
    return all(mine.isdisjoint(theirs) for mine, theirs in sides)


def judge(found: Evidence, times: str) -> float:
    """The learnt weights laid on the evidence, unless one piece of it is enough against."""
    for name in VETOES:
        if found[name]:
            return 0.0
    weights = learnt()[times]
    total = weights["constant"] + sum([weights[name] * value for name, value in found.items() if value])
    return 1 / (1 + math.exp(-total))


@cache
def learnt() -> dict[str, dict[str, float]]:
    """Weights by piece of evidence, with and without times (see `report_training`)."""
    source = files("binhyen") / "data" / "language" / "report_weights.json"
    table: dict[str, dict[str, float]] = json.loads(source.read_text(encoding="utf-8"))
    return table
