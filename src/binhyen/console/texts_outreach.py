"""What officers are told when something about groups or posts cannot be done."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

OUTREACH_ERRORS: dict[str, str | Promise] = {
    "group_name_missing": _("Write the name of the group, or choose its area to take the name by rule."),
    "group_kind": _("Choose what kind of group it is."),
    "group_link": _("This is not the link of a Zalo group. It looks like https://zalo.me/g/abcd12345"),
    "group_link_taken": _("This link already belongs to another group of the unit."),
    "group_area_missing": _("Choose the area of the group."),
    "group_administrator": _("The Zalo number of the administrator has digits only."),
    "page_missing": _("No Zalo page of the unit is connected. Ordinary groups work without one."),
    "page_without_groups": _(
        "Zalo gives no groups to this page: its kind, its package or its verification does not allow it. Use ordinary "
        "groups; the hand list serves them."
    ),
    "zalo_refused": _("Zalo did not accept it. %(why)s"),
    "count_missing": _("Write the number of households, of members, or both."),
    "count_number": _("“%(typed)s” is not a number."),
    "count_in_future": _("The day of the count lies in the future."),
    "count_above_households": _(
        "%(count)s households in the group, but the area has only %(households)s. Correct one of the two."
    ),
    "code_expired": _("That day has passed. Choose a later one, or leave it empty."),
    "post_empty": _("Write a title and what happened."),
    "post_blank": _("A place marked “…” is still empty. Fill it in, or take the sentence out."),
    "post_channels": _("Choose at least one place where it goes."),
    "post_picture_text": _("Describe the picture for people who cannot see it."),
    "post_broadcast_article": _("A broadcast carries the page's article: tick the article as well."),
    "post_too_long": _("%(variant)s: longer than %(limit)s characters. Shorten it."),
    "post_sms_long": _(
        "The SMS takes %(parts)s messages, at most %(most)s are allowed. With marks a message holds 70 characters (67 "
        "when joined), without marks 160 (153). Shorten it or leave out the marks."
    ),
    "post_never": _("This cannot go out: %(flag)s. Change the text."),
    "post_secret": _(
        "This bears the mark of a state secret. It was not kept. Delete it here and tell the head of the unit."
    ),
    "post_fixed": _("This post is already on its way and cannot be changed any more."),
    "post_own": _("You wrote this post yourself: another officer has to agree."),
    "post_changed": _("The post was changed meanwhile. Read the new version first."),
    "post_not_waiting": _("A colleague has already decided about this post."),
    "post_ground": _("Choose a ground for: %(flag)s."),
    "post_reason": _("Write what should be changed."),
    "post_too_late": _("Too late: it is already going out. Call it off or correct it instead."),
    "post_not_out": _("This post is not out."),
    "article_unknown": _(
        "Nobody knows whether Zalo took it. Look at the page first; it is not handed in again, or it could stand there "
        "twice."
    ),
    "article_reworded": _(
        "The words would not be those the second officer agreed to, for instance because the unit's number changed. "
        "Word it anew; a second officer agrees again."
    ),
    "post_video_link": _("The video link begins with https:// and leads to a website."),
    "post_time": _("“%(typed)s” is not a time. Write it like 18:00."),
    "post_repeat": _("Repeat every 1 to 90 days."),
    "sending_gone": _("A colleague has already dealt with this."),
    "figure": _("Write the figure as a number."),
    "import_missing": _("Choose a file first."),
    "import_empty": _("The file has no rows under its headings."),
    "import_size": _("The file is larger than %(limit_mb)s MB."),
    "import_type": _("This file cannot be read. Send an Excel file (.xlsx) or CSV."),
    "import_encoding": _("The letters of this CSV cannot be read. Save it as “CSV UTF-8” and send it again."),
    "import_rows": _("More than %(limit)s rows. Split the file."),
    "import_columns": _(
        "The headings are missing. Needed: “Thôn, tổ dân phố” and one of “Link nhóm”, “Tổng số hộ”, "
        "“Số hộ trong nhóm”, “Số thành viên”."
    ),
    "import_people": _(
        "This looks like a list of people (%(column)s). It was not taken in and not kept: only numbers may be, "
        "nobody may know who joined and who did not."
    ),
    "import_area": _("“%(area)s” is no area of this unit. Write it as it stands in the list of areas."),
    "import_date": _("“%(typed)s” is not a day. Write it like 22/11/2026."),
}
