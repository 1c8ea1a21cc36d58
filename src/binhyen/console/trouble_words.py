"""Why Zalo did not take a post, an article or a group, in the officer's words with what to do next."""

import re

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from binhyen.outreach.articles import GAVE_UP

Words = str | Promise
_PAGE_LOCKED = _("Zalo has locked or deleted the page. Ask Zalo in the page's own administration.")
_NEW_PERMISSION = _("The permission of the page has ended. Connect the page to Zalo again, then send once more.")
_APPLICATION = _("The page's application is not set up for this at Zalo. Tell the operator.")
_PACKAGE = _("The page's package does not include this. Buy the package, or use ordinary groups and the hand list.")
_QUOTA = _("The quota is used up. Send again in the next period, or use ordinary groups and the hand list.")
_MONEY = _("The page has no account for costs, or no money on it. Top it up at Zalo, then send again.")
_PERSON = _("Zalo does not let the page write to this person. They find the post on the portal and in the groups.")
_OURS = _("Zalo does not understand how it was sent. Changing the post does not help: tell the operator.")
_BUSY = _("Zalo was too busy. Send again in some minutes.")
_LINE = _("Zalo could not be reached. Check the internet line, then send again.")
_NOT_KNOWN = _("Nobody knows whether Zalo took it. Look there first; sent again it could stand there twice.")
TROUBLES: dict[str, Words] = {
    **dict.fromkeys(("zalo-32", "zalo-200", "zalo-214", "rate_limit", "no_time_left", "article_processing"), _BUSY),
    **dict.fromkeys(
        ("zalo-201", "zalo-233", "zalo-238", "zalo-240", "zalo-242", "zalo-249", "odd_answer", "empty"), _OURS
    ),
    **dict.fromkeys(("zalo-204", "zalo-205"), _PAGE_LOCKED),
    **dict.fromkeys(("zalo-209", "zalo-212", "zalo-219"), _APPLICATION),
    **dict.fromkeys(("zalo-216", "zalo-220", "zalo-223", "no_token"), _NEW_PERMISSION),
    **dict.fromkeys(("zalo-224", "zalo-235", "zalo-241"), _PACKAGE),
    **dict.fromkeys(("zalo-211", "zalo-218"), _QUOTA),
    **dict.fromkeys(("zalo-320", "zalo-321"), _MONEY),
    **dict.fromkeys(("zalo-213", "zalo-217", "zalo-227", "zalo-230", "zalo-232", "zalo-244", "window_closed"), _PERSON),
    **dict.fromkeys(
        ("interrupted", "unknown", "answer_too_long", "answer_encoding", "answer_not_json", "answer_shape"), _NOT_KNOWN
    ),
    "zalo-100": _("The picture lay at Zalo for too long. Send again: it is uploaded anew."),
    "zalo-210": _("It is too long for Zalo. Shorten it and let a second officer agree again."),
    "zalo-221": _("Zalo has not verified the page yet. Have it verified, then send again."),
    "zalo-234": _("At night Zalo does not let posts out. Send again after six in the morning."),
    "zalo-237": _("The package of this group has lapsed. Renew it at Zalo, or paste the post into the group by hand."),
    "zalo-248": _(
        "Zalo looked at it and does not publish it. Word it anew: no threats, no prices, no pictures of violence; or "
        "use the portal and the groups."
    ),
    "zalo-403": _("The group is not one of this page any more. Look up its link under Groups."),
    "article_failed": _("There is no article to send round: it failed. Mend the article first."),
    "file_type": _("Zalo does not take this kind of file. Send the link of the portal instead."),
    "file_too_large": _("The picture is too large for Zalo. Choose a smaller one."),
    "link_dead": _("The link does not open. Give the group its new link first."),
}
"""By the code a connector gives (Zalo's own codes: data/errors.json, family "oa")."""
_LINE_CODES = re.compile(r"http_5\d\d|network_.*")


def trouble_words(why: str) -> str:
    """What happened and what to do; a code nobody has met gets a clear general sentence with the code in it."""
    if why.startswith(GAVE_UP):
        reason = trouble_words(why.removeprefix(GAVE_UP))
        return gettext("Tried for half an hour without success. %(reason)s") % {"reason": reason}
    if known := TROUBLES.get(why):
        return str(known)
    if _LINE_CODES.fullmatch(why):
        return str(_LINE)
    return gettext(
        "Zalo did not take it. Send again once; if it stays so, tell the operator this code: %(code)s. Until then use "
        "the portal and the hand list."
    ) % {"code": why}
