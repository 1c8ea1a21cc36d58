"""The national list of communes, wards and special zones, with their names before 2025-07-01."""

import csv
import functools
from dataclasses import dataclass
from importlib import resources

from binhyen.core.text import fold


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


def communes_named(words: str, limit: int = 20) -> list[Commune]:
    """Communes whose present name, then whose old name, holds all `words`, marks ignored; at most `limit`."""
    wanted = fold(words).split()
    if not wanted:
        return []
    present, former = [], []
    for commune in communes():
        if _holds(fold(f"{commune.name} {commune.province}"), wanted):
            present.append(commune)
        elif any(_holds(fold(f"{name} {commune.province}"), wanted) for name in commune.old_names):
            former.append(commune)
    return (present + former)[:limit]


def _holds(folded: str, wanted: list[str]) -> bool:
    words = folded.split()
    return all(word in words for word in wanted)
