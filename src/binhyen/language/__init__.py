"""Understand residents' Vietnamese: kinds, topics, danger, places, personal data. Pure functions, no tables."""

from binhyen.language.abuse import mask_rude_words
from binhyen.language.duplicates_evaluation import evaluate_duplicates
from binhyen.language.embedding import BackendMissingError
from binhyen.language.evaluation import evaluate_messages
from binhyen.language.evaluation_rows import RowError
from binhyen.language.kinds import ASPECTS, KINDS, Aspect, Band, Danger, Kind, out_of_scope_topics
from binhyen.language.likeness import Likeness, likeness_of
from binhyen.language.model_cache import TrainingError, load_understander, train_model
from binhyen.language.personal_data import Span, find_personal_data, hide_for_reading, redact
from binhyen.language.personal_data_evaluation import evaluate_personal_data
from binhyen.language.places import Gazetteer, place_conflict
from binhyen.language.report_matching import SUGGEST_FROM, Report, alike, read_report
from binhyen.language.swarms import Swarm, SwarmWatch
from binhyen.language.swarms_evaluation import evaluate_swarms
from binhyen.language.training_rows import OTHER_AGENCY, LabelledMessage
from binhyen.language.understanding import NO_CONTEXT, Candidate, Context, Question, Understander, Understanding

__all__ = [
    "ASPECTS", "KINDS", "NO_CONTEXT", "OTHER_AGENCY", "SUGGEST_FROM", "Aspect", "BackendMissingError", "Band",
    "Candidate", "Context", "Danger", "Gazetteer", "Kind", "LabelledMessage", "Likeness", "Question", "Report",
    "RowError", "Span", "Swarm", "SwarmWatch",
    "TrainingError", "Understander", "Understanding", "alike", "evaluate_duplicates", "evaluate_messages",
    "evaluate_personal_data", "evaluate_swarms", "find_personal_data", "hide_for_reading", "likeness_of",
    "load_understander",
    "mask_rude_words", "out_of_scope_topics", "place_conflict", "read_report", "redact", "train_model",
]  # fmt: skip
