"""The guide for other systems says what happens: each of its examples is sent."""

import re
from pathlib import Path

import pytest
from django.test import Client

from binhyen.api.tests.test_service import client_with, key_with
from binhyen.inbox.tests.factories import make_house

GUIDE = Path(__file__).resolve().parents[4] / "docs" / "api.md"
EXAMPLES: list[tuple[str, str]] = re.findall(
    r"^```http (\d{3})\n(.+?)^```", GUIDE.read_text(encoding="utf8"), re.MULTILINE | re.DOTALL
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def client() -> Client:
    return client_with(key_with(make_house()))


def test_the_guide_has_an_example_of_every_call(client):
    described = client.get("/api/v1/openapi.json").json()["paths"]
    shown = [example.split("\n", 1)[0].split(" ")[1] for _, example in EXAMPLES]
    for path in described:
        pattern = re.sub(r"\{\w+\}", "[^/]+", path)
        assert any(re.fullmatch(pattern, address.split("?")[0]) for address in shown), path


@pytest.mark.parametrize(("status", "example"), EXAMPLES, ids=lambda value: value.split("\n", 1)[0])
def test_an_example_is_answered_as_the_guide_says(client, status: str, example: str):
    head, _, body = example.partition("\n\n")
    first, *headers = head.strip().split("\n")
    method, path = first.split(" ")
    named = dict(line.split(": ", 1) for line in headers)
    answer = client.generic(method, path, body.strip(), content_type="application/json", headers=named)
    assert answer.status_code == int(status), answer.content
