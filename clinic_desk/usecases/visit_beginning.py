"""What the draft of a visit begins with: what is known already, each with where it comes from."""

from dataclasses import replace

from clinic_desk.storage import chart_queries as chart
from clinic_desk.storage.models import Case, Visit
from clinic_desk.usecases import (
    carrying,
    home_kept,
    imaging_results,
    note_templates,
    plain,
    visit_content,
)
from clinic_desk.usecases.reckoning import Reckoning, before
from clinic_desk.usecases.visit_views import VisitContent

RE_EVALUATION = "re_evaluation"


def payload(session: chart.Reading, case: Case, visit: Visit, reckoned: Reckoning) -> plain.Plain:
    """A re-evaluation carries the last values forward; the sheets that came back and the imaging
    reports are facts of every visit.
    """
    sheets = home_kept.answered(session, case.id, reckoned.protocol)
    earlier = before(session, visit)
    content = VisitContent()
    if visit.kind == RE_EVALUATION:
        content = carrying.brought_along(reckoned, earlier)
    reports = imaging_results.brought(
        session, case, reckoned.protocol, carrying.when_answered(earlier), reckoned.case.on
    )
    content = replace(
        content,
        carried={**content.carried, **sheets, **reports},
        layout=note_templates.standing(session, visit.kind),
    )
    judged = visit.kind == RE_EVALUATION or reports
    flags = reckoned.of(content).red_flags if judged else ()
    return visit_content.payload(content, flags)
