"""`binhyen doctor` says whether the mail server answers, and how to mend it."""

import json

import pytest

from binhyen.cli.main import main
from binhyen.core.errors import Misconfigured
from binhyen.core.mail import mail_settings
from binhyen.core.tests.post_office import open_post_office

pytestmark = pytest.mark.django_db


def mail_findings(capsys: pytest.CaptureFixture[str]) -> list[tuple[str, str, str]]:
    main(["doctor", "--json"])
    findings = json.loads(capsys.readouterr().out)["findings"]
    return [(one["state"], one["found"], one["mend"]) for one in findings if one["about"] == "mail"]


def use(settings, url: str) -> None:
    _, server = mail_settings(url)
    settings.EMAIL_HOST, settings.EMAIL_PORT = server.host, server.port
    settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD = server.user, server.password
    settings.EMAIL_USE_SSL, settings.EMAIL_USE_TLS = server.is_ssl, server.is_starttls
    settings.DEFAULT_FROM_EMAIL = server.sender or "binhyen@phuong.test"


def test_without_a_mail_server_nothing_is_asked(capsys: pytest.CaptureFixture[str]) -> None:
    assert mail_findings(capsys) == []


def test_a_server_that_takes_our_mail_is_well_and_gets_none(capsys: pytest.CaptureFixture[str], settings) -> None:
    with open_post_office() as office:
        use(settings, f"smtp://127.0.0.1:{office.port}?from=truc@phuong.test")
        found = f"127.0.0.1:{office.port} answers and takes mail from truc@phuong.test"
        assert mail_findings(capsys) == [("ok", found, "")]
    assert not office.letters
    assert "RCPT" not in office.commands


@pytest.mark.parametrize(
    ("url", "answers", "found", "mend"),
    [
        (
            "smtp://u:p@127.0.0.1:{}",
            {"EHLO": b"250-hi\r\n250 AUTH PLAIN", "AUTH": b"535 no"},
            "user and password",
            "Correct them",
        ),
        ("smtp://u:p@127.0.0.1:{}", {}, "the way BINHYEN_EMAIL_URL asks for", "user and password only"),
        ("smtp+tls://127.0.0.1:{}", {}, "the way BINHYEN_EMAIL_URL asks for", "smtp+tls:// for 587"),
        ("smtps://127.0.0.1:{}", {}, "do not agree on encryption", "smtps:// for port 465"),
        ("smtp://127.0.0.1:{}?from=a@refused.test", {}, "take mail from a@refused.test (550)", "?from="),
        ("smtp://127.0.0.1:{}", {"EHLO": b"421 busy", "HELO": b"421 busy"}, "not as a mail server", "its log"),
        ("smtp://127.0.0.1:9", {}, "127.0.0.1:9 does not answer (ConnectionRefusedError)", "firewall"),
    ],
)
def test_what_is_wrong_is_said_with_its_mend(
    url: str,
    answers: dict[str, bytes],
    found: str,
    mend: str,
    capsys: pytest.CaptureFixture[str],
    settings,
) -> None:
    with open_post_office(**answers) as office:
        use(settings, url.format(office.port))
        ((state, words, advice),) = mail_findings(capsys)
    assert state == "wrong"
    assert found in words
    assert mend in advice


def test_a_password_no_mail_server_can_be_told_is_refused_at_the_start() -> None:
    with pytest.raises(Misconfigured, match="without marks"):
        mail_settings("smtp+tls://truc:m%E1%BA%ADt@mail.test")
