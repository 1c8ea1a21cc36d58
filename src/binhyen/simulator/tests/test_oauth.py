"""OAuth v4: consent, PKCE, single use, lives of tokens, the lost answer."""

import base64
import hashlib
import re
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest

from binhyen.simulator.oauth import challenge_of
from binhyen.simulator.tests.driver import APP, APP_SECRET, DAY_S, HOUR_S, OA, OA_2, Driver

CALLBACK = "http://127.0.0.1:1/callback"
VERIFIER = "v" * 43


def consent(sim: Driver, oa_id: str = OA, **changes: str) -> httpx.Response:
    """Agree on the permission page."""
    fields = {
        "app_id": APP,
        "redirect_uri": CALLBACK,
        "code_challenge": challenge_of(VERIFIER),
        "state": "s & t",
        "oa_id": oa_id,
    }
    return sim.http.post("/v4/oa/permission", data=fields | changes)


def code_from(answer: httpx.Response) -> str:
    """The code of a redirect."""
    assert answer.status_code == 302
    return parse_qs(urlsplit(answer.headers["location"]).query)["code"][0]


def token_call(sim: Driver, secret: str = APP_SECRET, **fields: str) -> dict[str, Any]:
    """The token endpoint."""
    answer = sim.http.post("/v4/oa/access_token", data={"app_id": APP, **fields}, headers={"secret_key": secret})
    assert answer.status_code == 200
    return answer.json()


def exchange(sim: Driver, code: str, verifier: str = VERIFIER) -> dict[str, Any]:
    """Exchange a code."""
    return token_call(sim, grant_type="authorization_code", code=code, code_verifier=verifier)


def refresh(sim: Driver, token: str) -> dict[str, Any]:
    """Refresh."""
    return token_call(sim, grant_type="refresh_token", refresh_token=token)


def works(sim: Driver, token: str) -> tuple[int, str]:
    """What a harmless call answers with this token."""
    sim.token = token
    answer = sim.get("/v2.0/oa/getoa")
    return answer["error"], answer["message"]


def test_challenge_of_the_published_vector() -> None:
    assert challenge_of(VERIFIER) == "7w_YNF9DSfIdPf_pRjSq646_kPr-2-o9NAl16JGghdM"
    digest = hashlib.sha256(VERIFIER.encode()).digest()
    assert challenge_of(VERIFIER) == base64.urlsafe_b64encode(digest).decode().rstrip("=")


def test_permission_page_offers_every_page_and_escapes(sim: Driver) -> None:
    asked = {"app_id": APP, "redirect_uri": CALLBACK, "state": '"><script>'}
    page = sim.http.get("/v4/oa/permission", params=asked)
    assert page.status_code == 200
    assert OA in page.text
    assert OA_2 in page.text
    assert "<script>" not in page.text


def test_consent_returns_code_page_and_state(sim: Driver) -> None:
    query = parse_qs(urlsplit(consent(sim, OA_2).headers["location"]).query)
    assert query["oa_id"] == [OA_2]
    assert query["state"] == ["s & t"]
    assert set(query) == {"code", "oa_id", "state"}


def test_automatic_consent_redirects_at_once(sim: Driver) -> None:
    sim.do("settings", consent_automatic=True)
    asked = {"app_id": APP, "redirect_uri": CALLBACK, "code_challenge": challenge_of(VERIFIER)}
    code = code_from(sim.http.get("/v4/oa/permission", params=asked))
    assert "access_token" in exchange(sim, code)


@pytest.mark.parametrize(
    ("changes", "code"),
    [({"app_id": "7"}, "-14002"), ({"redirect_uri": "nowhere"}, "-14003"), ({"oa_id": "9"}, "-14012")],
)
def test_wrong_consent_shows_the_code_on_a_page(sim: Driver, changes: dict[str, str], code: str) -> None:
    answer = consent(sim, **changes)
    assert answer.status_code == 200
    assert re.search(rf"<h1>{code} ", answer.text)


def test_exchange_gives_a_working_pair(sim: Driver) -> None:
    answer = exchange(sim, code_from(consent(sim)))
    assert set(answer) == {"access_token", "refresh_token", "expires_in"}
    assert answer["expires_in"] == "90000"
    assert works(sim, answer["access_token"]) == (0, "Success")


def test_expires_in_can_be_a_number(sim: Driver) -> None:
    sim.do("settings", expires_in="number")
    assert exchange(sim, code_from(consent(sim)))["expires_in"] == 90000


def test_code_works_once(sim: Driver) -> None:
    code = code_from(consent(sim))
    exchange(sim, code)
    again = exchange(sim, code)
    assert again["error"] == -14004
    assert set(again) == {"error", "error_name", "error_reason", "error_description", "ref_doc"}


def test_code_dies_after_ten_minutes(sim: Driver) -> None:
    young, old = code_from(consent(sim)), code_from(consent(sim))
    sim.advance(599)
    assert "access_token" in exchange(sim, young)
    sim.advance(2)
    assert exchange(sim, old)["error"] == -14004


@pytest.mark.parametrize("verifier", ["w" * 43, "v" * 42, "", "v" * 42 + "-"])
def test_wrong_verifier_is_refused_and_burns_the_code(sim: Driver, verifier: str) -> None:
    code = code_from(consent(sim))
    assert exchange(sim, code, verifier)["error"] == -14004
    assert exchange(sim, code)["error"] == -14004


def test_strict_mode_needs_a_challenge(sim: Driver) -> None:
    code = code_from(consent(sim, code_challenge=""))
    assert exchange(sim, code)["error"] == -14004


def test_wrong_secret_wrong_app_and_wrong_grant(sim: Driver) -> None:
    code = code_from(consent(sim))
    asked = {"grant_type": "authorization_code", "code": code, "code_verifier": VERIFIER}
    assert token_call(sim, secret="no", **asked)["error"] == -14002
    assert token_call(sim, **asked | {"app_id": "8"})["error"] == -14002
    assert token_call(sim, grant_type="password")["error"] == -14024


def test_access_token_lives_25_hours(sim: Driver) -> None:
    token = exchange(sim, code_from(consent(sim)))["access_token"]
    sim.advance(25 * HOUR_S - 60)
    assert works(sim, token) == (0, "Success")
    sim.advance(120)
    assert works(sim, token) == (-220, "access_token is expired or removed")
    sim.do("settings", expired_code="-216")
    code, text = works(sim, token)
    assert code == -216
    assert "expired" in text


def test_refresh_kills_the_previous_access_token_at_once(sim: Driver) -> None:
    first = exchange(sim, code_from(consent(sim)))
    second = refresh(sim, first["refresh_token"])
    assert works(sim, first["access_token"]) == (-216, "Access token is invalid")
    assert works(sim, second["access_token"]) == (0, "Success")


def test_tokens_of_another_page_stay(sim: Driver) -> None:
    first, other = exchange(sim, code_from(consent(sim))), exchange(sim, code_from(consent(sim, OA_2)))
    refresh(sim, first["refresh_token"])
    assert works(sim, other["access_token"]) == (0, "Success")


def test_refresh_token_works_once_and_three_months(sim: Driver) -> None:
    first = exchange(sim, code_from(consent(sim)))["refresh_token"]
    second = refresh(sim, first)["refresh_token"]
    assert refresh(sim, first)["error"] == -14014
    sim.advance(89 * DAY_S)
    third = refresh(sim, second)["refresh_token"]
    sim.advance(91 * DAY_S)
    assert refresh(sim, third)["error"] == -14014


def test_lost_answer_rotates_all_the_same(sim: Driver) -> None:
    token = exchange(sim, code_from(consent(sim)))["refresh_token"]
    sim.do("faults", path="/v4/oa/access_token", kind="drop", when="after")
    with pytest.raises(httpx.RemoteProtocolError):
        refresh(sim, token)
    assert refresh(sim, token)["error"] == -14014


def test_call_lost_before_acting_can_be_repeated(sim: Driver) -> None:
    token = exchange(sim, code_from(consent(sim)))["refresh_token"]
    sim.do("faults", path="/v4/oa/access_token", kind="reset", when="before")
    with pytest.raises(httpx.TransportError):
        refresh(sim, token)
    assert "access_token" in refresh(sim, token)


def test_revoked_grant_dies_and_is_told(sim: Driver) -> None:
    pair = exchange(sim, code_from(consent(sim)))
    sim.do("revoke")
    assert sim.receiver.names == ["permission_revoked"]
    assert works(sim, pair["access_token"])[0] == -216
    assert refresh(sim, pair["refresh_token"])["error"] == -14014
