"""G18: the heads of all chains are anchored every day; a cut or rewritten chain does not fit an anchor from outside."""

import json
from datetime import timedelta

import pytest
from django.core import mail
from django.db import connection

from binhyen.audit import actions, anchors, guards
from binhyen.audit.anchor_mail import mail_anchors
from binhyen.audit.models import AuditAnchor, AuditHead, AuditRow
from binhyen.audit.verification import verify_chain
from binhyen.cli.doctor_audit import audit_findings
from binhyen.cli.main import main
from binhyen.core import clock
from binhyen.core.configuration import configuration
from binhyen.core.errors import Misconfigured


@pytest.fixture
def outside(db, tmp_path):
    """A copy of today's anchor file, carried away, of two chains."""
    for number in range(6):
        actions.record(7, "case.read", actor_key=1, subject=f"c{number}")
    actions.record(8, "case.read", actor_key=2)
    anchor = anchors.anchor_today()
    assert anchor is not None
    assert anchor.is_sound
    copy = tmp_path / "anchor.json"
    copy.write_bytes((anchors.anchors_folder() / f"{anchor.day}.json").read_bytes())
    return copy


def test_one_anchor_a_day(outside):
    assert anchors.anchor_today() is None
    with clock.at(clock.now() + timedelta(days=1)):
        assert anchors.anchor_today() is not None
    assert AuditAnchor.objects.count() == 2


def test_the_chains_may_go_on_and_still_fit(outside, capsys):
    actions.record(7, "case.read", actor_key=1)
    assert main(["verify-audit", "--anchor", str(outside)]) == 0


def test_a_cut_that_also_mends_the_head_is_seen(outside, capsys):
    guards.take_down(connection)
    AuditRow.objects.filter(unit_key=7, sequence__gt=4).delete()
    last = AuditRow.objects.get(unit_key=7, sequence=4)
    AuditHead.objects.filter(unit_key=7).update(sequence=4, row_hash=last.row_hash)
    guards.put_up(connection)
    assert verify_chain(7) == (4, None)
    assert main(["verify-audit", "--anchor", str(outside)]) == 1
    assert "unit 7, row 6: cut off since the anchor" in capsys.readouterr().err


def test_a_chain_written_anew_from_a_row_on_is_seen(outside):
    guards.take_down(connection)
    link = AuditRow.objects.get(unit_key=7, sequence=2).row_hash
    for row in AuditRow.objects.filter(unit_key=7, sequence__gt=2).order_by("sequence"):
        row.actor_key, row.previous_hash = 5, link
        link = row.row_hash = actions.row_hash(row)
        row.save()
    AuditHead.objects.filter(unit_key=7).update(row_hash=link)
    guards.put_up(connection)
    assert verify_chain(7) == (6, None)
    (bad,) = anchors.compare_with_file(outside).bad
    assert (bad.unit_key, bad.sequence, bad.why) == (7, 6, "changed since the anchor")


def test_a_whole_chain_that_vanished_is_seen(outside):
    guards.take_down(connection)
    AuditRow.objects.filter(unit_key=8).delete()
    AuditHead.objects.filter(unit_key=8).delete()
    guards.put_up(connection)
    (bad,) = anchors.compare_with_file(outside).bad
    assert bad.unit_key == 8


@pytest.mark.parametrize("content", ["", "[]", '{"heads": [[1]]}', '{"heads": [], "digest": "x"}'])
def test_a_file_that_is_no_anchor_says_so(db, tmp_path, content, capsys):
    file = tmp_path / "a.json"
    file.write_text(content)
    assert main(["verify-audit", "--anchor", str(file)]) == 1
    assert str(file) in capsys.readouterr().err


def test_an_altered_anchor_says_so(outside, capsys):
    told = json.loads(outside.read_text())
    told["heads"][0][1] = 3
    outside.write_text(json.dumps(told))
    assert main(["verify-audit", "--anchor", str(outside)]) == 1
    assert "altered" in capsys.readouterr().err


def test_the_line_on_paper_is_the_one_of_the_file(outside, capsys):
    assert main(["verify-audit", "--line"]) == 0
    line = capsys.readouterr().out.strip()
    assert json.loads(outside.read_text())["line"] == line
    assert line.isascii()
    assert len(line) < 130


def test_an_anchor_of_a_broken_chain_says_that_it_is_broken(db):
    actions.record(7, "case.read", actor_key=1)
    guards.take_down(connection)
    AuditRow.objects.update(actor_key=9)
    guards.put_up(connection)
    anchor = anchors.anchor_today()
    assert anchor is not None
    assert not anchor.is_sound


@pytest.fixture
def mailed_to(monkeypatch):
    monkeypatch.setenv("BINHYEN_EMAIL_URL", "smtp://127.0.0.1:9")
    monkeypatch.setenv("BINHYEN_ANCHOR_MAIL_TO", "luu@khac.example,cap-tren@tinh.example")
    configuration.cache_clear()
    yield
    monkeypatch.undo()
    configuration.cache_clear()


def test_the_anchor_over_all_units_leaves_by_mail_once_and_its_file_can_be_compared(mailed_to, outside, tmp_path):
    assert (mail_anchors(), mail_anchors()) == (1, 0)
    (letter,) = mail.outbox
    assert letter.to == ["luu@khac.example", "cap-tren@tinh.example"]
    assert anchors.printable(AuditAnchor.objects.get()) in letter.body
    ((_, content, _),) = letter.attachments
    assert content == outside.read_text()
    copy = tmp_path / "from-mail.json"
    copy.write_text(content)
    assert anchors.compare_with_file(copy).bad == ()
    assert "case.read" not in letter.body + content


def test_a_dead_mail_server_is_tried_again_and_doctor_says_so(mailed_to, outside, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9  # nothing listens there
    assert mail_anchors() == 0
    with clock.at(clock.now() + timedelta(hours=2)):
        assert "was not mailed" in str(list(audit_findings()))
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    assert mail_anchors() == 1


def test_without_the_setting_nothing_leaves(outside):
    assert mail_anchors() == 0
    assert mail.outbox == []


@pytest.mark.parametrize("given", [{"BINHYEN_EMAIL_URL": ""}, {"BINHYEN_ANCHOR_MAIL_TO": "khong-phai-thu"}])
def test_a_half_setting_stops_the_start(mailed_to, monkeypatch, given):
    for name, value in given.items():
        monkeypatch.setenv(name, value)
    configuration.cache_clear()
    with pytest.raises(Misconfigured, match="ANCHOR_MAIL_TO"):
        configuration()
