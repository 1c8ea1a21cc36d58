"""Who may call at all, how often, and every code on demand."""

import pytest

from binhyen.simulator.errors import error_text, known_codes
from binhyen.simulator.tests.driver import HOA, OA, OA_2, Driver

PATH = "/v3.0/oa/message/cs"


@pytest.fixture
def page(sim: Driver) -> Driver:
    """A page that may send."""
    sim.say()
    sim.sign_in()
    return sim


def test_no_or_unknown_token(page: Driver) -> None:
    page.token = ""
    assert page.send_code({"text": "a"}) == (-216, "Access token is invalid")
    page.token = "sim-at-made-up"
    assert page.send_code({"text": "a"}) == (-216, "Access token is invalid")


def test_authorization_header_is_not_the_token(page: Driver) -> None:
    answer = page.http.post(PATH, json={}, headers={"Authorization": f"Bearer {page.token}"})
    assert answer.json()["error"] == -216


@pytest.mark.parametrize("package", ["basic", "standard"])
def test_lower_packages_may_only_look_at_themselves(page: Driver, package: str) -> None:
    page.do("pages", package=package)
    upgrade = (-224, "The OA needs to upgrade OA Tier Package to use this feature")
    assert page.send_code({"text": "a"}) == upgrade
    assert page.get("/v2.0/oa/tag/gettagsofoa")["error"] == -224
    assert page.get("/v2.0/oa/getoa")["data"]["package_name"] == package.capitalize()


def test_growth_may_send(page: Driver) -> None:
    page.do("pages", package="growth")
    assert page.send_code({"text": "a"})[0] == 0


def test_page_not_verified_disabled_or_of_the_wrong_type(page: Driver) -> None:
    page.do("pages", is_verified=False)
    assert page.send_code({"text": "a"}) == (-221, "The OA needs to be verified to use this feature")
    page.do("pages", is_verified=True, is_disabled=True)
    assert page.send_code({"text": "a"}) == (-204, "Offical Account is disable")
    page.do("pages", is_disabled=False)
    page.do("settings", government_refused=[PATH])
    assert page.send_code({"text": "a"}) == (-235, "This API does not support this type of OA")


def test_what_the_app_has_not_or_zalo_has_shut(page: Driver) -> None:
    assert page.post("/v3.0/oa/group/message", {})["error"] == -235
    answer = page.post("/v2.0/article/upload_video/preparevideo", {})
    assert answer == {"error": -212, "message": "App has not registed this api"}
    assert page.get("/v2.0/oa/getprofile")["error"] == -209
    page.do("say", user_id="7000000000100000011", text="a", oa_id=OA_2)
    page.sign_in(OA_2)
    assert page.post("/v3.0/oa/group/message", {})["error"] == -201


def test_state_of_the_app(page: Driver) -> None:
    page.do("settings", app_state="disabled")
    assert page.send_code({"text": "a"}) == (-219, "App is removed or disabled")
    page.do("settings", app_state="inactive")
    assert page.send_code({"text": "a"}) == (-209, "Not supported this api")


def test_rate_headers_and_the_app_bucket(page: Driver) -> None:
    page.do("settings", app_rate_per_minute=3)
    page.advance(60)
    seen = []
    for _ in range(4):
        answer = page.http.get("/v2.0/oa/getoa", headers={"access_token": page.token})
        seen.append((answer.json()["error"], answer.headers["X-RateLimit-Limit"], answer.headers["X-RateLimit-Remain"]))
    assert seen == [(0, "3", "2"), (0, "3", "1"), (0, "3", "0"), (-32, "3", "0")]
    assert page.get("/v2.0/oa/getoa")["message"] == "Your application reached limit call api"
    page.advance(60)
    assert page.get("/v2.0/oa/getoa")["error"] == 0


def test_each_page_has_its_own_bucket(page: Driver) -> None:
    page.do("settings", oa_rate_per_minute=2)
    first = page.token
    page.sign_in(OA_2)
    second = page.token
    page.advance(60)
    results = []
    for token in (first, first, first, second):
        page.token = token
        answer = page.get("/v2.0/oa/getoa")
        results.append((answer["error"], answer["message"]))
    assert results == [(0, "Success"), (0, "Success"), (-32, "Your OA reached limit call api"), (0, "Success")]


def test_rate_follows_the_package(page: Driver) -> None:
    page.do("pages", oa_id=OA, package="growth")
    page.advance(60)
    codes = [page.get("/v2.0/oa/getoa")["error"] for _ in range(101)]
    assert codes == [0] * 100 + [-32]


def test_limits_can_be_lifted(page: Driver) -> None:
    page.do("settings", app_rate_per_minute=0, oa_rate_per_minute=0)
    answer = page.http.get("/v2.0/oa/getoa", headers={"access_token": page.token})
    assert "X-RateLimit-Limit" not in answer.headers


@pytest.mark.parametrize("code", [code for code in known_codes() if code])
def test_every_code_of_the_table_can_be_ordered(page: Driver, code: int) -> None:
    page.do("faults", path=PATH, kind="error", code=code)
    assert page.send_code({"text": "a"}) == (code, error_text(code))
    assert page.send_code({"text": "a"}) == (0, "Success")
    assert len(page.messages()) == 1


def test_second_texts_of_one_code(page: Driver) -> None:
    page.do("faults", path=PATH, kind="error", code=-32, variant=1)
    assert page.send_code({"text": "a"}) == (-32, "Your OA reached limit call api")
    page.do("faults", path=PATH, kind="error", code=-223, variant=1)
    assert "quota create article" in page.send_code({"text": "a"})[1]
    page.do("faults", path=PATH, kind="error", code=-216, message="Access token has expired")
    assert page.send_code({"text": "a"}, HOA) == (-216, "Access token has expired")


def test_settings_refuse_odd_names_and_values(page: Driver) -> None:
    for wrong in ({"colour": 1}, {"buttons": "maybe"}, {"echoes": "yes"}, {"app_rate_per_minute": -1}):
        assert page.http.post("/_sim/settings", json=wrong).status_code == 400
    for wrong in ({"path": "*", "kind": "rain"}, {"path": "*", "kind": "error", "code": 12345}, {"kind": "drop"}):
        assert page.http.post("/_sim/faults", json=wrong).status_code == 400
    assert page.http.get("/_sim/faults").json() == {"faults": []}
