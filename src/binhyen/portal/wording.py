"""Interface sentences with the unit's own words in place."""

from string import Template

from django.utils.translation import get_language

from binhyen.portal.units_here import UnitHere

DEFAULT_ADDRESS = "bà con"
DEFAULT_UNIT = "Công an"


def filled(text: str, unit: UnitHere | None, **facts: object) -> str:
    """`text` with `$ai` (how the unit addresses people), `$Ai` (at the start of a sentence), `$cq` (short name) and
    the given facts; a name nobody gave stays as it is.
    """
    form = (unit.address_form if unit else "") or DEFAULT_ADDRESS
    if get_language() != "vi":
        form = "you"
    words = {"ai": form, "Ai": form[0].upper() + form[1:], "cq": unit.short_name if unit else DEFAULT_UNIT}
    return Template(str(text)).safe_substitute({**words, **facts})
