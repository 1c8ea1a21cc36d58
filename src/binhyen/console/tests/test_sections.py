"""A telephone's bar holds the four sections most needed by the role; "More" leads to all of them without script."""

import pytest

from binhyen.console.sections import BAR_SIZE, entries_for
from binhyen.console.tests.factories import make_house, make_officer, sign_in
from binhyen.units.models import Role
from binhyen.units.scope import scope_of

pytestmark = pytest.mark.django_db
FIRST = {
    Role.DUTY_OFFICER: ["today", "inbox", "cases", "posts"],
    Role.BEAT_OFFICER: ["inbox", "cases", "posts", "groups"],
    Role.PAGE_EDITOR: ["posts", "procedures", "groups", "figures"],
    Role.COMMANDER: ["today", "inbox", "cases", "posts"],
    Role.IDENTITY_CUSTODIAN: ["openings", "settings"],
    Role.UNIT_ADMINISTRATOR: ["today", "inbox", "posts", "procedures"],
    Role.TECHNICAL_ADMINISTRATOR: ["settings"],
}


@pytest.mark.parametrize("role", list(Role))
def test_the_bar_follows_the_role_and_more_leads_to_every_section(role: Role):
    officer = make_officer(make_house().unit, "may", role)
    entries = list(entries_for(scope_of(officer).roles, "sections"))
    in_bar = [entry.name for entry in entries if entry.is_in_bar]

    page = sign_in(officer).get("/console/sections/").content.decode()

    assert len(in_bar) <= BAR_SIZE
    assert sorted(in_bar) == sorted(FIRST[role])
    listed = page[page.index('class="section-list"') :]
    assert all(f'href="{entry.href}"' in listed for entry in entries)
    assert 'href="/console/sections/" aria-current="page"' in page
