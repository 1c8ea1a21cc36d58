"""The national list of communes, wards and special zones, with their names before 2025-07-01."""

import csv
import functools
from dataclasses import dataclass
from importlib import resources
from typing import NamedTuple

from binhyen.core.text import fold, nfc

ISLAND_ZONES = {"20333": "Hoàng Sa", "22736": "Trường Sa"}
"""The special zones of the archipelagos, of Đà Nẵng and of Khánh Hòa, by code: on every map of the nation, named."""


@dataclass(frozen=True, slots=True)
class Commune:
    """One of 3,321 commune-level units (data/units/README.md)."""

    code: str
    name: str
    """With its kind: "Xã Thạch Hà"."""
    province_code: str
    province: str
    latitude: float
    longitude: float
    old_names: tuple[str, ...]
    """"Xã Thạch Sơn, Huyện Thạch Hà" and so on."""


@functools.cache
def communes() -> tuple[Commune, ...]:
    """All communes in the order of their codes; read once, 0.6 MB."""
    file = resources.files("binhyen.data") / "units" / "communes.csv"
    with file.open(encoding="utf8") as handle:
        return tuple(
            Commune(
                code=row["code"],
                name=row["name"],
                province_code=row["province_code"],
                province=row["province"],
                latitude=float(row["latitude"]),
                longitude=float(row["longitude"]),
                old_names=tuple(row["old_names"].split("|")) if row["old_names"] else (),
            )
            for row in csv.DictReader(handle)
        )


def commune_by_code(code: str) -> Commune | None:
    """The commune with this national code."""
    return next((commune for commune in communes() if commune.code == code), None)


_SHORT = {"p": "phuong", "x": "xa", "tt": "thi tran", "tx": "thi xa", "q": "quan", "h": "huyen", "tp": "thanh pho"}
_KINDS = ("dac khu", "thi tran", "phuong", "xa")
_KIND_WORDS = frozenset({"phuong", "xa", "thi", "tran", "quan", "huyen", "thanh", "pho", "dac", "khu"})


@functools.cache
def former_provinces() -> dict[str, tuple[str, ...]]:
    """Provinces by their present name, with those that went up in them on 2025-07-01."""
    file = resources.files("binhyen.data") / "units" / "provinces.csv"
    with file.open(encoding="utf8") as handle:
        return {row["province"]: tuple(row["former_names"].split("|")) for row in csv.DictReader(handle)}


class _Searched(NamedTuple):
    """A commune with its names in search form."""

    commune: Commune
    present: str
    former: tuple[str, ...]
    """Old commune and district."""
    province: str
    """Its province and those that went up in it."""


@functools.cache
def _searched() -> tuple[_Searched, ...]:
    return tuple(
        _Searched(
            each,
            fold(each.name),
            tuple(fold(name) for name in each.old_names),
            fold(" ".join([each.province, *former_provinces().get(each.province, ())])),
        )
        for each in communes()
    )


def communes_named(words: str, limit: int = 20) -> list[Commune]:
    """Communes whose present or old name, district and province (old ones too) hold all `words`; at most `limit`.

    Marks are not needed, "P.", "Q.", "TT" are understood, a national code finds its commune. Those called just so come
    first, present names before old ones, then those whose own name holds the words, then the others; of equal ones
    those with the marks that were typed. A wrong kind ("huyện" of what was a quận) is left out where it finds nothing.
    """
    typed = fold(words).split()
    if len(typed) == 1 and (coded := commune_by_code(typed[0])):
        return [coded]
    wanted = " ".join(_SHORT.get(word, word) if len(typed) > 1 else word for word in typed).split()
    if not wanted:
        return []
    found = _found(wanted, words) or _found([word for word in wanted if word not in _KIND_WORDS], words)
    return [_searched()[number].commune for _, _, number in sorted(found)[:limit]]


def _found(wanted: list[str], words: str) -> list[tuple[int, bool, int]]:
    """Rank, whether the marks differ, and number of each commune that holds all `wanted`."""
    if not wanted:
        return []
    marked = nfc(words).casefold().strip()
    return [
        (rank, marked not in f"{one.commune.name}|{'|'.join(one.commune.old_names)}".casefold(), number)
        for number, one in enumerate(_searched())
        if (rank := _rank(one, wanted)) is not None
    ]


def _rank(one: _Searched, wanted: list[str]) -> int | None:
    """0 for the best, None for no match."""
    province = one.province.split()
    ranks = [_rank_of(name, province, wanted) for name in (one.present, *one.former)]
    present, former = ranks[0], [rank for rank in ranks[1:] if rank is not None]
    found = ([2 * present] if present is not None else []) + [2 * rank + 1 for rank in former]
    return min(found, default=None)


def _rank_of(name: str, province: list[str], wanted: list[str]) -> int | None:
    """0: called so; 1: begins with the words; 2: holds them; 3: only with its district or province."""
    whole = name.split()
    if not all(word in whole or word in province for word in wanted):
        return None
    asked = " ".join(wanted)
    bare, asked_bare = _without_kind(name), _without_kind(asked)
    if asked in (name, bare):
        return 0
    if f"{bare} ".startswith(f"{asked_bare} ") or f"{asked_bare} ".startswith(f"{bare} "):
        return 1
    return 2 if f" {asked_bare} " in f" {name} " else 3


def _without_kind(name: str) -> str:
    return next((name.removeprefix(f"{kind} ") for kind in _KINDS if name.startswith(f"{kind} ")), name)
