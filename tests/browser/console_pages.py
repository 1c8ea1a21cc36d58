"""Pages of the console that need something to show: made, and their addresses below /console/, section by section."""

from collections.abc import Callable

from binhyen.cases import custodians, unsealing
from binhyen.cases.tests.factories import REASON, WORDS, make_named_case
from binhyen.console.tests.factories import House, make_conversation, make_delivery, make_officer
from binhyen.core import clock
from binhyen.groups.models import Group, JoinCode
from binhyen.inbox.models import DutyAlert
from binhyen.outreach.models import Post
from binhyen.procedures.models import ProcedureVersion
from binhyen.reviews.actions import TaskEntry, change_texts, hand_out, start_review
from binhyen.statistics.models import AreaFigures
from binhyen.statistics.periods import span_of
from binhyen.units.models import Area, Membership, Officer, Role
from binhyen.units.scope import scope_of
from binhyen.units.setting_up import STEPS
from binhyen.workflows.publishing import plan


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


def inbox_pages(house: House, officer: Officer) -> list[str]:
    """Conversations, the desk, the day, the record and the switch."""
    conversation = make_conversation(house.zalo, "Có trộm đang phá cửa", urgency=2, kind="emergency")
    DutyAlert.objects.create(unit=house.unit, conversation=conversation, created_at=clock.now())
    make_delivery(conversation, "unknown")
    by_hand = make_conversation(house.manual)
    make_delivery(by_hand, "by_hand")
    unit, thread = house.unit.public_id, conversation.public_id
    of_thread = [f"c/{thread}/{part}" for part in ("", "further/", "?tab=note", "answers/")]
    lists = ["", "?view=done", "?q=khong+co", f"c/{by_hand.public_id}/", "desk/", f"desk/?c={by_hand.public_id}"]
    return [*of_thread, *lists, "today/", f"roster/{unit}/", "record/", "record/?from=x", f"stop/{unit}/"]


def settings_pages(house: House, officer: Officer) -> list[str]:
    """The unit, its officers, its Zalo page, its setting up."""
    unit = house.unit.public_id
    of_unit = ["officers/", f"officers/{officer.public_id}/", "set-up/", "systems/", "zalo/"]
    of_unit += [f"set-up/{step}/" for step in STEPS]
    return ["settings/", "settings/roles/", *(f"settings/{unit}/{part}" for part in of_unit)]


def post_pages(house: House, officer: Officer) -> list[str]:
    """Posts in every state."""
    unit = house.unit.public_id
    _group(house)
    draft = _post(house, officer, "draft", what="Gọi 0912345678")
    other = make_officer(house.unit, "khac", with_code=False)
    waiting = _post(house, other, "review", version=1, submitted_at=clock.now())
    out = _post(house, officer, "sending", published_at=clock.now())
    plan(out)
    paths = ["posts/", "posts/approvals/", f"posts/new/{unit}/", f"posts/library/{unit}/", f"posts/{draft.public_id}/"]
    paths += [f"posts/{waiting.public_id}/{part}/" for part in ("review", "approve")]
    return [*paths, *(f"posts/{out.public_id}/{part}/" for part in ("track", "hand-list"))]


def place_pages(house: House, officer: Officer) -> list[str]:
    """Groups, print room, lost and found."""
    unit, group = house.unit.public_id, _group(house)
    JoinCode.objects.create(code="ABCDEF", unit=house.unit, area=group.area, group=group, created_at=clock.now())
    paths = ["groups/", "groups/?shape=bars", "groups/?shape=tiles", f"groups/new/{unit}/", f"groups/import/{unit}/"]
    paths += [f"groups/codes/{unit}/", f"groups/{group.public_id}/"]
    return [*paths, "print/", "lost/", f"lost/new/{unit}/?kind=found_child", f"lost/new/{unit}/"]


def figure_pages(house: House, officer: Officer) -> list[str]:
    """Figures and reviews."""
    unit = house.unit.public_id
    paths = [f"figures/{unit}/brought-in/", "figures/", "figures/?period=2026", hamlet_path(house)]
    return [*paths, "reviews/", *review_paths(house)]


def procedure_pages(house: House, officer: Officer) -> list[str]:
    """Procedures and their versions."""
    unit = house.unit.public_id
    paths = [f"procedures/{unit}/", f"procedures/{unit}/?q=zxqw", f"procedures/{unit}/of/dang-ky-thuong-tru/"]
    paths += [f"procedures/{unit}/of/dang-ky-tam-tru/{part}" for part in ("", "preview/", "on/")]
    return [*paths, f"procedures/{unit}/approval/{waiting_version(house)}/"]


def _group(house: House) -> Group:
    area = Area.objects.create(unit=house.unit, name="Thôn 4", household_count=200)
    link = "https://zalo.me/g/a12345"
    return Group.objects.create(unit=house.unit, area=area, name="Thôn 4", link=link, created_at=clock.now())


def _post(house: House, author: Officer, state: str, what: str = "Có việc", **more: object) -> Post:
    times = {"created_at": clock.now(), "changed_at": clock.now()}
    return Post.objects.create(
        unit=house.unit, title="Cảnh giác", what=what, state=state, author=author, channels=["manual"], **times, **more
    )


SECTIONS: dict[str, Callable[[House, Officer], list[str]]] = {
    "inbox": inbox_pages,
    "settings": settings_pages,
    "posts": post_pages,
    "places": place_pages,
    "figures": figure_pages,
    "procedures": procedure_pages,
    "cases": case_paths,
}
"""What is looked at, each part in a test of its own."""
