"""What the paper benchmarks share: record a document's marks, put them on a bare canvas again."""

import json
import statistics
import time
from collections.abc import Callable
from io import BytesIO
from typing import Any

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from clinic_desk import paths
from clinic_desk.documents import page, picture, sheet
from clinic_desk.drawing.shapes import Circle, Curve, Line, Move, Picture

Mark = tuple[str, tuple[Any, ...], dict[str, Any]]

_RECORDED = (
    "setFillColor",
    "setStrokeColor",
    "setLineWidth",
    "rect",
    "roundRect",
    "circle",
    "line",
    "drawPath",
    "showPage",
    "setTitle",
    "setAuthor",
    "setSubject",
)


class _Text:
    """A text object that remembers what it is told."""

    def __init__(self, real: Any, x: float, y: float) -> None:
        self.real, self.x, self.y = real, x, y
        self.told: list[tuple[str, tuple[Any, ...]]] = []

    def setFont(self, *given: Any) -> None:
        self.told.append(("setFont", given))
        self.real.setFont(*given)

    def textOut(self, *given: Any) -> None:
        self.told.append(("textOut", given))
        self.real.textOut(*given)


def recorded(render: Callable[[], bytes]) -> list[Mark]:
    """The marks that one rendering puts on its pages."""
    marks: list[Mark] = []

    class Recorder(page.PaperCanvas):  # type: ignore[misc]
        _depth = 0

        def beginText(self, x: float = 0, y: float = 0, **named: Any) -> Any:
            real = super().beginText(x, y, **named)
            return _Text(real, x, y) if self._depth == 0 else real

        def drawText(self, text: Any) -> None:
            if isinstance(text, _Text):
                marks.append(("text", (text.x, text.y, text.told), {}))
                text = text.real
            super().drawText(text)

    for name in _RECORDED:

        def method(self: Any, *given: Any, _name: str = name, **named: Any) -> Any:
            if self._depth == 0:
                marks.append((_name, given, named))
            self._depth += 1
            try:
                return getattr(Canvas, _name)(self, *given, **named)
            finally:
                self._depth -= 1

        setattr(Recorder, name, method)

    plain_canvas, plain_draw, plain_code = page.PaperCanvas, picture.draw, sheet.Sheet.code

    def draw(
        onto: sheet.Sheet,
        shown: Picture,
        x: float,
        bottom: float,
        width: float,
        scale: float,
        line_art: bool = False,
    ) -> None:
        assert not line_art
        x0, y0, x1, _ = shown.bounds
        left = x + (width - (x1 - x0) * scale) / 2 - x0 * scale
        marks.append(("picture", (shown, left, onto.height - bottom - y0 * scale, scale), {}))

    def code(onto: sheet.Sheet, operators: str) -> None:
        marks.append(("code", (operators,), {}))
        plain_code(onto, operators)

    page.PaperCanvas, picture.draw, sheet.Sheet.code = Recorder, draw, code  # type: ignore[misc,assignment]
    try:
        render()
    finally:
        page.PaperCanvas, picture.draw, sheet.Sheet.code = plain_canvas, plain_draw, plain_code  # type: ignore[misc,method-assign]
    return marks


def _bare(name: str) -> str:
    bare = f"bare-{name}"
    if bare not in pdfmetrics.getRegisteredFontNames():
        pdfmetrics.registerFont(TTFont(bare, str(paths.resources() / "fonts" / f"{name}.ttf")))
    return bare


def _draw_picture(canvas: Canvas, shown: Picture, left: float, base: float, scale: float) -> None:
    canvas.saveState()
    canvas.setLineCap(1)
    canvas.setLineJoin(1)
    for shape in shown.shapes:
        style = picture._STYLES[shape.role]
        if style.fill is not None:
            canvas.setFillColorRGB(*style.fill)
        if style.edge is not None:
            canvas.setStrokeColorRGB(*style.edge)
            canvas.setLineWidth(style.weight)
        edge, fill = int(style.edge is not None), int(style.fill is not None)
        if isinstance(shape, Circle):
            x, y = shape.centre
            canvas.circle(left + x * scale, base + y * scale, shape.radius * scale, edge, fill)
            continue
        outline = canvas.beginPath()
        for segment in shape.segments:
            x, y = segment.to
            at = (left + x * scale, base + y * scale)
            match segment:
                case Move():
                    outline.moveTo(*at)
                case Line():
                    outline.lineTo(*at)
                case Curve(first=(ax, ay), second=(bx, by)):
                    outline.curveTo(
                        left + ax * scale,
                        base + ay * scale,
                        left + bx * scale,
                        base + by * scale,
                        *at,
                    )
        if shape.closed:
            outline.close()
        canvas.drawPath(outline, edge, fill if shape.closed else 0)
    canvas.restoreState()


def bare(marks: list[Mark], paper: tuple[float, float]) -> bytes:
    """The same marks on ReportLab's own canvas with its own font class."""
    file = BytesIO()
    canvas = Canvas(
        file,
        pagesize=paper,
        invariant=1,
        pageCompression=1,
        initialFontName=_bare("NotoSans-Regular"),
    )
    for name, given, named in marks:
        if name == "text":
            x, y, told = given
            text = canvas.beginText(x, y)
            for method, arguments in told:
                if method == "setFont":
                    text.setFont(_bare_names[arguments[0]], arguments[1])
                else:
                    text.textOut(*arguments)
            canvas.drawText(text)
        elif name == "picture":
            _draw_picture(canvas, *given)
        elif name == "code":
            canvas._code.append(f"q {given[0]} Q")
        else:
            getattr(canvas, name)(*given, **named)
    canvas.save()
    return file.getvalue()


_bare_names: dict[str, str] = {}


def compare(
    name: str, render: Callable[[], bytes], paper: tuple[float, float], runs: int = 60
) -> None:
    """Time our rendering and the bare canvas in alternating pairs; print one JSON object."""
    started = time.perf_counter()
    ours = render()
    first = time.perf_counter() - started
    marks = recorded(render)
    for kind, given, _ in marks:
        if kind == "text":
            for method, arguments in given[2]:
                if method == "setFont":
                    _bare_names[arguments[0]] = _bare(arguments[0])
    theirs = bare(marks, paper)
    times: tuple[list[float], list[float]] = ([], [])
    for run in range(runs):
        pair = [(0, render), (1, lambda: bare(marks, paper))]
        for which, make in pair if run % 2 else reversed(pair):
            started = time.perf_counter()
            make()
            times[which].append(time.perf_counter() - started)
    mine, plain = statistics.median(times[0]), statistics.median(times[1])
    figures = {
        "benchmark": name,
        "ms": round(mine * 1000, 3),
        "bare_canvas_ms": round(plain * 1000, 3),
        "ratio": round(mine / plain, 3),
        "first_ms": round(first * 1000, 1),
        "marks": len(marks),
        "bytes": len(ours),
        "bare_canvas_bytes": len(theirs),
        "runs": runs,
    }
    print(json.dumps(figures))
