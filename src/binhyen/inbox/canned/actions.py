"""Drafting, approving, returning and withdrawing canned replies; keeping macros."""

from dataclasses import dataclass

from django.db import transaction

from binhyen.audit import actions as audit
from binhyen.core import clock
from binhyen.core.configuration import configuration
from binhyen.core.errors import NotPossible
from binhyen.core.text import clean, fold
from binhyen.inbox.canned.rules import unknown_variables
from binhyen.inbox.models import Assigns, CannedReply, Macro, Topic
from binhyen.inbox.outgoing import asks_money_or_code, foreign_links, has_secret_mark
from binhyen.units.models import Unit
from binhyen.units.scope import LEADER_ROLES, REPLY_ROLES, Scope

TEXT_LIMIT = 1_800
"""Characters: variables grow when they are filled, and a message of Zalo ends at 2,000."""


def _checked(title: str, text: str) -> tuple[str, str]:
    title, text = clean(title), clean(text)
    if not title or not text:
        raise NotPossible("canned_empty")
    if len(title) > 80:
        raise NotPossible("canned_title_long")
    if len(text) > TEXT_LIMIT:
        raise NotPossible("reply_too_long", limit=TEXT_LIMIT, length=len(text))
    if unknown := unknown_variables(f"{title} {text}"):
        raise NotPossible("canned_variable", name=unknown[0])
    if asks_money_or_code(text):
        raise NotPossible("reply_asks_secret")
    if has_secret_mark(text):
        raise NotPossible("reply_state_secret")
    if links := foreign_links(text, configuration().host):
        raise NotPossible("reply_link_not_allowed", link=links[0])
    return title, text


@transaction.atomic
def draft_canned(scope: Scope, unit: Unit, title: str, text: str) -> CannedReply:
    """An officer writes a new one; it is used only after a leader approved it.

    Raises NotPossible: canned_empty, canned_title_long, canned_variable(name), reply_too_long, reply_asks_secret,
    reply_link_not_allowed(link).
    """
    scope.check(unit.pk, REPLY_ROLES | LEADER_ROLES)
    title, text = _checked(title, text)
    canned = CannedReply(unit=unit)
    _propose(scope, canned, title, text)
    return canned


@transaction.atomic
def change_canned(scope: Scope, canned: CannedReply, title: str, text: str, version: int) -> None:
    """Propose other words; the approved ones stay in use until then. Raises as `draft_canned`, and canned_conflict."""
    scope.check(canned.unit_id, REPLY_ROLES | LEADER_ROLES)
    title, text = _checked(title, text)
    _propose(scope, _locked(canned, version), title, text)


def _locked(canned: CannedReply, version: int) -> CannedReply:
    row = CannedReply.objects.select_for_update().get(pk=canned.pk)
    if row.version != version:
        raise NotPossible("canned_conflict")
    return row


def _propose(scope: Scope, row: CannedReply, title: str, text: str) -> None:
    row.proposed_title, row.proposed_text = title, text
    row.proposed_by_id, row.proposed_at = scope.officer_id, clock.now()
    row.returned_why = ""
    _save(scope, row, "canned.drafted")


def _save(scope: Scope, row: CannedReply, action: str) -> None:
    row.version += 1
    row.folded = fold(f"{row.title} {row.text}")
    row.save()
    facts = {"version": row.version}
    audit.record(row.unit_id, action, actor_key=scope.officer_id, subject=row.public_id, facts=facts)


@transaction.atomic
def approve_canned(scope: Scope, canned: CannedReply, version: int) -> None:
    """A leader puts exactly the version seen into use. Raises NotPossible: canned_conflict, canned_nothing_waits."""
    scope.check(canned.unit_id, LEADER_ROLES)
    row = _locked(canned, version)
    if not row.proposed_text:
        raise NotPossible("canned_nothing_waits")
    row.title, row.text = row.proposed_title, row.proposed_text
    row.proposed_title = row.proposed_text = row.returned_why = ""
    row.approved_by_id, row.approved_at = scope.officer_id, clock.now()
    _save(scope, row, "canned.approved")


@transaction.atomic
def return_canned(scope: Scope, canned: CannedReply, version: int, why: str) -> None:
    """A leader gives the draft back with a reason; the words stay. Raises NotPossible: canned_why, canned_conflict."""
    scope.check(canned.unit_id, LEADER_ROLES)
    why = clean(why)[:200]
    if not why:
        raise NotPossible("canned_why")
    row = _locked(canned, version)
    row.returned_why = why
    _save(scope, row, "canned.returned")


@transaction.atomic
def withdraw_canned(scope: Scope, canned: CannedReply) -> None:
    """A leader takes it out of use; what was sent stays sent."""
    scope.check(canned.unit_id, LEADER_ROLES)
    row = CannedReply.objects.select_for_update().get(pk=canned.pk)
    row.is_withdrawn = True
    _save(scope, row, "canned.withdrawn")


@dataclass(frozen=True, slots=True)
class MacroSteps:
    """What a macro does; every part may be missing, but not all."""

    topic: Topic | None = None
    canned: CannedReply | None = None
    assigns: Assigns = Assigns.NOTHING
    closes: bool = False


@transaction.atomic
def add_macro(scope: Scope, unit: Unit, name: str, steps: MacroSteps) -> Macro:
    """A leader keeps fixed steps under a name. Raises NotPossible: macro_name, macro_empty, macro_parts."""
    scope.check(unit.pk, LEADER_ROLES)
    name = clean(name)[:80]
    if not name:
        raise NotPossible("macro_name")
    if steps == MacroSteps():
        raise NotPossible("macro_empty")
    if any(part is not None and part.unit_id != unit.pk for part in (steps.topic, steps.canned)):
        raise NotPossible("macro_parts")
    macro = Macro.objects.create(
        unit=unit,
        name=name,
        topic=steps.topic,
        canned=steps.canned,
        assigns=steps.assigns,
        closes=steps.closes,
        made_by_id=scope.officer_id,
        made_at=clock.now(),
    )
    audit.record(unit.pk, "macro.added", actor_key=scope.officer_id, subject=macro.public_id)
    return macro


@transaction.atomic
def withdraw_macro(scope: Scope, macro: Macro) -> None:
    """A leader takes a macro out of use."""
    scope.check(macro.unit_id, LEADER_ROLES)
    Macro.objects.filter(pk=macro.pk).update(is_withdrawn=True)
    audit.record(macro.unit_id, "macro.withdrawn", actor_key=scope.officer_id, subject=macro.public_id)
