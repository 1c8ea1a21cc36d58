"""Groups under GMF packages: strict as documented (Zalo section 3.7)."""

import pytest

from binhyen.simulator.tests.driver import HOA, THUYEN, Driver

ADMIN = "7000000000000000901"
STRANGER = "7000000000000000013"
GROUP = "/v3.0/oa/group/"


class Gmf:
    """Plain calls of the group API."""

    def __init__(self, sim: Driver) -> None:
        self.sim = sim
        sim.say()
        sim.do("settings", government_refused=[])
        sim.sign_in()

    def post(self, path: str, **body) -> dict:
        return self.sim.post(path, body)

    def get(self, path: str, **query) -> dict:
        headers = {"access_token": self.sim.token}
        return self.sim.http.get(path, params=query, headers=headers).json()

    def packages(self, kind: str = "gmf100", quota: str = "sub_quota") -> list[dict]:
        body = {"quota_owner": "OA", "product_type": kind, "quota_type": quota}
        return self.post("/v3.0/oa/quota/group", **body)["data"]

    def made(self, **more) -> dict:
        body = {"group_name": "Thôn 4", "group_description": "", "asset_id": self.packages()[0]["asset_id"]}
        return self.post(f"{GROUP}creategroupwithoa", **(body | {"member_user_ids": [ADMIN, HOA]} | more))


@pytest.fixture
def gmf(sim: Driver) -> Gmf:
    return Gmf(sim)


def test_a_government_page_is_refused_by_default(sim):
    sim.sign_in()
    assert sim.get(f"{GROUP}getgroupsofoa")["error"] == -235


def test_a_package_holds_one_group(gmf):
    asset = gmf.packages()[0]
    assert (asset["status"], asset["used_id"]) == ("available", "")
    made = gmf.made()["data"]
    assert (made["name"], made["total_member"], made["status"]) == ("Thôn 4", 2, "enabled")
    assert gmf.packages()[0]["used_id"] == made["group_id"]
    assert gmf.made(asset_id=asset["asset_id"])["error"] == -241
    assert gmf.made(asset_id="x")["error"] == -238


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"group_name": "x" * 31}, -201),
        ({"group_name": ""}, -201),
        ({"member_user_ids": [HOA]}, -201),
        ({"member_user_ids": [ADMIN, STRANGER]}, -201),
        ({"member_user_ids": []}, -201),
    ],
)
def test_wrong_groups(gmf, more, code):
    assert gmf.made(**more)["error"] == code


def test_posts_of_every_kind(gmf):
    group_id = gmf.made()["data"]["group_id"]
    sent = gmf.post(f"{GROUP}message", recipient={"group_id": group_id}, message={"text": "Chào bà con"})
    assert sent["data"]["group_id"] == group_id
    long = gmf.post(f"{GROUP}message", recipient={"group_id": group_id}, message={"text": "x" * 2001})
    buttons = {
        "text": "x",
        "attachment": {
            "type": "template",
            "payload": {"buttons": [{"title": "a", "type": "oa.query.show", "payload": "#a"}]},
        },
    }
    assert long["error"] == -210
    assert gmf.post(f"{GROUP}message", recipient={"group_id": group_id}, message=buttons)["error"] == -233
    assert gmf.post(f"{GROUP}message", recipient={"group_id": "khac"}, message={"text": "x"})["error"] == -403
    assert [
        row["message"] for row in gmf.get(f"{GROUP}conversation", group_id=group_id, offset=0, count=5)["data"]
    ] == ["Chào bà con"]


def test_people_ask_come_and_go(gmf):
    group_id = gmf.made()["data"]["group_id"]
    new = THUYEN
    assert gmf.sim.do("ask_to_join", group_id=group_id, user_id=new) == {"is_pending": True}
    assert gmf.get(f"{GROUP}listpendinginvite", group_id=group_id)["data"]["total"] == 1
    assert gmf.post(f"{GROUP}acceptpendinginvite", group_id=group_id, member_user_ids=[new])["error"] == 0
    assert gmf.post(f"{GROUP}acceptpendinginvite", group_id=group_id, member_user_ids=[new])["error"] == -201
    assert gmf.get(f"{GROUP}listmember", group_id=group_id)["data"]["total"] == 3
    assert gmf.post(f"{GROUP}removemembers", group_id=group_id, member_user_ids=[new])["error"] == 0
    assert gmf.post(f"{GROUP}removemembers", group_id=group_id, member_user_ids=[ADMIN])["error"] == -201
    assert gmf.post(f"{GROUP}addadmins", group_id=group_id, member_user_ids=[HOA])["error"] == 0
    assert gmf.post(f"{GROUP}removeadmins", group_id=group_id, member_user_ids=[ADMIN, HOA])["error"] == -201
    assert gmf.post(f"{GROUP}updateinfo", group_id=group_id, join_appr="no")["error"] == -201
    told = gmf.post(f"{GROUP}updateinfo", group_id=group_id, group_name="Thôn 4 mới", join_appr=False)["data"]
    assert (told["group_info"]["name"], told["group_setting"]["join_appr"]) == ("Thôn 4 mới", False)


def test_a_lapsed_package_disables_then_disbands(gmf):
    group_id = gmf.made()["data"]["group_id"]
    asset_id = gmf.packages()[0]["asset_id"]
    gmf.sim.do("asset", asset_id=asset_id, days=-1)
    assert gmf.post(f"{GROUP}message", recipient={"group_id": group_id}, message={"text": "x"})["error"] == -237
    told = gmf.get(f"{GROUP}getgroup", group_id=group_id)["data"]
    assert told["group_info"]["status"] == "disabled"
    assert told["group_info"]["auto_delete_date"]
    new = gmf.sim.do("asset", product_type="gmf50")["asset_id"]
    assert gmf.post(f"{GROUP}updateasset", group_id=group_id, asset_id=new)["error"] == 0
    assert gmf.post(f"{GROUP}message", recipient={"group_id": group_id}, message={"text": "x"})["error"] == 0
    gmf.sim.do("asset", asset_id=new, days=-46)
    assert gmf.get(f"{GROUP}getgroup", group_id=group_id)["error"] == -403


def test_a_deleted_group_frees_its_package(gmf):
    group_id = gmf.made()["data"]["group_id"]
    assert gmf.post(f"{GROUP}delete", group_id=group_id)["error"] == 0
    assert gmf.get(f"{GROUP}getgroupsofoa", offset=0, count=5)["data"]["total"] == 0
    assert gmf.packages()[0]["status"] == "available"
