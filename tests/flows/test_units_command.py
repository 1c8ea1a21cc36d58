"""`binhyen units` from the command line."""

import pytest

from binhyen.cli.main import main
from binhyen.inbox.tests.factories import make_conversation, make_house
from binhyen.portal.units_here import forget_units, unit_at
from binhyen.units.models import Area, Reorganisation, Unit

pytestmark = pytest.mark.django_db


@pytest.fixture
def houses():
    return make_house("cu", "Công an xã Cũ"), make_house("moi", "Công an xã Mới")


def test_merge_says_what_it_does_and_how_to_take_it_back(houses, capsys):
    old, _ = houses
    Area.objects.create(unit=old.unit, name="Thôn 1")
    assert main(["units", "merge", "cu", "--into", "moi", "--dry-run"]) == 0
    assert "Nothing was changed" in capsys.readouterr().out
    assert unit_at("cu").name == "Công an xã Cũ"
    assert main(["units", "merge", "cu", "--into", "moi"]) == 0
    number = Reorganisation.objects.get().public_id
    assert number in capsys.readouterr().out
    forget_units()
    assert unit_at("cu").name == "Công an xã Mới"
    assert [area.name for area in unit_at("cu").areas] == ["Thôn 1"]
    assert main(["units", "list"]) == 0
    assert "cu  Công an xã Cũ  closed" in capsys.readouterr().out
    assert main(["units", "undo", number]) == 0
    forget_units()
    assert unit_at("cu").name == "Công an xã Cũ"


def test_undo_is_refused_once_residents_wrote(houses, capsys):
    main(["units", "merge", "cu", "--into", "moi"])
    make_conversation(houses[1].web)
    assert main(["units", "undo", Reorganisation.objects.get().public_id]) == 1
    assert "can no longer be undone" in capsys.readouterr().err


def test_a_renamed_unit_answers_at_its_old_address(houses):
    assert main(["units", "rename", "cu", "--name", "Công an xã Thạch Sơn", "--address", "thach-son"]) == 0
    forget_units()
    assert unit_at("cu").slug == "thach-son"
    assert unit_at("thach-son").name == "Công an xã Thạch Sơn"


def test_split_reads_its_areas_from_a_file(houses, tmp_path, capsys):
    old, new = houses
    other = make_house("khac", "Công an xã Khác")
    for name in ("Thôn 1", "Thôn 2"):
        Area.objects.create(unit=old.unit, name=name)
    file = tmp_path / "thon.csv"
    file.write_text("Thôn 1,moi\nThôn 2,nowhere\n", encoding="utf8")
    arguments = ["units", "split", "cu", "--into", "moi", "--into", "khac", "--areas", str(file)]
    assert main(arguments) == 2
    assert "line 2" in capsys.readouterr().err
    file.write_bytes(b"Th\xb9n 1;moi")
    assert main(arguments) == 2
    assert "no CSV or Excel file" in capsys.readouterr().err
    file.write_text("thon 1;moi\nThôn 2;khac\n", encoding="utf8")
    assert main(arguments) == 0
    assert Area.objects.get(name="Thôn 2").unit == other.unit
    assert set(Unit.objects.get(slug="cu").successors.all()) == {new.unit, other.unit}


@pytest.mark.parametrize(
    "arguments",
    [["merge", "nothing", "--into", "moi"], ["undo", "nothing"], ["place", "moi", "--below", "nothing"]],
)
def test_an_unknown_unit_is_named(houses, capsys, arguments):
    assert main(["units", *arguments]) == 2
    assert "nothing" in capsys.readouterr().err


def test_a_unit_is_placed_below_another_and_never_below_itself(houses):
    assert main(["units", "place", "cu", "--below", "moi"]) == 0
    assert Unit.objects.get(slug="cu").parent.slug == "moi"
    assert main(["units", "place", "moi", "--below", "cu"]) == 1
