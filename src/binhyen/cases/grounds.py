"""Grounds in law for opening an identity, and for telling the reporter about it later (G3, G5).

The list is short on purpose; a unit's lawyer signs it off before the unit goes live.
"""

from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Ground(NamedTuple):
    """One ground, in the officer's words and the reporter's, with its source."""

    words: Promise
    for_reporter: str
    source: str


GROUNDS: dict[str, Ground] = {
    "statement": Ground(
        _("The facts cannot be verified without speaking to the reporter"),
        "cần gặp người báo tin để xác minh",
        "BLTTHS 101/2015 Đ.145-146",
    ),
    "protection": Ground(
        _("The reporter or a relative is threatened and needs protection"),
        "bảo vệ người báo tin và người thân",
        "BLTTHS 101/2015 Đ.486",
    ),
    "life": Ground(
        _("Somebody's life or health is in danger now"),
        "cứu người đang gặp nguy hiểm",
        "Luật 91/2025 Đ.19.1.a",
    ),
    "order": Ground(
        _("A written request of the investigation body, the procuracy or a court"),
        "yêu cầu bằng văn bản của cơ quan có thẩm quyền",
        "BLTTHS 101/2015 Đ.168",
    ),
    "asked": Ground(
        _("The reporter asked for it, for example to be called back"),
        "người báo tin yêu cầu liên hệ",
        "Luật 91/2025 Đ.4",
    ),
}
DELAY_GROUNDS: dict[str, Ground] = {
    "secrecy": Ground(
        _("Telling now would disclose what the law keeps secret in the verification"),
        "giữ bí mật việc xác minh theo luật",
        "BLTTHS 101/2015 Đ.177",
    ),
    "safety": Ground(
        _("Telling now would endanger somebody"),
        "giữ an toàn cho người liên quan",
        "Luật 91/2025 Đ.19.1.a",
    ),
}
