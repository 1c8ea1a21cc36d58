"""Somebody calls or writes in the name of the police and wants something: warned at once, whatever was understood."""

import re

_POLICE = r"(?:cong an|canh sat|csgt|can bo|vien kiem sat|toa an|ca (?:xa|phuong|tinh))"
_WANTED = (
    r"(?:cai (?:dat |lai |them )?(?:app|ung dung|vneid|phan mem|dich vu cong|moi)|tai (?:app|ung dung|phan mem|ve)"
    r"|link|duong dan|otp|ma xac (?:nhan|thuc|minh)|chuyen (?:khoan|tien|\d)|so tai khoan|mat khau"
    r"|cung cap (?:so |ma )?(?:cccd|can cuoc|cmnd|dinh danh|thong tin|hinh|anh|tai khoan)"
    r"|(?:doc|gui|chup|xin|hoi|doi|yeu cau) (?:anh |hinh |so |ma )?(?:cccd|can cuoc|cmnd|dinh danh)"
    r"|video call|goi video)"
)
_NOT_FALSE = r"(?! (?:tri|dinh|han|ca|tien|re|cao|bao|su))"
"""After "giả" without its mark: worth, family, extension, price; "có thật sự" asks for no truth either."""
_ASKED = re.compile(
    rf"\b{_POLICE}\b.{{0,40}}\b(?:goi|dien|nhan|ket ban|zalo|sms)\b(?! (?:so|hoi|duoc|dau|cho (?:cong an|can bo)))"
    rf".{{0,60}}\b{_WANTED}\b"
    rf"|\b(?:xung|gia danh|mao danh|gia mao|tu nhan la)\b.{{0,25}}\b{_POLICE}\b"
    rf"|\b(?:goi|dien|nhan|(?:nguoi|ke) la|may (?:ong|thang|nguoi))\b.{{0,45}}\b(?:noi|bao) la (?:\w+ )?{_POLICE}\b"
    rf"|\b(?:tin nhan|sms|link|duong dan|cuoc goi|so la|app|ung dung)\b.{{0,70}}"
    rf"\b(?:that hay gia|gia hay that|(?:co|phai) (?:that|lua dao|gia){_NOT_FALSE}"
    r"|(?:that|lua dao) (?:khong|ko|k|hong))\b"
)


def is_in_name_of_police(folded: str) -> bool:
    """Whether somebody tells of a call or message in the name of the police, or asks whether one is real."""
    return _ASKED.search(folded) is not None
