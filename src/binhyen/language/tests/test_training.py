"""Training gives the same bytes from the same rows, caches what it made, and needs no heavy library afterwards."""

import subprocess
import sys
from pathlib import Path

from binhyen.language.model_cache import fingerprint, load_understander, train_model
from binhyen.language.training import write_model
from binhyen.language.training_rows import LabelledMessage, packaged_rows


def test_the_same_rows_give_the_same_bytes(tmp_path: Path) -> None:
    rows = packaged_rows()[::40]
    made = []
    for name in ("first", "second"):
        folder = tmp_path / name
        folder.mkdir()
        write_model(rows, folder)
        made.append({file.name: file.read_bytes() for file in sorted(folder.iterdir())})
    assert made[0] == made[1]


def test_a_trained_model_is_found_again() -> None:
    assert train_model() == train_model()


def test_extra_rows_make_another_model() -> None:
    row = LabelledMessage("cho hỏi cái tờ xanh xanh", "procedure", ("tach-ho",))
    assert fingerprint() != fingerprint([row])
    assert fingerprint([row]) == fingerprint([row])


def test_understanding_loads_no_training_library() -> None:
    load_understander()
    program = (
        "import sys; from binhyen.language.model_cache import load_understander;"
        "load_understander().understand(['làm căn cước']);"
        "print(sorted({'sklearn', 'scipy', 'django'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
