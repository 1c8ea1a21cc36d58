"""G6: no screen, search or API finds reports by reporter."""

import re

import pytest

from binhyen.cases.models import Case, CaseRoute, ReportDraft
from binhyen.cases.reports import Identity
from binhyen.cases.tests.factories import make_named_case
from binhyen.console.tests.factories import sign_in
from binhyen.console.urls import urlpatterns
from binhyen.inbox.models import Contact
from binhyen.inbox.tests.factories import make_officer
from binhyen.units.models import Role
from tests.guarantees.sealed_station import station_with_key

pytestmark = pytest.mark.django_db

CANARY, OTHER = "Trịnh Ngọc Quỳnh Hương", "Phạm Đình Khánh Toàn"
PARAMETERS = ("q", "words", "view", "name", "order", "sort", "person", "reporter", "phone", "officer", "unit", "page")
LISTS = [pattern.name for pattern in urlpatterns if not pattern.pattern.converters]


def shape(response, typed: str) -> tuple[int, str]:
    """The answer without what was typed and without the form token."""
    html = response.content.decode(errors="replace").replace(typed, "…")
    return response.status_code, re.sub(r'value="[\w-]{43,64}"|CSRFToken": "\w+"', "", html)


@pytest.fixture
def client(monkeypatch):
    station = station_with_key(monkeypatch)
    make_named_case(station.unit, Identity(CANARY, "0987001234"))
    everybody = make_officer(station.unit, "moi-vai", *list(Role))
    return sign_in(everybody)


@pytest.mark.parametrize("path", ["cases/", "openings/", "conduct/", "settings/"])
def test_a_reporters_name_answers_like_any_other_word(client, path):
    for parameter in PARAMETERS:
        for ask in (client.get, client.post) if path in ("cases/", "openings/") else (client.get,):
            one, other = (ask(f"/console/{path}", {parameter: typed}) for typed in (CANARY, OTHER))
            assert shape(one, CANARY) == shape(other, OTHER), (path, parameter)


def test_no_list_is_forgotten():
    assert {"cases", "openings", "conduct"} <= set(LISTS)


def test_no_row_of_a_report_refers_to_a_person():
    for model in (Case, CaseRoute, ReportDraft):
        related = [field.related_model for field in model._meta.get_fields() if field.is_relation]
        assert Contact not in related
    assert not [field for field in Contact._meta.get_fields() if "case" in field.name]
