"""The catalogue is complete, typed, and names what is wrong in a record."""

from datetime import date

import pytest

from binhyen.core.errors import Misconfigured
from binhyen.procedures.catalogue import CATEGORIES, REFERRAL_OF_TOPIC
from binhyen.procedures.loading import read_catalogue
from binhyen.procedures.queries import catalogue
from binhyen.procedures.rules import by_age, has_run_out, is_stale, officer_needed, worded


def test_all_procedures_forms_and_referrals_of_the_seed_are_there() -> None:
    found = catalogue()
    assert (len(found.procedures), len(found.forms), len(found.referrals)) == (58, 39, 13)
    assert {procedure.category for procedure in found.procedures} == set(CATEGORIES)


def test_every_form_lists_what_it_asks_and_doubt_is_marked() -> None:
    assert [form.code for form in catalogue().forms if not form.fields or not form.legal_source] == []
    assert "trường là nhớ lại" in " ".join(catalogue().form("NA8").notes)


def test_every_form_a_procedure_names_is_described() -> None:
    found = catalogue()
    missing = [code for procedure in found.procedures for code in procedure.form_codes if not found.form(code)]
    assert missing == []


def test_every_other_agency_topic_of_the_table_has_its_referral() -> None:
    assert [topic for topic in REFERRAL_OF_TOPIC if catalogue().referral(topic) is None] == []


def test_papers_needed_in_one_case_only_stand_under_that_case() -> None:
    procedure = catalogue().procedure("dang-ky-thuong-tru")
    assert procedure is not None
    assert [document.item for document in procedure.always] == ["Tờ khai thay đổi thông tin cư trú"]
    assert "khi thuê, mượn, ở nhờ" in procedure.by_case


def test_a_broken_record_is_named() -> None:
    with pytest.raises(Misconfigured, match="hong-mat"):
        read_catalogue([{"id": "hong-mat"}], {"forms": [], "legacy_names": []}, [])


def test_a_fact_from_memory_is_never_worded_as_certain() -> None:
    assert "nhớ lại" not in worded("200.000 đồng (nhớ lại); Nhớ: nhớ lại: miễn")
    assert "chưa kiểm chứng" in worded("200.000 đồng (nhớ lại)")


def test_a_procedure_checked_half_a_year_ago_is_stale() -> None:
    procedure = catalogue().procedures[0]
    assert not is_stale(procedure, date(2027, 5, 21))
    assert is_stale(procedure, date(2027, 5, 22))


def test_a_fee_reduction_runs_out_after_its_last_day() -> None:
    fact = "đến 31/12/2026 còn 25.000 đồng"
    assert not has_run_out(fact, date(2026, 12, 31))
    assert has_run_out(fact, date(2027, 1, 1))
    assert not has_run_out("từ 31/02/2026", date(2030, 1, 1))


@pytest.mark.parametrize(
    ("text", "needed"),
    [("ba toi gia yeu khuyet tat muon lam tai nha", True), ("làm căn cước cho con 15 tuổi", False)],
)
def test_a_case_that_needs_a_person_is_seen_in_the_words(text: str, needed: bool) -> None:
    procedure = catalogue().procedure("cap-the-can-cuoc")
    assert procedure is not None
    assert bool(officer_needed(procedure, text)) is needed


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("làm căn cước cho con 15 tuổi cần gì", "cap-the-can-cuoc"),
        ("lam cccd cho be 14t", "cap-the-can-cuoc"),
        ("bé 13 tuổi làm căn cước", "cap-the-can-cuoc-duoi-14"),
        ("hai đứa 10 tuổi và 16 tuổi làm căn cước", "cap-the-can-cuoc-duoi-14"),
        ("làm căn cước cho bé", "cap-the-can-cuoc-duoi-14"),
    ],
)
def test_the_first_card_follows_the_age_that_is_named(text: str, right: str) -> None:
    assert by_age("cap-the-can-cuoc-duoi-14", text) == right
    assert by_age("dang-ky-tam-tru", text) == "dang-ky-tam-tru"
