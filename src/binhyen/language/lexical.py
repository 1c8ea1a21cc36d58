"""Understand messages from the scores of a trained folder, on CPU, with numpy; by default from their words alone."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from binhyen.core.text import fold
from binhyen.language import questions
from binhyen.language.danger import is_below_floor
from binhyen.language.decisions import (
    Columns,
    Decisions,
    danger_features,
    kind_features,
    ranking_probabilities,
    ranking_scores,
    trust_features,
)
from binhyen.language.features import Reading, read_message
from binhyen.language.kinds import KINDS, Aspect, Band, Danger, Kind
from binhyen.language.linear import LinearScores
from binhyen.language.normalising import folded_readings
from binhyen.language.understanding import NO_CONTEXT, Candidate, Context, Question, Understanding

BATCH = 256
"""Messages scored in one go; keeps memory flat for any number of texts."""

_CANDIDATES = 8
_NO_FORM = frozenset({"màu", "máu", "mậu", "mâu"})
"""Words that would read as "mẫu" (form) without their marks."""
_SHORT_WORDS = 9
_CLEARLY_ANOTHER_KIND = 0.6
_PIECE_SCORE = 0.9
_NAMED_SCORE = 0.8
_STORY_WORDS = 35
_FEW_WORDS = 5
_NEAR = 3
_BARE_WORDS = 3
_TWO_QUESTIONS_WORDS = 7
_SECOND_QUESTION_RANK = 2
_MAY_FOLLOW_UP: frozenset[Kind] = frozenset({"procedure", "other", "contact"})
_SAYS_LITTLE: frozenset[Kind] = frozenset({"other", "greeting", "contact", "feedback"})
"""Kinds that a message of clear danger never is, however few its words are."""
_NEVER_FOLLOWS_UP: frozenset[Kind] = frozenset({"emergency", "greeting", "lost_found"})


@dataclass(frozen=True, slots=True)
class _Scored:
    """What was found for one message."""

    kind: Kind
    kinds: list[float]
    """Probability of each kind, in the order of KINDS."""
    danger: float
    trust: float
    follow_up: float
    topics: list[str]
    """The best topics, best first; all topics of other agencies share the place of the best of them."""
    chances: list[float]
    """Their probabilities."""

    @property
    def candidates(self) -> tuple[Candidate, ...]:
        """The ranking."""
        return tuple(map(Candidate, self.topics, self.chances))


class LexicalUnderstander:
    """Understands with the weights and decisions of one trained folder."""

    def __init__(self, folder: Path, scores: LinearScores | None = None) -> None:
        """Open a folder written by `training.write_model`; the weights are mapped, not read.

        `scores` replaces the plain scores of the folder, for a backend that looks at more than words.
        """
        self._linear = scores or LinearScores(folder)
        self._decisions = Decisions.from_json((folder / "decisions.json").read_text(encoding="utf-8"))
        self._columns = Columns(self._decisions.topics)
        self._names = np.array(self._decisions.topics, dtype=object)
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

    def danger_of(self, text: str) -> Danger:
        """What `understand` finds as the danger of one message without a context, in a third of the time."""
        readings = [read_message(text)]
        topics = self._linear.scores(readings)
        seen = kind_features(topics, readings, self._columns)
        told = danger_features(seen, topics, readings, self._columns)
        return self._danger(float(self._decisions.danger.probabilities(told)[0, 1]), readings[0].folded)

    def _batch(self, texts: Sequence[str], contexts: Sequence[Context]) -> Iterator[Understanding]:
        readings = [read_message(text) for text in texts]
        scored = self._score(readings)
        whole = list(map(self._understanding, readings, scored, contexts))
        yield from self._with_second_questions(readings, contexts, whole)

    def _score(self, readings: Sequence[Reading]) -> list[_Scored]:
        topics = self._linear.scores(readings)
        ranking = ranking_scores(topics, self._columns)
        seen = kind_features(topics, readings, self._columns)
        kinds = self._decisions.kind.probabilities(seen)
        chances = ranking_probabilities(ranking, self._decisions.sharpness, self._columns)
        trusted = trust_features(ranking, chances, kinds, readings)
        told = danger_features(seen, topics, readings, self._columns)
        best = np.argsort(-chances, axis=1, kind="stable")[:, :_CANDIDATES]
        elsewhere = np.array(self._elsewhere)[topics[:, self._elsewhere].argmax(axis=1)]
        columns = np.column_stack([np.tile(self._police, (len(readings), 1)), elsewhere])
        return list(
            map(
                _Scored,
                [KINDS[kind] for kind in kinds.argmax(axis=1).tolist()],
                kinds.tolist(),
                self._decisions.danger.probabilities(told)[:, 1].tolist(),
                self._decisions.trust.probabilities(trusted)[:, 1].tolist(),
                topics[:, self._columns.follow_up].tolist(),
                self._names[np.take_along_axis(columns, best, axis=1)].tolist(),
                np.take_along_axis(chances, best, axis=1).round(6).tolist(),
            )
        )

    def _understanding(self, reading: Reading, scored: _Scored, context: Context) -> Understanding:
        danger = self._danger(scored.danger, reading.folded)
        kind = "emergency" if danger == "clear" and scored.kind in _SAYS_LITTLE else scored.kind
        candidates = scored.candidates
        aspects = _aspects(reading) if kind in _MAY_FOLLOW_UP else ()
        starts_anew = _names_another(reading, scored, context)
        is_short = len(reading.words) <= _SHORT_WORDS and bool(aspects)
        may_mean_it = is_short and len(reading.words) <= _FEW_WORDS and not questions.names_matter(reading.folded)
        is_bare = len(reading.words) <= _BARE_WORDS and candidates[0].out_of_scope
        leans = "proxy" in aspects or is_bare
        follows = not starts_anew and kind != "emergency"
        follows = follows and self._follows_up(is_short, may_mean_it, leans, scored, context)
        if follows and context.procedure_id is not None:
            kind = "procedure"
            candidates = _moved_first(candidates, context.procedure_id, scored.trust)
        band = self._band(kind, scored.trust, context) if not follows else "answer"
        for_person, for_status = questions.asks_beyond(reading.folded)
        return Understanding(
            kind=kind,
            kind_probabilities=dict(zip(KINDS, scored.kinds, strict=True)),
            danger=danger,
            procedures=candidates,
            band=band,
            questions=(Question(reading.text, kind, candidates, band, aspects),),
            aspects=aspects,
            is_follow_up=follows,
            asks_for_person=for_person,
            asks_status=for_status,
            places=tuple(context.gazetteer.find(reading.text)) if context.gazetteer else (),
            has_marks=reading.has_marks,
        )

    def _band(self, kind: Kind, trust: float, context: Context) -> Band:
        if kind != "procedure" or trust < self._decisions.offer_from:
            return "officer"
        bound = max(self._decisions.answer_from, context.min_answer_score or 0.0)
        return "answer" if trust >= bound else "offer"

    def _danger(self, chance: float, folded: str) -> Danger:
        if chance >= self._decisions.danger_clear:
            return "clear"
        if chance >= self._decisions.danger_possible or is_below_floor(folded):
            return "possible"
        return "none"

    def _follows_up(
        self, is_short: bool, may_mean_it: bool, leans_on_context: bool, scored: _Scored, context: Context
    ) -> bool:
        """Say whether the message goes on about the procedure of the context; short: few words about an aspect.

        `may_mean_it`: so few that they name nothing ("đổi ở đâu"); then it is enough that they fit what was discussed,
        or lean on it by themselves ("làm hộ được không").

        A message that names another topic surely enough, or is surely of another kind, starts anew.
        """
        if context.procedure_id is None or scored.kind in _NEVER_FOLLOWS_UP:
            return False
        if may_mean_it and leans_on_context:
            return True
        if scored.trust >= self._decisions.answer_from:
            return False
        if is_short and scored.kind in _MAY_FOLLOW_UP and scored.trust < self._decisions.offer_from:
            return True
        if may_mean_it and context.procedure_id in scored.topics[:_NEAR] and not scored.candidates[0].out_of_scope:
            return True
        if scored.kind != "procedure" and max(scored.kinds) >= _CLEARLY_ANOTHER_KIND:
            return False
        return scored.follow_up >= self._decisions.follow_up_from

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
            and (len(one.aspects) > 1 or not one.procedures[_SECOND_QUESTION_RANK - 1].out_of_scope)
            and len(readings[row].words) >= _TWO_QUESTIONS_WORDS
            and len(pieces := questions.asking_pieces(readings[row].text, readings[row].has_marks)) > 1
        }
        read = [read_message(piece) for pieces in cut.values() for piece in pieces]
        scored = iter(zip(read, self._score(read), strict=True)) if read else iter(())
        for row, one in enumerate(whole):
            asked = [self._question(*next(scored), contexts[row]) for _ in cut.get(row, ())]
            yield _with_questions(one, asked, len(readings[row].words) > _STORY_WORDS) if asked else one

    def _question(self, reading: Reading, scored: _Scored, context: Context) -> Question:
        band = self._band(scored.kind, scored.trust, context)
        return Question(reading.text, scored.kind, scored.candidates, band, _aspects(reading))


def _aspects(reading: Reading) -> tuple[Aspect, ...]:
    """What is asked about, read off all the words: those that name a channel are an aspect ("qua mạng được không")."""
    return questions.aspects_of(folded_readings([word for word in reading.words if word.token.lower() not in _NO_FORM]))


def _names_another(reading: Reading, scored: _Scored, context: Context) -> bool:
    """Say whether the message itself names the thing of a procedure that is surely not the one just discussed."""
    if context.procedure_id is None:
        return False
    another = scored.topics[0] != context.procedure_id and scored.chances[0] >= _NAMED_SCORE
    return another and questions.names_matter(reading.folded)


def _moved_first(candidates: tuple[Candidate, ...], topic: str, score: float) -> tuple[Candidate, ...]:
    others = tuple(candidate for candidate in candidates if candidate.topic != topic)
    best = max(score, *(candidate.score for candidate in candidates))
    return (Candidate(topic, best), *others)[:_CANDIDATES]


def _with_questions(one: Understanding, pieces: Sequence[Question], is_story: bool) -> Understanding:
    """Take two pieces as the message's questions when they are sure of different topics that the whole also ranks.

    A long story names more than it asks: there both pieces must be sure enough to be answered. What another agency does
    is a second question only where something is asked of it.
    """
    ranked = {candidate.topic for candidate in one.procedures[:_SECOND_QUESTION_RANK]}
    chosen: dict[str, Question] = {}
    for piece in pieces:
        best = piece.procedures[0]
        is_elsewhere = best.out_of_scope and best.topic != one.procedures[0].topic
        if is_elsewhere and not (piece.band == "answer" and piece.aspects):
            continue
        nearly = not is_story and piece.band == "offer" and best.score >= _PIECE_SCORE
        sure = piece.band == "answer" or (nearly and questions.names_matter(fold(piece.text)))
        if sure and best.topic in ranked and best.topic not in chosen:
            chosen[best.topic] = piece
    if len(chosen) < 2:
        return one
    return replace(one, questions=tuple(list(chosen.values())[:2]))
