"""The file of medicine classes: complete, without doubles, and refused where it is faulty."""

from pathlib import Path

import pytest

from clinic_desk.errors import LibraryInvalid
from clinic_desk.library import Library, medicines

ONE = """
[[class]]
id = "statin"
label = "Statin"
why = "Cramp."
source = "test"
names = ["simvastatin", "Zocor"]
"""


def test_the_shipped_classes_each_say_why_they_matter_and_where_from() -> None:
    classes = medicines.load()
    assert len(classes) >= 20
    assert all(one.label and one.why and one.source and one.names for one in classes)


def test_every_class_that_a_rule_asks_about_is_there() -> None:
    known = {one.id for one in medicines.load()}
    for name in ("posterior-thigh", "calf-achilles"):
        protocol = Library().protocol(name)
        assert {choice.id for choice in protocol.item("medicines").choices} == known


def test_a_combination_stands_in_both_of_its_classes() -> None:
    found = {one.id for one in medicines.load() if "Janumet" in one.names}
    assert found == {"metformin", "antidiabetic"}


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (ONE + ONE, "used twice"),
        (ONE.replace("Zocor", "Simvastatin "), "stands there twice"),
        (ONE.replace('why = "Cramp."', ""), "why"),
        (ONE.replace("names", "name"), "name"),
        ("", "class"),
    ],
)
def test_a_faulty_file_is_refused_with_its_place(tmp_path: Path, text: str, says: str) -> None:
    path = tmp_path / "medicines.toml"
    path.write_text(text, "utf-8")
    with pytest.raises(LibraryInvalid, match=says):
        medicines.load(path)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(LibraryInvalid, match="missing"):
        medicines.load(tmp_path / "medicines.toml")
