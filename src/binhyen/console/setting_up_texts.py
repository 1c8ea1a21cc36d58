"""Words of the set-up guide."""

from django.utils.translation import gettext_lazy as _

from binhyen.console.texts import Words

STEP_NAMES: dict[str, Words] = {
    "unit": _("Unit and commune"),
    "officers": _("Officers"),
    "areas": _("Hamlets and neighbourhoods"),
    "numbers": _("Telephone numbers"),
    "procedures": _("Procedures"),
    "zalo": _("Zalo page"),
    "hours": _("Office hours and holidays"),
    "print": _("First QR code"),
    "try": _("Try it yourself"),
}
STEP_HINTS: dict[str, Words] = {
    "unit": _("Residents see these names. The commune gives the old names by which people find the unit."),
    "officers": _("At least two people who answer residents: one person alone cannot hand over or decide by two."),
    "numbers": _("The duty number stands on every page. Publish only numbers that answer."),
    "areas": _("One line a hamlet: name, kind, households, inhabitants. Counts only, never people."),
    "procedures": _("The national procedures are there already. Change only what is different here."),
    "zalo": _("Can wait: the portal works without Zalo."),
    "hours": _("Limits in working days and the numbers given to residents follow these hours."),
    "print": _("Leads to the unit's portal. Hang it at the reception desk first."),
    "try": _("Ask a question as a resident would, then answer it in the inbox."),
}
CHECKS: dict[str, Words] = {
    "place": _("Commune of the national list"),
    "address": _("Street address"),
    "second_officer": _("Two officers who answer residents"),
    "duty_officer": _("Somebody with the role of duty officer"),
    "duty_phone": _("Duty number"),
    "directory": _("Telephone directory"),
    "areas": _("Hamlets and neighbourhoods"),
    "hours": _("Office hours"),
    "zalo": _("Zalo page connected, or set to work by hand"),
}
