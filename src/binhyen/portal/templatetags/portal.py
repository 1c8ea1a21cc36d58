"""What portal templates need beyond Django: the unit's words, grouped numbers, facts worded with care."""

from django import template
from django.template import Context
from django.utils.translation import gettext as _

from binhyen.portal.wording import filled
from binhyen.procedures.rules import worded
from binhyen.workflows.decision import phone

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
def topic_name(topic: str) -> str:
    """A choice of the report wizard's first page."""
    return {
        "danger": _("Somebody is in danger now"),
        "crime": _("A crime I saw or know of"),
        "suspicion": _("Something suspicious"),
        "online_fraud": _("Fraud on the internet or by telephone"),
        "nuisance": _("Noise, disorder, traffic in the area"),
        "proposal": _("A proposal for the area"),
    }.get(topic, "")


@register.filter
def file_kind(content_type: str) -> str:
    """A content type in a word."""
    kinds = {"image": _("picture"), "video": _("video"), "audio": _("sound")}
    return kinds.get(content_type.split("/", maxsplit=1)[0], _("document"))


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
