"""What portal templates need beyond Django: the unit's words, grouped numbers, facts worded with care."""

from django import template
from django.template import Context

from binhyen.portal.wording import filled
from binhyen.procedures.rules import worded
from binhyen.workflows.texts import phone

register = template.Library()


@register.simple_tag(takes_context=True)
def said(context: Context, text: str, **facts: object) -> str:
    """A translated sentence with `$ai`, `$cq` and the given facts in place; escaped like any text."""
    return filled(text, context.get("unit"), **facts)


@register.filter
def grouped(number: str) -> str:
    """A phone number grouped for reading: 0912 345 678."""
    return phone(number)


@register.filter
def fact(text: str) -> str:
    """A fact of the catalogue; what was written from memory says so."""
    return worded(text)


@register.filter
def begun(text: str) -> str:
    """The text with a capital at its start, the rest as given."""
    return text[:1].upper() + text[1:]


@register.filter
def vnd(amount: int) -> str:
    """An amount in đồng as it is written in Vietnam; none is free of charge."""
    return "miễn phí" if amount == 0 else f"{amount:,} đồng".replace(",", ".")


@register.inclusion_tag("portal/icon.html")
def icon(name: str) -> dict[str, str]:
    """A drawn sign that only supports the words beside it."""
    return {"name": name}
