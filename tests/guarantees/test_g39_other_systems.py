"""G39: every address for other systems x no key, an officer's session, the own unit's key, a foreign unit's key.

The addresses come from the resolver of `binhyen.api`; a new one without a decision here fails.
"""

import re
from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from binhyen.api.middleware import ADDRESSES
from binhyen.api.tests.test_service import client_with, key_with
from binhyen.cases.tests.factories import make_case
from binhyen.console.tests.factories import make_house, make_officer, sign_in
from binhyen.core import clock
from binhyen.outreach.models import Post
from binhyen.units.models import Role
from binhyen.vault import receipts
from binhyen.vault.tests.light_hashes import hash_lightly
from binhyen.workflows.publishing import plan

pytestmark = pytest.mark.django_db

OF_A_UNIT, OF_THE_KEY, OPEN = "of a unit", "of the key", "open"
"""Needs a key that covers the unit of the address; needs any key; answers anybody."""
DECISIONS = {
    "api/v1/openapi.json": OPEN,
    "api/v1/units": OF_THE_KEY,
    "api/v1/units/<slug>/procedures": OF_A_UNIT,
    "api/v1/units/<slug>/procedures/<procedure_id>": OF_A_UNIT,
    "api/v1/units/<slug>/directory": OF_A_UNIT,
    "api/v1/units/<slug>/posts": OF_A_UNIT,
    "api/v1/units/<slug>/posts/<post_id>": OF_A_UNIT,
    "api/v1/units/<slug>/figures": OF_A_UNIT,
    "api/v1/units/<slug>/questions": OF_A_UNIT,
    "api/v1/units/<slug>/receipts": OF_A_UNIT,
    "api/v1/units/<slug>/cases": OF_A_UNIT,
    "open311/v2/services.<form>": OPEN,
    "open311/v2/services/<code>.<form>": OPEN,
    "open311/v2/requests.<form>": OPEN,
    "open311/v2/requests/<request_id>.<form>": OPEN,
    "open311/v2/tokens/<token>.<form>": OPEN,
    "open311/v2/": OPEN,
}
BODIES = {
    "questions": {"text": "Làm căn cước cần gì?"},
    "receipts": {"receipt_code": receipts.new_code()},
    "cases": {"receipt_code": receipts.new_code()},
}
"""What is sent with POST to addresses that end so."""


def routes(patterns: list[URLPattern | URLResolver], before: str = "") -> Iterator[str]:
    """Every address below, its parts named as `<part>`."""
    for pattern in patterns:
        route = before + re.sub(r"<\w+:(\w+)>", r"<\1>", str(pattern.pattern))
        if isinstance(pattern, URLResolver):
            yield from routes(pattern.url_patterns, route)
        else:
            yield route


def known_routes() -> set[str]:
    """Without the service's own root, which only redirects nowhere and is never linked."""
    return {route for route in routes(get_resolver(ADDRESSES).url_patterns) if route != "api/v1/"}


def ask(client: Client, route: str, parts: dict[str, str]):
    """One call with what its address names."""
    address = "/" + re.sub(r"<(\w+)>", lambda part: parts[part[1]], route)
    last = route.rsplit("/", 1)[-1]
    if last in BODIES:
        return client.post(address, BODIES[last], content_type="application/json")
    return client.get(address, {"period": "2026-10"} if last == "figures" else {})


@pytest.fixture
def parts(monkeypatch) -> dict[str, str]:
    """What the addresses name, all of one unit."""
    hash_lightly(monkeypatch)
    house, now = make_house(), clock.now()
    post = Post.objects.create(
        unit=house.unit, title="Cảnh giác", what="Có việc", channels=["portal"], created_at=now,
        changed_at=now, published_at=now,
    )  # fmt: skip
    plan(post)
    return {
        "key": key_with(house),
        "slug": house.unit.slug,
        "procedure_id": "dang-ky-tam-tru",
        "post_id": post.public_id,
        "code": "feedback",
        "form": "json",
        "request_id": make_case(house.unit).public_id,
        "token": "khong-co",
    }


def test_every_address_has_a_decision():
    assert known_routes() == set(DECISIONS)


@pytest.mark.parametrize("role", [None, *Role])
def test_without_a_key_nothing_of_a_unit_opens_whoever_is_signed_in(role: Role | None, parts: dict[str, str]):
    client = sign_in(make_officer(make_house("khac", "Khác").unit, "may", role)) if role else Client()
    for route, decision in DECISIONS.items():
        answer = ask(client, route, parts)
        assert (route, answer.status_code == 401) == (route, decision != OPEN)


def test_a_foreign_key_finds_nothing_and_the_own_key_something(parts: dict[str, str]):
    own, foreign = client_with(parts["key"]), client_with(key_with(make_house("khac", "Công an xã Khác")))
    for route in (route for route, decision in DECISIONS.items() if decision == OF_A_UNIT):
        theirs, nothing = ask(foreign, route, parts), ask(foreign, route, parts | {"slug": "khong-co"})
        assert (route, theirs.status_code, theirs.content) == (route, 404, nothing.content)
        if not route.endswith(("receipts", "cases")):  # nobody has this code
            assert (route, ask(own, route, parts).status_code) in ((route, 200), (route, 201))
    assert [unit["slug"] for unit in ask(foreign, "api/v1/units", parts).json()] == ["khac"]


def test_what_is_open_tells_nothing_of_a_sealed_case(parts: dict[str, str]):
    for route in (route for route, decision in DECISIONS.items() if decision == OPEN):
        answer = ask(Client(), route, parts)
        assert answer.status_code in (200, 400, 404)
        assert parts["request_id"] not in answer.content.decode()
