"""Groups, QR codes and posts of the demo."""

from datetime import timedelta
from importlib import resources
from typing import Any

from binhyen.core import clock
from binhyen.core.yaml_text import parsed
from binhyen.groups.models import CountSource, Group, GroupCount, GroupKind, JoinCode
from binhyen.groups.rules import name_for
from binhyen.outreach import library
from binhyen.outreach.models import Post, PostState, Sending
from binhyen.units.models import Area, Membership, Officer, Role, Unit
from binhyen.workflows.publishing import plan


def seed_groups() -> None:
    """The register of the demo's units. Idempotent by link."""
    source = resources.files("binhyen.data") / "demo" / "groups.yaml"
    for of_unit in parsed(source.read_text(encoding="utf8")):
        unit = Unit.objects.get(slug=of_unit["unit"])
        for row in of_unit["groups"]:
            _seed_group(unit, row)


def _seed_group(unit: Unit, row: dict[str, Any]) -> None:
    area = Area.objects.filter(unit=unit, name=row["area"]).first()
    group, is_new = Group.objects.get_or_create(
        unit=unit,
        link=f"https://zalo.me/g/{row['link']}",
        defaults={
            "area": area,
            "kind": row.get("kind", GroupKind.MANUAL),
            "name": row.get("name") or name_for(row["area"]),
            "admin_role": row.get("admin_role", ""),
            "created_at": clock.now(),
        },
    )
    if is_new and "households" in row:
        GroupCount.objects.create(
            group=group,
            unit=unit,
            household_count=row["households"],
            member_count=row["members"],
            counted_on=clock.today() - timedelta(days=row["days_ago"]),
            source=CountSource.TYPED,
            created_at=clock.now(),
        )
    if row.get("code"):
        JoinCode.objects.get_or_create(
            code=row["code"],
            defaults={
                "unit": unit,
                "area": area,
                "group": group,
                "batch": "P-2026-001",
                "printed_on": clock.today() - timedelta(days=30),
                "created_at": clock.now(),
            },
        )


def seed_posts() -> None:
    """Posts of the demo, written by one invented officer and approved by another. Idempotent by public id."""
    source = resources.files("binhyen.data") / "demo" / "posts.yaml"
    for row in parsed(source.read_text(encoding="utf8")):
        if not Post.objects.filter(public_id=row["public_id"]).exists():
            _seed_post(Unit.objects.get(slug=row["unit"]), row)


def _seed_post(unit: Unit, row: dict[str, Any]) -> None:
    starter = library.starter(row["starter"])
    if starter is None:
        raise LookupError(row["starter"])
    at = clock.now() - timedelta(days=row["days_ago"], minutes=20)
    writer = _officer(unit, f"may-{unit.slug}", "Đ/c Mây (dùng thử)", Role.PAGE_EDITOR)
    second = _officer(unit, f"quang-{unit.slug}", "Đ/c Quang (dùng thử)", Role.COMMANDER)
    is_out = row["state"] != PostState.REVIEW
    post = Post.objects.create(
        public_id=row["public_id"],
        unit=unit,
        kind=starter.kind,
        title=starter.title,
        what=starter.what,
        signs=starter.signs,
        todo=starter.todo,
        channels=["portal", "manual"],
        state=PostState.APPROVED if is_out else PostState.REVIEW,
        version=1,
        author=writer,
        submitted_at=at,
        approver=second if is_out else None,
        approved_at=at if is_out else None,
        send_at=at if is_out else None,
        published_at=at if is_out else None,
        created_at=at,
        changed_at=at,
    )
    if is_out:
        plan(post)
        done = Sending.objects.filter(post=post, channel="manual")
        if row["state"] == PostState.SENT:
            done.update(state="sent", officer=writer, finished_at=at + timedelta(minutes=4))
        Post.objects.filter(pk=post.pk).update(state=row["state"])


def _officer(unit: Unit, username: str, name: str, role: Role) -> Officer:
    officer, _ = Officer.objects.get_or_create(username=username, defaults={"full_name": name})
    Membership.objects.get_or_create(unit=unit, officer=officer, role=role)
    return officer
