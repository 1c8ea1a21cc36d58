"""Open the trained model, training it first where it is missing."""

import fcntl
import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from importlib.resources.abc import Traversable
from pathlib import Path

from binhyen.language.embedding import EmbeddedScores, embedding_version, is_embedded
from binhyen.language.kinds import BACKENDS, Backend
from binhyen.language.lexical import LexicalUnderstander
from binhyen.language.training_rows import LabelledMessage, data_folder
from binhyen.language.understanding import Understander

_LEARNING_MODULES = (
    "abuse", "calibration", "danger", "decisions", "embedding", "features", "kinds", "linear", "margin",
    "normalising", "training", "training_rows", "word_patterns",
)  # fmt: skip
_LEARNING_DATA = (
    "language/kind_lexicon.json", "language/out_of_scope.json", "language/teencode.json",
    "messages/development.jsonl", "messages/kinds", "messages/procedures", "procedures/catalogue.yaml",
)  # fmt: skip
_READY = "decisions.json"
_TRAINING_TIMEOUT_S = 900


class TrainingError(RuntimeError):
    """The model could not be trained; the text is the end of the training process's own message."""


def load_understander(
    cache_dir: Path | str | None = None, extra: Sequence[LabelledMessage] = (), backend: str | None = None
) -> Understander:
    """Open a backend, by default the one BINHYEN_UNDERSTANDING names, else "lexical".

    Trains once when the cache has no model for this data and code: up to 45 s, with "e5" some minutes.
    Raises `ValueError` for an unknown backend, `BackendMissingError` when its packages are not installed, and
    `TrainingError`.
    """
    return open_model(train_model(cache_dir, extra, backend))


def open_model(folder: Path) -> Understander:
    """Open a trained folder with the backend it was trained for. Raises `BackendMissingError`."""
    return LexicalUnderstander(folder, EmbeddedScores(folder) if is_embedded(folder) else None)


def chosen_backend(name: str | None = None) -> Backend:
    """The named backend, else that of BINHYEN_UNDERSTANDING, else "lexical". Raises `ValueError`."""
    wished = name or os.environ.get("BINHYEN_UNDERSTANDING") or "lexical"
    for known in BACKENDS:
        if known == wished:
            return known
    raise ValueError(f"BINHYEN_UNDERSTANDING: {wished!r} is unknown; use {' or '.join(BACKENDS)}")


def cache_folder() -> Path:
    """Where trained models are kept: BINHYEN_MODEL_DIR, else the user's cache folder."""
    named = os.environ.get("BINHYEN_MODEL_DIR")
    if named:
        return Path(named)
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "binhyen" / "models"


def train_model(
    cache_dir: Path | str | None = None, extra: Sequence[LabelledMessage] = (), backend: str | None = None
) -> Path:
    """Return the folder of the model for the packaged rows and `extra`; train it when it is not there yet.

    Training takes a process of its own, so that its memory (some hundred MB) is given back and scikit-learn is
    not loaded here. Safe when several do it at once: one trains, in a folder that is renamed when it is whole, and
    the others wait.
    Raises as `load_understander` does.
    """
    parent = Path(cache_dir) if cache_dir is not None else cache_folder()
    chosen = chosen_backend(backend)
    target = parent / fingerprint(extra, chosen)
    if (target / _READY).is_file():
        return target
    parent.mkdir(parents=True, exist_ok=True)
    with (parent / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # given back when the file closes, also when the process dies
        if not (target / _READY).is_file():
            _train_into(target, extra, chosen)
    return target


def _train_into(target: Path, extra: Sequence[LabelledMessage], backend: Backend) -> None:
    workshop = Path(tempfile.mkdtemp(prefix=".training-", dir=target.parent))
    try:
        _train_apart(workshop, extra, backend)
        workshop.rename(target)
    finally:
        shutil.rmtree(workshop, ignore_errors=True)


def fingerprint(extra: Sequence[LabelledMessage] = (), backend: str | None = None) -> str:
    """Hash of the packaged data, of the code that learns from it, of the extra rows and of the embedding."""
    digest = hashlib.sha256()
    sources = [Path(__file__).with_name(f"{name}.py") for name in _LEARNING_MODULES]
    for path in [*sources, Path(__file__).parents[1] / "core" / "text.py"]:
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    for entry in _LEARNING_DATA:
        for name, content in _file_contents(data_folder().joinpath(entry)):
            digest.update(name.encode() + hashlib.sha256(content).digest())
    if chosen_backend(backend) == "e5":
        digest.update(embedding_version().encode())
    digest.update(repr([asdict(row) for row in extra]).encode("utf-8", "backslashreplace"))
    return digest.hexdigest()[:24]


def _file_contents(entry: Traversable) -> Iterator[tuple[str, bytes]]:
    if entry.is_file():
        yield entry.name, entry.read_bytes()
        return
    for child in sorted(entry.iterdir(), key=lambda one: one.name):
        if child.name.endswith(".tsv"):
            yield child.name, child.read_bytes()


def _train_apart(folder: Path, extra: Sequence[LabelledMessage], backend: Backend) -> None:
    roots = os.pathsep.join([str(Path(__file__).parents[2]), os.environ.get("PYTHONPATH", "")])
    finished = subprocess.run(  # noqa: S603 -- our own module, no input in the arguments but the folder
        [sys.executable, "-m", "binhyen.language.training", str(folder), backend],
        input=json.dumps([asdict(row) for row in extra]).encode(),
        capture_output=True,
        timeout=_TRAINING_TIMEOUT_S,
        env={**os.environ, "PYTHONPATH": roots.rstrip(os.pathsep), "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"},
        check=False,
    )
    if finished.returncode != 0:
        raise TrainingError(finished.stderr.decode(errors="replace").strip()[-2_000:])
