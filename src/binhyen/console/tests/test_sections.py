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


def test_links_that_are_kept_are_those_of_the_role_and_the_language():
    unit = make_house().unit
    pages = {}
    for role, language in ((Role.COMMANDER, "vi"), (Role.COMMANDER, "en"), (Role.IDENTITY_CUSTODIAN, "vi")):
        officer = make_officer(unit, f"{role}-{language}", role)
        officer.language = language
        officer.save()
        client = sign_in(officer)
        for _again in range(2):
            pages[role, language] = client.get("/console/settings/").content.decode()
    assert ">Figures</span>" in pages[Role.COMMANDER, "en"]
    assert ">Số liệu</span>" in pages[Role.COMMANDER, "vi"]
    assert ">Số liệu</span>" not in pages[Role.IDENTITY_CUSTODIAN, "vi"]
    assert all('aria-current="page"' in page for page in pages.values())
