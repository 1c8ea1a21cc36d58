"""`POST /v2.0/oa/message`: anonymous people and reactions still work, 1-1 messages answer -240 (Zalo section 3.2)."""

from typing import Any

from binhyen.simulator import articles
from binhyen.simulator.errors import invalid, refusal
from binhyen.simulator.events import echo_body
from binhyen.simulator.front import Call
from binhyen.simulator.messages import check_quote, read_message
from binhyen.simulator.residents import oa_reaction

REACTION_ICONS = frozenset({":>", "--b", ":-((", "/-strong", "/-heart", ":-h", ":o", "/-remove"})
REACTIONS_PER_MESSAGE = 50
ANONYMOUS_KINDS = frozenset({"text", "image", "file", "sticker"})


def send_v2(call: Call) -> dict[str, Any]:
    """Tell the uses of this path apart."""
    body = call.json()
    recipient = body.get("recipient")
    if not isinstance(recipient, dict):
        raise invalid("recipient")
    if isinstance(body.get("sender_action"), dict):
        return react(call, recipient, body["sender_action"])
    if "anonymous_id" in recipient:
        return send_anonymous(call, recipient, body.get("message"))
    if "target" in recipient:
        return articles.broadcast(call, body)
    raise refusal(-240)


def react(call: Call, recipient: dict[str, Any], action: dict[str, Any]) -> dict[str, Any]:
    """React to a message the resident wrote; costs no quota."""
    icon, msg_id = action.get("react_icon"), action.get("react_message_id")
    if icon not in REACTION_ICONS:
        raise invalid("react_icon")
    message = call.world.messages.get(msg_id) if isinstance(msg_id, str) else None
    if message is None or message.oa_id != call.page.oa_id or message.is_from_page:
        raise invalid("react_message_id")
    if recipient.get("user_id") != message.user_id:
        raise invalid("user_id")
    if message.reaction_count >= REACTIONS_PER_MESSAGE:
        raise refusal(-210)
    message.reaction_count += 1
    message.reaction = "" if icon == "/-remove" else str(icon)
    if call.world.switches.echoes:
        resident = call.world.residents[message.user_id]
        call.notices.append(oa_reaction(call.world, resident, message.msg_id, str(icon)))
    return {"message_id": message.msg_id, "user_id": message.user_id}


def send_anonymous(call: Call, recipient: dict[str, Any], message: Any) -> dict[str, Any]:
    """Answer an anonymous person in their conversation; the answer repeats both ids."""
    anonymous_id, conversation_id = recipient.get("anonymous_id"), recipient.get("conversation_id")
    resident = call.world.residents.get(anonymous_id) if isinstance(anonymous_id, str) else None
    if resident is None or resident.oa_id != call.page.oa_id or resident.conversation_id is None:
        raise invalid("anonymous_id")
    if conversation_id not in (resident.conversation_id, *resident.earlier_conversations):
        raise invalid("conversation_id")
    if not isinstance(message, dict):
        raise invalid("message")
    shape = read_message(call, message)
    if shape.kind not in ANONYMOUS_KINDS:
        raise refusal(-233)
    quoted = message.get("quote_message_id")
    if quoted is not None:
        check_quote(call, resident, quoted, shape)
    sent = call.world.record(
        resident,
        is_from_page=True,
        text=shape.text,
        kind=shape.kind,
        buttons=shape.buttons,
        attachments=shape.attachments,
        quoted_id=quoted,
    )
    if call.world.switches.echoes:
        call.notices.append(echo_body(call.world, resident, sent))
    return {"message_id": sent.msg_id, "anonymous_id": anonymous_id, "conversation_id": conversation_id}
