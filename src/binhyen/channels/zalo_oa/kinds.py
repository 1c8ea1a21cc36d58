"""Event names of Zalo Official Accounts and what class each belongs to (zalo section 2.5)."""

from enum import Enum, auto

from binhyen.channels.connector import MediaKind


class EventClass(Enum):
    """Which fields an event has and what becomes of it."""

    TEXT_IN = auto()
    MEDIA_IN = auto()
    ECHO = auto()
    RECEIPT = auto()
    REACTION = auto()
    FOLLOW = auto()
    UNFOLLOW = auto()
    WITHDRAW = auto()
    INTERACTION = auto()
    REVOKED = auto()
    GROUP_MESSAGE = auto()
    IGNORED = auto()
    UNKNOWN = auto()


MEDIA_KINDS = {
    "image": MediaKind.IMAGE,
    "gif": MediaKind.GIF,
    "link": MediaKind.LINK,
    "audio": MediaKind.AUDIO,
    "video": MediaKind.VIDEO,
    "sticker": MediaKind.STICKER,
    "location": MediaKind.LOCATION,
    "business_card": MediaKind.CONTACT_CARD,
    "file": MediaKind.FILE,
}
"""Ending of `user_send_*` and type of an attachment, by Zalo's spelling."""

_ECHO_ENDINGS = ("text", "image", "gif", "list", "file", "sticker", "template", "link", "audio", "video", "location")

_IGNORED = """
    oa_reacted_message user_submit_info update_user_info add_user_to_tag remove_user_from_tag remove_tag
    create_group user_join_group user_request_join_group add_group_admin remove_group_admin update_group_info
    accept_request_join_group react_request_join_group react_request_join_group_accept
    reject_request_join_group react_request_join_group_reject user_out_group user_leave_group
    delete_group disperse_group
    oa_send_consent user_reply_consent oa_call_user widget_failed_to_sync_user_external_id
    user_feedback user_click_response_button change_oa_daily_quota change_oa_template_tags
    change_template_quality change_template_quota change_template_status
    event_journey_time_out event_journey_acknowledged extension_purchased shop_has_order
"""

_CLASSES: dict[str, EventClass] = {
    "user_send_text": EventClass.TEXT_IN,
    "anonymous_send_text": EventClass.TEXT_IN,
    **{f"user_send_{ending}": EventClass.MEDIA_IN for ending in MEDIA_KINDS},
    **{f"anonymous_send_{ending}": EventClass.MEDIA_IN for ending in MEDIA_KINDS},
    **{f"oa_send_{ending}": EventClass.ECHO for ending in _ECHO_ENDINGS},
    **{f"oa_send_anonymous_{ending}": EventClass.ECHO for ending in _ECHO_ENDINGS},
    "user_received_message": EventClass.RECEIPT,
    "user_seen_message": EventClass.RECEIPT,
    "user_reacted_message": EventClass.REACTION,
    "follow": EventClass.FOLLOW,
    "unfollow": EventClass.UNFOLLOW,
    "user_withdraw": EventClass.WITHDRAW,
    "user_click_chatnow": EventClass.INTERACTION,
    "user_call_oa": EventClass.INTERACTION,
    "widget_interaction_accepted": EventClass.INTERACTION,
    "permission_revoked": EventClass.REVOKED,
    **dict.fromkeys(_IGNORED.split(), EventClass.IGNORED),
}


def class_of(event_name: str) -> EventClass:
    """The class of an event by its name; any name with `send_group` is a group message, known or not (G14)."""
    if event_name.startswith(("user_send_group_", "oa_send_group_")):
        return EventClass.GROUP_MESSAGE
    return _CLASSES.get(event_name, EventClass.UNKNOWN)
