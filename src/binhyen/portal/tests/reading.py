"""The worker of the tests: takes in what the portal queued."""

from binhyen.language.understanding import Understanding
from binhyen.workflows.intake import work_intake


class PlainUnderstander:
    """Understands nothing, so that every question waits for an officer; spares tests the training of a model."""

    def understand(self, texts, contexts=None):
        from binhyen.language.understanding import Question

        return [
            Understanding(
                kind="other",
                kind_probabilities={"other": 1.0},
                danger="none",
                procedures=(),
                band="officer",
                questions=(Question(text=text, kind="other", procedures=(), band="officer", aspects=()),),
                aspects=(),
                is_follow_up=False,
                asks_for_person=False,
                asks_status=False,
                places=(),
                has_marks=True,
            )
            for text in texts
        ]


def takes_in() -> None:
    """Work everything that waits."""
    while work_intake(50, PlainUnderstander()):
        pass
