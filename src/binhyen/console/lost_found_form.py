"""The form of a lost or found record: what it shows, and what was typed into it."""

from datetime import date
from typing import Any

from django.forms import DateField, ValidationError

from binhyen.console.access import ConsoleRequest
from binhyen.console.texts_lost_found import BASES, CATEGORIES, RECORD_KINDS
from binhyen.core.errors import NotPossible
from binhyen.lost_found.models import Record
from binhyen.lost_found.rules import QUESTIONS_ASKED
from binhyen.lost_found.typed import Typed
from binhyen.units.models import Area, Unit

MONEY_QUESTIONS = ("Tổng số tiền bao nhiêu?", "Gồm những tờ mệnh giá nào?", "Tiền được gói, buộc bằng gì?")


def form_context(unit: Unit, kind: str, typed: Any) -> dict[str, Any]:
    """What the form of a kind of record shows; an unknown kind is a found thing."""
    kind = kind if kind in RECORD_KINDS else "found_item"
    is_person = kind not in ("found_item", "lost_item")
    return {
        "unit": unit,
        "kind": kind,
        "kinds": RECORD_KINDS.items(),
        "categories": CATEGORIES.items(),
        "bases": BASES.items(),
        "areas": Area.objects.filter(unit=unit).order_by("sort_key"),
        "typed": typed,
        "is_person": is_person,
        "is_child": kind.endswith("child"),
        "asks_proof": kind == "found_item",
        "record": Record(kind=kind),
        "contact_name": "",
        "contact_phone": "",
        "proof": [
            (number, typed.get(f"question_{number}", ""), typed.get(f"answer_{number}", ""))
            for number in range(1, QUESTIONS_ASKED + 1)
        ],
        "money_questions": MONEY_QUESTIONS,
    }


def typed_in(request: ConsoleRequest, unit: Unit) -> Typed:
    """What the form holds. Raises NotPossible: import_date, lost_value."""
    post = request.POST
    numbers = range(1, QUESTIONS_ASKED + 1)
    return Typed(
        kind=post.get("kind", ""),
        category=post.get("category", "other"),
        description=post.get("description", ""),
        first_name=post.get("first_name", ""),
        age_band=post.get("age_band", ""),
        clothing=post.get("clothing", ""),
        place=post.get("place", ""),
        area=Area.objects.filter(unit=unit, public_id=post.get("area", "")).first(),
        happened_on=day_in(post.get("happened_on", "")),
        contact_name=post.get("contact_name", ""),
        contact_phone=post.get("contact_phone", ""),
        proof=[(post.get(f"question_{number}", ""), post.get(f"answer_{number}", "")) for number in numbers],
        value_vnd=amount_in(post.get("value", "")),
        storage_cost_vnd=amount_in(post.get("cost", "")) or 0,
        legal_basis=post.get("legal_basis", ""),
        basis_note=post.get("basis_note", ""),
        picture_is_fit="picture_is_fit" in post,
    )


def day_in(typed: str) -> date | None:
    """A typed day, None when nothing was typed. Raises NotPossible("import_date")."""
    if not typed.strip():
        return None
    try:
        return DateField(localize=True).to_python(typed.strip())
    except ValidationError:
        raise NotPossible("import_date", typed=typed.strip()[:20]) from None


def amount_in(typed: str) -> int | None:
    """A typed sum in đồng, None when nothing was typed. Raises NotPossible("lost_value")."""
    digits = typed.replace(".", "").replace(" ", "").removesuffix("đ").removesuffix("đồng")
    if not digits:
        return None
    if not (digits.isascii() and digits.isdecimal()) or len(digits) > 13:
        raise NotPossible("lost_value")
    return int(digits)
