"""Groups that the page drives: made and linked here, counted by the API, their packages watched."""

from collections.abc import Sequence
from typing import TypeVar

from django.db import transaction

from binhyen.audit.actions import record
from binhyen.channels.connector import Credentials, Later, Refused
from binhyen.channels.models import Account, AccountState
from binhyen.channels.tokens import fresh_credentials
from binhyen.channels.zalo_gmf import groups as gmf
from binhyen.core import clock
from binhyen.core.errors import BinhYenError, NotPossible
from binhyen.groups.actions import record_api_members
from binhyen.groups.models import Group, GroupKind, GroupState
from binhyen.groups.queries import EDIT_ROLES
from binhyen.groups.rules import name_for
from binhyen.inbox.models import Conversation
from binhyen.outreach.models import Channel, Sending, SendingState
from binhyen.units.models import Area, Unit
from binhyen.units.scope import Scope

T = TypeVar("T")
GROUP_LAPSED = "zalo-237"
_NO_GROUPS = frozenset({"zalo-235", "zalo-224", "zalo-221"})
"""Kind of page, package or missing verification that gives no groups of the page at all (zalo section 3.7)."""


def page_of(unit: Unit) -> Account:
    """The unit's page that can send. Raises NotPossible("page_missing")."""
    rows = Account.objects.filter(unit=unit, connector="zalo_oa", state=AccountState.ACTIVE)
    page = rows.select_related("application").order_by("pk").first()
    if page is None:
        raise NotPossible("page_missing")
    return page


def _answer(found: T | Later | Refused) -> T:
    """What Zalo answered. Raises NotPossible for a trouble: "page_without_groups", "zalo_refused"(why)."""
    if isinstance(found, Later | Refused):
        if found.why in _NO_GROUPS:
            raise NotPossible("page_without_groups")
        raise NotPossible("zalo_refused", why=found.why)
    return found


def free_packages(unit: Unit) -> list[gmf.Package]:
    """Packages of the unit's page without a group. Raises NotPossible."""
    found = _answer(gmf.packages(fresh_credentials(page_of(unit))))
    return [one for one in found if not one.is_used]


def make_group(scope: Scope, unit: Unit, area: Area, asset_id: str, administrator: str) -> Group:
    """A new group of the page for an area; `administrator` is the Zalo id of a page administrator.

    Raises NotPossible: page_missing, zalo_refused(why); after a lost answer why is "unknown": look in Zalo first.
    """
    scope.check(unit.pk, EDIT_ROLES)
    page = page_of(unit)
    name = name_for(area.name)
    keys = fresh_credentials(page)
    made = _answer(gmf.create(name, f"Nhóm của {unit.name}", asset_id, [administrator], keys))
    whole = gmf.look(made.group_id, keys)  # the answer to creating tells neither size nor package
    return _keep(scope, unit, page, area, whole if isinstance(whole, gmf.GroupFacts) else made)


def link_group(scope: Scope, unit: Unit, area: Area | None, group_id: str) -> Group:
    """Take a group the page already has into the register. Raises NotPossible."""
    scope.check(unit.pk, EDIT_ROLES)
    page = page_of(unit)
    found = _answer(gmf.look(group_id.strip(), fresh_credentials(page)))
    return _keep(scope, unit, page, area, found)


@transaction.atomic
def _keep(scope: Scope, unit: Unit, page: Account, area: Area | None, facts: gmf.GroupFacts) -> Group:
    group, is_new = Group.objects.get_or_create(
        account=page,
        external_id=facts.group_id,
        defaults={"unit": unit, "area": area, "kind": GroupKind.GMF, "name": facts.name, "created_at": clock.now()},
    )
    _write(group, facts)
    if is_new:
        record(unit.pk, "group.added", actor_key=scope.officer_id, subject=f"group {group.public_id}")
    return group


def _write(group: Group, facts: gmf.GroupFacts) -> None:
    """Bring a group's row up to what Zalo says; members only as a number (G14, G32)."""
    group.link = facts.link or group.link
    group.most_members = facts.most_members or group.most_members
    group.asset_id = facts.asset_id or group.asset_id
    group.package_until = facts.package_until or group.package_until
    group.disbands_on = facts.disbands_on
    group.state = GroupState.ACTIVE if facts.is_enabled else GroupState.DISABLED
    group.save()
    record_api_members(group, facts.member_count)


def refresh_groups(unit_id: int | None = None) -> int:
    """Ask Zalo about every group of the pages; the number of groups brought up to date."""
    rows = Group.objects.filter(kind=GroupKind.GMF, account__state=AccountState.ACTIVE).exclude(state=GroupState.ENDED)
    rows = rows.filter(unit_id=unit_id) if unit_id is not None else rows
    keys: dict[int, Credentials] = {}
    count = 0
    for group in rows.select_related("account__application").order_by("account_id"):
        try:
            if group.account is not None and group.account_id not in keys:
                keys[group.account_id or 0] = fresh_credentials(group.account)
        except BinhYenError:
            continue
        facts = gmf.look(group.external_id, keys[group.account_id or 0])
        if isinstance(facts, gmf.GroupFacts):
            _write(group, facts)
            count += 1
    return count


def mark_lapsed_groups() -> int:
    """Groups into which Zalo refused a post because their package ended; the number newly marked."""
    refused = Sending.objects.filter(channel=Channel.GMF, state=SendingState.REFUSED, why=GROUP_LAPSED)
    rows = Group.objects.filter(pk__in=refused.values("target_key"), state=GroupState.ACTIVE)
    return rows.update(state=GroupState.DISABLED)


def waiting_count(scope: Scope, group: Group) -> int:
    """How many people ask to join; their ids are not kept. Raises NotPossible."""
    return len(_waiting(scope, group))


def decide_joins(scope: Scope, group: Group, *, let_in: bool) -> int:
    """Let in, or turn away, everybody who waits; the number of people. Raises NotPossible."""
    people = _waiting(scope, group)
    if people and group.account is not None:
        act = gmf.approve if let_in else gmf.reject
        _answer(act(group.external_id, people, fresh_credentials(group.account)))
        facts = {"count": len(people), "let_in": "yes" if let_in else "no"}
        subject = f"group {group.public_id}"
        record(group.unit_id, "group.joins", actor_key=scope.officer_id, subject=subject, facts=facts)
    return len(people)


def _waiting(scope: Scope, group: Group) -> Sequence[str]:
    scope.check(group.unit_id, EDIT_ROLES)
    if group.kind != GroupKind.GMF or group.account is None:
        raise NotPossible("page_missing")
    return _answer(gmf.waiting(group.external_id, fresh_credentials(group.account)))


def groups_of_page(scope: Scope, conversation: Conversation) -> list[Group]:
    """Groups of the page the conversation is with."""
    scope.check(conversation.unit_id, EDIT_ROLES)
    rows = Group.objects.filter(unit_id=conversation.unit_id, account_id=conversation.account_id, kind=GroupKind.GMF)
    return list(rows.filter(state=GroupState.ACTIVE).order_by("name"))


def change_member(scope: Scope, group: Group, conversation: Conversation, *, bring_in: bool) -> None:
    """Bring the person of a conversation into a group of the same page, or take them out; nothing of it is kept but
    that it was done (G14, G32). Raises NotPossible: page_missing, zalo_refused(why).
    """
    scope.check(group.unit_id, EDIT_ROLES)
    if group.kind != GroupKind.GMF or group.account is None or group.account_id != conversation.account_id:
        raise NotPossible("page_missing")
    act = gmf.invite if bring_in else gmf.remove
    _answer(act(group.external_id, [conversation.contact.external_id], fresh_credentials(group.account)))
    name = "group.invited" if bring_in else "group.removed"
    record(group.unit_id, name, actor_key=scope.officer_id, subject=f"group {group.public_id}")
