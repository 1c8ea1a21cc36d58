"""Who may send now and who waits in the queue (G40): nobody is turned away, and nobody has to solve anything.

Two lanes: an open one for the ordinary day, and a patient one for forms that have waited a minute. A flood that does
not wait fills the first lane only; one network alone cannot fill either.
"""

from datetime import timedelta

from django.http import HttpRequest

from binhyen.portal.limits import Limit, limiter, sender_of
from binhyen.portal.tickets import Sheet, waited_s
from binhyen.portal.units_here import UnitHere

MINUTE = timedelta(minutes=1)
WAIT_S = 60
"""Seconds in the queue before the patient lane opens."""
PER_SHEET = Limit("sheet", 20, timedelta(hours=1))
"""Of one process: a sheet sent twice is one question anyway."""
PER_SENDER = Limit("sender", 6, timedelta(minutes=10), is_shared=True)
"""Whole villages share one mobile network address, so its excess waits instead of being refused."""
PER_SENDER_PATIENT = Limit("sender.patient", 6, timedelta(minutes=10), is_shared=True)
PER_UNIT = Limit("unit", 120, MINUTE, is_shared=True)
"""A fire is told of by a hundred people in the same minute, and none of them is asked to wait."""
PER_UNIT_PATIENT = Limit("unit.patient", 120, MINUTE, is_shared=True)

WRONG_CODES = Limit("wrong_code", 5, timedelta(minutes=15), is_shared=True)
"""Wrong receipt codes of one sender before the next tries slow down."""
SLOW_CODES = Limit("slow_code", 1, MINUTE, is_shared=True)
CODES_HERE = Limit("codes", 300, MINUTE)
"""Codes looked up by this process; each costs a slow hash."""
ONE_VOTE = Limit("vote", 1, timedelta(hours=24))
HELPFUL = Limit("helpful", 20, timedelta(hours=1))
"""Votes on procedure pages of one sender and process; more are not counted, and the page says so."""

BEGINNINGS = Limit("begin", 30, timedelta(minutes=10), is_shared=True)
"""Reports begun from one network; each keeps a draft for a day."""
BEGINNINGS_HERE = Limit("begin.unit", 240, MINUTE, is_shared=True)
ONE_ADDITION = Limit("addition", 1, timedelta(hours=24), is_shared=True)
ONE_RATING = Limit("rating", 1, timedelta(hours=24))
RATINGS = Limit("ratings", 12, timedelta(hours=1), is_shared=True)
"""Feedback on conduct from one network."""


def may_begin(request: HttpRequest, unit: UnitHere) -> bool:
    """Whether one more report may be begun."""
    return limiter.take_all((BEGINNINGS, sender_of(request)), (BEGINNINGS_HERE, unit.slug))


def is_first_press(sheet: Sheet) -> bool:
    """Whether an addition with this page was not taken yet: pressing twice adds once."""
    return limiter.take(ONE_ADDITION, sheet.token)


def undo_press(sheet: Sheet) -> None:
    """The addition was refused or did not get through: the same page, found again with "back", may send it."""
    limiter.give_back(ONE_ADDITION, sheet.token)


def may_rate(request: HttpRequest, sheet: Sheet) -> bool:
    """Whether feedback counts now; floods wait."""
    return limiter.take(RATINGS, sender_of(request)) and limiter.take(ONE_RATING, sheet.token)


def undo_rating(sheet: Sheet) -> None:
    """The feedback did not get through: pressing again counts."""
    limiter.give_back(ONE_RATING, sheet.token)


def has_rated(sheet: Sheet) -> bool:
    """Whether this opened page was counted before: pressing twice counts once."""
    return not limiter.is_open(ONE_RATING, sheet.token)


def may_send(request: HttpRequest, unit: UnitHere, sheet: Sheet) -> bool:
    """Take a place in a lane; False sends the form to the queue."""
    if not limiter.take(PER_SHEET, sheet.token):
        return False
    sender = sender_of(request)
    if limiter.take_all((PER_UNIT, unit.slug), (PER_SENDER, sender)):
        return True
    if waited_s(sheet) < WAIT_S:
        return False
    return limiter.take_all((PER_UNIT_PATIENT, unit.slug), (PER_SENDER_PATIENT, sender))


def may_try_code(request: HttpRequest) -> bool:
    """Whether a receipt code may be looked up now."""
    sender = sender_of(request)
    if not limiter.is_open(WRONG_CODES, sender) and not limiter.take(SLOW_CODES, sender):
        return False
    return limiter.take(CODES_HERE, "")


def note_wrong_code(request: HttpRequest) -> None:
    """One more wrong code of this sender."""
    limiter.take(WRONG_CODES, sender_of(request))


def may_vote(request: HttpRequest, sheet: Sheet) -> bool:
    """Whether "did this help" counts: once for each opened page, and not in floods."""
    return limiter.take(ONE_VOTE, sheet.token) and limiter.take(HELPFUL, sender_of(request))
