"""The figures of the evaluation mean what their descriptions say, and bad rows name their line."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from binhyen.language.evaluation import evaluate_messages
from binhyen.language.evaluation_rows import RowError
from binhyen.language.personal_data_evaluation import evaluate_personal_data
from binhyen.language.training_rows import HELD_OUT_BATCH, data_folder, packaged_rows
from binhyen.language.understanding import Understander


def held_out_rows() -> list[dict[str, Any]]:
    lines = (data_folder() / "messages" / "development.jsonl").read_text(encoding="utf-8").splitlines()
    return [row for row in map(json.loads, lines) if row["batch"] == HELD_OUT_BATCH]


def test_the_held_out_batch_is_not_trained_on() -> None:
    trained = {row.text for row in packaged_rows() if row.source.startswith("development")}
    assert not trained & {row["text"] for row in held_out_rows()}


def test_the_held_out_batch_meets_the_bars(understander: Understander) -> None:
    figures = evaluate_messages(held_out_rows(), understander)
    assert figures["messages"] == 118
    assert figures["procedure"]["at1"] >= 0.87
    assert figures["procedure"]["at3"] >= 0.98
    assert figures["kinds"]["macro_f1"] >= 0.86
    assert figures["emergency"]["found"] == figures["emergency"]["of"]
    assert figures["emergency"]["flag_rate"] <= 0.05
    assert figures["answer_band"]["precision"] >= 0.95
    assert figures["answer_band"]["coverage"] >= 0.5


def test_null_is_met_by_another_agency_and_also_counts(understander: Understander) -> None:
    rows: list[dict[str, Any]] = [
        {"id": "1", "text": "làm sổ đỏ ở đâu", "kind": "procedure", "procedure": None, "also": []},
        {"id": "2", "text": "làm sổ đỏ ở đâu", "kind": "procedure", "procedure": ["tach-ho", None], "also": []},
        {"id": "3", "text": "sang tên xe máy cũ", "kind": "procedure", "procedure": "tach-ho", "also": ["sang-ten-xe"]},
    ]
    figures = evaluate_messages(rows, understander)
    assert figures["procedure"]["n"] == 2
    assert figures["procedure"]["at1"] == 1.0
    assert figures["errors"] == []


@pytest.mark.parametrize(
    ("lines", "problem"),
    [
        (b'{"id": 1\n', "line 1: not JSON"),
        (b"\n[]\n", "line 2: not an object"),
        (b"\xff\xfe\n", "line 1: not UTF-8"),
        (b'{"id": "a", "text": 5, "kind": "other"}', 'line 1: "text" must be text'),
        (b'{"id": "a", "text": "x", "kind": "odd"}', 'line 1: "kind" is "odd"'),
        (b'{"id": "a", "text": "x", "kind": "other", "procedure": 4}', 'line 1: "procedure" must be'),
    ],
)
def test_a_bad_row_names_its_line(lines: bytes, problem: str, tmp_path: Path, understander: Understander) -> None:
    file = tmp_path / "rows.jsonl"
    file.write_bytes(lines)
    with pytest.raises(RowError, match=f"^{re.escape(problem)}"):
        evaluate_messages(file, understander)


@pytest.mark.parametrize("spans", [None, [["PHONE", 0]], [["PHONE", 0, 99]], [[1, 0, 1]], [["PHONE", True, 2]]])
def test_bad_spans_name_their_line(spans: object) -> None:
    with pytest.raises(RowError, match=r"^line 1: "):
        evaluate_personal_data([{"text": "abc", "spans": spans}])


def test_empty_files_give_zeros(tmp_path: Path, understander: Understander) -> None:
    file = tmp_path / "empty.jsonl"
    file.write_text("\n")
    assert evaluate_messages(file, understander)["messages"] == 0
    assert evaluate_personal_data(file)["recall"] == 0.0
