"""Words of sorting and answering many conversations: later, filters, topics, canned replies, macros."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from binhyen.inbox.models import BulkKind

SNOOZE_NAMES: dict[str, str | Promise] = {
    "hour": _("In one hour"),
    "afternoon": _("This afternoon"),
    "tomorrow": _("Tomorrow morning"),
    "monday": _("Monday morning"),
}
"""Names of `inbox.snoozing.rules.usual_times`."""
BULK_NAMES: dict[BulkKind, str | Promise] = {
    BulkKind.ASSIGN: _("Put somebody in charge"),
    BulkKind.TOPIC: _("Label with a topic"),
    BulkKind.REPLY: _("Reply to each"),
    BulkKind.MERGE: _("Merge duplicates"),
    BulkKind.MACRO: _("Run a macro"),
    BulkKind.CLOSE: _("Finish"),
}
STATE_NAMES: dict[str, str | Promise] = {
    "answered": _("Answered"),
    "waiting": _("Waits for an officer"),
    "closed": _("Done"),
}
BULK_BUTTONS: dict[BulkKind, str | Promise] = {
    BulkKind.ASSIGN: _("Assign"),
    BulkKind.TOPIC: _("Topic"),
    BulkKind.REPLY: _("Reply"),
    BulkKind.MERGE: _("Merge"),
    BulkKind.MACRO: _("Macro"),
    BulkKind.CLOSE: _("Finish"),
}
"""Short words for the buttons above the list."""
VARIABLE_WORDS: dict[str, str | Promise] = {
    "ai": _("how the unit addresses residents"),
    "cq": _("short name of the unit"),
    "so_truc": _("number of the duty desk"),
    "gio": _("office hours"),
    "dia_chi": _("address"),
    "can_bo": _("your name"),
    "so_can_bo": _("your number in the directory"),
    "so": _("number of the conversation"),
}
"""Variables of canned replies, as explained to who drafts one; {Ai} and {Cq} begin with a capital."""
SORTING_ERRORS: dict[str, str | Promise] = {
    "reply_unfilled": _(
        "“{%(name)s}” still has to be filled in: the unit has not entered this fact, or it is mistyped. "
        "Write it yourself or take it out."
    ),
    "canned_empty": _("Write a title and a text."),
    "canned_title_long": _("The title has at most 80 characters."),
    "canned_variable": _("“{%(name)s}” is no word that can be filled in. Use only those named above the box."),
    "canned_conflict": _("Somebody has just changed this. Your text is still below."),
    "canned_nothing_waits": _("Nothing waits for approval here."),
    "canned_why": _("Write what should change."),
    "macro_name": _("Give the macro a name."),
    "macro_empty": _("Choose at least one step."),
    "macro_parts": _("Topic and reply must belong to the same unit."),
    "bulk_none": _("Select at least one conversation first."),
    "bulk_many": _("At most %(most)s conversations at once. Narrow the list first."),
    "bulk_units": _("Conversations of one unit only. Choose the unit first."),
    "bulk_changed": _("The list has changed meanwhile. Look at it again, then do it."),
    "reply_waits_already": _("The same words wait to go out already."),
    "bulk_nothing": _("Nothing would change here."),
    "bulk_nothing_at_all": _("None of these conversations can take this."),
    "bulk_merge_few": _("Select at least two conversations to merge."),
    "bulk_grouped": _("It is merged with others already."),
    "undo_late": _("The time to undo this is over."),
    "undo_twice": _("This is undone already."),
    "export_reason": _("Write why the list is needed, at least %(least)s characters."),
    "export_form": _("Choose Excel or CSV."),
    "export_rows": _("At most %(most)s lines. Narrow the list first."),
    "export_gone": _("This file was already taken, or its 24 hours are over. Make a new one if you still need it."),
    "wait_limit": _("Write office hours between 0.5 and 80, like 8 or 1.5."),
    "snooze_past": _("Choose a time that is still to come."),
    "snooze_too_long": _("At most %(days)s days ahead."),
    "snooze_time": _("Write the day like 30/11/2026 and the time like 08:30."),
    "filter_name": _("Give the filter a name."),
    "filter_twice": _("You already have a filter of this name."),
    "filter_many": _("At most %(most)s filters. Remove one first."),
    "topic_name": _("Give the topic a name."),
    "topic_person": _("A topic names a matter, never people or what they are like."),
    "topic_twice": _("This topic is already on the list."),
    "topic_many": _("At most %(most)s topics are in use. Retire one first."),
    "topic_other_unit": _("This topic belongs to another unit."),
    "labels_many": _("At most %(most)s topics for one conversation."),
    "receipt_unknown": _("No question of your units has this code."),
}
"""By code of `NotPossible`; part of the console's catalogue."""
