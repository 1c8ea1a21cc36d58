"""Words of the print room: papers, states and what officers are told when something cannot be printed."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from binhyen.printing.models import BatchState
from binhyen.printing.papers import Paper, SecondLanguage

Words = str | Promise
PAPER_NAMES: dict[Paper, Words] = {
    Paper.POSTER_A4: _("Poster A4"),
    Paper.POSTER_A5: _("Poster A5, two on A4"),
    Paper.POSTER_A6: _("Poster A6, four on A4"),
    Paper.LETTER_HOUSEHOLD: _("Invitation letter to households"),
    Paper.LETTER_INSTITUTION: _("Invitation letter to institutions"),
    Paper.HOTLINE_FLYER: _("Telephone numbers A5, two on A4"),
    Paper.HOTLINE_CARD: _("Telephone cards, ten on A4"),
    Paper.DOOR_LEAFLET: _("Door leaflets, three on A4"),
    Paper.NOTICE: _("Notice-board copy of a post"),
    Paper.STICKERS: _("QR stickers, 24 on A4"),
    Paper.REPORT_FORM: _("Paper report form"),
    Paper.DROP_BOX_SLIP: _("Drop-box slips, two on A4"),
}
INSTITUTION_NAMES: dict[str, Words] = {
    "hotel": _("Hotels and guest houses"),
    "school": _("Schools"),
    "shop": _("Shops"),
    "other": _("Other offices"),
}
LANGUAGE_NAMES: dict[SecondLanguage, Words] = {
    SecondLanguage.NONE: _("Vietnamese only"),
    SecondLanguage.ENGLISH: _("Vietnamese and English"),
    SecondLanguage.EDE: _("Vietnamese and Ê Đê (type the words yourself)"),
}
BATCH_STATES: dict[str, Words] = {
    BatchState.WAITING: _("Waiting for its turn"),
    BatchState.RUNNING: _("Being made"),
    BatchState.STOPPED: _("Stopped"),
    BatchState.DONE: _("Ready"),
    BatchState.FAILED: _("Failed"),
}
FAILURES: dict[str, Words] = {
    "unreadable": _("A QR code could not be read back. Nothing was handed out. Shorten the words and try again."),
    "typesetting": _("The pages could not be set. A letter may be missing in the type; try other words."),
    "disk_full": _("The disk is full. Ask the administrator for room, then go on."),
}
PRINTING_ERRORS: dict[str, Words] = {
    "print_nothing": _("Choose at least one place."),
    "print_copies": _("Write a number of copies from 1 to %(most)s."),
    "print_too_many": _("That is more than %(most)s pages. Order in several runs."),
    "print_expired": _("The last day lies before today."),
    "print_title": _("The title is longer than %(most)s characters."),
    "print_body": _("The text is longer than %(most)s characters; it has to stay on one page."),
    "print_notice": _("A notice needs a title and a text."),
    "print_paper": _("Choose what to print."),
    "print_letters": _("The type has no shape for one of these letters. Use other words."),
    "print_no_places": _("Choose the hamlets, or tick “the whole unit”."),
    "mark_unconfirmed": _("Tick that the unit may use this mark."),
    "mark_size": _("The picture is larger than %(limit_mb)s MB."),
    "mark_missing": _("Choose a picture first."),
}
