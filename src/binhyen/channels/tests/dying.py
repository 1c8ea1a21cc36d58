"""A process of its own that renews tokens and is killed at a chosen step; run with the name of what to do."""
# ruff: noqa: E402, T201 - settings come before imports, and the parent reads what is printed

import hashlib
import json
import os
import signal
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from typing import Any

os.environ["DJANGO_SETTINGS_MODULE"] = "binhyen.settings_test"

import django

django.setup()

from binhyen.channels import tokens
from binhyen.channels.accounts import credentials_for
from binhyen.channels.models import Account
from binhyen.channels.tests.live import Zalo
from binhyen.channels.tests.pages import new_page, new_unit
from binhyen.channels.zalo_oa import oauth
from binhyen.channels.zalo_oa.profile import PageInfo, page_info
from binhyen.core import clock
from binhyen.core.configuration import configuration
from binhyen.core.errors import NotPossible, TryAgain


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def then_die(real: Callable[..., Any]) -> Callable[..., Any]:
    def done(*values: Any, **named: Any) -> None:
        real(*values, **named)
        die()

    return done


def migrate() -> None:
    from django.core.management import call_command

    call_command("migrate", verbosity=0)


def prepare() -> Account:
    """One page with a fresh pair that ends soon."""
    keys = Zalo(configuration().zalo_api_url).keys()
    Account.objects.all().delete()
    return new_page(new_unit(f"xa-{time.time_ns()}"), keys["access_token"], keys["refresh_token"])


def renew_and_die(step: str) -> None:
    account = prepare()
    if step == "mark_not_committed":
        Account.save = then_die(Account.save)
    elif step == "marked":
        oauth.renew = lambda *_: die()
    elif step == "asked":
        oauth.renew = then_die(oauth.renew)
    elif step == "pair_not_committed":
        tokens.keep_pair = then_die(tokens.keep_pair)
    tokens.fresh_credentials(account)
    die()


def attempt(action: Callable[[], object]) -> str:
    try:
        action()
    except (TryAgain, NotPossible) as error:
        return str(error)
    return "renewed"


def afterwards() -> None:
    """What the next process finds and does: at once, when the mark is old, and by hand."""
    account = Account.objects.get()
    found = {"at_once": attempt(lambda: tokens.fresh_credentials(account))}
    with clock.at(clock.now() + timedelta(minutes=3)):
        found["later"] = attempt(lambda: tokens.fresh_credentials(Account.objects.get()))
    account.refresh_from_db()
    found["state"], found["reason"] = account.state, account.state_reason
    found["repeats"] = str(Zalo(configuration().zalo_api_url).http.get("/_sim/state").json()).count("oauth error")
    found["by_hand"] = attempt(lambda: tokens.renew_by_hand(account, 1))
    found["works"] = isinstance(page_info(credentials_for(Account.objects.get())), PageInfo)
    print(json.dumps(found))


def race(spent_hash: str) -> None:
    """Renew together with another process; the hash of the token this one would use."""
    account = Account.objects.get()
    spent = credentials_for(account)["access_token"]
    assert hashlib.sha256(spent.encode()).hexdigest() == spent_hash
    print("ready", flush=True)
    sys.stdin.readline()
    keys = None
    while keys is None:
        with suppress(TryAgain):
            keys = tokens.fresh_credentials(account, spent)
    works = isinstance(page_info(keys), PageInfo)
    print(json.dumps({"token": hashlib.sha256(keys["access_token"].encode()).hexdigest(), "works": works}))


def prepare_race() -> None:
    print(hashlib.sha256(credentials_for(prepare())["access_token"].encode()).hexdigest())


if __name__ == "__main__":
    {
        "migrate": migrate,
        "die": lambda: renew_and_die(sys.argv[2]),
        "afterwards": afterwards,
        "prepare_race": prepare_race,
        "race": lambda: race(sys.argv[2]),
    }[sys.argv[1]]()
