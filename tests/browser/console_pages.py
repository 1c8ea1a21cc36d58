"""Pages of the console that need something to show: made, and their addresses below /console/."""

from binhyen.cases import custodians, unsealing
from binhyen.cases.tests.factories import REASON, WORDS, make_named_case
from binhyen.console.tests.factories import House, make_officer
from binhyen.core import clock
from binhyen.procedures.models import ProcedureVersion
from binhyen.reviews.actions import TaskEntry, change_texts, hand_out, start_review
from binhyen.statistics.models import AreaFigures
from binhyen.statistics.periods import span_of
from binhyen.units.models import Area, Membership, Officer, Role
from binhyen.units.scope import scope_of


def waiting_version(house: House) -> str:
    """A colleague's change of a procedure that waits for approval."""
    colleague = make_officer(house.unit, "soan", Role.PAGE_EDITOR, with_code=False)
    changes = {"hours_vi": "Sáng thứ bảy", "aliases_vi": ["giấy xanh"]}
    return ProcedureVersion.objects.create(
        unit=house.unit, procedure="dang-ky-tam-tru", state="waiting", changes=changes, above={"hours_vi": "Chiều"},
        drafted_by=colleague, drafted_at=clock.now(), editors=[colleague.pk],
    ).public_id  # fmt: skip


def case_paths(house: House, officer: Officer) -> list[str]:
    """Pages of sealed reports, as an officer who is custodian and commander too sees them."""
    for role in (Role.IDENTITY_CUSTODIAN, Role.COMMANDER):
        Membership.objects.create(unit=house.unit, officer=officer, role=role)
    custodian = make_officer(house.unit, "giu-khoa", Role.IDENTITY_CUSTODIAN, with_code=False)
    for one in (officer, custodian):
        custodians.set_passphrase(scope_of(one), one, WORDS)
    custodians.make_key(scope_of(officer), house.unit)
    case = make_named_case(house.unit, is_urgent=True)
    opening = unsealing.ask(scope_of(officer), case, "statement", REASON, b"k" * 32)
    of_case = [f"cases/{case.public_id}/{part}" for part in ("", "transfer/", "opening/")]
    opened = ["openings/", f"openings/{opening.public_id}/", f"custodians/{house.unit.public_id}/"]
    return ["cases/", "cases/?view=done", "cases/take/", *of_case, *opened, "conduct/"]


def review_paths(house: House) -> list[str]:
    """A review with a task and words that look like a name."""
    scope = scope_of(make_officer(house.unit, "lap-bao-cao", Role.COMMANDER, with_code=False))
    review = start_review(scope, house.unit, span_of("2026-Q3"))
    change_texts(scope, review, {"incidents": "Ông Nguyễn Văn Canh mất xe"}, 1)
    hand_out(scope, review, TaskEntry("Tập huấn", "Trực ban", review.ends_on))
    return [f"reviews/{review.public_id}/{part}" for part in ("", "texts/", "versions/1/")]


def hamlet_path(house: House) -> str:
    """The figures of a hamlet with a month behind it."""
    area = Area.objects.create(unit=house.unit, name="Thôn Đông", household_count=120)
    counts = {"households": 120, "inhabitants": 430, "households_reached": 84, "members": 140, "groups": 1}
    month = clock.today().replace(day=1)
    AreaFigures.objects.create(area=area, unit=house.unit, month=month, counts=counts)
    return f"figures/{house.unit.public_id}/hamlets/{area.public_id}/"
