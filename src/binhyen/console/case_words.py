"""Words of the console about cases, openings and custodians; English here, Vietnamese in the catalogue."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Words = str | Promise

CASE_KIND_NAMES: dict[str, Words] = {
    "crime_accusation": _("Crime reported"),
    "crime_tip": _("Signs of a crime"),
    "feedback": _("Situation in the area"),
    "petition": _("Proposal"),
}
CASE_STATE_NAMES: dict[str, Words] = {
    "received": _("Received"),
    "seen": _("Read"),
    "verifying": _("Being verified"),
    "transferred": _("Transferred"),
    "answered": _("Answered"),
    "closed": _("Closed"),
    "closed_without_result": _("Closed without result"),
    "contested": _("Contested"),
}
CASE_STATE_TONES = {"contested": "danger", "received": "warn", "closed": "ok", "closed_without_result": "ok"}
CHANNEL_NAMES: dict[str, Words] = {
    "web": _("Residents' portal"),
    "zalo": _("From Zalo"),
    "phone": _("By telephone"),
    "counter": _("At the counter"),
    "transfer": _("From another unit"),
}
TOPIC_NAMES: dict[str, Words] = {
    "danger": _("Danger now"),
    "crime": _("A crime seen or known"),
    "suspicion": _("Something suspicious seen"),
    "online_fraud": _("Fraud by internet or telephone"),
    "nuisance": _("Noise, disorder, traffic"),
    "proposal": _("Proposal for the area"),
}
ACT_NAMES: dict[str, Words] = {
    "verify": _("Begin to verify"),
    "take_back": _("It came back"),
    "answer": _("Answer"),
    "close": _("Close with a result"),
    "close_without_result": _("Close without result"),
    "reopen": _("Open again"),
}
EVENT_NAMES: dict[str, Words] = {
    "state": _("State"),
    "answer": _("Answer to the reporter"),
    "question": _("Question to the reporter"),
    "addition": _("The reporter adds"),
    "left_out": _("A file did not come along"),
    "contest": _("The reporter contests"),
    "note": _("Internal note"),
    "assigned": _("In charge"),
    "conflict": _("Conflict of interest"),
    "transfer": _("Transfer"),
    "split": _("Split"),
    "kind": _("Other kind"),
    "clock": _("Time limit"),
    "identity": _("Identity"),
    "route": _("Way back through Zalo"),
    "task": _("Task"),
    "incident": _("One event"),
}
INCIDENT_ACTS: dict[str, Words] = {
    "merged": _("One event with #%(with)s"),
    "taken_out": _("Taken out of the event again"),
    "refused": _("Another event than #%(with)s"),
}
CLOCK_NAMES: dict[str, Words] = {
    "crime.first_look": _("First look"),
    "crime.transfer": _("Transfer to the investigation body"),
    "crime.urgent_call": _("Call the investigation body"),
    "crime.followup_ping": _("Ask the other body"),
    "crime.decision": _("Decision of the investigation body"),
    "crime.notify_procuracy": _("Notice to the procuracy"),
    "crime.result_notice": _("Result notice"),
    "crime.preliminary_verification": _("Preliminary verification"),
    "feedback.first_look": _("First look"),
    "feedback.forward": _("Forward to the right unit"),
    "feedback.answer": _("Answer due"),
    "contest.first_look": _("The commander takes it up"),
}
CLOCKS_TOLD = {
    "crime.first_look": "Cán bộ xem tin",
    "feedback.first_look": "Cán bộ xem tin",
    "crime.transfer": "Nếu là việc phạm tội, chuyển cơ quan điều tra",
    "feedback.answer": "Trả lời",
}
"""What the receipt on paper promises, in Vietnamese as everything that goes to residents (ADR 7)."""
FILE_STATE_NAMES: dict[str, Words] = {
    "waiting": _("the copy is being made"),
    "ready": _("copy without hidden data"),
    "no_copy": _("sealed; no safe copy can be made"),
    "refused": _("cannot be read; the original stays sealed"),
}
CONFLICT_REASONS: dict[str, Words] = {
    "named": _("named in the report"),
    "involved": _("flagged"),
    "contested": _("the closing is contested"),
    "goes_up": _("nobody is left here: the superior unit works it"),
}
OPENING_STATE_NAMES: dict[str, Words] = {
    "asked": _("Waits for custodians"),
    "open": _("Open"),
    "ended": _("Sealed again"),
    "refused": _("Refused"),
    "withdrawn": _("Taken back"),
    "expired": _("Nobody agreed in time"),
}


def opening_state(purpose: str, state: str) -> Words:
    """State of an opening in words; a rehearsal or sharing opens nothing that could be sealed again."""
    return _("Done") if state == "ended" and purpose != "identity" else OPENING_STATE_NAMES[state]


OPENING_PURPOSES: dict[str, Words] = {
    "identity": _("Open an identity"),
    "rehearsal": _("Rehearsal"),
    "share_again": _("New shares"),
}
PAPER_NAMES: dict[str, Words] = {
    "reception_record": _("Reception record"),
    "transfer_slip": _("Transfer slip"),
    "result_notice": _("Result notice"),
}
HOLD_GROUNDS: dict[str, Words] = {
    "prosecution": _("Asked for by an investigation body, procuracy or court"),
    "complaint": _("A complaint or denunciation is being dealt with"),
    "inspection": _("An inspection is going on"),
    "dispute": _("A claim in civil law"),
}
CASE_VIEW_NAMES: dict[str, Words] = {
    "open": _("All open"),
    "late": _("Overdue"),
    "mine": _("Mine"),
    "unassigned": _("Without anybody in charge"),
    "contested": _("Contested"),
    "done": _("Done"),
    "held": _("Kept by legal hold"),
}
CASE_ERRORS: dict[str, Words] = {
    "case_step": _("This is not possible in the present state of the case. Look at it again."),
    "commander_only": _("A contested case is worked by the commander."),
    "answer_missing": _("Write the words for it first."),
    "text_too_long": _("At most %(limit)s characters fit."),
    "text_state_secret": _("The text is headed like a paper marked secret. Such papers may not be written here."),
    "reason_short": _("Write the reason in at least %(characters)s characters."),
    "conflict_officer": _("This officer must not see the case."),
    "conflict_known": _("This officer is set aside already."),
    "clock_of_law": _("A limit of the law cannot be moved."),
    "clock_not_running": _("This limit does not run."),
    "clock_overdue": _("What is overdue stays overdue."),
    "package_not_compared": _(
        "Still in the text: %(found)s. Take it out, or confirm that none of it is the reporter's."
    ),
    "package_original_sealed": _("An original leaves only after its identity was opened for this case."),
    "package_file": _("One of the files cannot go along."),
    "body_missing": _("Write to which body it goes."),
    "unit_same": _("The case is in this unit already."),
    "incident_unknown": _("There is no case #%(number)s that you may see."),
    "incident_together": _("The two are together already."),
    "incident_none": _("The case stands for itself already."),
    "incident_undo_late": _("After %(days)s days reports stay together."),
    "hold_ground": _("Choose the ground for keeping it."),
    "hold_reason_short": _("Write the reason in at least %(least)s characters."),
    "hold_exists": _("The case is kept already."),
    "hold_none": _("The case is not kept."),
    "hold_second_person": _("Somebody else has to end what you have placed."),
    "hold_commander": _("One of the two people has to be the commander."),
    "part_of_part": _("A part is not split again."),
    "case_gone_on": _("Another unit works it now: it asks the reporter, and transfers it back where needed."),
    "part_asks_whole": _("The reporter follows the whole case: ask from there."),
    "conflict_last": _("Nobody else could work this case then. First somebody has to be given the role for it."),
    "ground_unknown": _("Choose the ground in law."),
    "identity_none": _("The reporter gave no name."),
    "opening_running": _("You have asked already. Look under Openings."),
    "opening_waits": _("The name is not open yet: %(given)s of %(needed)s have agreed. It waits for: %(who)s."),
    "opening_over": _("This request is over. Ask again if it is still needed."),
    "delay_ground_missing": _("Telling the reporter later needs both a ground and a date."),
    "delay_past": _("Write a day to come, such as 31/12/2026."),
    "delay_too_long": _("At most %(days)s days later."),
    "share_given": _("You have agreed already; another custodian has to agree too."),
    "share_missing": _("You hold no share of this key. Two other custodians have to share it again."),
    "second_person_missing": _("A second person, not the one who asked, has to agree."),
    "shares_do_not_fit": _("The two shares do not belong together. Share the key again."),
    "passphrase_wrong": _("The passphrase is not right."),
    "passphrase_locked": _("Too many wrong passphrases. Wait %(seconds)s seconds."),
    "passphrase_short": _("At least %(words)s different words and %(characters)s characters."),
    "passphrase_long": _("At most %(limit)s characters."),
    "passphrases_differ": _("The two passphrases are not the same."),
    "not_custodian": _("Only custodians have a passphrase here."),
    "custodians_few": _("At least %(needed)s custodians with a passphrase are needed."),
    "identity_no_key": _("The unit has no identity key yet."),
    "envelope_closed": _("The name shows only in the browser in which it was asked for. Ask again there."),
    "channel_missing": _("Tick how the report came: by telephone or at the counter."),
    "report_empty": _("Choose what it is about and write what was told."),
    "file_not_ready": _("The copy is not ready yet. Look again in a minute."),
}
