"""A drawing as SVG: valid, complete, safe, and the same each time."""

from xml.etree import ElementTree

import pytest

from clinic_desk.drawing import figure, svg
from clinic_desk.drawing.shapes import Circle, Picture, Role, Text
from clinic_desk.library import Library

SPACE = "{http://www.w3.org/2000/svg}"
CLAM = Library().exercise("s1_clam").pose


@pytest.mark.parametrize("exercise", [each.exercise.id for each in Library().exercises()])
def test_every_exercise_is_valid_svg_with_all_its_shapes(exercise: str) -> None:
    for picture in figure.pictures(Library().exercise(exercise).pose):
        root = ElementTree.fromstring(svg.document(picture, exercise))
        drawn = [one for one in root if one.tag in (SPACE + "path", SPACE + "circle")]
        assert len(drawn) == len(picture.shapes)
        assert [one.get("class") for one in drawn] == [one.role.value for one in picture.shapes]


def test_up_in_the_drawing_is_up_in_the_file() -> None:
    high, low = Circle((0, 1), 0.1, Role.HEAD), Circle((0, 0), 0.1, Role.PROP)
    root = ElementTree.fromstring(svg.document(Picture((high, low), (-1, -1, 1, 2)), "two"))
    ys = [float(one.get("cy", "nan")) for one in root.iter(SPACE + "circle")]
    assert ys == [-1000.0, 0.0]
    assert root.get("viewBox") == "-1000 -2000 2000 3000"


def test_a_name_cannot_break_out_of_its_title_or_its_label() -> None:
    nasty = '</title><script>alert("x")</script>\x00&\ud800'
    picture = Picture((Text((0, 0), nasty),), (0, 0, 1, 1))
    root = ElementTree.fromstring(svg.document(picture, nasty))
    assert not list(root.iter(SPACE + "script"))
    said = root.findtext(SPACE + "title")
    assert said == '</title><script>alert("x")</script>&'
    assert root.findtext(SPACE + "text") == said


def test_a_picture_without_words_is_refused() -> None:
    with pytest.raises(ValueError, match="title"):
        svg.document(figure.draw(CLAM), "  ")


def test_the_same_picture_gives_the_same_file() -> None:
    assert svg.document(figure.draw(CLAM), "Clam") == svg.document(figure.draw(CLAM), "Clam")
