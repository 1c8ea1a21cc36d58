"""Train the lexical model from labelled messages: the same rows and code give the same bytes."""

import json
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from binhyen.language import calibration, ridge
from binhyen.language.decisions import Columns
from binhyen.language.features import Reading, read_message
from binhyen.language.kinds import FOLLOW_UP, KINDS, out_of_scope_topics
from binhyen.language.linear import VIEWS, Matrix
from binhyen.language.training_rows import OTHER_AGENCY, LabelledMessage, packaged_rows, procedure_ids

PARTS = 4
"""Held-out parts for calibration; neighbouring rows of one file stay together."""

_SECOND_TOPIC = 0.5
_FIXED_SOURCES = ("catalogue", "out_of_scope")


def write_model(rows: Sequence[LabelledMessage], folder: Path) -> None:
    """Train on the rows and write the model's files into the folder."""
    from threadpoolctl import threadpool_limits

    with threadpool_limits(limits=1):  # the number of threads would change the last bits
        readings = [read_message(row.text) for row in rows]
        topics = topic_list(rows)
        targets = target_matrix(rows, topics)
        held_out = _write_weights(rows, readings, targets, folder)
        measured = np.flatnonzero(part_numbers(rows) >= 0)
        learnt = calibration.learn_decisions(
            held_out[measured],
            [readings[i] for i in measured],
            [rows[i] for i in measured],
            Columns(topics),
        )
    (folder / "decisions.json").write_text(learnt.to_json(), encoding="utf-8")


def topic_list(rows: Sequence[LabelledMessage]) -> tuple[str, ...]:
    """Columns of the scores: procedures, other agencies' topics, kinds, and the question that continues."""
    known = [*procedure_ids(), *out_of_scope_topics(), OTHER_AGENCY]
    added = sorted({topic for row in rows for topic in row.topics} - {*known, FOLLOW_UP})
    return (*known, *added, *KINDS[1:], FOLLOW_UP)


def target_matrix(rows: Sequence[LabelledMessage], topics: Sequence[str]) -> Matrix:
    """One for the main topic, half for others that would also be right."""
    column = {topic: i for i, topic in enumerate(topics)}
    targets = np.zeros((len(rows), len(topics)), np.float32)
    for target, row in zip(targets, rows, strict=True):
        for topic in (*row.topics, *row.other_kinds):
            if topic in column:
                target[column[topic]] = _SECOND_TOPIC
        main = row.kind if row.kind != "procedure" else next(iter(row.topics), "")
        if main in column:
            target[column[main]] = 1
    return targets


def part_numbers(rows: Sequence[LabelledMessage]) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    """Part of each row: a quarter of its file; -1 for titles and aliases, which are always trained on."""
    sizes: dict[str, int] = {}
    for row in rows:
        sizes[row.source] = sizes.get(row.source, 0) + 1
    seen: dict[str, int] = {}
    parts = []
    for row in rows:
        position = seen.get(row.source, 0)
        seen[row.source] = position + 1
        parts.append(-1 if row.source in _FIXED_SOURCES else position * PARTS // sizes[row.source])
    return np.array(parts, dtype=np.int64)


def _write_weights(
    rows: Sequence[LabelledMessage], readings: Sequence[Reading], targets: Matrix, folder: Path
) -> Matrix:
    """Train both views, write their weights, and return held-out scores."""
    vocabularies = ridge.build_vocabularies(readings)
    matrices = ridge.family_matrices(readings, vocabularies)
    for family, vocabulary in enumerate(vocabularies):
        np.save(folder / f"keys_{family}.npy", vocabulary.keys)
        np.save(folder / f"rarity_{family}.npy", vocabulary.rarity)
    parts = part_numbers(rows)
    marked = np.flatnonzero([reading.has_marks for reading in readings])
    products = np.zeros((len(rows), len(rows)), np.float32)
    held_out = np.zeros_like(targets)
    done: set[int] = set()
    for view, families in enumerate(VIEWS):
        chosen = np.arange(len(rows)) if view == 0 else marked
        products = products[np.ix_(chosen, chosen)]
        for family in families:
            if family not in done:
                products += ridge.gram(matrices[family][chosen])
                done.add(family)
        dual = ridge.solve(products, targets[chosen])
        for family in families:
            weights = matrices[family][chosen].T @ dual
            np.save(folder / f"weights_{view}_{family}.npy", weights.astype(np.float16))
        scored = ridge.held_out_scores(products, targets[chosen], parts[chosen])
        held_out[chosen] = scored if view == 0 else (held_out[chosen] + scored) / 2
    return held_out


def _main() -> None:
    """Train on the packaged rows and the extra rows on standard input, into the folder named as argument."""
    extra = [
        LabelledMessage(**{**row, "topics": tuple(row["topics"]), "other_kinds": tuple(row["other_kinds"])})
        for row in json.load(sys.stdin)
    ]
    write_model([*packaged_rows(), *extra], Path(sys.argv[1]))


if __name__ == "__main__":
    _main()
