"""Words of the console for codes of the rooms below; English here, Vietnamese in the catalogue."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from binhyen.channels.connector import MediaKind
from binhyen.channels.models import Account, AccountState
from binhyen.console.case_words import CASE_ERRORS
from binhyen.console.sorting_texts import SORTING_ERRORS
from binhyen.console.texts_figures import FIGURE_ERRORS
from binhyen.console.texts_lost_found import LOST_FOUND_ERRORS
from binhyen.console.texts_outreach import OUTREACH_ERRORS
from binhyen.console.texts_printing import PRINTING_ERRORS
from binhyen.console.texts_reviews import REVIEW_ERRORS
from binhyen.console.trouble_words import trouble_words
from binhyen.core.errors import NotPossible
from binhyen.inbox.filters.rules import View

Words = str | Promise
"""A text that is translated when it is shown."""

VIEW_NAMES: dict[View, Words] = {
    View.MINE: _("Waiting for me"),
    View.UNASSIGNED: _("Not assigned"),
    View.UNIT: _("Whole unit"),
    View.URGENT: _("Urgent"),
    View.PROCEDURE: _("Procedure questions"),
    View.REVIEW: _("Needs a look"),
    View.SNOOZED: _("For later"),
    View.DONE: _("Done"),
}
EMPTY_VIEWS: dict[View, Words] = {
    View.MINE: _("Nothing is waiting for you."),
    View.UNASSIGNED: _("Every message has somebody in charge."),
    View.UNIT: _("No open conversation. New messages appear here by themselves."),
    View.URGENT: _("Nothing urgent right now."),
    View.PROCEDURE: _("No open question about a procedure."),
    View.REVIEW: _("Every reply has gone out."),
    View.SNOOZED: _("Nothing is put aside. Press H in a conversation to have it come back later."),
    View.DONE: _("Nothing is closed yet."),
}
KIND_NAMES: dict[str, Words] = {
    "procedure": _("Procedure question"),
    "report": _("Report"),
    "emergency": _("Emergency"),
    "lost_found": _("Lost and found"),
    "feedback": _("Feedback"),
    "contact": _("Contact question"),
    "greeting": _("Greeting"),
    "other": _("Something else"),
}
KIND_BADGES = {"procedure": "brand", "report": "secret", "emergency": "danger", "lost_found": "ok"}
"""Colour class of a kind's badge; the word is always there too."""
BAND_WORDS: dict[str, Words] = {
    "answer": _("quite sure"),
    "offer": _("not sure"),
    "officer": _("an officer should look"),
}
SOURCE_NAMES: dict[str, Words] = {
    "zalo_oa": _("Zalo page"),
    "web": _("Residents' portal"),
    "manual": _("Pasted in by hand"),
}
PERSON_NAMES: dict[str, Words] = {
    "zalo_oa": _("Zalo resident"),
    "web": _("Portal question"),
    "manual": _("Pasted message"),
}
ROLE_NAMES: dict[str, Words] = {
    "duty_officer": _("Duty officer"),
    "beat_officer": _("Beat officer"),
    "page_editor": _("Page editor"),
    "commander": _("Commander"),
    "identity_custodian": _("Identity custodian"),
    "unit_administrator": _("Unit administrator"),
    "technical_administrator": _("Technical administrator"),
}
ROLE_HINTS: dict[str, Words] = {
    "duty_officer": _("Reads and answers residents, takes alarms, may stop sending."),
    "beat_officer": _("Reads and answers residents."),
    "page_editor": _("For posts of the page; reads no messages of residents."),
    "commander": _("Reads and assigns, may stop sending; does not answer."),
    "identity_custodian": _("For sealed names; reads no messages of residents."),
    "unit_administrator": _("Adds officers and connects the Zalo page; reads and answers too."),
    "technical_administrator": _("Adds officers and connects the Zalo page; reads no messages of residents."),
}
"""One line that tells an administrator what a role is for."""
KEY_NAMES: dict[str, Words] = {
    "app_secret": _("Secret key of the app"),
    "oa_secret_key": _("Secret key of the page (webhook)"),
    "code_verifier": _("Code verifier"),
}
"""Names of an app's keys for the settings page."""
DELIVERY_WORDS: dict[str, Words] = {
    "planned": _("Waiting to be sent"),
    "attempting": _("Being sent"),
    "sent": _("Sent"),
    "by_hand": _("Copy it out by hand"),
    "refused": _("Not accepted"),
    "unknown": _("Not sure whether it was sent"),
    "cancelled": _("Dropped"),
}
API_SCOPE_NAMES: dict[str, Words] = {
    "procedures:read": _("Read the procedures"),
    "directory:read": _("Read the telephone numbers"),
    "posts:read": _("Read published posts and warnings"),
    "figures:read": _("Read the open figures"),
    "questions:write": _("Ask a question for a resident"),
    "receipts:read": _("Read an answer with the resident's receipt code"),
    "cases:read": _("Read state and days of a report with the reporter's receipt code"),
    "requests:write": _("Send service requests (Open311)"),
}
NOTICE_EVENT_NAMES: dict[str, Words] = {
    "test": _("Test"),
    "post.published": _("A post is published"),
    "post.corrected": _("A post is corrected"),
    "post.withdrawn": _("A post is taken down"),
    "request.changed": _("A service request changes"),
}
NOTICE_STATE_WORDS: dict[str, Words] = {
    "planned": _("on its way"),
    "sent": _("received"),
    "failed": _("given up"),
}
_ERRORS: dict[str, Words] = SORTING_ERRORS | {
    "period_unknown": _("This period is not understood. Write days like 22/11/2026, the first one first."),
    "consumer_name_missing": _("Write which system the key is for."),
    "consumer_scope_missing": _("Choose at least one thing it may do."),
    "consumer_limit": _("Between %(least)s and %(most)s calls a minute."),
    "webhook_address": _("This address cannot be told: it must start with https:// and be a host the operator allows."),
    "webhook_event_missing": _("Choose at least one event."),
    "reply_empty": _("Write something first."),
    "reply_too_long": _("Too long: %(length)s characters, at most %(limit)s."),
    "reply_window_closed": _(
        "Zalo no longer accepts a reply here: more than 7 days have passed. Phone the resident, or wait for a message."
    ),
    "reply_state_secret": _("The text carries a mark of secrecy. It may not be written here, nor sent."),
    "reply_asks_secret": _(
        "Police never ask residents for money, codes, passwords, photos of papers or apps. Take that out, then send."
    ),
    "reply_link_not_allowed": _(
        "The link %(link)s may not go out: only this portal, government sites (.gov.vn) and Zalo pages may."
    ),
    "reply_conflict": _("Somebody has just replied. Your text is still below."),
    "officer_cannot_reply": _("This colleague may not reply to residents."),
    "kind_unknown": _("Choose what the message is about."),
    "not_received": _("This could not be taken in. Is it the resident's own message?"),
    "media_empty": _("The picture is empty."),
    "media_too_large": _("The picture is too large."),
    "media_active": _("This picture could not be taken. Send a JPEG, PNG or HEIC picture."),
    "delivery_not_waiting": _("A colleague has already dealt with this."),
    "officer_name_missing": _("Write both the sign-in name and the full name."),
    "username_taken": _("The sign-in name %(username)s is already in use. Choose another."),
    "role_missing": _("Choose at least one role."),
    "email_odd": _("This is no mail address. Write it like ten@example.vn."),
    "successor_leaves": _("Somebody else has to take it over."),
    "shares_few": _(
        "Fewer than %(needed)s others hold a share of the identity key. Share it again or make a new key first; "
        "until then cut off the devices."
    ),
    "successor_cannot": _("%(name)s does not answer residents of this unit."),
    "phone_odd": _("“%(number)s” is no telephone number. Write it like 0239 3 000 000 or 0912 345 678."),
    "unit_name_missing": _("Write the full and the short name of the unit."),
    "commune_unknown": _("Choose the commune out of the list."),
    "address_form_odd": _("Choose how residents are addressed."),
    "number_title_missing": _("Write whose number it is."),
    "numbers_full": _("The directory is full."),
    "area_unknown": _("The unit has no hamlet called “%(name)s”."),
    "area_name_missing": _("the name is missing"),
    "area_number": _("“%(value)s” is no number of households or inhabitants"),
    "area_name_formula": _("“%(value)s” is a formula of a spreadsheet, not a name"),
    "area_kind": _("“%(value)s” is no kind of hamlet; write thôn, buôn, ấp, tổ dân phố..."),
    "area_used": _("Something hangs on this hamlet already: a number, a group, a code or a report. Correct its name."),
    "area_total": _("a line of totals"),
    "area_twice": _("“%(name)s” stands in the list twice"),
    "area_person": _("a number of a person; only counts belong here"),
    "hours_odd": _("“%(text)s” are no hours. Write them like 07:30-11:30, 13:30-17:00."),
    "hours_overlap": _("The hours “%(text)s” overlap."),
    "hours_none": _("At least one day has to be open."),
    "day_odd": _("Write the date like 28/11/2026."),
    "not_ready": _("Something that residents need is still missing: look at the list."),
    "shift_backwards": _("The shift ends before it begins."),
    "shift_too_long": _("A shift lasts at most %(hours)s hours."),
    "shift_same_person": _("The second officer is somebody else than the first."),
    "shift_taken": _("%(name)s is already on the roster for a part of this time. Remove that shift first."),
    "shift_days": _("Write for how many days: 1 to %(most)s."),
    "shift_times": _("Write the day like 28/11/2026 and the hours like 07:30."),
    "officer_not_on_duty": _("%(name)s does not answer residents of this unit, so cannot have duty."),
    "officer_missing": _("Choose who has duty."),
    "hand_over_empty": _("Things are open: write why, so that the next shift knows."),
    "last_administrator": _("The unit needs at least one administrator."),
    "desk_text_missing": _("Paste the resident's message first."),
    "question_empty": _("Write what the person asks, a few words are enough."),
    "question_too_long": _("The question is longer than %(limit)s characters. Write the heart of it."),
    "question_token": _("This page was open too long. What you typed is still here: send it once more."),
    "picture_refused": _("This picture could not be taken. Send a JPEG, PNG or HEIC picture."),
    "zalo_tokens_missing": _("Paste both tokens."),
    "app_of_another_unit": _("This app is already registered by somebody else. Ask the technical administrator."),
    "app_id": _("The app number has digits only."),
    "app_secrets": _("Paste both secrets."),
    "page_key_missing": _("Paste the secret key of this page."),
    "consent_state": _(
        "This consent was started elsewhere, already used, or is more than 30 minutes old. Start again."
    ),
    "consent_refused": _("Zalo did not accept it: %(why)s. Start again."),
    "page_needs_consent": _("Zalo did not accept it any more. Connect the page again through Zalo."),
    "page_not_confirmed": _("Zalo did not confirm this page number with these tokens."),
    "page_of_another_unit": _("This page belongs to another unit."),
    "picture_too_large": _("The picture is too large."),
    "media_cut": _("The picture broke off on the way: its end is missing. Choose it again."),
    "media_type": _("This picture could not be taken. Send a JPEG, PNG or HEIC picture."),
    **OUTREACH_ERRORS,
    **CASE_ERRORS,
    **PRINTING_ERRORS,
    **REVIEW_ERRORS,
    **FIGURE_ERRORS,
    **LOST_FOUND_ERRORS,
}


ALERT_TITLES: dict[str, Words] = {
    "danger.first_look": _("Present danger"),
    "swarm.first_look": _("Many people tell of one event"),
    "crime.first_look": _("Sealed report waits for its first look"),
    "child.first_look": _("A child is missing or was found"),
    "person.first_look": _("Somebody is missing or was found"),
}
ATTACHMENT_REASONS: dict[str, Words] = {
    "media_address": _("it lies on a server that is not Zalo's"),
    "media_redirects": _("its address leads on and on"),
    "media_gone": _("it is no longer there"),
    "media_unreachable": _("Zalo did not hand it over within a day"),
    "media_empty": _("it is empty"),
    "media_too_large": _("it is too large"),
    "media_swells": _("it grows too large when it is opened"),
    "media_cut": _("its end is missing: it broke off on the way. Ask for it again"),
    "media_type": _("it is broken or of a kind that is not taken"),
    "media_active": _("it holds a program or a script"),
    "media_infected": _("the virus scanner found something in it"),
    "media_locked": _("it asks for a password; the original is kept sealed"),
    "media_too_many_pages": _("it has too many pages; the original is kept sealed"),
    "media_no_copy": _("old Word files are not shown; ask for a PDF or a .docx. The original is kept sealed"),
    "media_not_kept": _("so many more came with this message: at most 100 are kept, and only of kinds known here"),
    "media_no_address": _("Zalo did not say where it lies. Ask for it again"),
    "picture_too_large": _("the picture is too large"),
    "files_many": _("there was no room for more files; the person can add it with the code"),
    "file_state_secret": _("it is a paper marked secret; it was not stored. Such papers go by your own channel"),
}
"""Why something a resident sent is not there, in the officer's words, by code."""
ATTACHMENT_KINDS: dict[str, Words] = {
    MediaKind.IMAGE: _("Photo"),
    MediaKind.GIF: _("Moving picture"),
    MediaKind.AUDIO: _("Voice"),
    MediaKind.VIDEO: _("Video"),
    MediaKind.FILE: _("File"),
    MediaKind.STICKER: _("Sticker"),
    MediaKind.LOCATION: _("Location"),
    MediaKind.LINK: _("Link"),
    MediaKind.CONTACT_CARD: _("Contact card"),
}


_PAGE_TROUBLES: dict[str, Words] = {
    "blocked": _("Zalo has locked this page. Ask Zalo in the page's own administration."),
    "revoked": _("A page administrator has taken the permission back in Zalo. Connect the page again."),
    "renewal": _(
        "Renewing the permission was cut short. Try once more; if that does not help, connect the page again."
    ),
    "ended": _("The permission has ended. Connect the page again through Zalo."),
}


def page_trouble(account: Account) -> str:
    """Why a page cannot send, and what to do, in words; "" when all is well."""
    if account.state == AccountState.ACTIVE:
        return ""
    if account.state == AccountState.BLOCKED:
        return str(_PAGE_TROUBLES["blocked"])
    if account.state_reason == "permission_revoked":
        return str(_PAGE_TROUBLES["revoked"])
    return str(_PAGE_TROUBLES["renewal" if account.state_reason.startswith("renewal_") else "ended"])


def error_text(error: NotPossible) -> str:
    """What to tell the officer."""
    words = str(_ERRORS.get(error.code) or _("This cannot be done now."))
    facts = dict(error.facts)
    if error.code == "zalo_refused":
        facts["why"] = trouble_words(str(facts["why"]))
    return words % facts if facts and "%(" in words else words


OPEN_WHY: dict[str, Words] = {
    "urgent": _("urgent, waits since"),
    "stuck": _("what was sent has to be looked at, last message"),
    "overdue": _("overdue, waits since"),
    "due_today": _("due today, waits since"),
    "aside": _("put aside until"),
}
"""Why a conversation stands in a hand-over note; a time follows."""
