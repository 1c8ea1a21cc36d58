"""The review of each published case prints exactly what was published; a stopped load goes on."""

from itertools import islice

import pytest

from binhyen.inbox.tests.factories import make_officer
from binhyen.outreach.models import Post
from binhyen.reviews import actions
from binhyen.reviews.figures import Figures, live_figures
from binhyen.reviews.report import report_of
from binhyen.statistics.families import forget_families
from binhyen.statistics.models import BroughtIn, DayFigures
from binhyen.units.models import Role, Unit
from binhyen.units.scope import Scope, scope_of
from binhyen.workflows.published_cases import Case, Loading, cases

pytestmark = pytest.mark.django_db
EVERY_DAYS = 61

PUBLISHED = {
    "dong-hoi": {"communes": "15", "groups": "163", "households": "18.200", "followers": "2.500", "posts": "249"},
    "dak-lak": {
        "communes": "184",
        "pages": "225",
        "followers": "129.200",
        "groups": "975",
        "reports_received": "568",
        "questions_answered": "5.264",
    },
    "dai-hong": {"areas": "10", "households": "2.875", "inhabitants": "11.798", "own_procedures": "17"},
    "nam-tu-liem": {
        "followers": "10.000",
        "views": "250.000",
        "messages_in": "30.000",
        "internal_groups": "74",
        "internal_members": "3.400",
    },
    "ha-tinh": {"communes": "2", "groups": "18"},
}


@pytest.fixture(autouse=True)
def fresh() -> None:
    forget_families()


def loaded(name: str) -> tuple[Case, Unit, Scope]:
    case = cases()[name]
    loading = Loading(case, EVERY_DAYS)
    assert list(loading.steps()) == loading.days
    return case, loading.top, scope_of(make_officer(loading.top, "chi-huy", Role.COMMANDER, with_code=False))


def figures_of(case: Case, unit: Unit, scope: Scope) -> Figures:
    return live_figures(scope, unit, case.span)


@pytest.mark.parametrize("name", PUBLISHED)
def test_the_review_prints_exactly_the_published_figures(name: str):
    case, unit, scope = loaded(name)
    figures = figures_of(case, unit, scope)
    assert {code: figures[code].value for code in PUBLISHED[name]} == PUBLISHED[name]
    review = actions.start_review(scope, unit, case.span)
    report = report_of(review, figures, [], [])
    printed = {row[1] for grid in report.sections[1].grids for row in grid.rows}
    assert printed >= set(PUBLISHED[name].values())
    told = " ".join(report.sections[1].paragraphs)
    assert all(f" {value} " in f" {told}" for value in PUBLISHED[name].values())


@pytest.mark.parametrize("name", PUBLISHED)
def test_the_totals_are_those_of_the_list(name: str):
    told = {code: f"{count:,}".replace(",", ".") for code, count in cases()[name].totals.items()}
    assert told.items() >= PUBLISHED[name].items()
    assert set(told) - set(PUBLISHED[name]) <= {"pages"}, "a page carries the followers"


def test_the_two_communes_of_ha_tinh_have_twelve_and_six_groups():
    case, unit, scope = loaded("ha-tinh")
    communes = Unit.objects.filter(parent=unit).order_by("slug")
    assert [figures_of(case, commune, scope)["groups"].value for commune in communes] == ["12", "6"]


def test_a_stopped_load_goes_on_and_a_finished_one_changes_nothing():
    case = cases()["dong-hoi"]
    assert len(list(islice(Loading(case, EVERY_DAYS).steps(), 3))) == 3
    half = Post.objects.count()
    assert 0 < half < 249
    list(Loading(case, EVERY_DAYS).steps())
    days = list(DayFigures.objects.order_by("pk").values_list("pk", "counts"))
    list(Loading(case, EVERY_DAYS).steps())
    assert Post.objects.count() == 249
    assert list(DayFigures.objects.order_by("pk").values_list("pk", "counts")) == days


def test_what_was_published_as_a_total_names_its_source():
    loaded("nam-tu-liem")
    assert set(BroughtIn.objects.values_list("source", flat=True)) == {cases()["nam-tu-liem"].told["source"]}
