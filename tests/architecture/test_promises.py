"""The public page promises what is tested, and nothing else."""

import re
from pathlib import Path

from binhyen.core.promises import promise_groups

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "tests" / "guarantees"
KEPT = ROOT / "src" / "binhyen" / "data" / "promises" / "kept.txt"


def ids_with_tests() -> list[str]:
    """Ids with a test file of their own."""
    numbers = {int(found[1]) for file in FOLDER.glob("test_g*.py") if (found := re.match(r"test_g(\d+)_", file.name))}
    return [f"G{number}" for number in sorted(numbers)]


def test_nothing_is_promised_without_a_test() -> None:
    wanted = ids_with_tests()
    assert set(KEPT.read_text(encoding="utf8").split()) <= set(wanted), f"{KEPT} should hold: {' '.join(wanted)}"


def test_every_promise_has_its_words_once() -> None:
    ids = [promise.id for group in promise_groups() for promise in group.promises]
    assert ids == [f"G{number}" for number in range(1, 65)]
    assert all(promise.words.endswith(".") for group in promise_groups() for promise in group.promises)
