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


def add(*more: str) -> int:
    return main(
        ["units", "add", "--kind", "province_police", "--duty-phone", "0239 3 000 000", "--admin", "tinh", *more]
    )


def test_a_superior_unit_is_added_and_its_duty_desk_stands_above(houses, capsys):
    assert add("--name", "Công an tỉnh Thử") == 0
    told = capsys.readouterr().out
    assert "cong-an-tinh-thu" in told
    assert "/console/invitation/" in told
    assert main(["units", "place", "cu", "--below", "cong-an-tinh-thu"]) == 0
    province = Unit.objects.get(slug="cong-an-tinh-thu")
    assert (province.kind, province.duty_phone) == ("province_police", "02393000000")
    assert Unit.objects.get(slug="cu").parent == province
    assert {held.officer.username for held in province.memberships.all()} == {"tinh"}
    assert add("--name", "Công an tỉnh Thử") == 1
    assert "in use" in capsys.readouterr().err


@pytest.mark.parametrize("address", ["Thạch Hà", "console", "hooks", "khong-co/duong", "x"])
def test_an_address_that_cannot_be_typed_or_hides_a_page_is_refused(houses, capsys, address):
    assert add("--name", "Công an tỉnh Thử", "--address", address) == 2
    assert main(["units", "rename", "cu", "--name", "Công an xã Mới hơn", "--address", address]) == 2
    assert "cannot be a portal address" in capsys.readouterr().err
    assert Unit.objects.get(slug="cu").name == "Công an xã Cũ"


def test_a_unit_may_go_back_to_its_own_former_address_and_forth_again(houses):
    for slug, name, address in (("cu", "B", "thach-son"), ("thach-son", "A", "cu"), ("cu", "B", "thach-son")):
        assert main(["units", "rename", slug, "--name", name, "--address", address]) == 0
    forget_units()
    assert unit_at("cu").slug == "thach-son"
    assert main(["units", "undo", Reorganisation.objects.latest("pk").public_id]) == 0
    assert Unit.objects.get(pk=houses[0].unit.pk).slug == "cu"


def test_nothing_is_placed_below_a_closed_unit(houses, capsys):
    main(["units", "merge", "cu", "--into", "moi"])
    assert main(["units", "place", "moi", "--below", "cu"]) == 1
    assert "was closed" in capsys.readouterr().err


def test_a_number_that_begins_with_a_dash_is_a_number(houses, capsys):
    main(["units", "merge", "cu", "--into", "moi"])
    Reorganisation.objects.update(public_id="-h4cdefg")
    assert main(["units", "undo", "-h4cdefg"]) == 0
    assert Unit.objects.get(slug="cu").closed_on is None
