"""A commune with figures of two quarters."""

from datetime import UTC, date, datetime

from binhyen.inbox.tests.factories import make_house, make_officer
from binhyen.statistics.families import forget_families
from binhyen.statistics.models import MonthFigures, RollUp
from binhyen.statistics.periods import Span, span_of
from binhyen.units.models import Role, Unit
from binhyen.units.scope import Scope, scope_of

QUARTER = span_of("2026-Q3")
LEVELS = {"groups": 12, "members": 1_800, "households": 1_200, "households_reached": 850, "followers": 2_500}


def make_commune() -> Unit:
    """Q2: 30 messages a month, Q3: 60; 20 reports a month throughout; a time limit missed in a fifth of cases."""
    forget_families()
    unit = make_house("thach-binh", "Công an xã Thạch Bình").unit
    for month in range(1, 13):
        flows = {"messages_in": 60 if month in (7, 8, 9) else 30, "reports_received": 20, "limits_kept": 40}
        counts = flows | {"limits_missed": 10, "posts": 2} | LEVELS
        MonthFigures.objects.create(unit=unit, month=date(2026, month, 1), counts=counts)
    RollUp.objects.create(pk=1, written_at=datetime(2026, 11, 25, tzinfo=UTC), first_day=date(2026, 1, 1))
    return unit


def leader(unit: Unit, name: str = "chi-huy") -> Scope:
    """A commander's scope."""
    return scope_of(make_officer(unit, name, Role.COMMANDER))


def quarter_before(span: Span = QUARTER) -> Span:
    """Q2."""
    return span.before()
