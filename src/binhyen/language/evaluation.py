"""Measure the understanding of labelled messages; the figures of `binhyen evaluate`."""

import statistics
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from binhyen.language.evaluation_rows import Rows, optional_texts, read_rows, text_field
from binhyen.language.kinds import KINDS, Kind, is_out_of_scope
from binhyen.language.model_cache import load_understander
from binhyen.language.understanding import Understander, Understanding

_TIMED_SINGLY = 300
_TIMED_TOGETHER = 2_000


@dataclass(frozen=True, slots=True)
class _Labelled:
    id: str
    text: str
    kind: Kind
    right: frozenset[str | None]
    police: bool


def evaluate_messages(source: Path | str | Rows, understander: Understander | None = None) -> dict[str, Any]:
    """Measure on JSONL rows with `id`, `text`, `kind`, `procedure` (text, list or null), `also` (list).

    Right topics of a row are `procedure` and `also`; null stands for "another agency" and is met by any topic
    of other agencies.

    - `procedure`: over rows of kind procedure with a police procedure (`n`); `at1`, `at3` share whose first, or one
      of whose first three candidates is right; `mrr` mean of 1/rank, 0 beyond the ranking.
    - `kinds`: over all rows; `macro_f1` is the mean over the kinds that occur.
    - `emergency`: `found` of `of` emergencies with danger "possible" or "clear", `flag_rate` the share of all other
      rows flagged like that.
    - `answer_band`: `coverage` the share of rows of kind procedure in the answering band, `precision` the share of
      right first topics among all rows of any kind in that band (1.0 when it is empty).
    - `median_ms` one message at a time, `batch_per_s` in batches, on this machine.
    - `errors`: every wrong row with what was expected and found.

    Raises `RowError`, naming the line, for rows that cannot be read.
    """
    rows = [_labelled(number, row) for number, row in read_rows(source)]
    backend = understander or load_understander()
    understood = backend.understand([row.text for row in rows])
    pairs = list(zip(rows, understood, strict=True))
    return {
        "messages": len(rows),
        "procedure": _procedure_figures(pairs),
        "kinds": _kind_figures(pairs),
        "emergency": _emergency_figures(pairs),
        "answer_band": _band_figures(pairs),
        **_speed(backend, [row.text for row in rows]),
        "errors": [error for row, one in pairs for error in _errors(row, one)],
    }


def _labelled(number: int, row: dict[str, Any]) -> _Labelled:
    kind = text_field(number, row, "kind", KINDS)
    procedures = optional_texts(number, row, "procedure")
    also = optional_texts(number, row, "also") if row.get("also") is not None else []
    right = frozenset(procedures + also) if kind == "procedure" else frozenset(also)
    return _Labelled(
        id=str(row.get("id", number)),
        text=text_field(number, row, "text"),
        kind=next(known for known in KINDS if known == kind),
        right=right,
        police=kind == "procedure" and any(topic is not None for topic in procedures),
    )


def _is_right(topic: str, row: _Labelled) -> bool:
    return topic in row.right or (is_out_of_scope(topic) and None in row.right)


def _rank(row: _Labelled, one: Understanding) -> int | None:
    ranks = (place for place, candidate in enumerate(one.procedures, 1) if _is_right(candidate.topic, row))
    return next(ranks, None)


_Pairs = Sequence[tuple[_Labelled, Understanding]]


def _procedure_figures(pairs: _Pairs) -> dict[str, float]:
    ranks = [_rank(row, one) for row, one in pairs if row.police]
    n = len(ranks)
    return {
        "n": n,
        "at1": _share(sum(rank == 1 for rank in ranks), n),
        "at3": _share(sum(rank is not None and rank <= 3 for rank in ranks), n),
        "mrr": round(sum(1 / rank for rank in ranks if rank) / n, 4) if n else 0.0,
    }


def _kind_figures(pairs: _Pairs) -> dict[str, Any]:
    per_kind = {}
    for kind in KINDS:
        of = sum(row.kind == kind for row, _ in pairs)
        if not of:
            continue
        said = sum(one.kind == kind for _, one in pairs)
        both = sum(row.kind == one.kind == kind for row, one in pairs)
        per_kind[kind] = {
            "n": of,
            "precision": _share(both, said),
            "recall": _share(both, of),
            "f1": _share(2 * both, of + said),
        }
    return {
        "macro_f1": round(statistics.fmean(figures["f1"] for figures in per_kind.values()), 4) if per_kind else 0.0,
        "accuracy": _share(sum(row.kind == one.kind for row, one in pairs), len(pairs)),
        "per_kind": per_kind,
    }


def _emergency_figures(pairs: _Pairs) -> dict[str, float]:
    flagged = [(row.kind == "emergency", one.danger != "none") for row, one in pairs]
    others = [flag for emergency, flag in flagged if not emergency]
    return {
        "found": sum(emergency and flag for emergency, flag in flagged),
        "of": len(flagged) - len(others),
        "flag_rate": _share(sum(others), len(others)),
    }


def _band_figures(pairs: _Pairs) -> dict[str, float]:
    answered = [(row, one) for row, one in pairs if one.band == "answer"]
    right = sum(_is_right(one.procedures[0].topic, row) for row, one in answered)
    asked = sum(row.kind == "procedure" for row, _ in pairs)
    return {
        "coverage": _share(sum(row.kind == "procedure" for row, _ in answered), asked),
        "precision": _share(right, len(answered)) if answered else 1.0,
    }


def _speed(backend: Understander, texts: Sequence[str]) -> dict[str, float]:
    if not texts:
        return {"median_ms": 0.0, "batch_per_s": 0.0}
    singly = []
    for text in texts[:_TIMED_SINGLY]:
        start = time.perf_counter()
        backend.understand([text])
        singly.append(time.perf_counter() - start)
    many = [texts[i % len(texts)] for i in range(max(len(texts), _TIMED_TOGETHER))]
    start = time.perf_counter()
    backend.understand(many)
    took = time.perf_counter() - start
    return {"median_ms": round(statistics.median(singly) * 1_000, 3), "batch_per_s": round(len(many) / took, 1)}


def _errors(row: _Labelled, one: Understanding) -> list[dict[str, Any]]:
    wrong = []
    if one.kind != row.kind:
        wrong.append("kind")
    if row.kind == "procedure" and _rank(row, one) != 1:
        wrong.append("procedure")
    if row.kind == "emergency" and one.danger == "none":
        wrong.append("emergency missed")
    if row.kind != "emergency" and one.danger != "none":
        wrong.append("emergency false alarm")
    if one.band == "answer" and not _is_right(one.procedures[0].topic, row):
        wrong.append("answered wrongly")
    if not wrong:
        return []
    found = {"kind": one.kind, "procedures": [c.topic for c in one.procedures[:3]], "danger": one.danger}
    expected = {"kind": row.kind, "procedures": sorted(topic or "null" for topic in row.right)}
    return [
        {"id": row.id, "text": row.text, "wrong": wrong, "expected": expected, "found": {**found, "band": one.band}}
    ]


def _share(part: int, whole: int) -> float:
    return round(part / whole, 4) if whole else 0.0
