"""Topics, canned replies and macros of the demo's units."""

from importlib import resources
from typing import Any

from binhyen.core import clock
from binhyen.core.text import fold
from binhyen.core.yaml_text import parsed
from binhyen.inbox.models import CannedReply, Macro, Topic
from binhyen.units.models import Officer, Unit


def seed_replies(unit: Unit) -> None:
    """What a unit has after some weeks of work, approved by the demo's officer. Idempotent by title."""
    source = resources.files("binhyen.data") / "demo" / "inbox.yaml"
    rows: dict[str, Any] = parsed(source.read_text(encoding="utf8"))
    officer = Officer.objects.filter(username="demo").first()
    topics = {
        name: Topic.objects.get_or_create(unit=unit, folded=fold(name), defaults={"name": name})[0]
        for name in rows["topics"]
    }
    now = clock.now()
    replies = {}
    for row in rows["replies"]:
        approved = {
            "text": row["text"],
            "folded": fold(f"{row['title']} {row['text']}"),
            "approved_by": officer,
            "approved_at": now,
        }
        replies[row["title"]], _ = CannedReply.objects.get_or_create(unit=unit, title=row["title"], defaults=approved)
    waiting = rows["waiting_for_approval"]
    CannedReply.objects.get_or_create(
        unit=unit,
        proposed_title=waiting["title"],
        defaults={"proposed_text": waiting["text"], "proposed_by": officer, "proposed_at": now},
    )
    for row in rows["macros"]:
        steps = {
            "topic": topics.get(row.get("topic", "")),
            "canned": replies.get(row.get("reply", "")),
            "assigns": row["assigns"],
            "closes": row["closes"],
            "made_by": officer,
            "made_at": now,
        }
        Macro.objects.get_or_create(unit=unit, name=row["name"], defaults=steps)
