"""Words around reviews: names of their parts, hints, and what to tell when something cannot be done."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

PART_TITLES: dict[str, str | Promise] = {
    "number": _("Number and sign"),
    "place": _("Place"),
    "held_on": _("Day and place of the meeting"),
    "chair": _("Led by"),
    "well": _("What went well"),
    "late": _("What is late or missing"),
    "incidents": _("Incidents"),
    "lessons": _("Lessons"),
    "agenda": _("Agenda"),
    "attendance": _("Attendance"),
    "recipients": _("Goes to"),
    "signer_title": _("Post of the signer"),
    "signer_name": _("Name of the signer"),
}
PART_HINTS: dict[str, str | Promise] = {
    "number": _("Left empty, a dotted line is printed."),
    "well": _("One point a line. No name of a resident."),
    "late": _("One point a line. No name of a resident."),
    "incidents": _("One incident a line: what, roughly where, what was done. No name, number, plate or address."),
    "lessons": _("One lesson a line. No name of a resident."),
    "agenda": _("One point a line."),
    "attendance": _("One person a line: name, post."),
    "recipients": _("One a line."),
}
REVIEW_ERRORS: dict[str, str | Promise] = {
    "review_too_long": _("%(part)s: longer than %(most)s characters. Shorten it."),
    "review_too_long_span": _("A review covers at most %(most)s days. Choose closer days."),
    "review_changed": _("The review was changed meanwhile. Your text is still here; read the new version beside it."),
    "review_closed": _("The review is closed: its figures stay as they are. Texts can still be corrected."),
    "review_not_over": _("The period lasts until %(day)s. Close the review afterwards; a draft can be printed before."),
    "review_names": _(
        "This looks like a resident's data: %(words)s. Take it out, or tick that you have looked and it is none."
    ),
    "task_what": _("Write what is to be done."),
    "task_owner": _("Write who does it: an officer or a post."),
    "task_day": _("Give a day from the first day of the period on, like 31/12/2026."),
    "task_many": _("A review hands out at most %(most)s tasks."),
}
