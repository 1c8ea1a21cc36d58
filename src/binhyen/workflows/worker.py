"""One worker process: takes in, sends, fetches and tidies up until it is asked to stop."""

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

import httpx
from django.db import Error as DatabaseError
from django.db import connection

from binhyen.audit.anchor_mail import mail_anchors
from binhyen.audit.anchors import anchor_today
from binhyen.cases import unsealing
from binhyen.cases.drafts import forget_old as forget_old_drafts
from binhyen.cases.files_of_case import clean_waiting
from binhyen.cases.incidents.swarms import forget_old as forget_old_swarms
from binhyen.cases.pieces import forget_old as forget_old_pieces
from binhyen.cases.routes import destroy_old_routes
from binhyen.channels.consent import connect_demo
from binhyen.channels.counting import count_pages
from binhyen.channels.models import Account
from binhyen.channels.retention import forget_old_requests
from binhyen.channels.tokens import renew_due
from binhyen.consumers.retention import forget_old_calls
from binhyen.consumers.sending import send_due_notices
from binhyen.core import clock
from binhyen.core.configuration import configuration
from binhyen.core.database import overwrite_log
from binhyen.core.errors import BinhYenError
from binhyen.core.memory import settle
from binhyen.core.public_holidays import year_of_days
from binhyen.inbox import retention
from binhyen.inbox.deliveries import park_lost_attempts
from binhyen.inbox.sending import BATCH, Sender, replies
from binhyen.inbox.snoozing.actions import forget_viewings, wake_due
from binhyen.inbox.waiting.actions import raise_forgotten
from binhyen.jobs.retention import forget_finished
from binhyen.language.publication.meaning import train_meaning
from binhyen.language.understanding import Understander
from binhyen.lost_found.ending import expire_lost_reports
from binhyen.outreach.sending import BATCH as POSTS_AT_ONCE
from binhyen.outreach.sending import POSTS, park_lost_posts
from binhyen.printing.jobs import work_next
from binhyen.printing.retention import forget_old_papers
from binhyen.procedures.history import remember_national_records
from binhyen.procedures.queries import catalogue
from binhyen.statistics.rolling_up import roll_up_due
from binhyen.vault.exports import forget_exports
from binhyen.vault.files import remove_orphans
from binhyen.vault.flood_windows import forget_past
from binhyen.workflows.alerting import climb_ladders, send_notices
from binhyen.workflows.articles import count_views, move_articles
from binhyen.workflows.clear_words import make_due_cases
from binhyen.workflows.erasing import forget_farewells
from binhyen.workflows.form_files import form_file
from binhyen.workflows.heartbeat import heartbeat, last_heartbeat, wait_until_ready
from binhyen.workflows.intake import intake_lanes, work_intake
from binhyen.workflows.lost_found import confirm_take_downs, end_due_notices
from binhyen.workflows.lost_pages import ring_lost_pages
from binhyen.workflows.media import MediaFetcher, release_quarantined
from binhyen.workflows.page_groups import mark_lapsed_groups, refresh_groups
from binhyen.workflows.publishing import finish_posts, start_due_posts
from binhyen.workflows.request_notices import announce_requests
from binhyen.workflows.retention import erase_by_itself
from binhyen.workflows.same_event import ArrivalWatch
from binhyen.workflows.training import trained_understander

__all__ = ["last_heartbeat", "run_worker", "wait_until_ready"]

INTAKE_BATCH = 200
SHORTEST_PAUSE_S = 0.02
LONGEST_PAUSE_S = 0.4
"""An idle loop looks so often: what a message waits at most before it is seen."""
TROUBLE_PAUSE_S = 5.0
_log = logging.getLogger(__name__)


def ready_understander() -> Understander:
    """The model, once catalogue and calendar are loaded too, so that the first message waits for none of them."""
    understander = trained_understander()
    catalogue()
    year_of_days(clock.now().astimezone(clock.VIETNAM).year)
    settle()
    return understander


def run_worker(stop: threading.Event) -> None:
    """Work until `stop` is set; what was begun is finished. The first heartbeat comes once everything is loaded."""
    understander = ready_understander()
    threading.Thread(target=train_meaning, name="train-meaning", daemon=True).start()  # some seconds, once per version
    planned = threading.Event()
    with heartbeat() as mine:

        def take_in() -> int:
            count = work_intake(INTAKE_BATCH, understander, stop)
            if count:
                planned.set()
            return count

        def beat_and_take_in() -> int:
            mine.beat()
            return take_in()

        others = [
            *(
                threading.Thread(target=_go_round, args=(take_in, stop, stop), name=f"intake {number}")
                for number in range(2, intake_lanes() + 1)
            ),
            threading.Thread(target=_senders, args=(stop, planned), name="senders"),
            threading.Thread(target=_second_sender, args=(stop, planned), name="second sender"),
            threading.Thread(target=_upkeep, args=(stop,), name="upkeep"),
            threading.Thread(target=_alarms, args=(stop,), name="alarms"),
            threading.Thread(target=_go_round, args=(lambda: work_next(stop.is_set), stop, stop), name="printing"),
        ]
        for thread in others:
            thread.start()

        try:
            _go_round(beat_and_take_in, stop, stop)
        finally:
            stop.set()
            planned.set()
            for thread in others:
                thread.join()


def _go_round(work: Callable[[], int], stop: threading.Event, wake: threading.Event) -> None:
    """Call `work` again and again; pauses grow while there is nothing, and end early when `wake` is set."""
    pause_s = SHORTEST_PAUSE_S
    while not stop.is_set():
        try:
            pause_s = SHORTEST_PAUSE_S if work() else min(pause_s * 1.5, LONGEST_PAUSE_S)
        except Exception as error:  # noqa: BLE001 - the runner goes on; a traceback could hold what residents wrote
            _log.error("A round of work failed: %s", _where(error))
            if isinstance(error, DatabaseError):
                connection.close()
            pause_s = TROUBLE_PAUSE_S
        if pause_s > SHORTEST_PAUSE_S:
            wake.wait(pause_s)
        if wake is not stop:
            wake.clear()
    connection.close()


def _where(error: Exception) -> str:
    """Kind and place of a fault, without its message."""
    trace = error.__traceback__
    while trace and trace.tb_next:
        trace = trace.tb_next
    place = f"{trace.tb_frame.f_code.co_filename}:{trace.tb_lineno}" if trace else "?"
    return f"{type(error).__name__} at {place}"


def _senders(stop: threading.Event, planned: threading.Event) -> None:
    with Sender(source=replies(form_file)) as sender, Sender(source=POSTS) as poster:
        # Replies first: somebody waits for them.
        _go_round(lambda: sender.send_due(BATCH, stop) or poster.send_due(POSTS_AT_ONCE, stop), stop, planned)


def _second_sender(stop: threading.Event, planned: threading.Event) -> None:
    """Replies alone: one slow call of the first sender, a large file or a silent server, holds back nobody's answer."""
    with Sender(source=replies(form_file)) as sender:
        _go_round(lambda: sender.send_due(BATCH, stop), stop, planned)


@dataclass
class _Chore:
    """Upkeep that is done every so often."""

    work: Callable[[], object]
    every: timedelta
    due_in_s: float = 0.0


def _alarms(stop: threading.Event) -> None:
    """Alarms climb and go out in a thread of their own: no slow chore holds back what rings for help (G55, G56)."""
    chores = [make_due_cases, ArrivalWatch().look, climb_ladders, send_notices]
    _run(stop, [_Chore(work, timedelta(seconds=2)) for work in chores])


def _upkeep(stop: threading.Event) -> None:
    """Pictures, tokens, ageing: what nobody waits for within a second."""
    fetcher = MediaFetcher()
    try:
        _run(stop, [_Chore(fetcher.fetch_announced, timedelta(seconds=1)), *_chores()])
    finally:
        fetcher.close()


def _chores() -> list[_Chore]:
    return [
        _Chore(release_quarantined, timedelta(seconds=20)),
        _Chore(overwrite_log, timedelta(seconds=5)),
        _Chore(park_lost_attempts, timedelta(seconds=15)),
        _Chore(connect_demo_pages, timedelta(seconds=5)),
        _Chore(start_due_posts, timedelta(seconds=1)),
        _Chore(finish_posts, timedelta(seconds=5)),
        _Chore(end_due_notices, timedelta(seconds=10)),
        _Chore(confirm_take_downs, timedelta(seconds=10)),
        _Chore(expire_lost_reports, timedelta(hours=1)),
        _Chore(move_articles, timedelta(seconds=5)),
        _Chore(park_lost_posts, timedelta(seconds=15)),
        _Chore(mark_lapsed_groups, timedelta(minutes=1)),
        _Chore(count_views, timedelta(minutes=20)),
        _Chore(refresh_groups, timedelta(hours=6)),
        _Chore(announce_requests, timedelta(seconds=10)),
        _Chore(send_due_notices, timedelta(seconds=5)),
        _Chore(wake_due, timedelta(seconds=30)),
        _Chore(raise_forgotten, timedelta(minutes=2)),
        _Chore(ring_lost_pages, timedelta(minutes=1)),
        _Chore(forget_exports, timedelta(minutes=10)),
        _Chore(forget_viewings, timedelta(minutes=10)),
        _Chore(renew_due, timedelta(minutes=10)),
        _Chore(_age, timedelta(minutes=10)),
        _Chore(count_pages, timedelta(minutes=30)),
        _Chore(roll_up_due, timedelta(minutes=5)),
        _Chore(forget_old_calls, timedelta(hours=1)),
        _Chore(forget_old_requests, timedelta(days=1)),
        _Chore(erase_by_itself, timedelta(hours=6)),
        _Chore(anchor_today, timedelta(minutes=10)),
        _Chore(mail_anchors, timedelta(minutes=10)),
        _Chore(forget_farewells, timedelta(minutes=10)),
        _Chore(remove_orphans, timedelta(days=1)),
        _Chore(clean_waiting, timedelta(seconds=1)),
        _Chore(unsealing.end_old, timedelta(seconds=15)),
        _Chore(destroy_old_routes, timedelta(minutes=10)),
        _Chore(forget_old_drafts, timedelta(minutes=10)),
        _Chore(forget_old_pieces, timedelta(minutes=10)),
        _Chore(forget_old_swarms, timedelta(hours=1)),
        _Chore(forget_old_papers, timedelta(hours=6)),
        _Chore(remember_national_records, timedelta(days=1)),
    ]


def _run(stop: threading.Event, chores: list[_Chore]) -> None:
    """Do each chore when it is due, until `stop` is set."""
    try:
        while not stop.is_set():
            for chore in chores:
                chore.due_in_s -= 1
                if chore.due_in_s <= 0 and not stop.is_set():
                    chore.due_in_s = chore.every.total_seconds()
                    _do(chore)
            stop.wait(1)
    finally:
        connection.close()


def _do(chore: _Chore) -> None:
    try:
        chore.work()
    except Exception as error:  # noqa: BLE001 - one trouble does not stop the other chores
        _log.error("Upkeep failed: %s", _where(error))
        if isinstance(error, DatabaseError):
            connection.close()


def _age() -> None:
    while forget_finished():
        pass
    while retention.forget_aged():
        pass
    while forget_past():
        pass


def connect_demo_pages() -> int:
    """In the demo, give pages without tokens the consent of the simulator; the number connected."""
    if configuration().mode != "demo":
        return 0
    count = 0
    for account in Account.objects.filter(application__isnull=False, sealed_tokens=b"").select_related("application"):
        try:
            connect_demo(account)
            count += 1
        except (BinhYenError, httpx.HTTPError) as error:
            _log.warning("Page %s is not connected yet: %s", account.public_id, type(error).__name__)
    return count
