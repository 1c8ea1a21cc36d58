"""Mask rude words for display. Rude messages carry real reports: nothing is dropped, delayed or scored here."""

import itertools
import re
from collections.abc import Sequence

from binhyen.core.text import fold
from binhyen.language.normalising import Spoken, folded_token

_RUDE_FOLDED = frozenset({
    "dm", "dcm", "dmm", "dkm", "vcl", "vkl", "vl", "clgt", "cmm", "cmn", "dit", "deo", "loz", "lol", "cmnr", "dclm",
})  # fmt: skip
_RUDE_FOLDED_PAIRS = frozenset({
    ("do", "ngu"), ("ngu", "nguc"), ("oc", "cho"), ("an", "hai"), ("mat", "day"), ("me", "may"), ("con", "cac"),
    ("cai", "lon"), ("thang", "cho"), ("do", "cho"), ("du", "ma"), ("vai", "lon"), ("cho", "de"), ("do", "khon"),
})  # fmt: skip
_RUDE_MARKED = frozenset({"ngu", "địt", "đéo", "đĩ", "cặc", "buồi", "cứt", "đụ", "lồn", "ỉa", "khốn", "đếch"})
_ONLY_WITH_MARKS = frozenset({
    ("an", "hai"), ("thang", "cho"), ("do", "cho"), ("cai", "lon"), ("do", "khon"), ("vai", "lon"), ("mat", "day"),
    ("con", "cac"), ("me", "may"), ("cho", "de"),
})  # fmt: skip
_RUDE_ANYWAY = _RUDE_FOLDED_PAIRS - _ONLY_WITH_MARKS
_MARKED_PAIRS = frozenset({
    "ăn hại", "thằng chó", "đồ chó", "cái lồn", "đồ khốn", "vãi lồn", "mất dạy", "con cặc", "mẹ mày", "chó má",
    "chó đẻ", "đồ ngu", "óc chó", "đụ má",
})  # fmt: skip
_PAIRS_BARE = _RUDE_FOLDED_PAIRS | {tuple(fold(pair).split()) for pair in _MARKED_PAIRS}
_WORD = re.compile(r"[^\W\d_]+")


def mask_rude_words(text: str) -> str:
    """Return the text with rude words as first letter and asterisks.

    Words that are only rude with their marks ("ngu", "chó má") are left alone without them.
    """
    out, end = [], 0
    for word in _rude_words(text):
        out.append(text[end : word.start()])
        out.append(word[0][0] + "*" * (len(word[0]) - 1))
        end = word.end()
    return "".join([*out, text[end:]])


def count_rude_words(text: str, words: Sequence[Spoken]) -> int:
    """How many words `mask_rude_words` would mask; tells mere insults from other messages, nothing else.

    `words` are those of the text; most messages are seen to be clean from them at once.
    """
    bare = [word.bare for word in words]
    may_be_rude = (
        not _RUDE_FOLDED.isdisjoint(bare)
        or not _RUDE_MARKED.isdisjoint([word.token for word in words])
        or not _PAIRS_BARE.isdisjoint(itertools.pairwise(bare))
    )
    return len(_rude_words(text)) if may_be_rude else 0


def _rude_words(text: str) -> list[re.Match[str]]:
    found = list(_WORD.finditer(text))
    words = [match[0].lower() for match in found]
    folded = [folded_token(word) for word in words]
    rude = [word in _RUDE_MARKED or (folded[i] in _RUDE_FOLDED and _bare(word)) for i, word in enumerate(words)]
    for i in range(len(words) - 1):
        pair = (folded[i], folded[i + 1])
        if pair in _RUDE_ANYWAY or f"{words[i]} {words[i + 1]}" in _MARKED_PAIRS:
            rude[i] = rude[i + 1] = True
    return [match for match, is_rude in zip(found, rude, strict=True) if is_rude]


def _bare(word: str) -> bool:
    """Written without marks; "đ" does not count."""
    return word.replace("đ", "d") == folded_token(word)
