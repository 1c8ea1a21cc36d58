"""A look at an unapproved version on the real page of the portal: a sealed address that is good for half an hour."""

import base64
import binascii
import json
from datetime import UTC, datetime, timedelta

from binhyen.core import clock
from binhyen.core.errors import Misconfigured
from binhyen.procedures.catalogue import Procedure
from binhyen.procedures.effective import record_above, typed
from binhyen.procedures.models import ProcedureVersion
from binhyen.procedures.queries import OPEN_STATES
from binhyen.procedures.record import merged
from binhyen.vault.keyring import seal, unseal

LASTS = timedelta(minutes=30)
_PURPOSE = "procedures.preview"


def preview_token(version: ProcedureVersion) -> str:
    """What the address carries; no word of the version."""
    until = (clock.now() + LASTS).timestamp()
    return base64.urlsafe_b64encode(seal(_PURPOSE, json.dumps([version.public_id, until]).encode())).decode()


def previewed(token: str, unit_id: int, procedure_id: str) -> Procedure | None:
    """The unapproved version of this unit and procedure; None for anything else."""
    if not token or len(token) > 300:
        return None
    try:
        public_id, until = json.loads(unseal(_PURPOSE, base64.urlsafe_b64decode(token.encode())))
    except (Misconfigured, ValueError, TypeError, binascii.Error):
        return None
    if datetime.fromtimestamp(until, tz=UTC) < clock.now():
        return None
    found = ProcedureVersion.objects.filter(unit=unit_id, procedure=procedure_id, state__in=OPEN_STATES)
    version = found.select_related("unit").filter(public_id=public_id).first()
    return typed_version(version) if version else None


def typed_version(version: ProcedureVersion) -> Procedure:
    """What residents would be told with this version."""
    record = merged(record_above(version.unit, version.procedure), version.changes)
    return typed(record)
