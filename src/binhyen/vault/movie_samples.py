"""Where the samples of a film's track lie in the file (ISO/IEC 14496-12, sections 8.7.3 to 8.7.5)."""

import struct
from collections.abc import Iterator, Mapping

from binhyen.core.errors import NotPossible

_MOST_SAMPLES = 5_000_000


def sample_ranges(tables: Mapping[bytes, bytes], file_bytes: int) -> Iterator[tuple[int, int]]:
    """Begin and end of each chunk of a track, from its tables stsc, stsz and stco or co64.

    Raises NotPossible("media_type") when they point outside the file.
    """
    try:
        offsets = _offsets(tables)
        per_chunk = _samples_per_chunk(tables.get(b"stsc", b""), len(offsets))
        sizes = _sizes(tables.get(b"stsz", b""))
    except struct.error:
        raise NotPossible("media_type") from None
    sample = 0
    for offset, count in zip(offsets, per_chunk, strict=True):
        end = offset + sum(sizes(sample + n) for n in range(count))
        sample += count
        if sample > _MOST_SAMPLES or end > file_bytes:
            raise NotPossible("media_type")
        yield offset, end


def _offsets(tables: Mapping[bytes, bytes]) -> tuple[int, ...]:
    table, width = (tables[b"co64"], "Q") if b"co64" in tables else (tables.get(b"stco", bytes(8)), "I")
    (count,) = struct.unpack_from(">I", table, 4)
    if count > len(table):
        raise NotPossible("media_type")
    return struct.unpack_from(f">{count}{width}", table, 8)


def _samples_per_chunk(table: bytes, chunks: int) -> list[int]:
    """Runs of "from this chunk on so many samples", written out for each chunk."""
    if not chunks:
        return []
    (runs,) = struct.unpack_from(">I", table, 4)
    counts = [0] * chunks
    for run in range(min(runs, len(table))):
        first, samples, _ = struct.unpack_from(">III", table, 8 + 12 * run)
        if not 1 <= first <= chunks or samples > _MOST_SAMPLES:
            raise NotPossible("media_type")
        counts[first - 1 :] = [samples] * (chunks - first + 1)
    return counts


class _sizes:  # noqa: N801 - reads as a function
    """Size in bytes of a sample by its number, from 0; one size for all, or a list."""

    def __init__(self, table: bytes) -> None:
        one, count = struct.unpack_from(">II", table, 4) if table else (0, 0)
        if not one and count > len(table):
            raise NotPossible("media_type")
        self._one: int = one
        self._each = () if one else struct.unpack_from(f">{count}I", table, 12)

    def __call__(self, sample: int) -> int:
        if self._one:
            return self._one
        return int(self._each[sample]) if sample < len(self._each) else 0
