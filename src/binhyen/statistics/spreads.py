"""Histograms of minutes: what is stored of a duration, and the percentiles read from them."""

from collections.abc import Mapping

EDGES = (
    *(0, 1, 2, 3, 5, 8, 12, 18, 25, 35, 50, 70, 100, 140, 200, 280, 400, 560, 800, 1_120, 1_600, 2_240, 3_200, 4_480),
    *(6_300, 8_800, 12_300, 17_200, 24_100, 33_700, 47_200, 66_100, 92_500),
)
"""Lower ends of the buckets in minutes; each is about 1.4 times the one before, the last one is open."""


def bucket_of(minutes: float) -> str:
    """Key of the bucket that holds a duration of at least zero minutes."""
    return str(max(edge for edge in EDGES if edge <= max(0.0, minutes)))


def percentile(buckets: Mapping[str, int], share: float) -> float | None:
    """Minutes below which `share` (0 to 1) of the durations lie, read evenly within a bucket; None without any."""
    total = sum(buckets.values())
    if not total:
        return None
    wanted, passed = share * total, 0
    for index, edge in enumerate(EDGES):
        count = buckets.get(str(edge), 0)
        if count and passed + count >= wanted:
            end = EDGES[index + 1] if index + 1 < len(EDGES) else edge * 1.4
            return edge + (end - edge) * (wanted - passed) / count
        passed += count
    return float(EDGES[-1])
