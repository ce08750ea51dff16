"""The outcome measures that ship: every one loads, cites its sources, and keeps to its licence."""

from pathlib import Path

import pytest

from clinic_desk.clinical.protocol import Kind, Protocol, Purpose
from clinic_desk.errors import LibraryInvalid
from clinic_desk.library import Library, examples, protocols

LIBRARY = Library()
FULL = {"nprs", "psfs", "groc", "sane", "cramp-diary", "h-test-insecurity"}
LICENSED = {
    "lefs", "fash", "visa-h", "phat", "odi", "rmdq", "pcs", "ompsq-sf", "tsk-11", "i-prrs",
    "visa-a", "atrs",
}  # fmt: skip
ALL = [LIBRARY.protocol(one) for one in sorted(FULL | LICENSED)]


def test_every_measure_ships_as_a_questionnaire() -> None:
    shipped = [LIBRARY.protocol(one) for one, _ in LIBRARY.protocols()]
    found = {one.id for one in shipped if one.purpose is Purpose.QUESTIONNAIRE}
    assert found == FULL | LICENSED


@pytest.mark.parametrize("measure", ALL, ids=lambda one: one.id)
def test_a_measure_cites_its_sources_and_comes_out_as_its_examples_say(measure: Protocol) -> None:
    assert measure.say(measure.licence)
    assert len(measure.examples) >= 3
    assert examples.play(measure, measure.id) == ()
    for score in measure.scores.values():
        for limit, source in (
            (score.mcid, score.mcid_source),
            (score.mcid_pct, score.mcid_source),
            (score.mdc, score.mdc_source),
        ):
            assert source
            assert limit is None or "established" not in source
    assert all(item.source for item in measure.items.values())


@pytest.mark.parametrize("name", sorted(LICENSED))
def test_a_licensed_measure_holds_its_total_and_no_item(name: str) -> None:
    measure = LIBRARY.protocol(name)
    assert measure.score_only
    (total,) = measure.items.values()
    assert (total.kind, total.id) == (Kind.NUMBER, "total")
    path = protocols.find(LIBRARY.root / "protocols", name)
    text = path.read_text(encoding="utf-8")
    assert text.count("[[step.section.item]]") == 1
    assert "choice" not in text
    assert "score" in measure.say(measure.licence)


@pytest.mark.parametrize("name", ["posterior-thigh", "calf-achilles"])
def test_a_region_asks_each_number_once(name: str) -> None:
    protocol = LIBRARY.protocol(name)
    named = [
        (item.measure.questionnaire.id, item.measure.score.id)
        for item in protocol.measured
        if item.measure is not None
    ]
    assert len(set(named)) == len(named)
    assert {"nprs", "psfs", "groc", "sane", "cramp-diary", "lefs"} <= {one for one, _ in named}


HEAD = """
id = "{id}"
version = "1.0.0"
title = "Test"
{keys}
[[step]]
id = "a"
title = "A"
  [[step.section]]
  id = "b"
  title = "B"
    [[step.section.item]]
    id = "x"
    kind = "{kind}"
    label = "X"
{item}
"""
SCORE = """
[[score]]
id = "s"
label = "S"
value = "{value}"
min = 0
max = {high}
better = "higher"
mcid_source = "test"
mdc_source = "{mdc}"
"""
QUESTIONS = 'purpose = "questionnaire"'
NUMBER = "    min = 0\n    max = 10"


def write(root: Path, id: str, keys: str, kind: str, item: str, *more: str) -> Path:
    path = root / "protocols" / id / "1.0.0.toml"
    path.parent.mkdir(parents=True)
    text = HEAD.format(id=id, keys=keys, kind=kind, item=item) + "\n".join(more)
    path.write_text(text, encoding="utf-8")
    return path


def score(value: str = "x", high: int = 10, mdc: str = "test") -> str:
    return SCORE.format(value=value, high=high, mdc=mdc)


@pytest.mark.parametrize(
    ("keys", "kind", "item", "more", "says"),
    [
        (QUESTIONS, "scale", "", "", "needs a score"),
        ("", "scale", "", score(), "has no score"),
        (QUESTIONS, "scale", "", score("y"), "unknown item `y`"),
        (QUESTIONS, "scale", "", score("x * 2"), "its items allow 0 to 20"),
        (QUESTIONS, "scale", "", score("mean(x, least = 2)"), "`least` is a whole number"),
        (QUESTIONS, "scale", "", score("mean(x, most = 2)"), "mean() is written"),
        (QUESTIONS, "text", "", score("mean(x)"), "items that are numbers"),
        (QUESTIONS, "scale", "", score(mdc=" "), "mdc_source: "),
        (QUESTIONS + '\nitems = "score_only"', "scale", "", score(), "the one item is the total"),
        (QUESTIONS + '\nitems = "score_only"', "number", NUMBER, score(), "licence must be said"),
        ("", "outcome", "", "", "names its questionnaire"),
        ("", "outcome", '    measure = "gone"', "", "there is no questionnaire `gone`"),
        ("", "outcome", '    measure = "posterior-thigh"', "", "there is no questionnaire"),
        ("", "outcome", '    measure = "nprs"', "", "say which score of `nprs` is meant: nprs.now"),
        ("", "text", '    measure = "psfs"', "", "a text item is no outcome measure"),
        ("", "number", NUMBER + '\n    measure = "groc"', "", "goes beyond the range"),
        ("", "number", NUMBER + '\n    measure = "sane"', "", "has the unit “”, its measure “%”"),
        (QUESTIONS, "outcome", '    measure = "psfs"', score(), "holds no other questionnaire"),
        ("", "scale", '    suggest = ["a"]', "", "only a text item has suggestions"),
    ],
)
def test_what_is_wrong_with_a_measure_is_named(
    tmp_path: Path, keys: str, kind: str, item: str, more: str, says: str
) -> None:
    path = write(tmp_path, "own", keys, kind, item, more)
    faults = [str(fault) for fault in protocols.check(path).faults]
    assert any(says in fault for fault in faults), faults


def test_a_measure_beside_the_file_is_found_before_the_shipped_one(tmp_path: Path) -> None:
    write(tmp_path, "psfs", QUESTIONS, "scale", "", score(high=10))
    write(tmp_path, "own", "", "outcome", '    measure = "psfs"')
    item = Library(tmp_path).protocol("own").item("x")
    assert item.measure is not None
    assert item.measure.score.id == "s"


def test_an_evaluation_cannot_be_its_own_measure(tmp_path: Path) -> None:
    write(tmp_path, "own", "", "outcome", '    measure = "own"')
    with pytest.raises(LibraryInvalid):
        Library(tmp_path).protocol("own")
