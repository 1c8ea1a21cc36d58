"""G20: commands that print rows refuse what residents wrote; `dumpdata` is the only one the framework brings."""

import io
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command, get_commands

from binhyen.cases.tests.factories import make_case, make_station
from binhyen.core.management.commands.dumpdata import WITHOUT_CONTENT

pytestmark = pytest.mark.django_db
ROOMS = sorted(
    app.label for app in apps.get_app_configs() if app.name.startswith("binhyen.") and app.label not in WITHOUT_CONTENT
)


@pytest.mark.parametrize("label", [*ROOMS, "cases.Case", "inbox.Message", "account", "sessions"])
def test_rows_with_content_are_not_printed(label):
    make_case(make_station().unit, "Chim sẻ bay qua đồng")
    printed = io.StringIO()
    with pytest.raises(CommandError, match="G20"):
        call_command("dumpdata", label, stdout=printed)
    assert printed.getvalue() == ""


def test_neither_is_everything_at_once():
    printed = io.StringIO()
    with pytest.raises(CommandError, match="cases"):
        call_command("dumpdata", stdout=printed)
    assert printed.getvalue() == ""


def test_rooms_without_content_are():
    station, printed = make_station(), io.StringIO()
    call_command("dumpdata", "units.Area", "procedures", stdout=printed)
    assert printed.getvalue().startswith("[")
    assert station.unit.slug


def test_no_other_command_prints_rows():
    """Commands of other packages, looked at one by one: none of them prints rows."""
    known = {
        "check", "compilemessages", "createcachetable", "createsuperuser", "changepassword", "dbshell", "diffsettings",
        "dumpdata", "flush", "inspectdb", "loaddata", "makemessages", "makemigrations", "migrate", "optimizemigration",
        "remove_stale_contenttypes", "clearsessions", "runserver", "sendtestemail", "shell", "showmigrations",
        "sqlflush", "sqlmigrate", "sqlsequencereset", "squashmigrations", "startapp", "startproject", "test",
        "testserver", "collectstatic", "findstatic", "ping_google", "account_unsetmultipleprimaryemails", "ogrinspect",
    }  # fmt: skip
    assert set(get_commands()) <= known
    assert get_commands()["dumpdata"] == "binhyen.core"
    assert not list(Path(__file__).parents[2].glob("src/binhyen/*/management/commands/[!_d]*.py"))
