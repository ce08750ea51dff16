"""What a visit leaves in the record when it is signed: its evaluation, what was decided in it and
before, and what was done about its red flags.
"""

from collections.abc import Iterator
from datetime import datetime

from clinic_desk.clinical.findings import Findings
from clinic_desk.storage.models import (
    DecisionRow,
    Evaluation,
    FlagActionRow,
    SupersededDecision,
    Visit,
)
from clinic_desk.usecases import carrying, plain, typed
from clinic_desk.usecases.flag_state import NOTE_ONLY
from clinic_desk.usecases.reckoning import Reckoning, person_of
from clinic_desk.usecases.visit_views import VisitContent

Row = Evaluation | DecisionRow | SupersededDecision | FlagActionRow


def rows(
    visit: Visit, reckoned: Reckoning, content: VisitContent, found: Findings, now: datetime
) -> Iterator[Row]:
    """The rows of a visit that is signed `now`; of a note alone there is no evaluation."""
    facts = carrying.facts(content)
    if visit.kind != NOTE_ONLY or content.answers or facts or content.retest or content.done:
        yield Evaluation(
            visit_id=visit.id,
            side=reckoned.case.side.value if reckoned.case.side else None,
            protocol=visit.protocol,
            protocol_version=visit.protocol_version,
            answers=plain.table(content.answers),
            findings=plain.table(found),
            carried=plain.table(facts),
            retest=dict.fromkeys(content.retest, True),
            person=person_of(reckoned.case),
            done={"done": plain.plain(content.done)} if content.done else {},
        )
    for one in content.decisions:
        yield DecisionRow(
            visit_id=visit.id,
            subject=one.subject,
            suggested=one.suggested,
            decided=one.decided,
            reason=typed.block(one.reason),
            by=one.by,
            at=one.at,
        )
    for former in content.superseded:
        yield SupersededDecision(
            visit_id=visit.id,
            subject=former.subject,
            suggested=former.suggested,
            decided=former.decided,
            reason=typed.block(former.reason),
            by=former.by,
            at=former.at,
            superseded_at=former.superseded_at or now,
        )
    for act in content.flag_actions:
        yield FlagActionRow(
            visit_id=visit.id,
            flag=act.flag,
            kind=act.kind,
            text=typed.block(act.text),
            by=act.by,
            at=act.at,
        )
