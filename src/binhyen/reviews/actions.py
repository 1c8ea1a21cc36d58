"""Writing, closing and handing out; each with its audit row."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction

from binhyen.audit import actions as audit
from binhyen.core import clock
from binhyen.core.errors import NotPossible
from binhyen.core.text import clean
from binhyen.reviews import drafting, rules
from binhyen.reviews.figures import as_kept, live_figures, span_of_review
from binhyen.reviews.models import Review, ReviewState, ReviewVersion, Task
from binhyen.reviews.queries import WRITE_ROLES, tasks_back
from binhyen.statistics.periods import Span
from binhyen.units.models import Officer, Unit, UnitKind
from binhyen.units.scope import Scope

MOST_TASKS = 60
LONGEST_SPAN_DAYS = 366
_SIGNERS = {UnitKind.COMMUNE_POLICE: "TRƯỞNG CÔNG AN XÃ", UnitKind.PROVINCE_POLICE: "GIÁM ĐỐC"}


@dataclass(frozen=True, slots=True)
class TaskEntry:
    """What is to be done, by whom, until when."""

    what: str
    owner: str
    due_on: date | None


@transaction.atomic
def start_review(scope: Scope, unit: Unit, span: Span) -> Review:
    """The review of the span with first words in every part; an existing one is given as it is.

    Raises NotAllowed, NotPossible("review_too_long_span", most).
    """
    scope.check(unit.pk, WRITE_ROLES)
    if span.days > LONGEST_SPAN_DAYS:
        raise NotPossible("review_too_long_span", most=LONGEST_SPAN_DAYS)
    now = clock.now()
    review, is_new = Review.objects.get_or_create(
        unit=unit,
        starts_on=span.start,
        ends_on=span.last_day,
        defaults={"author_id": scope.officer_id, "created_at": now, "changed_at": now},
    )
    if is_new:
        review.texts = rules.cleaned(_first_words(scope, review))
        review.save(update_fields=["texts"])
        _keep_version(scope, review)
        _audit(scope, review, "started")
    return review


def _first_words(scope: Scope, review: Review) -> dict[str, str]:
    unit = review.unit
    staff = Officer.objects.filter(is_active=True, memberships__unit=unit).distinct().order_by("full_name")
    title = _SIGNERS.get(UnitKind(unit.kind), "THỦ TRƯỞNG ĐƠN VỊ")
    if "phường" in unit.name.casefold() and unit.kind == UnitKind.COMMUNE_POLICE:
        title = "TRƯỞNG CÔNG AN PHƯỜNG"
    return _words_of_figures(scope, review) | {
        "place": unit.place_name.split(",")[0].strip(),
        "agenda": "\n".join(rules.AGENDA),
        "attendance": "\n".join(name for name in staff.values_list("full_name", flat=True)),
        "recipients": f"{unit.parent.name if unit.parent else 'Cấp trên trực tiếp'} (để báo cáo);\nLưu: VT.",
        "signer_title": title,
    }


def _words_of_figures(scope: Scope, review: Review) -> dict[str, str]:
    figures = live_figures(scope, review.unit, span_of_review(review))
    today = clock.today()
    late = sum(1 for task in tasks_back(review) if task.done_on is None and task.due_on < today)
    return {
        "well": "\n".join(drafting.went_well(figures)),
        "late": "\n".join(drafting.is_late(figures, late)),
    }


@transaction.atomic
def change_texts(scope: Scope, review: Review, texts: dict[str, str], seen_version: int) -> None:
    """Keep the texts as a new version; also after the closing.

    Raises NotAllowed, NotPossible: review_changed when somebody else saved meanwhile, review_too_long(part, most).
    """
    review = _locked(scope, review)
    if review.version != seen_version:
        raise NotPossible("review_changed")
    kept = rules.cleaned(review.texts | texts)
    if kept == review.texts:
        return
    _store(scope, review, kept)
    _audit(scope, review, "changed", version=review.version)


@transaction.atomic
def write_again(scope: Scope, review: Review) -> None:
    """Put what the figures say now in place of what went well and what is late; the version before is kept.

    Raises NotAllowed, NotPossible("review_closed").
    """
    review = _locked(scope, review)
    _check_draft(review)
    _store(scope, review, rules.cleaned(review.texts | _words_of_figures(scope, review)))
    _audit(scope, review, "written_again", version=review.version)


@transaction.atomic
def close_review(scope: Scope, review: Review, has_looked: bool) -> None:
    """The meeting was held: keep the figures as they are.

    `has_looked`: the officer read what looks like a resident's data and says that it is none. Raises NotAllowed,
    NotPossible: review_closed, review_not_over(day), review_names(words).
    """
    review = _locked(scope, review)
    _check_draft(review)
    rules.check_over(span_of_review(review), clock.today())
    found = rules.recognisable(review.texts)
    if found and not has_looked:
        raise NotPossible("review_names", words="; ".join(dict.fromkeys(one.words for one in found))[:200])
    review.figures = as_kept(live_figures(scope, review.unit, span_of_review(review)))
    review.state, review.closed_at, review.closed_by_id = ReviewState.CLOSED, clock.now(), scope.officer_id
    review.save(update_fields=["figures", "state", "closed_at", "closed_by"])
    _audit(scope, review, "closed")


@transaction.atomic
def hand_out(scope: Scope, review: Review, entry: TaskEntry) -> Task:
    """A task for the next period. Raises NotAllowed, NotPossible: task_what, task_owner, task_day, task_many(most)."""
    review = _locked(scope, review)
    what, owner = clean(entry.what)[:300].strip(), clean(entry.owner)[:120].strip()
    if not what:
        raise NotPossible("task_what")
    if not owner:
        raise NotPossible("task_owner")
    if entry.due_on is None or entry.due_on < review.starts_on:
        raise NotPossible("task_day")
    if review.tasks.count() >= MOST_TASKS:
        raise NotPossible("task_many", most=MOST_TASKS)
    task = Task.objects.create(
        review=review, unit_id=review.unit_id, what=what, owner=owner, due_on=entry.due_on, created_at=clock.now()
    )
    _audit(scope, review, "task_set")
    return task


@transaction.atomic
def mark_task(scope: Scope, task: Task, is_done: bool, note: str = "") -> None:
    """Done today, or open again. Raises NotAllowed."""
    scope.check(task.unit_id, WRITE_ROLES)
    task.done_on = clock.today() if is_done else None
    task.done_note = clean(note)[:300].strip() if is_done else ""
    task.save(update_fields=["done_on", "done_note"])
    _audit(scope, task.review, "task_done" if is_done else "task_reopened")


@transaction.atomic
def take_back(scope: Scope, task: Task) -> None:
    """Remove a task that was written by mistake. Raises NotAllowed, NotPossible("review_closed") after the meeting."""
    scope.check(task.unit_id, WRITE_ROLES)
    _check_draft(task.review)
    _audit(scope, task.review, "task_taken_back")
    task.delete()


def note_export(scope: Scope, review: Review, form: str) -> None:
    """The paper left the house."""
    _audit(scope, review, "exported", form=form)


def _locked(scope: Scope, review: Review) -> Review:
    scope.check(review.unit_id, WRITE_ROLES)
    return Review.objects.select_for_update(of=("self",)).select_related("unit").get(pk=review.pk)


def _check_draft(review: Review) -> None:
    if review.state == ReviewState.CLOSED:
        raise NotPossible("review_closed")


def _store(scope: Scope, review: Review, texts: dict[str, str]) -> None:
    review.texts, review.version, review.changed_at = texts, review.version + 1, clock.now()
    review.save(update_fields=["texts", "version", "changed_at"])
    _keep_version(scope, review)


def _keep_version(scope: Scope, review: Review) -> None:
    ReviewVersion.objects.create(
        review=review,
        version=review.version,
        texts=review.texts,
        officer_id=scope.officer_id,
        created_at=review.changed_at,
    )


def _audit(scope: Scope, review: Review, act: str, **facts: str | int) -> None:
    audit.record(
        review.unit_id, f"review.{act}", actor_key=scope.officer_id, subject=review.public_id, facts=facts or None
    )
