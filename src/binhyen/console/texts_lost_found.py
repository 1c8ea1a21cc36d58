"""Words of lost and found: kinds, states, grounds, and what officers are told when something cannot be done."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from binhyen.lost_found.models import Category, ClaimState, LegalBasis, RecordKind, RecordState, SetAside, Source

Words = str | Promise
RECORD_KINDS: dict[str, Words] = {
    RecordKind.FOUND_CHILD: _("Found child"),
    RecordKind.MISSING_CHILD: _("Missing child"),
    RecordKind.FOUND_PERSON: _("Found adult"),
    RecordKind.MISSING_PERSON: _("Missing adult"),
    RecordKind.FOUND_ITEM: _("Found thing"),
    RecordKind.LOST_ITEM: _("Lost thing"),
}
CATEGORIES: dict[str, Words] = {
    Category.MONEY: _("Money"),
    Category.WALLET: _("Wallet"),
    Category.PHONE: _("Telephone"),
    Category.PAPERS: _("Papers"),
    Category.KEYS: _("Key ring"),
    Category.BAG: _("Bag"),
    Category.JEWELRY: _("Jewelry"),
    Category.VEHICLE: _("Vehicle"),
    Category.LIVESTOCK: _("Cattle, goats, pigs"),
    Category.POULTRY: _("Poultry, fish"),
    Category.OTHER: _("Other thing"),
}
RECORD_STATES: dict[str, Words] = {
    RecordState.DRAFT: _("Draft"),
    RecordState.REVIEW: _("Waits for the second officer"),
    RecordState.PUBLISHED: _("Published"),
    RecordState.KEPT: _("In the register"),
    RecordState.RESOLVED: _("Found, notice ended"),
    RecordState.HANDED_OVER: _("Handed over"),
    RecordState.CLOSED: _("Closed"),
    RecordState.JOINED: _("Joined to another record"),
}
SOURCES: dict[str, Words] = {Source.CHAT: _("Chat"), Source.PORTAL: _("Portal"), Source.COUNTER: _("Counter")}
CLAIM_STATES: dict[str, Words] = {
    ClaimState.OPEN: _("To be compared"),
    ClaimState.INVITED: _("Fits: call and invite to the station"),
    ClaimState.REFUSED: _("Does not fit"),
    ClaimState.SET_ASIDE: _("Stepped back"),
    ClaimState.DONE: _("Handed over"),
    ClaimState.PASSED: _("Somebody else received it"),
}
SET_ASIDE_REASONS: dict[str, Words] = {
    SetAside.WITHDREW: _("Withdrew the claim"),
    SetAside.ONE_FAMILY: _("Same family, the other one receives"),
    SetAside.FURTHER_PROOF: _("Asked again in person, the other one proved more"),
    SetAside.COURT: _("A written agreement or a court decided"),
}
BASES: dict[str, Words] = {
    LegalBasis.GUARDIAN_CONSENT: _("Parents or guardian agree (and the child from 7 years on)"),
    LegalBasis.EMERGENCY_CRIME_PREVENTION: _("Emergency, to prevent a crime"),
    LegalBasis.LAW_PROVIDES: _("A law provides for it"),
}
CLOCKS: dict[str, Words] = {
    "child.first_look": _("First look"),
    "child.post_decision": _("Decide about a notice"),
    "child.post_expires": _("Notice ends by itself"),
    "child.takedown": _("Gone from everywhere"),
    "person.first_look": _("First look"),
    "found.public_notice": _("Public notice"),
    "found.reminder": _("Reminder before the year ends"),
    "found.ownership_vests": _("Waiting time ends"),
    "found.tell_finder": _("Tell the finder"),
    "lost.first_look": _("First look"),
    "lost.expires": _("Report runs out"),
}
LOST_FOUND_ERRORS: dict[str, Words] = {
    "lost_kind": _("Choose what it is about."),
    "lost_day": _("That day has not come yet."),
    "lost_value": _("Write an amount in đồng, digits only."),
    "lost_secret": _("This text bears the mark of a state secret. It was not kept; such papers do not belong here."),
    "lost_empty": _("Tell in one sentence what was found or lost."),
    "lost_fixed": _("Somebody has moved on with this record. Look at it again."),
    "lost_incomplete": _("A notice needs what it is and the place; for a person the age or a description."),
    "lost_proof": _("Write at least %(least)s questions with answers that only the owner knows. They stay hidden."),
    "lost_amount": _("Take the amount out of the notice: it is what the owner has to know."),
    "lost_answer": _("The notice tells one of the hidden answers. Take it out of the notice, or ask something else."),
    "lost_basis": _("Choose the legal basis and write a note of at least %(least)s characters."),
    "lost_picture": _("Look at the picture and tick that it shows no papers, plates or other people."),
    "lost_papers_picture": _("Found papers are never shown in a picture."),
    "lost_words": _(
        "The notice holds something that may not be published: a number, an address, a full name of a child."
    ),
    "lost_own": _("The second officer must be another person than the one who handed it over."),
    "lost_not_waiting": _("This record does not wait for a second officer any more."),
    "lost_done": _("This record has ended already."),
    "lost_waits": _("The waiting time of the law is not over: a found thing is kept until then."),
    "lost_not_public": _("There is no notice to take down."),
    "claim_judged": _("This claim cannot be judged again."),
    "claim_answers": _("Answer every question."),
    "claim_phone": _("Write a telephone number we can call."),
    "claim_many": _("Too many claims wait already: compare those first."),
    "claim_again": _("This number has claimed three times already. The person has to come to the station."),
    "claim_state": _("Only a found thing in your keeping with at least %(least)s hidden questions can be claimed."),
    "claim_reason": _("Choose why this claim steps back."),
    "claim_unread": _("Another claim has not been compared yet. Compare every claim before anything is handed over."),
    "claim_rivals": _(
        "Two claims fit. Ask both again in person, then note which one steps back and why; if both insist, a court "
        "decides and the thing stays here."
    ),
    "join_other": _("Choose another record of the same kind in your unit."),
    "join_state": _("One of the two records has ended already."),
    "join_public": _("This record has a public notice. Take it down first, or join the other record to this one."),
    "join_claims": _("People have claimed this record. Join the other record to this one instead."),
    "hand_over_state": _("Nothing is handed over in this state."),
    "hand_over_claim": _("Choose a claim of which at least two answers fit."),
    "hand_over_papers": _("Look at the person's papers first and tick it. Keep no copy."),
    "hand_over_receiver": _("Write who receives and which papers were shown."),
    "hand_over_missing": _("Prepare the hand-over first."),
    "hand_over_same": _("The second officer must be another person than the first."),
    "hand_over_record": _("Print the record, have it signed by all three, and tick it."),
    "hand_over_person": _("A hand-over is only done with the person before you, never by chat."),
}
