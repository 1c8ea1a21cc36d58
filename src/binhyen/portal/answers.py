"""What the results page shows for a question: calls to make first, then referral, then procedures."""

from dataclasses import dataclass, replace

from binhyen.language.danger import danger_signs_in
from binhyen.language.understanding import Understanding
from binhyen.portal.procedure_search import MOST_FOUND, featured, procedures_matching
from binhyen.portal.understanding import PRESENT_DANGER
from binhyen.procedures.catalogue import Catalogue, Confidence, Procedure, Referral
from binhyen.procedures.form_names import FoundForm, forms_matching
from binhyen.workflows.own_words import by_own_words

_WORTH_SHOWING = 0.08
"""Probability from which a procedure of the ranking is listed."""


@dataclass(frozen=True, slots=True)
class Answer:
    """Everything the page needs; the words typed are not in it."""

    is_danger: bool
    is_report: bool
    asks_for_person: bool
    referral: Referral | None
    procedures: tuple[Procedure, ...]
    forms: tuple[FoundForm, ...]
    """Forms asked for by code, name or old name."""
    featured: tuple[Procedure, ...]
    """Shown when nothing was found and nobody is in danger."""

    @property
    def referral_is_unverified(self) -> bool:
        """Whether the referral was written from memory."""
        return self.referral is not None and self.referral.confidence is Confidence.MEMORY


def answer_to(text: str, understanding: Understanding | None, known: Catalogue) -> Answer:
    """Decide from what was understood; without a model from the words alone."""
    answer = _understood(text, understanding, known)
    forms = forms_matching(text, known)
    return replace(answer, forms=forms, featured=() if forms else answer.featured)


def _understood(text: str, understanding: Understanding | None, known: Catalogue) -> Answer:
    by_words = procedures_matching(text, known)
    if understanding is None:
        is_danger = any(danger_signs_in(text)[:PRESENT_DANGER])
        return _answer(known, is_danger, False, False, None, by_words)
    understanding = by_own_words(known, understanding, text)
    is_report = understanding.kind in ("report", "emergency")
    asks = understanding.asks_for_person or understanding.kind == "contact"
    ranked = _ranked(known, understanding) if understanding.kind == "procedure" else []
    found = list(dict.fromkeys([*ranked[:1], *by_words, *ranked[1:]])) if ranked else by_words
    if understanding.band == "offer":
        found = list(dict.fromkeys([*by_words[:1], *ranked, *by_words[1:]]))
    return _answer(known, understanding.danger != "none", is_report, asks, _referral(known, understanding), found)


def _ranked(known: Catalogue, understanding: Understanding) -> list[Procedure]:
    worth = [
        candidate.topic
        for question in understanding.questions
        for candidate in question.procedures
        if candidate.score >= _WORTH_SHOWING and not candidate.out_of_scope
    ]
    return [procedure for topic in dict.fromkeys(worth) if (procedure := known.procedure(topic))]


def _referral(known: Catalogue, understanding: Understanding) -> Referral | None:
    best = understanding.procedures[0]
    is_other = understanding.kind == "procedure" and best.out_of_scope and understanding.band != "officer"
    return known.referral(best.topic) if is_other else None


def _answer(
    known: Catalogue, is_danger: bool, is_report: bool, asks: bool, referral: Referral | None, found: list[Procedure]
) -> Answer:
    procedures = tuple(found[:MOST_FOUND])
    shown_anyway = () if procedures or is_danger else tuple(featured(known))
    return Answer(is_danger, is_report and not is_danger, asks, referral, procedures, (), shown_anyway)
