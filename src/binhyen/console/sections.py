"""The console's sections in the rail: who sees which, and which addresses belong to it."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import NamedTuple

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from binhyen.cases.conduct import READERS as CONDUCT_READERS
from binhyen.cases.conflicts import CASE_ROLES
from binhyen.cases.custodians import KEEPERS
from binhyen.groups.queries import VIEW_ROLES
from binhyen.lost_found.queries import WORK_ROLES
from binhyen.outreach.queries import VIEW_ROLES as POST_ROLES
from binhyen.printing.queries import PRINT_ROLES
from binhyen.procedures.queries import EDIT_ROLES
from binhyen.reviews.queries import READ_ROLES as REVIEW_ROLES
from binhyen.statistics.queries import VIEW_ROLES as FIGURE_ROLES
from binhyen.units.models import Role
from binhyen.units.scope import CONVERSATION_ROLES, LEADER_ROLES, ROSTER_ROLES

EVERYBODY = frozenset(Role)
OPENING_ROLES = CASE_ROLES | KEEPERS


@dataclass(frozen=True, slots=True)
class Section:
    """One entry of the rail."""

    title: Promise
    address: str
    """Name of its first page within the console."""
    pages: frozenset[str]
    """Names of the pages on which it is the current one."""
    icon: str
    """SVG path data within 24 x 24, drawn as lines."""
    roles: frozenset[Role] = EVERYBODY
    """Who sees it; the views decide for themselves again."""


SECTIONS = (
    Section(
        _("Today"),
        "today",
        frozenset({"today", "roster", "hand-over"}),
        "M12 3a9 9 0 1 0 0 18a9 9 0 1 0 0-18M12 7v5l3 2",
        ROSTER_ROLES,
    ),
    Section(
        _("Inbox"),
        "inbox",
        frozenset({"inbox", "thread", "answers"}),
        "M3 5h18v14H3zM3 14h5l2 3h4l2-3h5",
        CONVERSATION_ROLES,
    ),
    Section(
        _("Cases"),
        "cases",
        frozenset({"cases", "case", "transfer", "take-report", "ask-opening"}),
        "M4 4h12l4 4v12H4zM8 11h8M8 15h5M9 4v4h6",
        CASE_ROLES,
    ),
    Section(
        _("Openings of names"),
        "openings",
        frozenset({"openings", "opening", "custodians"}),
        "M6 11h12v9H6zM9 11V8a3 3 0 0 1 6 0v3",
        OPENING_ROLES,
    ),
    Section(
        _("Conduct"),
        "conduct",
        frozenset({"conduct"}),
        "M4 5h16v11H9l-5 4zM9 9h.01M15 9h.01M9 12c1.500 1.300 4.500 1.300 6 0",
        CONDUCT_READERS,
    ),
    Section(
        _("Paste-in desk"),
        "desk",
        frozenset({"desk", "take-question"}),
        "M8 4h8v3H8zM6 5H5v16h14V5h-1M9 12h6M9 16h4",
        CONVERSATION_ROLES,
    ),
    Section(
        _("Posts"),
        "posts",
        frozenset(
            {"posts", "approvals", "new-post", "post-library", "post", "post-review", "post-approve", "post-track"}
            | {"hand-list"}
        ),
        "M4 10v4h3l6 4V6l-6 4zM16 9a4 4 0 0 1 0 6M19 6a8 8 0 0 1 0 12",
        POST_ROLES,
    ),
    Section(
        _("Procedures"),
        "procedures",
        frozenset(
            {
                "procedures",
                "unit-procedures",
                "procedures-file",
                "procedures-helped",
                "procedure",
                "procedure-preview",
                "procedure-history",
                "procedure-approval",
            }
        ),
        "M6 3h9l4 4v14H6zM14 3v5h5M9 12h7M9 16h7",
        EDIT_ROLES,
    ),
    Section(
        _("Groups"),
        "groups",
        frozenset({"groups", "group", "new-group", "import-counts", "codes", "page-groups"}),
        "M8 11a3 3 0 1 0 0-6a3 3 0 0 0 0 6M2 19c0-4 3-6 6-6s6 2 6 6M16 11a3 3 0 1 0 0-6M17 13c3 0 5 2 5 6",
        VIEW_ROLES,
    ),
    Section(
        _("Lost and found"),
        "lost-found",
        frozenset({"lost-found", "lost-new", "lost-record", "lost-publish"}),
        "M11 4a7 7 0 1 0 0 14a7 7 0 0 0 0-14M16 16l5 5M8 11h6",
        WORK_ROLES,
    ),
    Section(
        _("Print room"),
        "print-room",
        frozenset({"print-room", "print-batch"}),
        "M7 8V3h10v5M7 17H4V9h16v8h-3M7 14h10v7H7z",
        PRINT_ROLES,
    ),
    Section(
        _("Replies and topics"),
        "replies",
        frozenset({"replies", "canned"}),
        "M4 5h16v11H9l-5 4zM8 9h8M8 12h5",
        CONVERSATION_ROLES,
    ),
    Section(
        _("Figures"),
        "figures",
        frozenset({"figures", "figures-of-hamlet", "brought-in"}),
        "M4 20h16M7 20V11M12 20V5M17 20v-6",
        FIGURE_ROLES,
    ),
    Section(
        _("Reviews"),
        "reviews",
        frozenset({"reviews", "review", "review-texts", "review-version"}),
        "M6 3h12v18H6zM9 8h6M9 12h6M9 16h3",
        REVIEW_ROLES,
    ),
    Section(
        _("Who did what"),
        "record",
        frozenset({"record"}),
        "M6 3h9l4 4v14H6zM9 12h7M9 16h5M14 3v5h5",
        LEADER_ROLES,
    ),
    Section(
        _("Settings"),
        "settings",
        frozenset(
            {
                "settings",
                "own-alerts",
                "roles",
                "set-up",
                "set-up-step",
                "officers",
                "officer",
                "zalo",
                "zalo-callback",
                "consumers",
                "consumer",
            }
        ),
        "M4 7h10M18 7h2M4 17h2M10 17h10M14 7a2 2 0 1 0 4 0a2 2 0 1 0-4 0M6 17a2 2 0 1 0 4 0a2 2 0 1 0-4 0",
    ),
)
"""In the order of the rail."""


BAR = ("today", "inbox", "cases", "posts", "procedures", "groups", "openings", "lost-found", "figures", "settings")
"""What stands on a telephone's bar, most needed first; the first four that the officer's roles open."""
BAR_SIZE = 4
LIST = "sections"
"""Name of the page that lists all sections, for telephones."""


class Entry(NamedTuple):
    """A section as the rail shows it."""

    title: Promise
    name: str
    href: str
    icon: str
    is_current: bool
    key: int
    """Digit of its Alt shortcut; 0 is none."""
    is_in_bar: bool
    """Whether it has a place on a telephone's bar; the others are behind "More"."""


def entries_for(roles: Collection[str], here: str | None) -> list[Entry]:
    """What the rail shows to somebody with these roles on the page named `here`."""
    seen = [section for section in SECTIONS if not section.roles.isdisjoint(roles)]
    in_bar = sorted((section.address for section in seen if section.address in BAR), key=BAR.index)[:BAR_SIZE]
    return [
        Entry(
            section.title,
            section.address,
            reverse(f"console:{section.address}"),
            section.icon,
            here in section.pages,
            number if number < 10 else 0,
            section.address in in_bar,
        )
        for number, section in enumerate(seen, start=1)
    ]


def same_rail(here: str | None) -> str | None:
    """One page in place of all on which the rail looks the same; None where no section is the current one."""
    if here == LIST:
        return here
    return next((min(section.pages) for section in SECTIONS if here in section.pages), None)
