"""Conditions of the law file: read, never executed; unknown facts are false."""

import pytest

from binhyen.core.conditions import OddCondition, facts_asked_by, holds


@pytest.mark.parametrize(
    ("condition", "facts", "expected"),
    [
        ("", {}, True),
        ("complex", {}, False),
        ("complex", {"complex": True}, True),
        ("not competent", {}, True),
        ("not competent", {"competent": True}, False),
        ("unit.remote_area and complex", {"unit.remote_area": True}, False),
        ("unit.remote_area and complex", {"unit.remote_area": True, "complex": True}, True),
        ("item in (poultry, aquatic)", {"item": "poultry"}, True),
        ("item in (poultry, aquatic)", {"item": "livestock"}, False),
        ("request == erase", {"request": "erase"}, True),
        ("request == erase", {}, False),
        ("forwarded by press or agency", {"forwarded_by_agency": True}, True),
    ],
)
def test_a_condition_is_true_of_its_facts(condition, facts, expected):
    assert holds(condition, facts) is expected


def test_the_facts_it_asks_for_can_be_listed():
    asked = facts_asked_by("seriousness in (very_serious, extremely_serious) or public_attention")
    assert asked == {"seriousness", "public_attention"}
    assert facts_asked_by("") == frozenset()


@pytest.mark.parametrize("odd", ["__import__('os').system('true')", "a < b", "complex()", "a +", "x[0]", "1"])
def test_anything_else_is_refused_and_not_run(odd):
    with pytest.raises(OddCondition):
        holds(odd, {})
