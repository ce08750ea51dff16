"""A report on paper, and its chart for the screen: the same drawing for both."""

from clinic_desk.documents import report as paper
from clinic_desk.documents.report_content import (
    ReportContent,
    ReportFigure,
    ReportPart,
    ReportTable,
)
from clinic_desk.drawing import bars as drawn
from clinic_desk.drawing.bars import Bar
from clinic_desk.drawing.shapes import Picture
from clinic_desk.i18n import _
from clinic_desk.storage import chart_queries as chart
from clinic_desk.usecases import words
from clinic_desk.usecases.desk import Desk
from clinic_desk.usecases.report_views import Bars, Report, Table

MOST_BARS = 16


def picture(bars: Bars) -> Picture:
    """The bars of a report; of very many only the first."""
    return drawn.picture(bars.parts, [Bar(one.name, one.values) for one in bars.rows[:MOST_BARS]])


def spoken(bars: Bars) -> str:
    """The same in words, for a screen reader."""
    rows = [
        f"{row.name}: "
        + ", ".join(f"{n} {part}" for n, part in zip(row.values, bars.parts, strict=True))
        for row in bars.rows[:MOST_BARS]
    ]
    return f"{bars.title}. {'; '.join(rows)}"


def pdf(desk: Desk, report: Report) -> bytes:
    """The report as a PDF; audited. Raises DocumentFailed."""
    with desk.store.unit(desk.actor.id) as unit:
        practice = chart.practice(unit.session)
        parts = [_part(one) for one in report.tables]
        if report.bars is not None and report.bars.rows:
            figure = ReportFigure("", picture(report.bars))
            parts.insert(0, ReportPart(report.bars.title, figures=(figure,), across=1))
        made = paper.render(
            ReportContent(
                paper="letter" if practice.paper == "letter" else "a4",
                title=report.title,
                lines=tuple(
                    line for line in (practice.name, report.period.said, report.note) if line
                ),
                foot=f"{practice.name}, {report.title}",
                made=_("Printed {day}").format(day=words.day(desk.today())),
                parts=tuple(parts),
                author=desk.actor.name,
            )
        )
        unit.audit("export", "report", None, {"kind": report.kind, "form": "pdf"}, at=desk.now())
        unit.commit()
    return made


def _part(table: Table) -> ReportPart:
    note = table.note if table.rows else _("Nothing in this period.")
    rows = tuple(tuple(cell.text for cell in row) for row in table.rows)
    return ReportPart(table.title, note, table=ReportTable(table.header, rows, _widths(table)))


def _widths(table: Table) -> tuple[float, ...]:
    """A column is as wide as its longest word or number asks, names up to a third of the page."""
    return tuple(
        min(
            max(
                max(len(word) for word in title.split()) * 1.15,
                max((len(row[place].text) for row in table.rows), default=0) * 0.75,
            ),
            16,
        )
        + 4.0
        for place, title in enumerate(table.header)
    )
