"""Finding procedures by the words of their titles and of the names people give them."""

import functools
from collections.abc import Iterable

from binhyen.core.text import fold
from binhyen.procedures.catalogue import Catalogue, Procedure
from binhyen.procedures.own_words import ASKING_WORDS

MOST_FOUND = 8
FEATURED_SHOWN = 5
_ENOUGH = 0.6
"""Share of the words typed that a title or alias must hold."""


@functools.lru_cache(maxsize=64)
def _names(known: Catalogue) -> tuple[tuple[Procedure, tuple[frozenset[str], ...]], ...]:
    """Each procedure with the word sets of its title, aliases and form codes."""
    return tuple(
        (procedure, tuple(frozenset(fold(name).split()) for name in _all_names(procedure)))
        for procedure in known.procedures
    )


def _all_names(procedure: Procedure) -> Iterable[str]:
    return (procedure.title, *procedure.aliases, *procedure.samples, *procedure.form_codes)


def procedures_matching(query: str, known: Catalogue) -> list[Procedure]:
    """Procedures one of whose names holds most of the telling words, closest first."""
    words = fold(query).split()
    telling = frozenset(word for word in words if word not in ASKING_WORDS) or frozenset(words)
    if not telling:
        return []
    scored = [(max(_closeness(telling, name) for name in names), procedure) for procedure, names in _names(known)]
    scored = [(closeness, procedure) for closeness, procedure in scored if closeness > 0]
    scored.sort(key=lambda pair: -pair[0])
    return [procedure for _, procedure in scored[:MOST_FOUND]]


def _closeness(telling: frozenset[str], name: frozenset[str]) -> float:
    """Share of the words found, plus a little for a name that holds nothing else; 0 when too few."""
    held = len(telling & name)
    share = held / len(telling)
    return 0.0 if share < _ENOUGH else share + held / (len(name) or 1) / 10


def featured(known: Catalogue) -> list[Procedure]:
    """What most people come for, so that no page is blank."""
    wanted = [procedure for procedure in known.procedures if procedure.is_featured]
    by_category: dict[str, Procedure] = {}
    for procedure in wanted:
        by_category.setdefault(procedure.category, procedure)
    first = list(by_category.values())
    return (first + [procedure for procedure in wanted if procedure not in first])[:FEATURED_SHOWN]
