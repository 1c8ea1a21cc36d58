"""Why something did not go out is told in words an officer can act on, whatever the code."""

import pytest

from binhyen.channels.connector import Refused
from binhyen.channels.zalo_oa.outcomes import error_table, outcome_for
from binhyen.console.texts import error_text
from binhyen.console.trouble_words import TROUBLES, trouble_words
from binhyen.core.errors import NotPossible

NOT_OURS = {"0", "-1340", "-1341"}
"""Success, and forms of advertisements, which the product does not send."""


def test_every_code_that_zalo_is_known_to_give_has_its_words():
    codes = set(error_table()["families"]["oa"]["codes"]) - NOT_OURS
    assert {f"zalo{code}" if code.startswith("-") else f"zalo-{code}" for code in codes} - set(TROUBLES) <= {"zalo-403"}
    assert all(trouble_words(f"zalo{code}") for code in codes)


def test_an_unknown_code_is_said_with_what_to_do():
    unknown = outcome_for("oa", -9999)
    assert isinstance(unknown, Refused)
    words = trouble_words(unknown.why)
    assert "zalo-9999" in words
    assert "người vận hành" in words


@pytest.mark.parametrize("why", ["zalo-248", "zalo-32", "link_dead", "http_502", "network_ReadTimeout", "interrupted"])
def test_a_known_one_is_said_without_its_code(why):
    assert why not in trouble_words(why)
    assert "người vận hành" not in trouble_words(why)


def test_giving_up_tells_the_last_reason():
    words = trouble_words("gave_up zalo-32")
    assert words.startswith("Đã thử nửa giờ")
    assert trouble_words("zalo-32") in words


def test_an_act_that_zalo_refuses_is_told_in_the_same_words():
    assert "Gia hạn ở Zalo" in error_text(NotPossible("zalo_refused", why="zalo-237"))
