"""What is wrong with a Zalo page, for the people who can mend it and for those who wait for it."""

from dataclasses import dataclass

from binhyen.channels.models import Account, AccountState
from binhyen.console.texts import page_trouble
from binhyen.units.models import Role
from binhyen.units.queries import ADMINISTRATOR_ROLES
from binhyen.units.scope import CONVERSATION_ROLES, Scope


@dataclass(frozen=True, slots=True)
class PageTrouble:
    """One page that cannot send now."""

    account: Account
    words: str
    """Why, and what to do."""
    may_mend: bool
    """The officer administers the page's unit."""


def page_troubles_for(scope: Scope, roles: frozenset[Role] = CONVERSATION_ROLES) -> list[PageTrouble]:
    """Pages of the officer's units that cannot send. One query, none for somebody without such a role."""
    units = scope.units_with(roles)
    if not units:
        return []
    troubled = Account.objects.filter(unit_id__in=units, connector="zalo_oa")
    found = troubled.exclude(state=AccountState.ACTIVE).select_related("unit").order_by("pk")
    return [
        PageTrouble(account, page_trouble(account), scope.holds(account.unit_id, ADMINISTRATOR_ROLES))
        for account in found
    ]
