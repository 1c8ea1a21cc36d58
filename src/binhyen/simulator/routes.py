"""Which call of openapi.zalo.me is answered by which function.

Groups (`/v3.0/oa/group/`) and articles (`/v2.0/article/`) are products of their own: they get their own modules and
rows here; until then the app "has not registered" them (-212).
"""

from binhyen.simulator import chats, legacy_messages, messages, page_info, people, quotas, tags, uploads
from binhyen.simulator.front import Handler

API_ROUTES: dict[tuple[str, str], Handler] = {
    ("POST", "/v3.0/oa/message/cs"): messages.send_consultation,
    ("POST", "/v2.0/oa/message"): legacy_messages.send_v2,
    ("POST", "/v2.0/oa/upload/image"): uploads.upload,
    ("POST", "/v2.0/oa/upload/gif"): uploads.upload,
    ("POST", "/v2.0/oa/upload/file"): uploads.upload,
    ("POST", "/v3.0/oa/upload/image"): uploads.upload,
    ("POST", "/v3.0/oa/upload/gif"): uploads.upload,
    ("POST", "/v3.0/oa/upload/file"): uploads.upload,
    ("GET", "/v3.0/oa/user/detail"): people.user_detail,
    ("GET", "/v3.0/oa/user/getlist"): people.user_list,
    ("POST", "/v3.0/oa/user/update"): people.user_update,
    ("POST", "/v3.0/oa/quota/message"): quotas.message_quota,
    ("POST", "/v2.0/oa/quota/message"): quotas.older_message_quota,
    ("POST", "/v2.0/oa/tag/tagfollower"): tags.tag_follower,
    ("POST", "/v2.0/oa/tag/rmfollowerfromtag"): tags.untag_follower,
    ("POST", "/v2.0/oa/tag/rmtag"): tags.remove_tag,
    ("GET", "/v2.0/oa/tag/gettagsofoa"): tags.tags_of_page,
    ("GET", "/v2.0/oa/listrecentchat"): chats.recent_chats,
    ("GET", "/v2.0/oa/conversation"): chats.conversation,
    ("GET", "/v2.0/oa/getoa"): page_info.page_info,
}
