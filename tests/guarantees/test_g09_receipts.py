"""G9: reporting and following need no account; the code has 53 random bits and is kept as a slow salted hash only."""

import re
import secrets

import pytest
from django.apps import apps
from django.test import Client

from binhyen.cases.models import Case
from binhyen.portal.tests.portal_pages import seed
from binhyen.portal.tests.report_pages import act_on, report_behind, send_report
from binhyen.vault import receipts

pytestmark = pytest.mark.django_db
OWASP_LEAST = ((47_104, 1), (19_456, 2), (12_288, 3), (9_216, 4), (7_168, 5))
"""KiB and passes of Argon2id that OWASP's Password Storage Cheat Sheet names as equally strong."""


@pytest.fixture(autouse=True)
def unit():
    return seed(units_only=True)


def test_sent_and_followed_from_another_browser_without_any_account(client):
    code = send_report(client)
    elsewhere = Client()
    assert "Đã nhận" in report_behind(elsewhere, code)
    assert "Đã nhận phần gửi thêm" in act_on(elsewhere, code, "add", text="Thêm một điều").content.decode()
    assert Case.objects.count() == 1


def test_no_row_holds_the_digits(client):
    digits = re.sub(r"\D", "", send_report(client))
    for model in apps.get_models():
        kept = str(list(model.objects.all().values_list()))
        assert digits not in kept
        assert digits[:16] not in kept


def test_at_least_53_random_bits(monkeypatch):
    asked: list[int] = []
    original = secrets.randbelow
    monkeypatch.setattr(receipts.secrets, "randbelow", lambda most: asked.append(most) or original(most))
    code = receipts.new_code()
    assert asked == [10**16]
    assert 10**16 >= 2**53
    assert len(code) == 18
    with pytest.raises(Exception, match="receipt_wrong"):
        receipts.check_code(code[:-1] + str((int(code[-1]) + 1) % 10))


def test_the_hash_is_slow_and_salted(monkeypatch):
    used = []
    kdf = receipts.nacl.pwhash.argon2id.kdf

    def watched(size, secret, salt, *, opslimit, memlimit):
        used.append((salt, opslimit, memlimit))
        return kdf(size, secret, salt, opslimit=opslimit, memlimit=memlimit)

    monkeypatch.setattr(receipts.nacl.pwhash.argon2id, "kdf", watched)
    assert receipts.hashed("1" * 18) == receipts.hashed("1" * 18) != receipts.hashed("2" * 18)
    salt, operations, memory = used[0]
    assert len(salt) == 16
    assert salt != b"\0" * 16
    assert any(memory >= least * 1024 and operations >= passes for least, passes in OWASP_LEAST)
