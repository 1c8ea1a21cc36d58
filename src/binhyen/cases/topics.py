"""The choices of the wizard's first page: which kind of report each makes, or which other way it leads."""

from dataclasses import dataclass

from binhyen.cases.models import CaseKind


@dataclass(frozen=True, slots=True)
class Topic:
    """One choice. Without a kind it leads to a page of its own."""

    id: str
    kind: CaseKind | None
    is_urgent: bool = False


TOPICS = {
    topic.id: topic
    for topic in (
        Topic("danger", CaseKind.CRIME_TIP, is_urgent=True),
        Topic("crime", CaseKind.CRIME_ACCUSATION),
        Topic("suspicion", CaseKind.CRIME_TIP),
        Topic("online_fraud", CaseKind.CRIME_TIP),
        Topic("nuisance", CaseKind.FEEDBACK),
        Topic("proposal", CaseKind.PETITION),
        Topic("lost_found", None),
        Topic("conduct", None),
        Topic("denunciation", None),
    )
}
"""In the order of the page; danger first (G55)."""
CRIME_KINDS = frozenset({CaseKind.CRIME_ACCUSATION, CaseKind.CRIME_TIP})
"""Reports of crime, which VNeID takes as well."""
