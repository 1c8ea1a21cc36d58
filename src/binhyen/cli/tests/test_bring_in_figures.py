"""Totals from before this system come in as a list, with their source, and show on the pages at once."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner

from binhyen.audit.models import AuditRow
from binhyen.cli.main import root
from binhyen.core import clock
from binhyen.inbox.tests.factories import make_house
from binhyen.statistics.models import BroughtIn, DayFigures, MonthFigures
from binhyen.statistics.rolling_up import roll_up_due
from binhyen.units.models import Unit
from binhyen.units.tree import place

pytestmark = pytest.mark.django_db
HEAD = "ngay,ma_chi_so,so\n"
SOURCE = "Báo cáo tổng kết năm 2024"


@pytest.fixture
def unit() -> Unit:
    commune = make_house().unit
    place(commune, make_house("tinh", "Công an tỉnh").unit)
    return commune


def bring(unit: Unit, folder: Path, text: str, *more: str):
    file = folder / "so-lieu.csv"
    file.write_text(text, encoding="utf-8-sig")
    return CliRunner().invoke(root, ["bring-in-figures", unit.slug, str(file), "--source", SOURCE, *more])


def month(unit: Unit, first: date) -> dict:
    row = MonthFigures.objects.filter(unit=unit, month=first).first()
    return row.counts if row else {}


def test_old_totals_count_for_the_unit_and_above_at_once_and_only_once(unit, tmp_path):
    told = HEAD + "31/12/2024,messages_in,5.264\n2024-12-31,posts,249\n"
    assert bring(unit, tmp_path, told).output == "2 figures read, 2 changed.\n"
    assert bring(unit, tmp_path, told).output == "2 figures read, 0 changed.\n"
    for one in (unit, unit.parent):
        assert month(one, date(2024, 12, 1)) == {"messages_in": 5264, "posts": 249}
    assert AuditRow.objects.filter(action="figures.brought_in").count() == 2


def test_a_corrected_number_replaces_and_nought_takes_away(unit, tmp_path):
    bring(unit, tmp_path, HEAD + "31/12/2024,messages_in,100\n")
    bring(unit, tmp_path, HEAD + "31/12/2024,messages_in,90\n")
    assert month(unit, date(2024, 12, 1)) == {"messages_in": 90}
    bring(unit, tmp_path, HEAD + "31/12/2024,messages_in,0\n")
    assert month(unit, date(2024, 12, 1)) == {}


def test_days_that_are_still_counted_are_left_to_the_roll_up(unit, tmp_path):
    day = clock.today() - timedelta(days=3)
    bring(unit, tmp_path, HEAD + f"{day:%d/%m/%Y},views,700\n")
    assert not DayFigures.objects.filter(unit=unit, day=day).exists()
    roll_up_due()
    assert DayFigures.objects.get(unit=unit, day=day).counts["views"] == 700


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("ngày;số\n1;2\n", "the first row has to be"),
        (HEAD + "31/12/2024,messages_in,5\n32/12/2024,posts,4\n", "line 3: the day"),
        (HEAD + "31/12/2999,messages_in,5\n", "line 2: the day"),
        (HEAD + "31/12/2024,followers,5\n", "line 2: 'followers' is no figure that is added up"),
        (HEAD + "31/12/2024,messages_in,-5\n", "line 2: '-5' is no whole number"),
        (HEAD + "31/12/2024,messages_in,5\n31/12/2024,messages_in,6\n", "line 3: this day and figure"),
        (HEAD, "holds no figure"),
    ],
)
def test_a_wrong_list_is_named_by_its_line_and_nothing_is_taken(unit, tmp_path, text: str, told: str):
    answer = bring(unit, tmp_path, text)
    assert answer.exit_code == 2
    assert told in str(answer.output)
    assert not BroughtIn.objects.exists()


def test_a_dry_run_changes_nothing(unit, tmp_path):
    answer = bring(unit, tmp_path, HEAD + "31/12/2024,messages_in,5\n", "--dry-run")
    assert answer.output == "1 figures read, 0 changed (dry run).\n"
    assert not BroughtIn.objects.exists()
