"""Words that introduce places, people and things in reports; all folded (no marks, lower case)."""

import json
from importlib.resources import files
from typing import Any

_DATA: dict[str, Any] = json.loads(
    (files("binhyen") / "data" / "language" / "report_words.json").read_text(encoding="utf-8")
)


def _table(name: str) -> dict[str, str]:
    """Form to meaning, from lines of meaning to forms."""
    return {form: meaning for meaning, forms in _DATA[name].items() for form in forms.split(" | ")}


HEADS = _table("places")
"""Words before a place name -> the sort of place."""

TITLES = frozenset(_DATA["titles"].split())
"""Words before a person's name; "cau" is left out, since it is more often a bridge."""

UNSURE_TITLES = frozenset(_DATA["unsure_titles"].split())
"""Without marks also "three", "there is", "small", "see", "go" and so on."""

SURE_TITLES = frozenset(_DATA["sure_titles"].split())
NUMERAL_NAMES = frozenset(_DATA["numeral_names"].split())
GIVEN_NAMES = frozenset(_DATA["given_names"].split())

NOT_A_NAME = frozenset(_DATA["not_a_name"].split())
"""Words after a place word that go on with the sentence instead of naming it."""

COLOURS = _table("colours")
THINGS = _table("things")
LANDMARKS = _table("landmarks")
"""Places one unit has few of, often told without a name -> their sort."""

LOOT = _table("loot")
"""What thieves take -> its sort."""

MAKES = {make: sort for sort, makes in _DATA["makes"].items() for make in makes.split()}
"""Make of a vehicle or a telephone -> which of the two."""

SAME_WORDS = _table("same_words")
"""Words and short phrases that tell the same -> the one they are counted as."""

FILLER = frozenset(_DATA["filler"].split())
"""Words of address and grammar that say nothing about the incident."""
FAMILY_NAMES = frozenset(
    {
        "nguyen", "tran", "le", "pham", "hoang", "huynh", "phan", "vu", "vo", "dang", "bui", "do", "ho", "ngo", "duong",
        "ly", "truong", "dinh", "lam", "mai", "trinh", "luong",
    }
)  # fmt: skip
"""Folded; what many streets and people share."""

NEVER_ALONE = frozenset({"nguyen", "pham", "huynh", "trinh"})
"""Family names that are no other word without marks either: the word after one belongs to the name."""
_SIDES = "tren/duoi trong/ngoai thuong/ha tren/ha thuong/duoi dong/tay nam/bac cu/moi lon/nho"
OPPOSITES = frozenset(frozenset(pair.split("/")) for pair in _SIDES.split())
"""Words after a name that tell two places of that name apart."""

COUNTED = frozenset(_DATA["counted"].split())
"""Words that a number before them counts."""

_ROUND_ABOUT = (
    "nha xom thon ap to ngo hem duong pho khu bai go vuon bo ben doan dau cuoi canh gan truoc sau tren duoi trong ngoai"
)
PLACE_NOUNS = frozenset(word for head in HEADS for word in head.split()) | frozenset(_ROUND_ABOUT.split())
"""Words that say where, and nothing of what happened there."""
