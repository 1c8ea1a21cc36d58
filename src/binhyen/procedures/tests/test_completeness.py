"""What runs out, what is old, what is missing: named in time."""

import dataclasses
from datetime import date

from binhyen.procedures.completeness import endings_of, missing_in, tasks_for
from binhyen.procedures.queries import catalogue


def codes(procedure: str, on: date) -> set[str]:
    return {task.code for task in tasks_for(catalogue().procedure(procedure), on)}


def test_all_of_it_is_in():
    assert (len(catalogue().procedures), len(catalogue().forms), len(catalogue().referrals)) == (58, 39, 13)


def test_reductions_that_end_with_the_year_are_named_before_and_after():
    ending = [one.id for one in catalogue().procedures if any(e.ends_on == date(2026, 12, 31) for e in endings_of(one))]
    assert {"cap-doi-the-can-cuoc", "cap-lai-the-can-cuoc", "cap-ho-chieu-pho-thong"} <= set(ending)
    assert "ends_soon" not in codes("cap-doi-the-can-cuoc", date(2026, 10, 1))
    assert "ends_soon" in codes("cap-doi-the-can-cuoc", date(2026, 11, 28))
    assert "has_ended" in codes("cap-doi-the-can-cuoc", date(2027, 1, 1))


def test_a_form_that_ends_is_named():
    document = dataclasses.replace(catalogue().procedure("tach-ho").documents[0], note="mẫu cũ dùng đến 31/12/2026")
    procedure = dataclasses.replace(catalogue().procedure("tach-ho"), documents=(document,))
    assert next((ending.field, ending.ends_on) for ending in endings_of(procedure)) == ("forms", date(2026, 12, 31))


def test_after_180_days_somebody_has_to_look():
    assert "stale" not in codes("tach-ho", date(2027, 5, 21))
    assert "stale" in codes("tach-ho", date(2027, 5, 22))


def test_an_impossible_day_breaks_nothing():
    fee = dataclasses.replace(catalogue().procedure("tach-ho").fee, note="đến 31/02/2027")
    assert endings_of(dataclasses.replace(catalogue().procedure("tach-ho"), fee=fee)) == []


def test_missing_parts_are_named():
    whole = catalogue().procedure("dang-ky-tam-tru")
    assert missing_in(whole) == []
    bare = dataclasses.replace(whole, documents=(), legal_basis=(), sources=(), code="")
    assert missing_in(bare) == ["no_documents", "no_legal_basis", "no_source", "no_code"]


def test_facts_from_memory_ask_to_be_checked():
    memory = [one for one in catalogue().procedures if one.confidence == "memory"]
    assert len(memory) == 6
    assert all("only_memory" in missing_in(one) for one in memory)
    assert "memory_parts" in codes("to-giac-tin-bao-toi-pham", date(2026, 11, 28))
