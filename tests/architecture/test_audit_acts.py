"""Whoever looks at the record of who did what reads words, never a code: in English and in Vietnamese."""

from django.utils import translation

from binhyen.console.texts_record import words_of_act
from tests.architecture.audit_acts import Code


def test_every_act_the_code_records_has_words_in_both_languages() -> None:
    acts = Code().acts()
    assert {"case.read", "case.state", "identity.expired", "unit.merge", "lost_found.closed"} <= acts, "reading broke"
    assert len(acts) > 150
    with translation.override("en"):
        english = {act: str(words_of_act(act)) for act in acts}
    assert not sorted(act for act, words in english.items() if words == act)
    with translation.override("vi"):
        assert not sorted(act for act, words in english.items() if str(words_of_act(act)) == words)


def test_an_act_without_words_is_shown_by_its_code_and_not_hidden() -> None:
    assert words_of_act("room.unheard_of") == "room.unheard_of"
