"""The table of states: closed, complete, and read aloud in the documents."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from binhyen.cases.states import DONE_STATES, OPEN_STATES, STEPS, CaseState, acts_in, read_aloud, step_of
from binhyen.core.errors import NotPossible

ACTS = sorted({step.act for step in STEPS})
TABLE = Path(__file__).resolve().parents[4] / "docs" / "case-states.md"


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.sampled_from(ACTS), max_size=40))
def test_whatever_is_tried_a_case_stays_inside_the_table(acts):
    state = CaseState.RECEIVED
    for act in acts:
        known = [step for step in STEPS if step.act == act and state in step.sources]
        if known:
            state = step_of(act, state).target
        else:
            with pytest.raises(NotPossible, match="case_step"):
                step_of(act, state)
        assert state in CaseState
    assert (state in OPEN_STATES) != (state in DONE_STATES)


def test_one_act_from_one_state_leads_to_one_place():
    pairs = [(step.act, source) for step in STEPS for source in step.sources]
    assert len(pairs) == len(set(pairs))


def test_every_state_is_reached_and_only_the_done_ones_rest():
    reached = {CaseState.RECEIVED}
    for _ in CaseState:
        reached |= {step.target for step in STEPS if reached & set(step.sources)}
    assert reached == set(CaseState)
    assert all(acts_in(state) for state in OPEN_STATES)


def test_a_case_is_never_done_without_words_for_the_reporter():
    assert all(step.needs_text for step in STEPS if step.target in DONE_STATES)


def test_an_officer_cannot_contest_for_the_reporter():
    assert all("contest" not in acts_in(state) for state in CaseState)


def test_the_documents_read_the_table_aloud():
    assert read_aloud() in TABLE.read_text(encoding="utf8")
