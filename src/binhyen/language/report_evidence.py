"""What speaks for and against two reports telling of one event, each piece of it a number from 0 to about 1.

The weights are learnt (`report_training`); what another place, number or name says for sure is a veto (VETOES).
"""

import math
from collections.abc import Set as AbstractSet

from binhyen.language.places import numbers_conflict
from binhyen.language.report_facts import AGE, FLOOR, LANDMARK, STOLEN, Facts
from binhyen.language.report_places import is_surely_other, other_places, shares_place
from binhyen.language.report_reading import Report, weights
from binhyen.language.report_swaps import read_copy, read_swaps

GRAVE = frozenset({
    "fire", "explosion", "gas", "weapon", "robbery", "fight", "collapse", "crash", "drowning", "flood", "landslide",
    "boat", "suicide", "corpse", "power_line",
})  # fmt: skip
"""Events that happen once, and that people tell of in several ways: the shots, the robbery, the wounded."""
LASTING = frozenset({
    "land", "stray_cattle", "parking", "bad_road", "noise", "building_noise", "dumping", "pollution", "overload",
    "games", "unpaid_wages", "superstition", "fuel_cheat", "gambling", "prostitution", "loan", "peddling",
    "sand_mining", "forest", "drugs", "needle", "racing", "electro_fishing", "cockfight", "fraud",
})  # fmt: skip
"""Nuisances that stand for weeks: people tell of them days apart."""
VETOES = (
    "other_number", "other_sure_place", "swapped_number", "other_sign", "other_age_or_sex", "other_loot",
    "other_side", "other_name",
)  # fmt: skip
"""Pieces of evidence of which one is enough against: none stood in any pair of one event that they were tried on."""
FOR = frozenset({
    "rare_words", "rare_names", "events", "same_event", "same_place", "same_number", "same_names", "same_person",
    "same_traits", "likeness", "spot_and_event", "copied", "near", "near_hour",
})  # fmt: skip
"""What can only speak for one event."""
AGAINST = frozenset({
    *VETOES, "other_event", "other_place", "other_person", "other_traits", "unshared_places", "swapped_capitals",
    "swapped_name", "swapped_loosely", "opposites", "swapped_in_a_copy", "replaced", "told_otherwise", "only_spot",
    "hours",
})  # fmt: skip
"""What can only speak against it."""
_OF_ONE_PERSON = frozenset({"lost_person", "drowning", "suicide", "animal_bite"})
_THEFTS = frozenset({"theft", "vehicle_theft", "dog_theft"})
_WHOLE_HOUSE = frozenset({"fire", "explosion", "collapse"})
"""Events of which people tell from the floor they are on."""
_WHO = frozenset({AGE, "child", "elder"})
_HOUR, _NEAR = 60.0, 10.0
_COPY_FROM = 0.3
_COPY = 0.45

Evidence = dict[str, float]


def evidence(first: Report, second: Report, minutes: float | None = None) -> Evidence:
    """All of it; what the time between the two says only where that is known."""
    mine, theirs = first.facts, second.facts
    found = {
        **_words(first, second),
        **_events(first, second),
        **_place(mine, theirs),
        **_people(mine, theirs),
        **_traits(first, second),
        **read_swaps(mine, theirs),
    }
    found |= _together(first, second, found)
    if minutes is not None:
        found |= _time(abs(minutes), found, _is_lasting(first.events, second.events))
    return found


def _words(first: Report, second: Report) -> Evidence:
    """Words: the rare ones both say, those that name a place or a person apart from those that tell what happened."""
    shared = first.specific & second.specific
    naming = (shared & first.naming) | (shared & second.naming)
    return {
        "rare_words": _rarity(shared - naming),
        "rare_names": _rarity(naming),
        "no_rare_word": float(not shared),
    }


def _rarity(words: AbstractSet[str]) -> float:
    if not words:
        return 0.0
    known = weights()
    return math.log1p(sum([known.of(word) - 2 for word in words])) / 3


def _events(first: Report, second: Report) -> Evidence:
    """Verbs: the kinds of event told, in common or not; grave ones go with each other."""
    told = bool(first.events and second.events)
    common = first.events & second.events
    grave = bool(first.events & GRAVE and second.events & GRAVE)
    return {
        "events": len(common) / len(first.events | second.events) if told else 0.0,
        "same_event": float(bool(common)),
        "other_event": float(told and not common and not grave),
        "grave": float(grave),
        "unsaid": float(not told),
    }


def _place(mine: Facts, theirs: Facts) -> Evidence:
    """Names of places: the same one, another of its sort, numbers in common or not."""
    others = list(other_places(mine, theirs)) if mine.places and theirs.places else []
    same = shares_place(mine, theirs)
    placed = all(facts.numbered or facts.places for facts in (mine, theirs))
    numbers = sum(bool(numbers & theirs.numbered.get(sort, frozenset())) for sort, numbers in mine.numbered.items())
    names = (mine.names & theirs.pairs) | (theirs.names & mine.pairs)
    return {
        "same_place": float(same),
        "same_number": min(2, numbers) / 2,
        "same_names": min(2, len(names)) / 2,
        "other_place": float(bool(others)),
        "other_sure_place": float(any(is_surely_other(a, b) for a, b in others)),
        "unshared_places": float(placed and not same and not others),
        "other_number": float(numbers_conflict(mine.numbered, theirs.numbered)),
    }


def _people(mine: Facts, theirs: Facts) -> Evidence:
    """Names of persons: one in common, or only different ones."""
    same = not mine.people.isdisjoint(theirs.words) or not theirs.people.isdisjoint(mine.words)
    return {"same_person": float(same), "other_person": float(bool(mine.people and theirs.people) and not same)}


def _traits(first: Report, second: Report) -> Evidence:
    """Attributes: colours, makes, plates, age and sex, stolen things, in common or different."""
    mine, theirs = first.facts.traits, second.facts.traits
    agreeing = sum(bool(values & theirs.get(trait, frozenset())) for trait, values in mine.items())
    differing = {trait for trait in mine if trait in theirs and not mine[trait] & theirs[trait]}
    differing = {trait for trait in differing if _matters(trait, first, second)}
    signs = {"plate", "telephone", FLOOR}
    return {
        "same_traits": min(3, agreeing) / 3,
        "other_sign": float(bool(differing & signs)),
        "other_age_or_sex": float(bool(differing & _WHO)),
        "other_loot": float(STOLEN in differing),
        "other_traits": min(2, len(differing - signs - _WHO - {STOLEN})) / 2,
    }


def _matters(trait: str, first: Report, second: Report) -> bool:
    """Two landmarks may lie at one place that both name; a crash has two plates; a reporter leaves an own number.

    Of a crash after which one fled, the plate told is that one's.
    """
    both = first.events & second.events
    if trait == LANDMARK:
        return not shares_place(first.facts, second.facts)
    if trait == "plate":
        return "crash" not in both or all(" bo chay " in report.facts.flat for report in (first, second))
    if trait == FLOOR:
        return not both & _WHOLE_HOUSE
    needed = {"telephone": frozenset({"fraud"}), STOLEN: _THEFTS, AGE: _OF_ONE_PERSON}.get(trait)
    return needed is None or bool(both & needed)


def _together(first: Report, second: Report, found: Evidence) -> Evidence:
    """Several kinds at once: one spot and one matter are more than their sum; a copy with a swapped name is none."""
    letters = _cosine(first.letters, second.letters)
    rare_pairs = min(3, len(first.rare_pairs & second.rare_pairs))
    spot = rare_pairs > 1 or any(
        found[name] for name in ("same_place", "same_names", "same_person", "same_number", "rare_names")
    )
    copied = max(0.0, letters - _COPY_FROM)
    swapped = found["swapped_capitals"] or found["swapped_name"] or found["opposites"]
    alike = 0.5 * _cosine(first.words, second.words) + 0.28 * letters + 0.22 * found["events"] + 0.06 * rare_pairs
    if alike > 0.08 or found["same_event"]:
        agreeing = 2 * (found["same_number"] + found["same_names"]) + found["same_person"] + 1.5 * found["same_traits"]
        alike += 0.1 * agreeing * (0.45 if found["other_event"] else 1.0)
    is_copy = letters > _COPY and first.spoken != second.spoken
    return {
        **(read_copy(first.spoken, second.spoken) if is_copy else {"replaced": 0.0, "told_otherwise": 0.0}),
        "likeness": math.log(0.02 + alike),
        "spot": float(spot),
        "spot_and_event": spot * found["same_event"],
        "only_spot": float(spot and not found["same_event"] and not found["rare_words"]),
        "spot_other_event": spot * found["other_event"],
        "event_without_spot": (not spot) * found["same_event"],
        "other_name": float(is_copy and found["swapped_capitals"] > 0),
        "other_side": float(is_copy and found["opposites"] > 0),
        "copied": 0.0 if swapped else copied,
        "swapped_in_a_copy": copied if swapped else 0.0,
    }


def _is_lasting(first: frozenset[str], second: frozenset[str]) -> bool:
    common = first & second
    if first and second:
        return bool(common & LASTING) and not common & GRAVE
    return bool((first | second) & LASTING)


def _time(minutes: float, found: Evidence, lasting: bool) -> Evidence:
    """Time: minutes apart is the strongest evidence for what happens once, and little for nuisances that come back."""
    near, hours = 1 / (1 + minutes / _NEAR), math.log1p(minutes / _HOUR) / 4
    return {
        "near": near,
        "near_hour": 1 / (1 + minutes / _HOUR),
        "hours": hours,
        "near_same_event": near * found["same_event"],
        "near_grave": near * found["grave"],
        "near_other_event": near * found["other_event"],
        "near_unsaid": near * found["unsaid"],
        "near_spot": near * found["spot"],
        "near_words": near * found["rare_words"],
        "near_lasting": near * lasting,
        "hours_spot": hours * found["spot"],
        "hours_words": hours * found["rare_words"],
        "hours_event_only": hours * found["event_without_spot"],
        "hours_lasting": hours * lasting,
        "hours_lasting_spot": hours * lasting * found["spot"],
        "hours_lasting_words": hours * lasting * found["rare_words"],
    }


def _cosine(first: dict[str, float], second: dict[str, float]) -> float:
    return sum([first[term] * second[term] for term in first.keys() & second.keys()])
