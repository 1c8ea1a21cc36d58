"""Why Zalo did not take a reply, in the officer's words with what to do next."""

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from binhyen.console.trouble_words import TROUBLES, Words

_WINDOW = _(
    "The resident last wrote more than 7 days ago, and Zalo lets no reply out. Call them, or wait for their words."
)
_PACKAGE = _("The page's package lets no program reply. Reply in Zalo itself; an administrator looks at the package.")
_QUOTA = _("The quota of replies is used up. Reply in Zalo itself, or send again in the next period.")
_UNWANTED = _("The resident does not want such messages from the page. Respect it, and call when it matters.")
_REPLIES: dict[str, Words] = {
    **dict.fromkeys(("zalo-230", "zalo-232", "window_closed"), _WINDOW),
    **dict.fromkeys(("zalo-224", "zalo-235", "zalo-241"), _PACKAGE),
    **dict.fromkeys(("zalo-211", "zalo-218"), _QUOTA),
    **dict.fromkeys(("zalo-217", "zalo-244"), _UNWANTED),
    "zalo-213": _("The resident does not follow the page. Call them, or wait until they write again."),
    "zalo-227": _("This Zalo account is locked or was not used for 45 days. Call the resident."),
    "zalo-210": _("It is too long for Zalo. Shorten it and send it again."),
    "zalo-248": _("Zalo refuses these words. Say it in another way, without threats and prices."),
    "zalo-100": _("The file lay at Zalo for too long. Send again: it is uploaded anew."),
    "file_type": _("Zalo takes pictures, PDF and Word only. Send the link of the portal instead."),
    "file_too_large": _("The file is too large for Zalo: pictures up to 1 MB, papers up to 5 MB. Send a smaller one."),
}
_SAME_AS_POSTS = (
    *("zalo-32", "zalo-200", "zalo-204", "zalo-205", "zalo-209", "zalo-212", "zalo-216", "zalo-219", "zalo-220"),
    *("zalo-221", "zalo-223", "zalo-320", "zalo-321", "no_token", "rate_limit", "no_time_left"),
)


def reply_trouble(why: str) -> str:
    """What happened and what to do; a code that is a fault of ours, or that nobody has met, is shown with it."""
    if why in _REPLIES:
        return str(_REPLIES[why])
    if why in _SAME_AS_POSTS:
        return str(TROUBLES[why])
    return gettext(
        "Send again once; if it stays so, tell the operator this code: %(code)s. Until then reply in Zalo, or call."
    ) % {"code": why}
