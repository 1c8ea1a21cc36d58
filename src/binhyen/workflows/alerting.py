"""Alerts reach people: the ladder is climbed, and one neutral message goes to each officer it names (G56).

The console rings by itself. Mail and the officer's own Zalo carry no content, no name and no place: only that something
waits. Every notice is a row with a state, also when the officer has no channel, switched it off, or was told about the
same matter within five minutes: nothing is lost in silence.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db import transaction
from django.db.models import Max

from binhyen.audit import actions as audit
from binhyen.core import clock
from binhyen.core.configuration import configuration
from binhyen.core.law import rule_in_force
from binhyen.inbox.ladder import COALESCED_WITHIN, STEPS, is_told_already, ladder_length, steps_due
from binhyen.inbox.machine_messages import plan_machine_message
from binhyen.inbox.models import AlertNotice, AlertState, DutyAlert, NoticeState, OfficerZalo
from binhyen.inbox.queries import window_for
from binhyen.units.duty import reached_officers
from binhyen.units.models import Officer

MOST_AT_ONCE = 50
MOST_ATTEMPTS = 8
FIRST_RETRY = timedelta(seconds=15)
MAIL_TIMEOUT_S = 10
MAIL_LEASE = timedelta(seconds=90)
"""A worker that dies while it mails leaves the notice to the next one after so long."""
SUBJECT = "Có việc chờ đồng chí ở bảng trực"
NEUTRAL = "Có việc chờ đồng chí. Mời mở bảng làm việc để nhận: {address}"
"""The whole text, by mail and by Zalo: nothing of the matter, its place or its people (G12, G37)."""


def climb_ladders() -> int:
    """Tell the next step of every ringing alert whose time has come; the number of steps told."""
    now = clock.now()
    ringing = DutyAlert.objects.filter(state=AlertState.RINGING, steps_done__lt=len(STEPS), created_at__lte=now)
    return sum(_climb(pk, now) for pk in ringing.order_by("created_at").values_list("pk", flat=True)[:MOST_AT_ONCE])


@transaction.atomic
def _climb(alert_pk: int, now: datetime) -> int:
    """Lock the alert, so that two workers never tell one step twice."""
    alert = (
        DutyAlert.objects.select_for_update(of=("self",))
        .select_related("unit__parent")
        .filter(pk=alert_pk, state=AlertState.RINGING)
        .first()
    )
    if alert is None:
        return 0
    length = ladder_length(rule_in_force(alert.rule_id, clock.today()).due)
    due = steps_due(alert.created_at, length, now)
    if due <= alert.steps_done:
        return 0
    for number in range(alert.steps_done, due):
        _tell(alert, number, now)
    told, alert.steps_done = due - alert.steps_done, due
    alert.save(update_fields=["steps_done"])
    return told


def _tell(alert: DutyAlert, number: int, now: datetime) -> None:
    officers = reached_officers(alert.unit, STEPS[number], now, alert.excluded_officer_ids)
    AlertNotice.objects.bulk_create(_notices(alert, number, officers, now))
    facts: dict[str, str | int] = {"step": STEPS[number], "officers": len(officers)}
    audit.record(alert.unit_id, "alert.told", actor_key=None, subject=alert.public_id, facts=facts)


def _notices(alert: DutyAlert, number: int, officers: list[Officer], now: datetime) -> Iterable[AlertNotice]:
    recent = AlertNotice.objects.filter(matter=alert.matter, created_at__gt=now - COALESCED_WITHIN)
    heard = recent.filter(officer__in=officers).exclude(state__in=[NoticeState.JOINED, NoticeState.FAILED])
    told_at = dict(heard.values_list("officer_id").annotate(Max("created_at")))
    linked = OfficerZalo.objects.filter(officer__in=officers).exclude(contact=None)
    with_zalo = set(linked.values_list("officer_id", flat=True))
    for officer in officers:
        channels = _channels(officer, officer.pk in with_zalo)
        if is_told_already(told_at.get(officer.pk), now):
            yield _notice(alert, number, officer, channels[0] if channels else "console", NoticeState.JOINED, now)
        elif not channels:
            yield _notice(alert, number, officer, "console", NoticeState.OFF, now)
        else:
            yield from (_notice(alert, number, officer, one, NoticeState.PLANNED, now) for one in channels)


def _channels(officer: Officer, has_zalo: bool) -> list[str]:
    by_mail = bool(officer.alerts_by_mail and officer.email and settings.EMAIL_HOST)
    return [name for name, on in (("zalo", has_zalo and officer.alerts_by_zalo), ("mail", by_mail)) if on]


def _notice(
    alert: DutyAlert, number: int, officer: Officer, channel: str, state: NoticeState, now: datetime
) -> AlertNotice:
    return AlertNotice(
        alert=alert,
        unit_id=alert.unit_id,
        officer=officer,
        matter=alert.matter,
        step=number,
        channel=channel,
        state=state,
        created_at=now,
        due_at=now,
        finished_at=None if state == NoticeState.PLANNED else now,
    )


def send_notices() -> int:
    """Send what is due; the number that went out. A failure is tried again, at most MOST_ATTEMPTS times.

    What needs no mail server goes first. A mail that fails ends the round, so that a dead server holds back neither the
    ladder nor the other channel for longer than one timeout.
    """
    due = AlertNotice.objects.filter(state=NoticeState.PLANNED, due_at__lte=clock.now()).order_by("-channel", "due_at")
    count = 0
    for key in list(due.values_list("pk", flat=True)[:MOST_AT_ONCE]):
        notice = _begin(key)
        if notice is None:
            continue
        if notice.state == NoticeState.PLANNED and not _mail(notice):
            break
        count += notice.state == NoticeState.SENT
    return count


@transaction.atomic
def _begin(key: int) -> AlertNotice | None:
    """The notice, finished unless it is a mail, which is marked as tried; None when another worker has it."""
    now = clock.now()
    found = AlertNotice.objects.select_for_update(of=("self",), skip_locked=True).filter(
        pk=key, state=NoticeState.PLANNED, due_at__lte=now
    )
    notice = found.select_related("officer", "alert").first()
    if notice is None:
        return None
    if notice.alert.state != AlertState.RINGING:
        _finish(notice, NoticeState.TAKEN, "", now)
    elif notice.channel == "zalo":
        _by_zalo(notice, now)
    else:
        notice.attempts += 1
        notice.due_at = now + MAIL_LEASE
        notice.save()
    return notice


def _mail(notice: AlertNotice) -> bool:
    """Send one mail outside any transaction: a slow server must not hold the database's only writer."""
    try:
        connection = get_connection(timeout=MAIL_TIMEOUT_S)
        EmailMessage(SUBJECT, _text(), to=[notice.officer.email], connection=connection).send()
    except OSError as error:  # smtplib's errors and the network's
        _try_later(notice, type(error).__name__, clock.now())
        return False
    _finish(notice, NoticeState.SENT, "", clock.now())
    return True


def _by_zalo(notice: AlertNotice, now: datetime) -> None:
    link = OfficerZalo.objects.filter(officer=notice.officer).exclude(contact=None)
    found = link.select_related("contact__conversation__contact", "contact__conversation__account").first()
    if found is None or found.contact is None:
        _finish(notice, NoticeState.FAILED, "not_linked", now)
        return
    conversation = found.contact.conversation
    if window_for(conversation, now).state == "closed":
        _finish(notice, NoticeState.FAILED, "window_closed", now)
        return
    notice.delivery = plan_machine_message(conversation, _text(), now)
    _finish(notice, NoticeState.SENT, "", now)


def _text() -> str:
    return NEUTRAL.format(address=f"{configuration().public_url}/console/")


def _try_later(notice: AlertNotice, why: str, now: datetime) -> None:
    notice.why = why[:60]
    if notice.attempts >= MOST_ATTEMPTS:
        _finish(notice, NoticeState.FAILED, notice.why, now)
        return
    notice.due_at = now + FIRST_RETRY * 2 ** (notice.attempts - 1)
    notice.save()


def _finish(notice: AlertNotice, state: NoticeState, why: str, now: datetime) -> None:
    notice.state, notice.why, notice.finished_at = state, why, now
    notice.save()
