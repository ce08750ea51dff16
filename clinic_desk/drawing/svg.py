"""A drawing as an SVG file: the same shapes as on screen and on paper, for other programs.

Every role is a class with its own lightness and line, so that the file stays legible in black
and white and can be restyled where it is used. The text is stable: the same picture gives the
same file.
"""

from base64 import b64encode
from html import escape

from clinic_desk.drawing.shapes import (
    Circle,
    Curve,
    Line,
    Move,
    Path,
    Photo,
    Picture,
    Role,
    Shape,
    Text,
)

SIZE = 1000
"""Units of the file for one stature."""

_STYLES: dict[Role, str] = {
    Role.NEAR: "fill:#ffffff;stroke:#1a1a1a;stroke-width:6",
    Role.FAR: "fill:#dbe0e0;stroke:#737878;stroke-width:4",
    Role.WORKING: "fill:#80b8b3;stroke:#1a1a1a;stroke-width:6",
    Role.MUSCLE: "fill:#0a6b67;stroke:#0a6b67;stroke-width:3",
    Role.TRUNK: "fill:#dbe0e0;stroke:#1a1a1a;stroke-width:6",
    Role.HEAD: "fill:#ffffff;stroke:#1a1a1a;stroke-width:6",
    Role.GHOST: "fill:none;stroke:#949494;stroke-width:4",
    Role.ARROW: "fill:#0a6b67;stroke:#0a6b67;stroke-width:8",
    Role.PROP: "fill:#f2f2f2;stroke:#595959;stroke-width:5",
    Role.FLOOR: "fill:none;stroke:#616b6b;stroke-width:6",
    Role.LABEL: "fill:#1a1a1a;font-family:sans-serif",
    Role.PHOTO: "",
}
_ANCHORS = {"start": "start", "middle": "middle", "end": "end"}


def document(picture: Picture, title: str) -> str:
    """The picture as a whole SVG document; `title` is what a screen reader says.

    Raises ValueError where the title is empty: a picture without words says nothing to some.
    """
    if not title.strip():
        raise ValueError("a picture needs a title")
    x0, y0, x1, y1 = picture.bounds
    box = " ".join(_number(value) for value in (x0, -y1, x1 - x0, y1 - y0))
    used = [role for role in Role if any(shape.role is role for shape in picture.shapes)]
    styles = "".join(f".{role.value}{{{_STYLES[role]}}}" for role in used)
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" viewBox="{box}">',
        f"<title>{_words(title)}</title>",
        f"<style>{styles}path,circle{{stroke-linecap:round;stroke-linejoin:round}}</style>",
        *(_shape(shape) for shape in picture.shapes),
        "</svg>",
    ]
    return "\n".join(lines) + "\n"


def _shape(shape: Shape) -> str:
    match shape:
        case Path():
            open_style = "" if shape.closed else ' style="fill:none"'
            return f'<path class="{shape.role.value}"{open_style} d="{_outline(shape)}"/>'
        case Circle():
            x, y = shape.centre
            place = f'cx="{_number(x)}" cy="{_number(-y)}" r="{_number(shape.radius)}"'
            return f'<circle class="{shape.role.value}" {place}/>'
        case Text():
            x, y = shape.at
            return (
                f'<text class="{shape.role.value}" x="{_number(x)}" y="{_number(-y)}" '
                f'font-size="{_number(shape.size)}" text-anchor="{_ANCHORS[shape.anchor]}">'
                f"{_words(shape.text)}</text>"
            )
        case Photo():
            return _image(shape)


def _image(photo: Photo) -> str:
    x, y = photo.at
    place = f'x="{_number(x)}" y="{_number(-y - photo.height)}"'
    size = f'width="{_number(photo.width)}" height="{_number(photo.height)}"'
    data = b64encode(photo.jpeg).decode()
    link = f'href="data:image/jpeg;base64,{data}"'
    return f'<image class="{photo.role.value}" {place} {size} {link}/>'


def _outline(path: Path) -> str:
    parts = []
    for segment in path.segments:
        match segment:
            case Move(to):
                parts.append("M" + _point(to))
            case Line(to):
                parts.append("L" + _point(to))
            case Curve(first, second, to):
                parts.append(f"C{_point(first)} {_point(second)} {_point(to)}")
    return "".join(parts) + ("Z" if path.closed else "")


def _point(point: tuple[float, float]) -> str:
    return f"{_number(point[0])},{_number(-point[1])}"


def _number(value: float) -> str:
    """Units of the file, to a tenth, without a minus before nothing."""
    rounded = round(value * SIZE, 1)
    return f"{rounded + 0.0:g}"


def _words(text: str) -> str:
    """Text as XML can hold it: control characters are no part of any name."""
    return escape("".join(sign for sign in text if sign.isprintable()))
