"""Who may call which address of the console: one decision for each, read by people, asked for by G20 and G39.

Roles are letters: D duty officer, B beat officer, E page editor, C commander, K identity custodian,
U unit administrator, T technical administrator. NONE means that the address does not know the method.
"""

from dataclasses import dataclass, field

from binhyen.units.models import Role

LETTERS = dict(zip("DBECKUT", Role, strict=True))
ALL = "".join(LETTERS)
NONE = None
TALK, REPLY, SWITCH, LEAD, ROSTER = "DBCU", "DBU", "DCU", "CU", "DCU"
CASES, WRITERS, VIEWERS, EDITORS, ADMINS, KEEPERS = "DBC", "DBEU", "DBECU", "DECU", "UT", "CKU"


@dataclass(frozen=True, slots=True)
class Decision:
    """What a role meets at one address in its own unit; everywhere else the address leads to "not found"."""

    get: str | None
    post: str | None = NONE
    fresh: bool = False
    """Whether a second factor older than five minutes is asked for again first (G38)."""
    form: dict[str, str] = field(default_factory=dict)
    """What the form sends; `{name}` stands for the id of that thing in the unit."""
    is_sealed: bool = False
    """Content of cases, identities, attachments or exports: never for technical administrators (G20)."""


PUBLIC = frozenset({
    "account_login", "account_logout", "mfa_authenticate", "mfa_login_webauthn", "mfa_reauthenticate",
    "mfa_reauthenticate_webauthn", "invitation", "demo-sign-in",
})  # fmt: skip
"""Before or during signing in; G35 and G38 try them one by one."""

UNIT = {"of_unit": "{unit_id}"}
DECISIONS = {
    # conversations
    "inbox": Decision(TALK, TALK, is_sealed=True),
    "thread": Decision(TALK, TALK, is_sealed=True),
    "reply": Decision(NONE, REPLY, is_sealed=True),
    "note": Decision(NONE, TALK, is_sealed=True),
    "draft": Decision(NONE, TALK, is_sealed=True),
    "act": Decision(NONE, TALK, form={"act": "take"}, is_sealed=True),
    "delivery": Decision(NONE, REPLY, form={"act": "again", "delivery": "{delivery}"}, is_sealed=True),
    "name": Decision(NONE, TALK, is_sealed=True),
    "answers": Decision(REPLY, REPLY, is_sealed=True),
    "later": Decision(NONE, TALK, is_sealed=True),
    "topic": Decision(NONE, REPLY, form={"topic": "{topic}"}, is_sealed=True),
    "thread-group": Decision(NONE, TALK, is_sealed=True),
    "search": Decision(NONE, ALL),
    "palette": Decision(ALL, ALL),
    "sections": Decision(ALL, ALL),
    "further": Decision(TALK, REPLY, form={"group": "{group_id}", "act": "bring_in"}, is_sealed=True),
    "begin-record": Decision(NONE, TALK, is_sealed=True),
    "bulk": Decision(REPLY, REPLY, form={"act": "close", "c": "{conversation_id}"}, is_sealed=True),
    "bulk-act": Decision(TALK, REPLY, is_sealed=True),
    "not-received": Decision(TALK + "T", TALK + "T"),
    "waiting": Decision(TALK, LEAD, form={**UNIT, "hours": "4"}, is_sealed=True),
    "exports": Decision(TALK, TALK, is_sealed=True),
    "new-export": Decision(TALK, TALK, fresh=True, is_sealed=True),
    "export-file": Decision(ALL, ALL, fresh=True),
    "replies": Decision(TALK, TALK, form={**UNIT, "title": "Chợ", "text": "Mở 17 giờ"}),
    "topics": Decision(NONE, LEAD, form={**UNIT, "name": "Điện"}),
    "macros": Decision(NONE, LEAD, form={**UNIT, "name": "Đóng", "closes": "yes"}),
    "canned": Decision(TALK, TALK),
    "keep-filter": Decision(NONE, TALK, form={**UNIT, "name": "Của tôi"}),
    "file": Decision(TALK, TALK, is_sealed=True),
    "accept-alert": Decision(NONE, TALK),
    "desk": Decision(REPLY, REPLY, is_sealed=True),
    "take-question": Decision(REPLY, REPLY, form={"token": "t" * 43}, is_sealed=True),
    # duty
    "today": Decision(ROSTER, ROSTER),
    "take-shift": Decision(NONE, REPLY),
    "hand-over": Decision(NONE, ROSTER),
    "roster": Decision(ROSTER, ROSTER),
    "stop-switches": Decision(SWITCH, SWITCH),
    "stop-switch": Decision(SWITCH, SWITCH),
    "pulse": Decision(ALL, ALL),
    # posts
    "posts": Decision(VIEWERS),
    "approvals": Decision(SWITCH),
    "new-post": Decision(WRITERS, WRITERS),
    "post-library": Decision(WRITERS),
    "post-preview": Decision(NONE, WRITERS),
    "post": Decision(VIEWERS, WRITERS),
    "post-review": Decision(VIEWERS, SWITCH),
    "post-approve": Decision(SWITCH, SWITCH, fresh=True),
    "post-track": Decision(VIEWERS, VIEWERS, form={"act": "cancel"}),
    "hand-list": Decision(VIEWERS, WRITERS),
    "post-picture": Decision(VIEWERS),
    # procedures
    "procedures": Decision(EDITORS, EDITORS),
    "unit-procedures": Decision(EDITORS, EDITORS),
    "procedures-helped": Decision(EDITORS),
    "procedures-file": Decision(EDITORS, EDITORS),
    "procedure-approval": Decision(LEAD, LEAD, fresh=True),
    "procedure": Decision(EDITORS, EDITORS),
    "procedure-preview": Decision(EDITORS, EDITORS),
    "procedure-sheet": Decision(EDITORS, EDITORS),
    "procedure-history": Decision(EDITORS, EDITORS),
    # groups and paper
    "groups": Decision(VIEWERS, VIEWERS),
    "new-group": Decision(WRITERS, WRITERS),
    "import-counts": Decision(WRITERS, WRITERS),
    "import-template": Decision(WRITERS),
    "area-households": Decision(NONE, WRITERS, form={"area": "{area}", "households": "20"}),
    "codes": Decision(VIEWERS, WRITERS),
    "code-picture": Decision(VIEWERS),
    "page-groups": Decision(WRITERS, WRITERS),
    "group": Decision(VIEWERS, WRITERS),
    "group-joins": Decision(NONE, WRITERS),
    "print-room": Decision(WRITERS, WRITERS),
    "print-batch": Decision(WRITERS, WRITERS, form={"act": "stop"}),
    "print-file": Decision(WRITERS),
    "print-mark": Decision(NONE, WRITERS),
    # lost and found
    "lost-found": Decision(TALK),
    "lost-new": Decision(TALK, TALK),
    "lost-record": Decision(TALK, TALK),
    "lost-publish": Decision(TALK, SWITCH, fresh=True),
    "lost-picture": Decision(TALK, is_sealed=True),
    "lost-hand-over": Decision(TALK, is_sealed=True),
    # figures and the record
    "figures": Decision(VIEWERS),
    "figures-of-hamlet": Decision(VIEWERS),
    "figures-of-year": Decision(VIEWERS),
    "open-figures": Decision(NONE, LEAD),
    "brought-in": Decision(LEAD, LEAD),
    "brought-in-template": Decision(LEAD),
    "reviews": Decision(VIEWERS, LEAD, form={"period": "2025-Q4"}),
    "review": Decision(VIEWERS, LEAD, form={"act": "again"}),
    "review-texts": Decision(LEAD, LEAD),
    "review-version": Decision(VIEWERS),
    "review-file": Decision(NONE, VIEWERS),
    "record": Decision(LEAD, LEAD),
    # settings
    "settings": Decision(ALL, ALL),
    "own-alerts": Decision(NONE, ALL),
    "roles": Decision(ALL, ALL),
    "set-up": Decision(ADMINS, ADMINS),
    "set-up-step": Decision(ADMINS, ADMINS),
    "officers": Decision(ADMINS, ADMINS, fresh=True),
    "officer": Decision(ADMINS, ADMINS, fresh=True),
    "zalo": Decision(ADMINS, ADMINS, fresh=True),
    "consumers": Decision(ADMINS, ADMINS, fresh=True),
    "consumer": Decision(ADMINS, ADMINS, fresh=True, form={"act": "revoke"}),
    "zalo-callback": Decision(ALL, ALL, fresh=True),
    # sealed reports
    "cases": Decision(CASES, CASES, is_sealed=True),
    "take-report": Decision(CASES, CASES, is_sealed=True),
    "case": Decision(CASES, CASES, is_sealed=True),
    "case-act": Decision(NONE, CASES, is_sealed=True),
    "transfer": Decision(CASES, CASES, is_sealed=True),
    "case-paper": Decision(CASES, CASES, is_sealed=True),
    "case-package": Decision(CASES, CASES, fresh=True, is_sealed=True),
    "ask-opening": Decision(CASES, CASES, fresh=True, is_sealed=True),
    "case-file": Decision(CASES, CASES, is_sealed=True),
    "openings": Decision(CASES + "KU", CASES + "KU", is_sealed=True),
    "opening": Decision(ALL, ALL, fresh=True),
    "custodians": Decision(KEEPERS, KEEPERS, fresh=True, is_sealed=True),
    "conduct": Decision("C", "C", is_sealed=True),
}
"""`export-file` and `opening` are one's own: the table tells of those the role's officer made.
The state `zalo-callback` brings back is signed for one officer and one unit, which the channel's tests try."""
