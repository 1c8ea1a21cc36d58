"""Rows of a published case up to a day: pages and their followers, groups, posts, procedures in the unit's words."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from binhyen.channels.models import Account, PageCount, PageCountSource
from binhyen.groups.models import CountSource, Group, GroupCount, GroupKind
from binhyen.outreach.models import Post, PostState
from binhyen.procedures.models import ProcedureVersion, VersionState
from binhyen.procedures.queries import catalogue
from binhyen.units.models import Officer, Unit

COUNT_EVERY = 7
"""Steps between two counts of followers and members; the last step is always counted."""


class Rows:
    """What the rooms know of a case. Everything is brought up to a share, so that a second call adds nothing."""

    def __init__(self, slug: str, told: dict[str, Any], units: Sequence[Unit]) -> None:
        self.slug, self.told, self.units = slug, told, units
        self.homes = units[1:] or units
        """Units that hold groups and write posts: the communes, or the only unit."""

    def one_of_all(self, at: int) -> Unit:
        """The unit a day's total belongs to."""
        return self.homes[at % len(self.homes)]

    def bring_up_to(self, moment: datetime, step: int, steps: int) -> None:
        """Everything there is after `step` of `steps` steps."""
        self._pages(moment, step, steps)
        self._groups(GroupKind.MANUAL, self._group_homes(), moment, step, steps)
        internal = [self.units[0]] * self.told.get("internal_groups", 0)
        self._groups(GroupKind.INTERNAL, internal, moment, step, steps)
        self._posts(moment, step, steps)
        self._procedures(moment, step, steps)

    def _group_homes(self) -> list[Unit]:
        """The unit of each group, in the order they come."""
        if "groups_of_communes" in self.told:
            counts = self.told["groups_of_communes"]
            return [home for home, count in zip(self.homes, counts, strict=True) for _ in range(count)]
        return [self.homes[at % len(self.homes)] for at in range(self.told.get("groups", 0))]

    def _pages(self, moment: datetime, step: int, steps: int) -> None:
        total = self.told.get("pages", 0)
        known = list(Account.objects.filter(external_id__startswith=f"{self.slug}-page-").order_by("pk"))
        new = range(len(known), _reached(total, step, steps) if total > 1 else total)
        known += Account.objects.bulk_create(
            Account(
                unit=self.units[at % len(self.units)],
                connector="zalo_oa",
                external_id=f"{self.slug}-page-{at:03d}",
                name=self.units[at % len(self.units)].short_name,
            )
            for at in new
        )
        if not known or not _is_counted(step, steps):
            return
        followers = _reached(self.told["followers"], step, steps)
        PageCount.objects.bulk_create(
            [
                PageCount(
                    account=page,
                    follower_count=followers * (at + 1) // len(known) - followers * at // len(known),
                    is_verified=True,
                    counted_on=moment.date(),
                    source=PageCountSource.TYPED,
                    created_at=moment,
                )
                for at, page in enumerate(known)
            ],
            ignore_conflicts=True,
        )

    def _groups(self, kind: GroupKind, homes: Sequence[Unit], moment: datetime, step: int, steps: int) -> None:
        if not homes:
            return
        known = list(Group.objects.filter(kind=kind, unit__in=self.units).order_by("pk"))
        known += Group.objects.bulk_create(
            Group(
                unit=homes[at],
                kind=kind,
                name=f"Nhóm {at + 1}",
                link=f"https://zalo.me/g/{self.slug.replace('-', '')}{kind[0]}{at}",
                created_at=moment,
            )
            for at in range(len(known), _reached(len(homes), step, steps))
        )
        members = self.told.get("internal_members") if kind == GroupKind.INTERNAL else None
        if members and known and _is_counted(step, steps):
            members = _reached(members, step, steps)
            GroupCount.objects.bulk_create(
                GroupCount(
                    group=group,
                    unit_id=group.unit_id,
                    member_count=members * (at + 1) // len(known) - members * at // len(known),
                    counted_on=moment.date(),
                    source=CountSource.TYPED,
                    created_at=moment,
                )
                for at, group in enumerate(known)
            )

    def _posts(self, moment: datetime, step: int, steps: int) -> None:
        known = Post.objects.filter(unit__in=self.units).count()
        Post.objects.bulk_create(
            Post(
                unit=self.homes[at % len(self.homes)],
                title=f"Bài {at + 1}",
                state=PostState.SENT,
                version=1,
                published_at=moment,
                finished_at=moment,
                created_at=moment,
                changed_at=moment,
            )
            for at in range(known, _reached(self.told.get("posts", 0), step, steps))
        )

    def _procedures(self, moment: datetime, step: int, steps: int) -> None:
        wanted = _reached(self.told.get("procedures", 0), step, steps)
        if not wanted:
            return
        unit = self.units[0]
        writer, second = (
            Officer.objects.get_or_create(
                username=f"{self.slug}-{n}", defaults={"full_name": name, "is_active": False}
            )[0]
            for n, name in ((1, "Người soạn (mẫu)"), (2, "Người duyệt (mẫu)"))
        )
        names = sorted(one.id for one in catalogue().procedures)[:wanted]
        have = set(ProcedureVersion.objects.filter(unit=unit).values_list("procedure", flat=True))
        ProcedureVersion.objects.bulk_create(
            ProcedureVersion(
                unit=unit,
                procedure=name,
                number=1,
                state=VersionState.APPROVED,
                valid_from=moment.date(),
                drafted_by=writer,
                editors=[writer.pk],
                drafted_at=moment,
                approved_by=second,
                approved_at=moment,
            )
            for name in names
            if name not in have
        )


def _reached(total: int, step: int, steps: int) -> int:
    """How many there are after `step` of `steps` steps; all at the last one."""
    return total * step // steps


def _is_counted(step: int, steps: int) -> bool:
    return step == steps or step % COUNT_EVERY == 1
