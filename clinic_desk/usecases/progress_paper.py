"""A patient's progress on paper: the charts that are on the screen, each with its table."""

from collections.abc import Sequence
from uuid import UUID

from clinic_desk.documents import report
from clinic_desk.documents.report_content import (
    ReportContent,
    ReportFigure,
    ReportPart,
    ReportTable,
)
from clinic_desk.i18n import _
from clinic_desk.storage import chart_queries as chart
from clinic_desk.usecases import charts, progress, progress_chart, words
from clinic_desk.usecases.desk import Desk
from clinic_desk.usecases.progress import Track

_WIDTHS = (1.3, 1.3, 1.3, 1.5, 2.0)  # of the table's columns


def pdf(desk: Desk, case_id: UUID, chosen: Sequence[str]) -> bytes:
    """The chosen measures of a case as a PDF; audited. Raises NotFound, AccessDenied,
    DocumentFailed.
    """
    tracks = [one for one in progress.tracks(desk, case_id) if one.id in chosen]
    with desk.store.unit(desk.actor.id) as unit:
        case = charts.case(unit.session, case_id)
        who = charts.patient(unit.session, case.patient_id)
        practice = chart.practice(unit.session)
        name = words.list_name(who.given_name, who.family_name)
        born = words.birth(who.birth_date, who.birth_part)
        identity = ", ".join(part for part in (name, born, who.number) if part)
        case_said = words.sided(case.title, charts.side_of(case))
        made = report.render(
            ReportContent(
                paper="letter" if practice.paper == "letter" else "a4",
                title=_("Progress"),
                lines=(identity, case_said, practice.name),
                foot=identity,
                made=_("Printed {day}").format(day=words.day(desk.today())),
                parts=tuple(map(_part, tracks)),
                author=desk.actor.name,
            )
        )
        unit.audit("export", "case", case_id, {"kind": "progress"}, at=desk.now())
        unit.commit()
    return made


def _part(track: Track) -> ReportPart:
    names = {
        progress_chart.DIFFERENCE: track.meaning,
        progress_chart.SIDES: _("Both sides, {unit}").format(unit=track.raw_unit or _("points")),
    }
    header, rows = progress_chart.header(track), progress_chart.rows(track)
    if not any(row[-1] for row in rows):  # nothing to note
        header, rows = header[:-1], tuple(row[:-1] for row in rows)
    notes = [track.sentence]
    if track.goal is not None:
        notes.append(_("Goal from the program “{name}”.").format(name=track.goal.source))
    if track.band is not None and track.source:
        notes.append(_("MCID: {source}.").format(source=track.source.rstrip(".")))
    return ReportPart(
        heading=track.name,
        note=" ".join(notes),
        figures=tuple(
            ReportFigure(names[way], progress_chart.picture(track, way))
            for way in progress_chart.ways(track)
        ),
        table=ReportTable(header, rows, _WIDTHS[: len(header)]),
    )
