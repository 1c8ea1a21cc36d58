"""Measure the notice of swarms on a stream of messages; the figures of `binhyen evaluate-swarm`."""

from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from binhyen.language.evaluation_rows import RowError, Rows, read_rows, text_field
from binhyen.language.swarms import ENOUGH_SENDERS, WINDOW_S, Swarm, SwarmWatch


@dataclass(frozen=True, slots=True)
class _Row:
    at_s: float
    sender: str
    text: str
    incident: str | int | None


def evaluate_swarms(source: Path | str | Rows) -> dict[str, Any]:
    """Measure on rows with `t_s` (seconds), `sender`, `text` and optionally `incident`.

    - `swarms`: each incident noticed, with `delay_s`, the seconds from its deciding message to the alert. The deciding
      message is the one with which ENOUGH_SENDERS different senders have told of the incident within WINDOW_S seconds.
    - `false_alerts`: alerts about no incident, about several, or about one that has no deciding message.

    Raises `RowError`, naming the line, for rows that cannot be read.
    """
    rows = sorted(_rows(source), key=lambda row: row.at_s)
    deciding = _deciding_messages(rows)
    watch, noticed, false_alerts = SwarmWatch(), dict[str | int, float](), 0
    for number, row in enumerate(rows):
        swarm = watch.add(row.at_s, row.sender, row.text, str(number))
        if swarm is None:
            continue
        incident = _incident_of(swarm, rows)
        if incident is None or incident not in deciding:
            false_alerts += 1
        elif incident not in noticed:
            noticed[incident] = max(0.0, row.at_s - deciding[incident])
    return {
        "swarms": [{"incident": incident, "delay_s": delay} for incident, delay in noticed.items()],
        "false_alerts": false_alerts,
    }


def _rows(source: Path | str | Rows) -> list[_Row]:
    rows = []
    for number, row in read_rows(source):
        at_s, incident = row.get("t_s"), row.get("incident")
        if isinstance(at_s, bool) or not isinstance(at_s, int | float):
            raise RowError(number, '"t_s" must be a number of seconds')
        if not isinstance(row.get("sender"), str | int):
            raise RowError(number, '"sender" must be text or a number')
        if incident is not None and not isinstance(incident, str | int):
            raise RowError(number, '"incident" must be a number, text or null')
        rows.append(_Row(float(at_s), str(row["sender"]), text_field(number, row, "text"), incident))
    return rows


def _deciding_messages(rows: list[_Row]) -> dict[str | int, float]:
    """Time of each incident's deciding message."""
    told: dict[str | int, list[_Row]] = {}
    deciding: dict[str | int, float] = {}
    for row in rows:
        if row.incident is None:
            continue
        told.setdefault(row.incident, []).append(row)
        near = {one.sender for one in told[row.incident] if one.at_s >= row.at_s - WINDOW_S}
        if len(near) >= ENOUGH_SENDERS:
            deciding.setdefault(row.incident, row.at_s)
    return deciding


def _incident_of(swarm: Swarm, rows: list[_Row]) -> str | int | None:
    """The incident of most of its messages, or None when fewer than that are of one."""
    counted = Counter(rows[int(key)].incident for key in swarm.keys)
    incident, most = counted.most_common(1)[0]
    return incident if most * 2 > len(swarm.keys) else None
