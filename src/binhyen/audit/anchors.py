"""The heads of all chains, once a day, as one line and one file to keep outside the machine (G18)."""

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path

from binhyen.audit.models import AuditAnchor, AuditHead, AuditRow, AuditSegment
from binhyen.audit.verification import BadRow, verify_all
from binhyen.core import clock
from binhyen.core.configuration import configuration
from binhyen.core.errors import Misconfigured

Head = tuple[int, int, str]
_GROUP = 8


def anchor_today() -> AuditAnchor | None:
    """Make today's anchor once, by the date of Vietnam: walk every chain, keep the heads, write them to a file.

    None when today's is there already.
    """
    day = clock.today()
    if AuditAnchor.objects.filter(day=day).exists():
        return None
    is_sound = all(bad is None for _, _, bad in verify_all())
    heads: list[list[int | str]] = [
        [*head] for head in AuditHead.objects.order_by("unit_key").values_list("unit_key", "sequence", "row_hash")
    ]
    anchor, is_new = AuditAnchor.objects.get_or_create(
        day=day, defaults={"made_at": clock.now(), "heads": heads, "digest": digest_of(heads), "is_sound": is_sound}
    )
    if is_new:
        _write(anchor)
    return anchor if is_new else None


def latest_anchor() -> AuditAnchor | None:
    """The youngest anchor on this machine."""
    return AuditAnchor.objects.order_by("-day").first()


def digest_of(heads: list[list[int | str]]) -> str:
    """SHA-256 in hex over the heads, as written in the file."""
    return hashlib.sha256(json.dumps(heads, separators=(",", ":")).encode()).hexdigest()


def printable(anchor: AuditAnchor) -> str:
    """One line to print, read aloud or publish."""
    grouped = " ".join(anchor.digest[at : at + _GROUP] for at in range(0, len(anchor.digest), _GROUP))
    return f"Binh Yen {anchor.day.isoformat()}  {len(anchor.heads)} units  {grouped}"


def file_text(anchor: AuditAnchor) -> str:
    """The anchor as a file, for `compare_with_file`."""
    told = {"day": anchor.day.isoformat(), "line": printable(anchor), "digest": anchor.digest, "heads": anchor.heads}
    return json.dumps(told, indent=1)


def anchors_folder() -> Path:
    """Where the files lie until an operator carries them away."""
    return configuration().data_dir / "anchors"


@dataclass(frozen=True, slots=True)
class Comparison:
    """What an anchor from outside says about the chains here."""

    day: str
    chains: int
    bad: tuple[BadRow, ...]


def compare_with_file(path: Path) -> Comparison:
    """Compare every chain with an anchor file kept outside. Raises Misconfigured when it is none or altered."""
    try:
        found = json.loads(path.read_text(encoding="utf8"))
        heads = [(int(unit), int(sequence), str(row_hash)) for unit, sequence, row_hash in found["heads"]]
    except (ValueError, KeyError, TypeError, UnicodeDecodeError) as error:
        raise Misconfigured(f"{path} is not an anchor file of this product.") from error
    if digest_of([list(head) for head in heads]) != found.get("digest"):
        raise Misconfigured(f"{path} has been altered: its digest does not fit its heads.")
    bad = tuple(fault for head in heads if (fault := _compared(*head)))
    return Comparison(str(found.get("day", "")), len(heads), bad)


def _compared(unit_key: int, sequence: int, row_hash: str) -> BadRow | None:
    aged = AuditSegment.objects.filter(unit_key=unit_key).first()
    if aged and sequence < aged.last_sequence:
        return None  # that part has been aged out since
    if aged and sequence == aged.last_sequence:
        return None if aged.last_hash == row_hash else BadRow(unit_key, sequence, "changed since the anchor")
    row = AuditRow.objects.filter(unit_key=unit_key, sequence=sequence).first()
    if row is None:
        return BadRow(unit_key, sequence, "cut off since the anchor")
    return None if row.row_hash == row_hash else BadRow(unit_key, sequence, "changed since the anchor")


def _write(anchor: AuditAnchor) -> None:
    folder = anchors_folder()
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    (folder / f"{anchor.day.isoformat()}.json").write_text(file_text(anchor), encoding="utf8")
