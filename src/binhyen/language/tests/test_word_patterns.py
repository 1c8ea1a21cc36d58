"""Patterns found in one pass are the same ones as found one by one."""

import re

from hypothesis import given
from hypothesis import strategies as st

from binhyen.core.text import fold
from binhyen.language.training_rows import kind_rows
from binhyen.language.word_patterns import WordPatterns

PATTERNS = [
    r"\b(?:chay|no (?:gas|ga))\b",
    r"bao nhieu|khi nao|\bdau$",
    r"^(em |da )?(chao|alo)\b",
    r"\bho so\b.{0,12}\bxong\b",
    r"\bmuon chet\b(?! (?:vi|voi))",
    r"\d+d\b",
]
WORDS = st.lists(
    st.sampled_from(
        ["chay", "no gas", "khi nao", "dau", "da em", "chao", "ho so", "xong", "muon chet", "vi", "5d", "漢"]
    ),
    max_size=12,
)


def one_by_one(folded: str) -> list[int]:
    return [number for number, pattern in enumerate(PATTERNS) if re.search(pattern, folded)]


@given(WORDS)
def test_one_pass_finds_what_each_pattern_finds(words: list[str]) -> None:
    folded = fold(" ".join(words))
    assert WordPatterns(PATTERNS).occurring(folded) == one_by_one(folded)


def test_it_holds_for_real_messages() -> None:
    patterns = WordPatterns(PATTERNS)
    for row in kind_rows():
        folded = fold(row.text)
        assert patterns.occurring(folded) == one_by_one(folded)


def test_counts_stop_at_the_ceiling() -> None:
    assert WordPatterns(PATTERNS).counts("chay chay chay em", 2) == [2.0, 0.0, 0.0, 0.0, 0.0, 0.0]
