"""Times at which a conversation put aside comes back."""

from datetime import datetime, time, timedelta

from binhyen.core.clock import VIETNAM

MORNING = time(7, 30)
AFTERNOON = time(13, 30)


def usual_times(now: datetime) -> dict[str, datetime]:
    """Choices offered: name of the text -> moment, all in the future."""
    here = now.astimezone(VIETNAM)
    tomorrow = here.date() + timedelta(days=1)
    monday = here.date() + timedelta(days=7 - here.weekday())
    choices = {
        "hour": here + timedelta(hours=1),
        "afternoon": datetime.combine(here.date(), AFTERNOON, VIETNAM),
        "tomorrow": datetime.combine(tomorrow, MORNING, VIETNAM),
        "monday": datetime.combine(monday, MORNING, VIETNAM),
    }
    return {name: at for name, at in choices.items() if at > here + timedelta(minutes=30)}


def typed_time(day: str, hour: str) -> datetime | None:
    """A day as 2026-11-30 or 30/11/2026 with a time as 08:30; None for anything else."""
    for form in ("%Y-%m-%d %H:%M", "%d/%m/%Y %H:%M"):
        try:
            return datetime.strptime(f"{day.strip()} {hour.strip() or '07:30'}", form).replace(tzinfo=VIETNAM)
        except ValueError:
            continue
    return None
