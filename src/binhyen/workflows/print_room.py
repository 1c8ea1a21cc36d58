"""Print runs: the unit's facts, hamlets and procedures become papers, each with a QR code of its own (G45)."""

from collections.abc import Sequence

from django.db import transaction

from binhyen.core import clock
from binhyen.core.configuration import configuration
from binhyen.groups.actions import make_codes
from binhyen.printing import actions
from binhyen.printing.actions import Request
from binhyen.printing.models import PrintBatch
from binhyen.printing.papers import PACKAGE, Order, Target, UnitFacts, for_one, template_data, template_of
from binhyen.printing.queries import PRINT_ROLES
from binhyen.printing.rules import checked_wording
from binhyen.printing.typesetting import first_page_png, typeset
from binhyen.procedures.effective import catalogue_of
from binhyen.units.models import Area, DirectoryEntry, Unit
from binhyen.units.scope import Scope

PREVIEW_DPI = 60
_EXAMPLE = "MAU234"
"""Stands in a preview where a real run gets its own code; it is no code of anybody."""
_MOST_NUMBERS = 4


def join_address(code: str) -> str:
    """Where a paper's QR code leads: the page that proves the channel."""
    return f"{configuration().public_url}/n/{code}"


def facts_of(unit: Unit) -> UnitFacts:
    """What papers say of the unit; numbers of single areas are left to their own papers."""
    numbers = DirectoryEntry.objects.filter(unit=unit, area=None).order_by("position")[:_MOST_NUMBERS]
    return UnitFacts(
        name=unit.name,
        short_name=unit.short_name,
        place_name=unit.place_name,
        superior=unit.parent.name if unit.parent else "",
        duty_phone=unit.duty_phone,
        address_form=unit.address_form,
        numbers=tuple((entry.title, entry.phone) for entry in numbers),
    )


def order(
    scope: Scope, unit: Unit, request: Request, areas: Sequence[Area], procedures: Sequence[str], institution: str = ""
) -> PrintBatch:
    """Order papers for areas and procedures, or for the whole unit when neither is chosen.

    Raises NotPossible as `printing.actions.order_batch` and `groups.actions.make_codes`.
    """
    places = _places(unit, areas, procedures)

    def targets_of(number: str) -> list[Target]:
        keys = [(area, procedure) for _, area, procedure in places]
        codes = make_codes(scope, unit, keys, number, request.expires_on)
        return [
            Target(name, join_address(code.code), code.code, institution)
            for (name, _, _), code in zip(places, codes, strict=True)
        ]

    with transaction.atomic():
        return actions.order_batch(scope, unit, facts_of(unit), request, targets_of)


def _places(unit: Unit, areas: Sequence[Area], procedures: Sequence[str]) -> list[tuple[str, Area | None, str]]:
    """(name on the paper, area, procedure) of each target."""
    offered = catalogue_of(unit.pk)
    found = [procedure for key in procedures if (procedure := offered.procedure(key)) is not None]
    named: list[tuple[str, Area | None, str]] = [(area.name, area, "") for area in areas]
    named += [(procedure.title, None, procedure.id) for procedure in found]
    return named or [("", None, "")]


def preview(
    scope: Scope, unit: Unit, request: Request, area: Area | None, procedure: str = "", institution: str = ""
) -> bytes:
    """The first page as a PNG, with a code that leads nowhere.

    Raises NotPossible for words that do not fit, RuntimeError for letters that the type cannot show.
    """
    scope.check(unit.pk, PRINT_ROLES)
    (name, _, _) = _places(unit, [area] if area else [], [procedure] if procedure else [])[0]
    wording = checked_wording(request.paper, request.wording)
    target = Target(name, join_address(_EXAMPLE), _EXAMPLE, institution)
    facts = actions.with_mark(facts_of(unit), unit)
    shown = for_one(Order(request.paper, facts, (target,), "XEM TRƯỚC", clock.today(), request.expires_on, 1, wording))
    data = template_data(shown, shown.targets)
    typeset(PACKAGE, template_of(request.paper), data)  # a picture would hide letters that the type does not have
    return first_page_png(PACKAGE, template_of(request.paper), data, PREVIEW_DPI)


def may_print(scope: Scope, unit: Unit) -> bool:
    """Whether the officer may order papers there."""
    return scope.holds(unit.pk, PRINT_ROLES)
