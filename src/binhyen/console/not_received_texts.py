"""Words for counts of what was refused, ignored or could not be read."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

_NAMES: dict[str, str | Promise] = {
    "hooks.refused.bad_signature": _("Calls with a wrong signature: strangers, or a wrong secret key"),
    "hooks.refused.stale": _("Calls that came too late or with a wrong clock"),
    "hooks.refused.too_large": _("Calls that were too large"),
    "hooks.refused.malformed": _("Calls that are no event of Zalo"),
    "hooks.refused.method": _("Visits to the webhook address that are no calls"),
    "hooks.refused.full": _("Calls while the intake was full; Zalo repeats them"),
    "hooks.refused.addresses_away": _("Calls while the database was away; Zalo repeats them"),
    "hooks.refused.keys_away": _("Calls while the keys of the page could not be opened; Zalo repeats them"),
    "hooks.refused.unknown_connector": _("Calls to an address that does not exist"),
    "hooks.refused.gone": _("Calls that were broken off"),
    "hooks.dropped.unknown_address": _("Calls to an unknown address: compare it in Zalo's console"),
    "hooks.dropped.unknown_page": _("Calls of a page that is not connected here"),
    "hooks.dropped.not_storable": _("Messages of groups: never kept, by rule"),
    "hooks.failed": _("Calls that met a fault; Zalo repeats them"),
    "hooks.not_stored": _("Calls that could not be kept; Zalo repeats them"),
    "intake.unread": _("Events of a kind never seen before, kept sealed for the operator"),
    "intake.public_comment": _("Comments in public that are no reports: not kept, by rule"),
    "intake.after_erasure": _("Late calls of people whose data was erased on their wish"),
    "intake.withdrawn": _("People who withdrew their consent; everything of theirs was erased"),
    "intake.echo_not_recognised": _("Own messages that came back and were not recognised"),
    "intake.unknown_account": _("Events of a page that was disconnected"),
    "portal.question.queued": _("Questions that waited a minute in a rush; the text was kept"),
    "portal.report.queued": _("Reports that waited a minute in a rush; the text was kept"),
    "portal.addition.queued": _("Additions that waited a minute in a rush; the text was kept"),
    "portal.conduct.queued": _("Feedback that waited a minute in a rush; the text was kept"),
    "portal.code.slowed": _("Receipt codes tried too often from one place"),
    "portal.refused.too_large": _("Forms that were too large"),
    "portal.refused.form_file": _("Form files asked for too often from one place"),
    "portal.refused.keys_away": _("Forms sent while the key ring was missing: nothing was stored"),
    "api.refused.keys_away": _("Calls of other systems while the key ring was missing: nothing was stored"),
}
_GROUPS: dict[str, str | Promise] = {
    "intake.ignored.": _("Events that need no answer: %(kind)s"),
    "intake.silent.": _("Messages the machine left to an officer without an automatic answer: %(kind)s"),
    "jobs.buried.": _("Calls that could not be worked and were set aside for the operator: %(kind)s"),
    "hooks.refused.": _("Calls that were refused: %(kind)s"),
    "hooks.dropped.": _("Calls that were dropped: %(kind)s"),
    "portal.": _("Portal: %(kind)s"),
}


def count_words(name: str) -> str:
    """What a count means; an unknown one keeps its code, so that it is visible all the same."""
    if name in _NAMES:
        return str(_NAMES[name])
    for start, words in _GROUPS.items():
        if name.startswith(start):
            return str(words) % {"kind": name.removeprefix(start)}
    return name
