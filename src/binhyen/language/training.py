"""Train a backend's model from labelled messages: the same rows and code give the same bytes."""

import json
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import scipy.sparse

from binhyen.language import calibration, embedding, margin
from binhyen.language.decisions import Columns
from binhyen.language.features import Reading, read_message
from binhyen.language.kinds import BACKENDS, FOLLOW_UP, KINDS, NOT_A_PROCEDURE, Backend, out_of_scope_topics
from binhyen.language.linear import Matrix
from binhyen.language.training_rows import OTHER_AGENCY, LabelledMessage, packaged_rows, procedure_ids

PARTS = 3
"""Held-out parts for calibration."""

_NEIGHBOURS = 3

_FIXED_SOURCES = ("catalogue", "out_of_scope")


def write_model(rows: Sequence[LabelledMessage], folder: Path, backend: Backend = "lexical") -> None:
    """Train on the rows and write the model's files into the folder. Raises `BackendMissingError`."""
    from threadpoolctl import threadpool_limits

    with threadpool_limits(limits=1):  # the number of threads would change the last bits
        readings = [read_message(row.text) for row in rows]
        topics = topic_list(rows)
        held_out = _write_weights(rows, readings, topics, folder, backend)
        measured = np.flatnonzero(part_numbers(rows) >= 0).tolist()
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


def main_topic(row: LabelledMessage) -> str:
    """The column a row teaches: its kind, or the first topic of a procedure question or of one for other agencies."""
    if row.kind != "procedure" and not NOT_A_PROCEDURE.intersection(row.topics[:1]):
        return row.kind
    return row.topics[0] if row.topics else OTHER_AGENCY


def part_numbers(rows: Sequence[LabelledMessage]) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    """Part of each row, spread over each file with a few neighbouring rows together; -1 for titles and aliases.

    Titles and aliases are always trained on.
    """
    seen: dict[str, int] = {}
    parts = []
    for row in rows:
        position = seen.get(row.source, 0)
        seen[row.source] = position + 1
        parts.append(-1 if row.source in _FIXED_SOURCES else position // _NEIGHBOURS % PARTS)
    return np.array(parts, dtype=np.int64)


def _write_weights(
    rows: Sequence[LabelledMessage],
    readings: Sequence[Reading],
    topics: Sequence[str],
    folder: Path,
    backend: Backend,
) -> Matrix:
    """Train on all rows, write vocabulary and weights, and return the scores of models that had not seen a row."""
    vocabulary = margin.build_vocabulary(readings)
    matrix = margin.feature_matrix(readings, vocabulary)
    counted = matrix.shape[1]
    if backend == "e5":
        vectors = embedding.embed(readings)
        mean = embedding.mean_vector(vectors)
        np.save(folder / "embedding_mean.npy", mean)
        matrix = scipy.sparse.hstack([matrix, embedding.centred(vectors, mean)]).tocsr()
    main = np.array([topics.index(main_topic(row)) for row in rows])
    weights, intercept = margin.fit(matrix, main, len(topics), counted)
    np.save(folder / "keys.npy", vocabulary.keys)
    np.save(folder / "rarity.npy", vocabulary.rarity)
    np.save(folder / "weights.npy", weights[:counted])
    if backend == "e5":
        np.save(folder / "embedding_weights.npy", weights[counted:])
    np.save(folder / "intercept.npy", intercept)
    return margin.held_out_scores(matrix, main, part_numbers(rows), len(topics), counted)


def _main() -> None:
    """Train on the packaged rows and the extra rows on standard input; arguments: folder, backend."""
    extra = [
        LabelledMessage(**{**row, "topics": tuple(row["topics"]), "other_kinds": tuple(row["other_kinds"])})
        for row in json.load(sys.stdin)
    ]
    backend = next(known for known in BACKENDS if known == sys.argv[2])
    write_model([*packaged_rows(), *extra], Path(sys.argv[1]), backend)


if __name__ == "__main__":
    _main()
