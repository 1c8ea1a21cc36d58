"""How times are written in the console, the rail, and what administrators have to mend."""

import functools
from collections.abc import Mapping
from datetime import date, datetime, timedelta

from django import template
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext, gettext_lazy, ngettext

from binhyen.cases.unsealing import count_waiting
from binhyen.console.notices import PageTrouble, page_troubles_for
from binhyen.console.rows import duration_words
from binhyen.console.sections import Entry, entries_for, same_rail
from binhyen.console.texts import ALERT_TITLES, ATTACHMENT_KINDS, ATTACHMENT_REASONS, Words
from binhyen.console.trouble_words import trouble_words
from binhyen.core import clock
from binhyen.inbox.models import Attachment
from binhyen.units.duty import shifts_at
from binhyen.units.models import Shift
from binhyen.units.queries import ADMINISTRATOR_ROLES
from binhyen.units.scope import Scope

MOST_UNITS_NAMED = 4

register = template.Library()
OLD_FIGURE_DAYS = 92
"""A quarter: a count of households is worth doing again then."""


@register.filter
def moment(value: datetime | None) -> SafeString | str:
    """Short time of a moment in Vietnam, the exact one in the title and for machines."""
    if value is None:
        return ""
    local = value.astimezone(clock.VIETNAM)
    now = clock.now().astimezone(clock.VIETNAM)
    if local.date() == now.date():
        short = f"{local:%H:%M}"
    elif abs(now - local) < timedelta(days=300):
        short = f"{local:%d/%m %H:%M}"
    else:
        short = f"{local:%d/%m/%Y}"
    return format_html('<time datetime="{}" title="{}">{}</time>', local.isoformat(), f"{local:%H:%M %d/%m/%Y}", short)


@register.filter
def figure_age(day: date | None) -> SafeString | str:
    """A counted day with its age in days; from `OLD_FIGURE_DAYS` on it is marked as old."""
    if day is None:
        return "–"
    days = (clock.today() - day).days
    ago = ngettext("%(n)s day ago", "%(n)s days ago", days) % {"n": days} if days > 0 else gettext("today")
    mark = format_html(' <span class="badge warn">{}</span>', gettext("old")) if days >= OLD_FIGURE_DAYS else ""
    return format_html('{}<br><span class="hint">{}</span>{}', day.strftime("%d/%m/%Y"), ago, mark)


@register.filter
def of_key(values: Mapping[str, object], key: str) -> object:
    """The value under a key, None when there is none."""
    return values.get(key)


@register.filter
def words(text: str) -> list[str]:
    """The words of a list written in the template."""
    return text.split()


@register.filter
def attachment_reason(code: str) -> Words | str:
    """Why a resident's file is not shown, in words; the code itself for one that has none."""
    return ATTACHMENT_REASONS.get(code, code)


@register.filter
def attachment_name(attachment: Attachment) -> Words | str:
    """The file's own name, or what it is."""
    return attachment.name or ATTACHMENT_KINDS.get(attachment.kind, attachment.kind)


@register.filter
def trouble(why: str) -> str:
    """Why Zalo did not take something, and what to do."""
    return trouble_words(why)


@register.filter
def alert_title(rule_id: str) -> Words:
    """What rings, by the clock that set it off; never a word of what was told."""
    return ALERT_TITLES.get(rule_id, gettext_lazy("Urgent matter"))


@register.filter
def since(value: datetime) -> str:
    """How long ago a moment was: "8 minutes"."""
    return duration_words(clock.now() - value)


@register.simple_tag
def same_for_all(template: str) -> SafeString:
    """A part that stands on every page and shows nothing of a person or a unit: drawn once in each language."""
    return _drawn(template, get_language())


@functools.cache
def _drawn(template: str, language: str | None) -> SafeString:  # noqa: ARG001 - the language it is drawn in
    return render_to_string(template)


@register.simple_tag
def sections(scope: Scope, here: str | None) -> list[Entry]:
    """The sections the officer sees on the page named `here`."""
    return entries_for(scope.roles, here)


@register.simple_tag
def rail(scope: Scope, here: str | None, counts: Mapping[str, int] | None) -> SafeString:
    """The sections as links; `counts` of what waits in the inbox, where the page has them."""
    if counts:
        return _links(scope.roles, here, counts)
    return _kept_links(scope.roles, same_rail(here), get_language())


@functools.lru_cache(maxsize=512)
def _kept_links(roles: frozenset[str], here: str | None, language: str | None) -> SafeString:  # noqa: ARG001 - the language they are drawn in
    return _links(roles, here, None)


def _links(roles: frozenset[str], here: str | None, counts: Mapping[str, int] | None) -> SafeString:
    known = {"sections": entries_for(roles, here), "here": here, "counts": counts}
    return render_to_string("console/rail_sections.html", known)


@register.simple_tag
def troubles_to_mend(scope: Scope) -> list[PageTrouble]:
    """Zalo pages of the units the officer administers that cannot send; shown on every page outside the inbox."""
    return page_troubles_for(scope, ADMINISTRATOR_ROLES)


@register.simple_tag
def names_to_open(scope: Scope) -> int:
    """Requests to open a name that wait for the officer as a custodian; shown on every page outside the inbox."""
    return count_waiting(scope)


@register.simple_tag
def duty_now(scope: Scope) -> list[Shift]:
    """Who has duty now in the officer's units, for the rail of every page; nothing for somebody above many units."""
    unit_ids = scope.unit_ids
    return list(shifts_at(unit_ids, clock.now()).values()) if len(unit_ids) <= MOST_UNITS_NAMED else []
