"""Prepares units and an officer's session for the benchmark of reports, and counts what was stored.

`python -m bench.report_worker prepare N` prints the session's cookie; `... stored` prints the numbers found in the
opened reports and how many have their photo; `... case` prints the address of one case with a long history.
"""

import json
import os
import re
import sys
from collections.abc import Callable
from typing import Any

OFFICER = "truc"


def prepare(units: int) -> dict[str, Any]:
    """Units xa-0 ... and one duty officer of the first who is signed in."""
    from binhyen.units.models import Unit, UnitKind
    from binhyen.vault.keyring import create_keyring

    create_keyring()
    made = [
        Unit.objects.create(
            kind=UnitKind.COMMUNE_POLICE, name=f"Công an xã {n}", short_name="Công an xã", slug=f"xa-{n}"
        )
        for n in range(units)
    ]
    return {"cookie": _session(made[0])}


def _session(unit: Any) -> str:
    """Cookie of a duty officer who has signed in with password and code just now, as a browser does."""
    from django.conf import settings
    from django.test import Client

    from binhyen.console.tests.factories import make_officer, sign_in

    officer = make_officer(unit, OFFICER)
    client = sign_in(officer, Client(headers={"host": "127.0.0.1"}))
    return f"{settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}"


def stored() -> dict[str, Any]:
    """Numbers of the stored reports, each as often as it is stored, and of those without a photo."""
    from binhyen.cases.models import Case
    from binhyen.cases.reports import key_of, report_in

    numbers, without = [], []
    for case in Case.objects.prefetch_related("files"):
        found = re.search(r"\d+", report_in(case, key_of(case)).text)
        number = int(found[0]) if found else -1
        numbers.append(number)
        if len(case.files.all()) != 1:
            without.append(number)
    return {"numbers": numbers, "without_photo": without}


def case() -> dict[str, Any]:
    """Address of the first unit's newest case, given thirty notes and the suggestions of the worker."""
    from binhyen.cases import actions
    from binhyen.cases.incidents.comparing import compare_waiting
    from binhyen.cases.models import Case
    from binhyen.units.models import Officer
    from binhyen.units.scope import scope_of

    while compare_waiting():
        pass
    found = Case.objects.filter(unit__slug="xa-0").order_by("-pk")[0]
    scope = scope_of(Officer.objects.get(username=OFFICER))
    for number in range(30):
        actions.add_note(scope, found, f"Ghi chú {number}")
    return {"path": f"/console/cases/{found.public_id}/"}


def main() -> None:
    """Do what the first argument says."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "binhyen.settings"
    import django

    django.setup()
    name, *rest = sys.argv[1:]
    work: dict[str, Callable[..., dict[str, Any]]] = {"prepare": prepare, "stored": stored, "case": case}
    sys.stdout.write(json.dumps(work[name](*map(int, rest))) + "\n")


if __name__ == "__main__":
    main()
