"""The demo shows figures that are not zero and a closed review; seeding twice adds nothing."""

import pytest

from binhyen.core import clock
from binhyen.reviews.figures import figures_for
from binhyen.reviews.models import Review, Task
from binhyen.statistics.dots import dots_below
from binhyen.statistics.families import forget_families
from binhyen.statistics.models import BroughtIn
from binhyen.statistics.periods import Grain, period_around
from binhyen.statistics.queries import overview_for
from binhyen.units.models import Membership, Officer, Role
from binhyen.units.scope import scope_of
from binhyen.vault.keyring import create_keyring
from binhyen.workflows.seeding import seed_demo
from binhyen.workflows.seeding_figures import SOURCE, seed_figures
from binhyen.workflows.seeding_tree import seed_tree

pytestmark = pytest.mark.django_db


def test_the_figures_of_the_demo_are_not_zero_and_marked_as_made_up():
    forget_families()
    create_keyring()
    units = seed_demo()
    seed_tree(units)
    seed_figures(units)
    brought, tasks = BroughtIn.objects.count(), Task.objects.count()
    seed_figures(units)
    assert (BroughtIn.objects.count(), Task.objects.count()) == (brought, tasks)
    assert set(BroughtIn.objects.values_list("source", flat=True)) == {SOURCE}
    chief = Membership.objects.filter(unit=units[0], role=Role.COMMANDER).first().officer
    last = period_around(clock.today(), Grain.QUARTER).span.before()
    overview = overview_for(scope_of(chief), units[0].public_id, last)
    shown = {one.measure.code: one.value for one in overview.figures}
    assert shown["messages_in"] > 100
    assert shown["reports_received"] > 10
    review = Review.objects.get(unit=units[0])
    assert review.state == "closed"
    assert figures_for(scope_of(chief), review)["messages_in"].number == shown["messages_in"]


def test_the_demo_has_a_page_for_every_level_and_dots_on_the_map():
    forget_families()
    create_keyring()
    units = seed_demo()
    nation = seed_tree(units)
    assert seed_tree(units) == nation
    seed_figures(units)
    scope = scope_of(Officer.objects.get(username="demo"))
    month = period_around(clock.today(), Grain.MONTH).span
    found = overview_for(scope, nation.public_id, month)
    assert [unit.name for unit, _ in found.below] == [
        "Công an tỉnh Đắk Lắk",
        "Công an tỉnh Hà Tĩnh",
        "Công an tỉnh Quảng Trị",
    ]
    shown = dots_below(nation, month, found.counted_at)
    assert len(shown.dots) == 3
    assert [one.label for one in shown.islands] == ["Hoàng Sa", "Trường Sa"]
    assert any(dot.percent for dot in shown.dots)
