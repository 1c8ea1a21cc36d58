"""An order as it is kept in the table and read back: plain values, nothing to be executed."""

from dataclasses import asdict
from datetime import date
from typing import Any

from binhyen.printing.papers import Order, Paper, SecondLanguage, Target, UnitFacts, Wording


def order_out(order: Order) -> dict[str, Any]:
    """The order as JSON values, without the unit's mark, which has a table of its own."""
    values = asdict(order)
    values["unit"].pop("mark_png")
    values["printed_on"] = order.printed_on.isoformat()
    values["expires_on"] = order.expires_on.isoformat() if order.expires_on else None
    return values


def order_in(values: dict[str, Any], mark_png: bytes) -> Order:
    """The order from JSON values."""
    unit = dict(values["unit"])
    unit["numbers"] = tuple((title, phone) for title, phone in unit["numbers"])
    wording = dict(values["wording"])
    wording["second"] = SecondLanguage(wording["second"])
    return Order(
        paper=Paper(values["paper"]),
        unit=UnitFacts(**unit, mark_png=mark_png),
        targets=tuple(Target(**target) for target in values["targets"]),
        batch=values["batch"],
        printed_on=date.fromisoformat(values["printed_on"]),
        expires_on=date.fromisoformat(values["expires_on"]) if values["expires_on"] else None,
        copies=values["copies"],
        wording=Wording(**wording),
    )
