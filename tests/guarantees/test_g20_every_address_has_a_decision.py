"""G20, G39: every console address x every role x own unit, unit beside, above and below; nothing is left to chance.

The addresses come from the resolver, the decisions from `decisions.py`; a new address without a decision fails.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from datetime import timedelta

import pytest
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, get_resolver, reverse

from binhyen.cases.openings import Opening
from binhyen.console.tests.factories import House, age_session, make_house, make_officer, sign_in
from binhyen.core.ids import new_public_id
from binhyen.units.models import Membership, Officer, Role, Unit
from binhyen.units.scope import FLOWING_ROLES
from binhyen.vault.models import Export
from tests.guarantees.decisions import DECISIONS, LETTERS, PUBLIC
from tests.guarantees.everything import make_everything

pytestmark = pytest.mark.django_db

Ids = dict[str, str]
ELSEWHERE = {"inbox": ("/console/settings/", "/console/openings/")}
"""Addresses that lead those without the right to a page of theirs, since everybody starts there."""
ONES_OWN = frozenset({"export-file", "opening"})
"""Whoever may see them made them."""


def console_patterns() -> Iterator[URLPattern]:
    """Every pattern below /console/, by whichever file it is included."""
    for door in get_resolver().url_patterns:
        if str(door.pattern) == "console/":
            yield from door.url_patterns


EACH = [letter if letter in "CT" else pytest.param(letter, marks=pytest.mark.slow) for letter in LETTERS]
"""Every role; the quick suite asks for those who see most and least of what is sealed."""
PATTERNS = {pattern.name: pattern for pattern in console_patterns()}
WITH_OBJECTS = [name for name in DECISIONS if PATTERNS[name].pattern.converters]


@pytest.fixture
def house() -> House:
    """The unit in the middle: a province above it, a hamlet's post below."""
    house = make_house()
    house.unit.parent = make_house("tinh", "Công an tỉnh").unit
    house.unit.path = f"{house.unit.parent.path}{house.unit.pk}/"
    house.unit.save()
    return house


def keeper(unit: Unit) -> Officer:
    """Somebody who did what stands in the unit, and holds every role there."""
    return make_officer(unit, f"lam-{unit.slug}", *Role, with_code=False)


def ids_of(house: House, officer: Officer) -> Ids:
    """One of everything in the unit; the export and the opening are of `officer`."""
    ids = make_everything(house, keeper(house.unit))
    Export.objects.filter(public_id=ids["export_id"]).update(officer_key=officer.pk)
    Opening.objects.filter(public_id=ids["opening_id"]).update(requester=officer)
    return ids


def address(name: str, ids: Ids) -> str:
    """The address with ids put in."""
    return reverse(f"console:{name}", kwargs={part: ids[part] for part in PATTERNS[name].pattern.converters})


def ask(client: Client, method: str, name: str, ids: Ids) -> HttpResponse:
    """One real request whose writes are taken back."""
    form = {"text": "x", "act": "x"} | {key: text.format(**ids) for key, text in DECISIONS[name].form.items()}
    with transaction.atomic():
        answer = getattr(client, method)(address(name, ids), form if method == "post" or name == "bulk" else {})
        transaction.set_rollback(True)
    return answer


def outcome(name: str, answer: HttpResponse) -> str:
    """open, nothing (not found), confirm, sign-in, no method, or broken."""
    place = answer.headers.get("Location", "")
    if answer.status_code == 302 and place.startswith(("/console/sign-in/", "/console/confirm/")):
        return "sign-in" if "sign-in" in place else "confirm"
    if answer.status_code == 404 or (place and place in ELSEWHERE.get(name, ())):
        return "nothing"
    return {405: "no method"}.get(answer.status_code, "open" if answer.status_code < 500 else "broken")


def known_methods(name: str) -> list[tuple[str, str]]:
    """Methods the address knows, each with the letters that may use it."""
    both = (("get", DECISIONS[name].get), ("post", DECISIONS[name].post))
    return [(method, allowed) for method, allowed in both if allowed is not None]


def shape(answer: HttpResponse) -> tuple[str, dict[str, str]]:
    """Body and headers without what differs by chance: the form token and the length it brings."""
    body = re.sub(r'value="[A-Za-z0-9]{64}"|CSRFToken": "\w+"', "", answer.content.decode())
    return body, {name: value for name, value in answer.headers.items() if name != "Content-Length"}


def test_every_address_has_one_decision_and_every_decision_an_address():
    assert set(PATTERNS) == set(DECISIONS) | PUBLIC
    assert not set(DECISIONS) & PUBLIC
    assert {str(door.pattern) for door in get_resolver().url_patterns} == {"console/", ""}, "a door without a table"


def test_nothing_sealed_is_for_technical_administrators():
    sealed = {name: decision for name, decision in DECISIONS.items() if decision.is_sealed}
    assert len(sealed) >= 30
    assert not [name for name, decision in sealed.items() if "T" in f"{decision.get}{decision.post}"]


def wrong(client: Client, ids: Ids, wanted: Callable[[str, str, str], str], names: Iterable[str]) -> list[str]:
    """Where a method that an address knows does not end as wanted(name, method, letters allowed)."""
    found = []
    for name in names:
        for method, allowed in known_methods(name):
            seen = outcome(name, ask(client, method, name, ids))
            if seen != wanted(name, method, allowed):
                found.append(f"{method} {name}: {seen}, not {wanted(name, method, allowed)}")
    return found


@pytest.mark.parametrize("letter", EACH)
def test_each_role_meets_what_was_decided_at_home(letter: str, house: House):
    officer = make_officer(house.unit, "may", LETTERS[letter])
    client, ids = sign_in(officer), ids_of(house, officer)

    assert wrong(client, ids, lambda _, __, allowed: "open" if letter in allowed else "nothing", DECISIONS) == []


@pytest.mark.parametrize("letter", EACH)
def test_each_role_finds_nothing_beside_or_above_and_flows_down_only_where_it_oversees(letter: str, house: House):
    role = LETTERS[letter]
    beside = make_officer(make_house("khac", "Công an xã Khác").unit, "ben", role)
    above = make_officer(house.unit.parent, "tren", role) if role in FLOWING_ROLES else None
    if above is None:
        Membership.objects.create(unit=house.unit.parent, officer=beside, role=role)
    ids = make_everything(house, keeper(house.unit))

    def flows(name: str, _: str, allowed: str) -> str:
        return "open" if letter in allowed and name not in ONES_OWN else "nothing"

    assert wrong(sign_in(beside), ids, lambda *_: "nothing", WITH_OBJECTS) == []
    assert above is None or wrong(sign_in(above), ids, flows, WITH_OBJECTS) == []


def test_what_is_foreign_is_what_does_not_exist_whoever_looks(house: House):
    """Who holds all seven roles in a unit beside and in one below sees the page of a random id."""
    officer = make_officer(make_house("khac", "Công an xã Khác").unit, "ben", *Role)
    below = Unit.objects.create(name="Đồn", slug="don", parent=house.unit)
    Membership.objects.bulk_create(Membership(unit=below, officer=officer, role=role) for role in Role)
    client, ids = sign_in(officer), make_everything(house, keeper(house.unit))
    random = {part: new_public_id() for part in ids}

    for name in WITH_OBJECTS:
        for method, _ in known_methods(name):
            one, other = ask(client, method, name, ids), ask(client, method, name, random)
            assert (name, outcome(name, one)) == (name, "nothing")
            assert (one.status_code, shape(one)) == (other.status_code, shape(other))


def test_an_old_second_factor_is_asked_for_again_where_it_was_decided(house: House):
    officer = make_officer(house.unit, "may", *Role)
    client, ids = sign_in(officer), ids_of(house, officer)
    age_session(client, started=timedelta(minutes=6))

    assert wrong(client, ids, lambda name, *_: "confirm" if DECISIONS[name].fresh else "open", DECISIONS) == []


def test_a_stranger_is_sent_to_the_door_and_methods_are_those_of_the_table(house: House):
    ids, stranger = make_everything(house, keeper(house.unit)), Client()

    assert wrong(stranger, ids, lambda *_: "sign-in", DECISIONS) == []
    for name, decision in DECISIONS.items():
        for method in {"get", "post"} - {method for method, _ in known_methods(name)}:
            assert (name, outcome(name, ask(stranger, method, name, ids))) == (name, "no method"), decision
