"""G2: a stolen database together with settings, secret key and even the key ring reveals no identity."""

import inspect

import pytest

from binhyen.cases import reports, unsealing
from binhyen.cases.tests.factories import WORDS, agree, ask_for, make_named_case
from binhyen.core.errors import BinhYenError, Misconfigured
from binhyen.vault import content_keys, identities, keyring, passphrases
from binhyen.vault.models import CustodianKey, IdentityShare
from tests.guarantees.sealed_station import station_with_key

pytestmark = pytest.mark.django_db
NAME = "Nguyễn Thị Kín".encode()


def purposes() -> list[str]:
    """Every purpose the code names, and those made from a unit's number."""
    return [
        "files",
        "case.route",
        "custodian.key",
        "identity.given_share",
        "case.content:1",
        "portal.thread",
        "channel.keys",
    ]


def test_no_function_that_decrypts_opens_an_identity(monkeypatch):
    station = station_with_key(monkeypatch)
    case = make_named_case(station.unit)
    stolen = [bytes(case.sealed_identity), *(bytes(row.sealed_share) for row in IdentityShare.objects.all())]
    stolen += [bytes(row.locked_private_key) for row in CustodianKey.objects.all()]
    case_key = reports.key_of(case)

    opened = []
    for blob in stolen:
        for purpose in [*purposes(), reports.content_purpose(station.unit.pk)]:
            try:
                opened.append(keyring.unseal(purpose, blob))
            except Misconfigured:
                continue
        for key in (case_key, keyring.purpose_key(reports.content_purpose(station.unit.pk))):
            with pytest.raises(BinhYenError):
                content_keys.open_under(key, f"case:{case.public_id}:report", blob)
            with pytest.raises(BinhYenError):
                identities.open_with(key, blob)
    assert len(opened) == 2  # the outer wrapping of two custodians' keys: passphrases still stand before them
    assert not any(NAME in plain for plain in opened)


def test_the_list_of_decrypting_functions_is_whole():
    """A new function that opens something has to be tried above."""
    found = {
        name
        for module in (keyring, content_keys, identities, passphrases)
        for name, function in inspect.getmembers(module, inspect.isfunction)
        if function.__module__ == module.__name__ and "decrypt" in inspect.getsource(function)
    }
    assert found == {"unseal", "open_under", "open_with", "share_of", "open_identity", "unlock"}


def test_while_it_is_open_the_database_alone_still_shows_nothing(monkeypatch):
    station = station_with_key(monkeypatch)
    opening, private = ask_for(station, make_named_case(station.unit))
    opening = agree(station, opening)
    for purpose in purposes():
        with pytest.raises(Misconfigured):
            keyring.unseal(purpose, bytes(opening.sealed_view))
    assert unsealing.show(station.scope(), opening, private).name == NAME.decode()


def test_the_envelope_is_authenticated(monkeypatch):
    station = station_with_key(monkeypatch)
    case = make_named_case(station.unit)
    for place in (0, 40, -1):
        broken = bytearray(case.sealed_identity)
        broken[place] ^= 1
        case.sealed_identity = bytes(broken)
        case.save()
        opening, _ = ask_for(station, case)
        with pytest.raises(Misconfigured, match="damaged"):
            agree(station, opening)
        unsealing.refuse(station.scope(), opening, station.duty)
        broken[place] ^= 1
        case.sealed_identity = bytes(broken)


def test_trying_passphrases_is_slow():
    assert passphrases.ARGON2_MEMORY_BYTES >= 256 * 1024 * 1024
    assert passphrases.ARGON2_OPERATIONS >= 3
    assert passphrases.FEWEST_WORDS >= 4
    assert passphrases.check_passphrase(WORDS) == WORDS
