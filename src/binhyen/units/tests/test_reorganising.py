"""Merging, dividing and renaming: what moves, what keeps answering, dry runs, and the way back."""

import pytest

from binhyen.core.errors import NotPossible
from binhyen.units.models import (
    Area,
    DirectoryEntry,
    FormerAddress,
    Membership,
    Officer,
    Reorganisation,
    Role,
    Unit,
    UnitName,
)
from binhyen.units.reorganising import merge, rename, split, undo
from binhyen.units.scope import scope_of

pytestmark = pytest.mark.django_db


def unit(slug, *areas, parent=None):
    made = Unit.objects.create(
        kind="commune_police",
        name=f"Công an xã {slug}",
        short_name="Công an xã",
        slug=slug,
        parent=parent,
        place_name=f"xã {slug}, tỉnh Hà Tĩnh",
    )
    UnitName.objects.create(unit=made, name=made.name, is_current=True)
    for name in areas:
        area = Area.objects.create(unit=made, name=name)
        DirectoryEntry.objects.create(unit=made, area=area, title=name, phone="0910000001")
    DirectoryEntry.objects.create(unit=made, title=f"Trưởng {slug}", phone="0910000002")
    return made


def officer(where, username, role=Role.DUTY_OFFICER):
    made = Officer.objects.create_user(username, None, full_name=username)
    Membership.objects.create(unit=where, officer=made, role=role)
    return made


def state():
    """Everything a reorganisation may touch."""
    return (
        sorted(Unit.objects.values_list("slug", "name", "short_name", "path", "closed_on")),
        sorted(Unit.successors.through.objects.values_list("from_unit__slug", "to_unit__slug")),
        sorted(Area.objects.values_list("pk", "name", "unit__slug")),
        sorted(DirectoryEntry.objects.values_list("pk", "unit__slug")),
        sorted(Membership.objects.values_list("officer__username", "role", "unit__slug")),
        sorted(UnitName.objects.values_list("unit__slug", "name", "is_current")),
        sorted(FormerAddress.objects.values_list("slug", "unit__slug")),
    )


@pytest.fixture
def communes():
    old, other, into = unit("cu", "Thôn 1", "Thôn 2"), unit("cu2", "Thôn 1"), unit("moi", "Thôn 9")
    officer(old, "hung")
    officer(into, "may")
    return old, other, into


def test_a_merger_moves_areas_numbers_and_staff_and_keeps_names(communes):
    old, other, into = communes
    post = unit("don", parent=old)
    done = merge([old, other], into, dry_run=False)
    assert sorted(into.areas.values_list("name", flat=True)) == ["Thôn 1", "Thôn 1 (xã cu2)", "Thôn 2", "Thôn 9"]
    assert DirectoryEntry.objects.filter(unit=into).count() == 7
    assert UnitName.objects.filter(unit=into, name=old.name, is_current=False).exists()
    assert Unit.objects.get(pk=post.pk).parent == into
    assert any("Thôn 1 (xã cu2)" in line for line in done.report)
    scope = scope_of(Officer.objects.get(username="may"))
    assert scope.holds(old.pk, frozenset({Role.DUTY_OFFICER}))
    assert scope_of(Officer.objects.get(username="hung")).holds(into.pk, frozenset({Role.DUTY_OFFICER}))


@pytest.mark.parametrize("kind", ["merge", "split", "rename"])
def test_a_dry_run_changes_nothing_and_undo_brings_everything_back(communes, kind):
    old, other, into = communes
    acts = {
        "merge": lambda dry_run: merge([old, other], into, dry_run=dry_run),
        "split": lambda dry_run: split(old, [other, into], {"Thôn 1": other, "Thôn 2": into}, into, dry_run=dry_run),
        "rename": lambda dry_run: rename(old, "Công an xã Khác", "CAX", "khac", dry_run=dry_run),
    }
    before = state()
    planned = acts[kind](dry_run=True)
    assert planned.report
    assert state() == before
    assert not Reorganisation.objects.exists()
    for one in communes:
        one.refresh_from_db()
    done = acts[kind](dry_run=False)
    assert state() != before
    assert done.report == planned.report
    undo(done, dependents=0)
    assert state() == before
    with pytest.raises(NotPossible, match="reorganisation_undone"):
        undo(done, dependents=0)


def test_undo_is_refused_when_something_depends_on_it(communes):
    old, _, into = communes
    first = merge([old], into, dry_run=False)
    with pytest.raises(NotPossible, match="has_dependents"):
        undo(first, dependents=1)
    second = rename(into, "Công an xã Mới Nữa", dry_run=False)
    with pytest.raises(NotPossible, match="built_upon"):
        undo(first, dependents=0)
    undo(second, dependents=0)
    undo(first, dependents=0)


def test_mistakes_are_named(communes):
    old, other, into = communes
    with pytest.raises(NotPossible, match="unit_into_itself"):
        merge([old, into], into, dry_run=False)
    with pytest.raises(NotPossible, match="area_unassigned"):
        split(old, [other, into], {"Thôn 1": other}, other, dry_run=False)
    with pytest.raises(NotPossible, match="area_unknown"):
        split(old, [other, into], {"Thôn 7": other}, other, dry_run=False)
    with pytest.raises(NotPossible, match="slug_taken"):
        rename(old, "Tên mới", slug="moi", dry_run=False)
    merge([old], into, dry_run=False)
    with pytest.raises(NotPossible, match="unit_closed"):
        merge([old], other, dry_run=False)
