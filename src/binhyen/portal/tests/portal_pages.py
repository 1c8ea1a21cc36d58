"""What tests of the portal share: units to look at and one address for every URL pattern."""

from django.test import Client

from binhyen.core import clock
from binhyen.portal.feeds import forget_feeds
from binhyen.portal.units_here import forget_units
from binhyen.procedures.effective import forget_catalogues
from binhyen.procedures.models import ProcedureVersion
from binhyen.units.models import Officer, Unit
from binhyen.vault.keyring import create_keyring
from binhyen.vault.tests.kept_rows import begin_with
from binhyen.workflows.seeding import seed_demo, seed_units

HOME = "/thach-ha/"
QUESTION = "/thach-ha/g/"
TRACK = "/thach-ha/x/"
READING = {
    "choose": "/",
    "programme": "/chuong-trinh/",
    "programme_case": "/chuong-trinh/dak-lak/",
    "home": HOME,
    "results": f"{HOME}hoi/?q=dang+ky+tam+tru",
    "procedures": f"{HOME}thu-tuc/",
    "procedure": f"{HOME}thu-tuc/dang-ky-tam-tru/",
    "forms": f"{HOME}mau-don/",
    "form": f"{HOME}mau-don/CT01/",
    "fill": f"{HOME}mau-don/CT01/dien/",
    "phone_list": f"{HOME}so-dien-thoai/",
    "is_it_real": f"{HOME}kenh-that/",
    "privacy": f"{HOME}rieng-tu/",
    "protection": f"{HOME}bao-ve/",
    "help": f"{HOME}tro-giup/",
    "join": "/n/DEMOTB/",
    "board": f"{HOME}tin/",
    "post": f"{HOME}tin/demobaiviet00001/",
    "lost": f"{HOME}tim/",
}
REPORT = "/thach-ha/g/1/"
PRIVATE = {
    "question": QUESTION,
    "track": TRACK,
    "report": REPORT,
    "conduct": f"{HOME}g/gop-y/",
    "report_at_once": f"{HOME}g/nhanh/",
    "formal": f"{HOME}g/rieng/",
    "my_data": f"{HOME}rieng-tu/cua-toi/",
    "report_from_chat": f"{HOME}g/z/khong-co/",
    "lost_notice": f"{HOME}tim/demotimdo000001/",
    "lost_claim": f"{HOME}tim/demotimdo000001/nhan/",
    "lost_tell": f"{HOME}tim/bao/",
}
ALL = READING | PRIVATE
"""Name of the URL pattern -> an address of it."""
MORE = {
    "danger": f"{HOME}hoi/?q=co+nguoi+cam+dao+chem+nhau",
    "nothing found": f"{HOME}hoi/?q=zxqw+vbnm",
    "abolished": f"{HOME}thu-tuc/xac-nhan-so-cmnd-cu/",
    "unverified": f"{HOME}thu-tuc/cap-lai-giay-phep-lai-xe/",
    "hamlet": f"{HOME}so-dien-thoai/?thon=thon+10",
    "no hamlet": f"{HOME}so-dien-thoai/?thon=khong+co",
    "no unit": "/?ten=khong+co+xa+nay",
    "you, not bà con": "/dong-hoi/",
    "no Zalo page": "/ea-kar/kenh-that/",
    "unknown code": "/n/KHONGCO/",
    "not found": "/khong-co-trang-nay/",
}
"""States of the same pages worth looking at."""


def seed(units_only: bool = False) -> Unit:
    """The units of the demo in an empty database, alone or with posts, groups ...; nothing remembered from before."""
    create_keyring()
    if units_only:
        begin_with("units of the demo", seed_units)
    else:
        begin_with("demo", seed_demo)
    forget_units()
    forget_feeds()
    return Unit.objects.get(slug=HOME.strip("/"))


def values_of(html: str, name: str = "sheet") -> str:
    """Value of the hidden field `name`."""
    start = html.index(f'name="{name}" value="') + len(f'name="{name}" value="')
    return html[start : html.index('"', start)]


def ask(client: Client, text: str, path: str = QUESTION, **more: str):
    """Open the form, send `text` with it; the answer."""
    sheet = values_of(client.get(path).content.decode())
    return client.post(path, {"act": "send", "sheet": sheet, "text": text}, **more)


def code_in(html: str) -> str:
    """The receipt code on the page."""
    start = html.index('data-copied="') + len('data-copied="')
    return html[start : html.index('"', start)]


def approve(unit: Unit, procedure: str, **changes: object) -> None:
    """A version of the unit that counts from today on."""
    writer, chief = (
        Officer.objects.create_user(f"{name}-{procedure}", None, full_name=name) for name in ("viet", "duyet")
    )
    ProcedureVersion.objects.create(
        unit=unit, procedure=procedure, state="approved", changes=changes, number=1, valid_from=clock.today(),
        drafted_by=writer, drafted_at=clock.now(), approved_by=chief, approved_at=clock.now(),
    )  # fmt: skip
    forget_catalogues()
