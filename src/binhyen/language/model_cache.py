"""Open the trained model, training it first where it is missing."""

import fcntl
import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict
from importlib.resources.abc import Traversable
from pathlib import Path

from binhyen.core.errors import Misconfigured
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
    """The named backend, else that of BINHYEN_UNDERSTANDING, else "lexical". Raises Misconfigured."""
    wished = name or os.environ.get("BINHYEN_UNDERSTANDING") or "lexical"
    for known in BACKENDS:
        if known == wished:
            return known
    raise Misconfigured(f"BINHYEN_UNDERSTANDING: {wished!r} is unknown; use {' or '.join(BACKENDS)}")


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
    return made_once(parent / fingerprint(extra, chosen), lambda folder: _train_apart(folder, extra, chosen))


def made_once(target: Path, make: Callable[[Path], None]) -> Path:
    """Return the folder; where it is missing, `make` fills an empty one that is renamed when it is whole.

    Safe when several processes do it at once: one makes, the others wait.
    """
    if target.is_dir():
        return target
    target.parent.mkdir(parents=True, exist_ok=True)
    with (target.parent / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # given back when the file closes, also when the process dies
        if not target.is_dir():
            _make(target, make)
    return target


def _make(target: Path, make: Callable[[Path], None]) -> None:
    workshop = Path(tempfile.mkdtemp(prefix=".training-", dir=target.parent))
    try:
        make(workshop)
        workshop.rename(target)
    finally:
        shutil.rmtree(workshop, ignore_errors=True)


def fingerprint(extra: Sequence[LabelledMessage] = (), backend: str | None = None) -> str:
    """Hash of the packaged data, of the code that learns from it, of the extra rows and of the embedding."""
    modules = [Path(__file__).with_name(f"{name}.py") for name in _LEARNING_MODULES]
    rest = embedding_version().encode() if chosen_backend(backend) == "e5" else b""
    rest += repr([asdict(row) for row in extra]).encode("utf-8", "backslashreplace")
    return content_hash([*modules, Path(__file__).parents[1] / "core" / "text.py"], _LEARNING_DATA, rest)


def content_hash(modules: Sequence[Path], data: Sequence[str], rest: bytes = b"") -> str:
    """Hash of files of code, of packaged data (a folder counts with its lists in .tsv, .txt and .jsonl), and a rest."""
    digest = hashlib.sha256()
    for path in modules:
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    for entry in data:
        for name, content in _file_contents(data_folder().joinpath(entry)):
            digest.update(name.encode() + hashlib.sha256(content).digest())
    digest.update(rest)
    return digest.hexdigest()[:24]


def _file_contents(entry: Traversable) -> Iterator[tuple[str, bytes]]:
    if entry.is_file():
        yield entry.name, entry.read_bytes()
        return
    for child in sorted(entry.iterdir(), key=lambda one: one.name):
        if child.name.endswith((".tsv", ".txt", ".jsonl")):
            yield child.name, child.read_bytes()


def _train_apart(folder: Path, extra: Sequence[LabelledMessage], backend: Backend) -> None:
    rows = json.dumps([asdict(row) for row in extra]).encode()
    run_apart("binhyen.language.training", [str(folder), backend], rows)


def run_apart(module: str, arguments: Sequence[str], given: bytes = b"") -> None:
    """Run one of our modules in a process of its own, on one thread. Raises `TrainingError` with what it said."""
    roots = os.pathsep.join([str(Path(__file__).parents[2]), os.environ.get("PYTHONPATH", "")])
    finished = subprocess.run(  # noqa: S603 -- our own module, no input in the arguments but the folder
        [sys.executable, "-m", module, *arguments],
        input=given,
        capture_output=True,
        timeout=_TRAINING_TIMEOUT_S,
        env={**os.environ, "PYTHONPATH": roots.rstrip(os.pathsep), "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"},
        check=False,
    )
    if finished.returncode != 0:
        raise TrainingError(finished.stderr.decode(errors="replace").strip()[-2_000:])
