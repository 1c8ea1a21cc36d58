"""Days as officers type them."""

from datetime import date

from django.forms import DateField, ValidationError

from binhyen.core.errors import NotPossible


def day_in(typed: str) -> date | None:
    """A typed day such as 22/11/2026, None when nothing was typed. Raises NotPossible("import_date")."""
    if not typed.strip():
        return None
    try:
        return DateField(localize=True).to_python(typed.strip())
    except ValidationError:
        raise NotPossible("import_date", typed=typed.strip()[:20]) from None
