"""Understand messages from the scores of a trained folder, on CPU, with numpy; by default from their words alone."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from binhyen.language import questions
from binhyen.language.danger import speaks_of_own_death
from binhyen.language.decisions import (
    Columns,
    Decisions,
    Floats,
    kind_features,
    ranking_probabilities,
    ranking_scores,
    trust_features,
)
from binhyen.language.features import Reading, read_message
from binhyen.language.kinds import KINDS, Band, Danger, Kind
from binhyen.language.linear import LinearScores, Matrix
from binhyen.language.understanding import NO_CONTEXT, Candidate, Context, Question, Understanding

BATCH = 128
"""Messages scored in one go; keeps memory flat for any number of texts."""

_CANDIDATES = 8
_SHORT_WORDS = 9
_CLEARLY_ANOTHER_KIND = 0.6
_PIECE_SCORE = 0.9
_STORY_WORDS = 35
_TWO_QUESTIONS_WORDS = 7
_SECOND_QUESTION_RANK = 2
_MAY_FOLLOW_UP: frozenset[Kind] = frozenset({"procedure", "other", "contact"})
_NEVER_FOLLOWS_UP: frozenset[Kind] = frozenset({"emergency", "greeting", "lost_found"})


@dataclass(frozen=True, slots=True)
class _Scored:
    """All figures of one batch, a row per message."""

    topics: Matrix
    ranking: Floats
    kinds: Floats
    danger: Floats
    trust: Floats


class LexicalUnderstander:
    """Understands with the weights and decisions of one trained folder."""

    def __init__(self, folder: Path, scores: LinearScores | None = None) -> None:
        """Open a folder written by `training.write_model`; the weights are mapped, not read.

        `scores` replaces the plain scores of the folder, for a backend that looks at more than words.
        """
        self._linear = scores or LinearScores(folder)
        self._decisions = Decisions.from_json((folder / "decisions.json").read_text(encoding="utf-8"))
        self._columns = Columns(self._decisions.topics)
        self._police = self._columns.police
        self._elsewhere = self._columns.elsewhere

    def understand(self, texts: Sequence[str], contexts: Sequence[Context | None] | None = None) -> list[Understanding]:
        """Understand a batch; `contexts` has one entry per text."""
        given = contexts if contexts is not None else [None] * len(texts)
        understood: list[Understanding] = []
        for start in range(0, len(texts), BATCH):
            part = [context or NO_CONTEXT for context in given[start : start + BATCH]]
            understood.extend(self._batch(texts[start : start + BATCH], part))
        return understood

    def _batch(self, texts: Sequence[str], contexts: Sequence[Context]) -> Iterator[Understanding]:
        readings = [read_message(text) for text in texts]
        scored = self._score(readings)
        whole = [self._understanding(readings[row], scored, row, context) for row, context in enumerate(contexts)]
        yield from self._with_second_questions(readings, contexts, whole)

    def _score(self, readings: Sequence[Reading]) -> _Scored:
        topics = self._linear.scores(readings)
        ranking = ranking_scores(topics, self._columns)
        seen = kind_features(topics, readings, self._columns)
        kinds = self._decisions.kind.probabilities(seen)
        chances = ranking_probabilities(ranking, self._decisions.sharpness, self._columns)
        trusted = trust_features(ranking, chances, kinds, readings)
        return _Scored(
            topics=topics,
            ranking=chances,
            kinds=kinds,
            danger=self._decisions.danger.probabilities(seen)[:, 1],
            trust=self._decisions.trust.probabilities(trusted)[:, 1],
        )

    def _understanding(self, reading: Reading, scored: _Scored, row: int, context: Context) -> Understanding:
        kind = KINDS[int(scored.kinds[row].argmax())]
        candidates = self._candidates(scored, row)
        aspects = questions.aspects_of(reading.folded) if kind in _MAY_FOLLOW_UP else ()
        follows = self._follows_up(len(reading.words) <= _SHORT_WORDS and bool(aspects), scored, row, context, kind)
        if follows and context.procedure_id is not None:
            kind = "procedure"
            candidates = _moved_first(candidates, context.procedure_id, float(scored.trust[row]))
        band = self._band(kind, float(scored.trust[row]), context) if not follows else "answer"
        return Understanding(
            kind=kind,
            kind_probabilities={name: float(value) for name, value in zip(KINDS, scored.kinds[row], strict=True)},
            danger=self._danger(float(scored.danger[row]), reading.folded),
            procedures=candidates,
            band=band,
            questions=(Question(reading.text, kind, candidates, band, aspects),),
            aspects=aspects,
            is_follow_up=follows,
            asks_for_person=questions.asks_for_person(reading.folded),
            asks_status=questions.asks_status(reading.folded),
            places=tuple(context.gazetteer.find(reading.text)) if context.gazetteer else (),
            has_marks=reading.has_marks,
        )

    def _candidates(self, scored: _Scored, row: int) -> tuple[Candidate, ...]:
        """The ranking; all topics of other agencies share the place of the best of them."""
        best = np.argsort(-scored.ranking[row], kind="stable")[:_CANDIDATES]
        elsewhere = self._elsewhere[int(scored.topics[row, self._elsewhere].argmax())]
        columns = [*self._police, elsewhere]
        return tuple(
            Candidate(self._decisions.topics[columns[place]], round(float(scored.ranking[row, place]), 6))
            for place in best.tolist()
        )

    def _band(self, kind: Kind, trust: float, context: Context) -> Band:
        if kind != "procedure" or trust < self._decisions.offer_from:
            return "officer"
        bound = max(self._decisions.answer_from, context.min_answer_score or 0.0)
        return "answer" if trust >= bound else "offer"

    def _danger(self, chance: float, folded: str) -> Danger:
        if chance >= self._decisions.danger_clear:
            return "clear"
        is_possible = chance >= self._decisions.danger_possible or speaks_of_own_death(folded)
        return "possible" if is_possible else "none"

    def _follows_up(self, is_short: bool, scored: _Scored, row: int, context: Context, kind: Kind) -> bool:
        """Say whether the message goes on about the procedure of the context; short: few words about an aspect.

        A message that names another topic surely enough, or is surely of another kind, starts anew.
        """
        if context.procedure_id is None or kind in _NEVER_FOLLOWS_UP:
            return False
        if scored.trust[row] >= self._decisions.answer_from:
            return False
        if is_short and kind in _MAY_FOLLOW_UP and scored.trust[row] < self._decisions.offer_from:
            return True
        if kind != "procedure" and scored.kinds[row].max() >= _CLEARLY_ANOTHER_KIND:
            return False
        return bool(scored.topics[row, self._columns.follow_up] >= self._decisions.follow_up_from)

    def _with_second_questions(
        self,
        readings: Sequence[Reading],
        contexts: Sequence[Context],
        whole: Sequence[Understanding],
    ) -> Iterator[Understanding]:
        """Score the pieces of messages that may ask two things, and keep the two questions where they do."""
        cut = {
            row: pieces
            for row, one in enumerate(whole)
            if one.kind == "procedure"
            and not one.is_follow_up
            and len(readings[row].words) >= _TWO_QUESTIONS_WORDS
            and len(pieces := questions.pieces_of(readings[row].text)) > 1
        }
        pieces = [piece for parts in cut.values() for piece in parts]
        asked = iter(self._questions(pieces, [contexts[row] for row, parts in cut.items() for _ in parts]))
        for row, one in enumerate(whole):
            found = [next(asked) for _ in cut.get(row, ())]
            yield _with_questions(one, found, len(readings[row].words) > _STORY_WORDS)

    def _questions(self, pieces: Sequence[str], contexts: Sequence[Context]) -> list[Question]:
        if not pieces:
            return []
        readings = [read_message(piece) for piece in pieces]
        scored = self._score(readings)
        asked = []
        for row, (reading, context) in enumerate(zip(readings, contexts, strict=True)):
            kind = KINDS[int(scored.kinds[row].argmax())]
            band = self._band(kind, float(scored.trust[row]), context)
            aspects = questions.aspects_of(reading.folded)
            asked.append(Question(reading.text, kind, self._candidates(scored, row), band, aspects))
        return asked


def _moved_first(candidates: tuple[Candidate, ...], topic: str, score: float) -> tuple[Candidate, ...]:
    others = tuple(candidate for candidate in candidates if candidate.topic != topic)
    best = max(score, *(candidate.score for candidate in candidates))
    return (Candidate(topic, best), *others)[:_CANDIDATES]


def _with_questions(one: Understanding, pieces: Sequence[Question], is_story: bool) -> Understanding:
    """Take two pieces as the message's questions when they are sure of different topics that the whole also ranks.

    A long story names more than it asks: there both pieces must be sure enough to be answered.
    """
    ranked = {candidate.topic for candidate in one.procedures[:_SECOND_QUESTION_RANK]}
    chosen: dict[str, Question] = {}
    for piece in pieces:
        best = piece.procedures[0]
        if best.out_of_scope and best.topic != one.procedures[0].topic:
            continue
        sure = piece.band == "answer" or (not is_story and piece.band == "offer" and best.score >= _PIECE_SCORE)
        asks = questions.wants_something(piece.text, piece.aspects)
        if sure and asks and best.topic in ranked and best.topic not in chosen:
            chosen[best.topic] = piece
    if one.kind != "procedure" or len(chosen) < 2:
        return one
    return replace(one, questions=tuple(list(chosen.values())[:2]))
