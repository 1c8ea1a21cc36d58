"""G27: nothing is decided about a report by the machine: no reject, no close; a person looks at each."""

import ast
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import binhyen.cases
from binhyen.cases import queries, unsealing
from binhyen.cases.drafts import forget_old
from binhyen.cases.files_of_case import clean_waiting
from binhyen.cases.incidents.models import Incident, IncidentSuggestion
from binhyen.cases.models import Case
from binhyen.cases.routes import destroy_old_routes
from binhyen.cases.states import STEPS, CaseState
from binhyen.cases.tests.factories import make_case, make_station
from binhyen.core import clock
from binhyen.vault.tests.light_hashes import hash_lightly
from binhyen.workflows.same_event import ArrivalWatch

ODD = ["", "spam spam spam", "mua ngay kẻo lỡ", "đ.m", "tôi báo sai", "\u202e", "x" * 4000, "vay tiền"]


@pytest.mark.django_db
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.one_of(st.sampled_from(ODD), st.text(max_size=300)))
def test_whatever_is_written_waits_for_a_person(text):
    with pytest.MonkeyPatch.context() as patch:
        hash_lightly(patch)
        station = make_station() if not Case.objects.exists() else None
        unit = station.unit if station else Case.objects.first().unit
        case = make_case(unit, text)
    with clock.at(clock.now() + timedelta(days=400)):
        for chore in (ArrivalWatch().look, clean_waiting, unsealing.end_old, forget_old, destroy_old_routes):
            chore()
    case.refresh_from_db()
    assert case.state == CaseState.RECEIVED
    assert case.wrapped_key


def test_only_officers_and_reporters_change_states():
    """Every call that changes a state is written with a person's right or by the reporter's own code."""
    room = Path(binhyen.cases.__file__).parent
    callers = {
        path.stem
        for path in room.glob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf8")))
        if isinstance(node, ast.Call) and getattr(node.func, "id", getattr(node.func, "attr", "")) == "change_state"
    }
    assert callers == {"actions", "following", "handing_over"}
    assert {step.act for step in STEPS if step.by_reporter} == {"contest"}
    for name in ("actions", "following", "handing_over", "receiving", "states", "rules", "conflicts"):
        imports = (room / f"{name}.py").read_text(encoding="utf8")
        assert "understand" not in imports.lower()
    assert queries.VIEWS[0] == "open"


@pytest.mark.django_db
def test_reports_that_look_alike_are_suggested_never_merged(monkeypatch):
    hash_lightly(monkeypatch)
    station = make_station()
    for _ in range(4):
        make_case(station.unit, "Cháy xưởng gỗ ở thôn 4, khói đen kịt, lửa lớn lắm")
    ArrivalWatch().look()
    assert IncidentSuggestion.objects.exists()
    assert not Incident.objects.exists()
    assert set(Case.objects.values_list("state", flat=True)) == {CaseState.RECEIVED}
