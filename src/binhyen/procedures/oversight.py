"""What a unit's own versions ask of the people who keep them: ends that come near, changes above."""

from datetime import date

from binhyen.procedures.completeness import WARN_BEFORE, Task, tasks_for
from binhyen.procedures.effective import catalogue_of, records_above
from binhyen.procedures.queries import own_versions_today
from binhyen.procedures.record import canonical
from binhyen.units.models import Unit
from binhyen.units.scope import Scope

_DATED = frozenset({"ends_soon", "has_ended", "version_ends"})


def endings_for(scope: Scope, unit: Unit, on: date) -> list[Task]:
    """What residents are told that ends within `WARN_BEFORE` or has ended, soonest first; for the duty desk's page."""
    procedures = catalogue_of(unit.pk).procedures
    tasks = [task for one in procedures for task in tasks_for(one, on)] + tasks_of_versions(scope, unit, on)
    return sorted((task for task in tasks if task.code in _DATED), key=lambda task: (task.on or on, task.procedure))


def tasks_of_versions(scope: Scope, unit: Unit, on: date) -> list[Task]:
    """Versions that end within `WARN_BEFORE`, and overridden facts that changed above since. Raises NotAllowed."""
    tasks = []
    above = records_above(unit)
    for name, version in own_versions_today(scope, unit).items():
        if version.valid_to is not None and version.valid_to - on <= WARN_BEFORE:
            tasks.append(Task(name, "version_ends", version.valid_to))
        if name in above:
            fields = changed_above(version.changes, version.above, above[name])
            tasks += [Task(name, "changed_above", field=field) for field in fields]
    return tasks


def changed_above(changes: dict[str, object], then: dict[str, object], now: dict[str, object]) -> list[str]:
    """Keys the unit says differently whose value above is another one than when it wrote its own."""
    present = canonical(now)
    return [key for key in changes if key in then and then[key] != present[key]]
