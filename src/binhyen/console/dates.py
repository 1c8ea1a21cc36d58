"""Days as officers type them."""

from datetime import date

from django.core.validators import MaxValueValidator, MinValueValidator
from django.forms import DateField, ValidationError

from binhyen.core.errors import NotPossible

EARLIEST, LATEST = date(2000, 1, 1), date(2199, 12, 31)
WITHIN = (MinValueValidator(EARLIEST), MaxValueValidator(LATEST))
"""Validators of a day: years outside are slips of the pen, and no calendar knows them."""


def day_in(typed: str) -> date | None:
    """A typed day such as 22/11/2026, None when nothing was typed. Raises NotPossible("import_date")."""
    if not typed.strip():
        return None
    try:
        day: date = DateField(localize=True, validators=WITHIN).clean(typed.strip())
    except ValidationError:
        raise NotPossible("import_date", typed=typed.strip()[:20]) from None
    return day
