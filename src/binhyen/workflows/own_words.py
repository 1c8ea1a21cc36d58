"""A unit's own names and sample questions decide what a message means, wherever no danger and no report is at stake."""

from dataclasses import replace

from binhyen.language.understanding import Candidate, Understanding
from binhyen.procedures.catalogue import Catalogue
from binhyen.procedures.own_words import own_words_of

_NEVER = frozenset({"emergency"})
_MAY_BE_NEAR = frozenset({"procedure", "other", "contact", "greeting"})


def by_own_words(catalogue: Catalogue, understood: Understanding, text: str) -> Understanding:
    """The understanding, with the procedure that the unit's own words mean where the message reads like one of them.

    A message that is a sample word for word means it whatever the model thought; one that is only near does so when the
    model took it for a question. Words of danger always keep what they mean (G55).
    """
    own_words = own_words_of(catalogue)
    if not own_words or understood.danger != "none" or understood.kind in _NEVER:
        return understood
    match = own_words.find(text)
    if match is None or not (match.is_exact or understood.kind in _MAY_BE_NEAR):
        return understood
    others = tuple(candidate for candidate in understood.procedures if candidate.topic != match.procedure)
    candidates = (Candidate(match.procedure, 1.0), *others)
    first = replace(understood.questions[0], text=text, kind="procedure", procedures=candidates, band="answer")
    return replace(
        understood, kind="procedure", procedures=candidates, band="answer", questions=(first,), is_follow_up=False
    )
