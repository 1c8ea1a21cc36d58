"""Every figure there is: one definition each, shown beside it, and one function that counts it (`counting`)."""

from dataclasses import dataclass
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class MeasureKind(StrEnum):
    """How counts of several days become one."""

    FLOW = "flow"
    """Added up."""
    LEVEL = "level"
    """The latest counts."""
    SPREAD = "spread"
    """A histogram, added up bucket by bucket; shown as median and 90th percentile."""


@dataclass(frozen=True, slots=True)
class Measure:
    """One figure."""

    code: str
    kind: MeasureKind
    title: Promise
    definition: Promise
    protects: bool = True
    """It counts residents or what they did, so that 1 to 4 is hidden (G28)."""
    hidden_with: str = ""
    """Measures with the same word here add up to a figure shown elsewhere and are hidden together."""
    counted_by: str = ""
    """Of a spread: the measure that counts its durations; hidden together with it."""
    is_office_time: bool = True
    """Of a spread: minutes within office hours, not by the clock on the wall."""


F, L, S = MeasureKind.FLOW, MeasureKind.LEVEL, MeasureKind.SPREAD

MEASURES: tuple[Measure, ...] = (
    Measure(
        "communes",
        L,
        _("Commune units"),
        _("Police units of communes that are here and not closed, at the end of the period."),
        protects=False,
    ),
    Measure("areas", L, _("Hamlets and neighbourhoods"), _("Areas the unit has entered."), protects=False),
    Measure("pages", L, _("Zalo pages"), _("Pages connected to a unit, at the end of the period."), protects=False),
    Measure(
        "verified_pages",
        L,
        _("Verified pages"),
        _("Pages that Zalo marks as verified, when last asked."),
        protects=False,
    ),
    Measure("followers", L, _("Followers"), _("Followers of all pages as Zalo or an officer gave them last.")),
    Measure(
        "groups", L, _("Hamlet groups"), _("Groups of residents that exist, staff groups left out."), protects=False
    ),
    Measure("internal_groups", L, _("Staff groups"), _("Internal groups that exist."), protects=False),
    Measure("members", L, _("Members of groups"), _("Latest count of every group of residents, added up.")),
    Measure("internal_members", L, _("Members of staff groups"), _("Latest count of every staff group, added up.")),
    Measure("households", L, _("Households"), _("Households of all areas as the unit gave them."), protects=False),
    Measure("inhabitants", L, _("Inhabitants"), _("Inhabitants of all areas as the unit gave them."), protects=False),
    Measure(
        "households_reached",
        L,
        _("Households in groups"),
        _("Households counted in the groups of each area, never more than the area has."),
    ),
    Measure(
        "own_procedures",
        L,
        _("Procedures with words of the unit"),
        _("Procedures for which an approved version of the unit itself is in force at the end of the period."),
        protects=False,
    ),
    Measure("messages_in", F, _("Messages received"), _("Messages of residents by Zalo, portal and paste-in desk.")),
    Measure(
        "questions_answered",
        F,
        _("Questions answered"),
        _("Messages that got an answer by the machine, by an officer, or at the paste-in desk; counted once each."),
    ),
    Measure(
        "answered_by_machine",
        F,
        _("answered by the machine"),
        _("Questions whose answer the machine was sure of."),
        hidden_with="answered",
    ),
    Measure(
        "answered_by_officer",
        F,
        _("answered by an officer"),
        _("First replies an officer wrote to residents who waited."),
        hidden_with="answered",
    ),
    Measure(
        "answered_at_desk",
        F,
        _("answered at the paste-in desk"),
        _("Answers given for messages that were pasted in."),
        hidden_with="answered",
    ),
    Measure(
        "first_answer",
        S,
        _("Time to the first answer"),
        _("Office time between a resident's message and an officer's first reply, without those of the machine."),
        counted_by="answered_by_officer",
    ),
    Measure("waiting", L, _("Still waiting"), _("Residents who wait for an officer, at the end of the period.")),
    Measure("waiting_long", L, _("Waiting for more than a day"), _("Of these, who has waited for more than 24 hours.")),
    Measure("reports_received", F, _("Reports received"), _("Cases opened by web, Zalo, telephone or at the counter.")),
    Measure("reports_transferred", F, _("Reports handed on"), _("Cases that went to the body that is competent.")),
    Measure("reports_solved", F, _("Reports solved"), _("Cases closed with a result that the reporter can read.")),
    Measure(
        "reports_contested", F, _("Reports contested"), _("Closings of which the reporter said that it is not done.")
    ),
    Measure(
        "limits_kept",
        F,
        _("Time limits kept"),
        _("Time limits of cases that were met before their end, counted on the day they were met."),
        hidden_with="limits",
    ),
    Measure(
        "limits_missed",
        F,
        _("Time limits missed"),
        _(
            "Time limits of cases that ended without being met, counted on the day they ended; overdue stays overdue, "
            "and promises stand still while the reporter is asked."
        ),
        hidden_with="limits",
    ),
    Measure("ratings", F, _("Opinions on officers' conduct"), _("Opinions given, without any name.")),
    Measure(
        "ratings_sum",
        F,
        _("Sum of the marks"),
        _("Both marks (1 to 5) of each opinion, added up."),
        hidden_with="marks",
    ),
    Measure(
        "posts",
        F,
        _("Posts published"),
        _("Posts and warnings by the day they first went out; repetitions and cancellations are left out."),
        protects=False,
    ),
    Measure(
        "views",
        F,
        _("Views of posts"),
        _("Growth of the counts of views that Zalo gave or an officer read off, by the day of the count."),
    ),
    Measure(
        "shares",
        F,
        _("Shares of posts"),
        _("Growth of the counts of shares that Zalo gave or an officer read off, by the day of the count."),
    ),
    Measure(
        "found_returned",
        F,
        _("Lost and found: given back"),
        _("Things and people handed over in person, by the day the record was signed."),
    ),
    Measure(
        "return_time",
        S,
        _("Lost and found: time until given back"),
        _("Time by the clock between the report of a find or a loss and the hand-over."),
        counted_by="found_returned",
        is_office_time=False,
    ),
    Measure("qr_scans", F, _("QR codes scanned"), _("Openings of the page behind printed QR codes.")),
    Measure("form_downloads", F, _("Forms downloaded"), _("Forms fetched from the portal as PDF or DOCX.")),
)
BY_CODE = {measure.code: measure for measure in MEASURES}
AREA_CODES = ("households", "inhabitants", "households_reached", "members", "groups")
"""Measures an area has."""
SMALLEST_AREA = 20
"""Households; areas below are merged (G28)."""
