"""Protocol files: every fault is named with its line, and examples are really played."""

import re
from pathlib import Path

import pytest

from clinic_desk.errors import LibraryInvalid, NotFound
from clinic_desk.library import Library, examples, protocols, toml_file
from tests.support.protocols import ITEMS, built, faults

FLAG = """
[[recipient]]
id = "ed"
label = "emergency department"
[[group]]
id = "all"
title = "All"
safety_net = "Get help."
[[flag]]
id = "one"
group = "all"
label = "One"
why = "It matters."
source = "test"
  [[flag.case]]
  when = "WHEN"
  urgency = "same_day"
  refer_to = ["ed"]
  action = "Act."
"""
GRADE = """
[grade]
title = "Grade"
note = "Working."
source = "test"
needed = 3
cuts = [0.5]
names = ["none", "some"]
  [[grade.item]]
  value = "tender"
  because = "Tender {value}"
  bands = BANDS
"""


def test_the_shipped_protocols_have_no_fault_and_their_examples_hold() -> None:
    library = Library()
    assert library.protocols()
    for protocol_id, versions in library.protocols():
        for version in versions:
            protocol = library.protocol(protocol_id, version)
            assert examples.play(protocol, protocol_id) == ()


@pytest.mark.parametrize(
    ("table", "says"),
    [
        (FLAG.replace("WHEN", "pops"), "unknown item `pops`"),
        (FLAG.replace("WHEN", "pain > 10"), "is never true"),
        (FLAG.replace("WHEN", "gait == 'hop'"), 'no choice "hop"'),
        (FLAG.replace("WHEN", "pain == 'much'"), "not a choice"),
        (FLAG.replace("WHEN", "flag('one')"), "looks at itself"),
        (FLAG.replace("WHEN", "pop").replace('["ed"]', '["er"]'), "unknown recipient `er`"),
        (FLAG.replace("WHEN", "pop").replace('group = "all"', 'group = "none"'), "unknown group"),
        (FLAG.replace("WHEN", "pop").replace('source = "test"', ""), "source: this key is missing"),
        (FLAG.replace("WHEN", "pop").replace("same_day", "soon"), "urgency"),
        (FLAG.replace("WHEN", "pop").replace('label = "One"', 'label = ""'), "label"),
        (FLAG.replace("WHEN", "pop").replace("action =", "deed ="), "no such key"),
        (GRADE.replace("BANDS", "[{ below = 5, points = 0 }]"), "the last has none"),
        (
            GRADE.replace(
                "BANDS", "[{ upto = 5, points = 0 }, { upto = 3, points = 1 }, { points = 2 }]"
            ),
            "must rise",
        ),
        (GRADE.replace("BANDS", "[]"), "needs bands"),
        ('[[advice]]\nid = "a"\nlabel = "A"\nwhen = "false"', "is never true"),
        (
            '[[pattern]]\nid = "p"\nlabel = "P"\ndirection = "D"\nsupports = { pain = 2 }',
            "not a yes/no finding",
        ),
        (
            '[[derived]]\nid = "round"\nkind = "yes_no"\nlabel = "R"\nvalue = "not round"',
            "`round` needs itself",
        ),
        ('[[derived]]\nid = "pop"\nkind = "yes_no"\nlabel = "R"\nvalue = "pain > 3"', "used twice"),
        ('[[derived]]\nid = "age"\nkind = "yes_no"\nlabel = "R"\nvalue = "pain > 3"', "a word of"),
        ('[texts.fr]\n"item.pops.label" = "x"', "there is no text `item.pops.label`"),
        (
            '[[step]]\nid = "far"\ntitle = "Far"\nwhen = "pain < 0"\n[[step.section]]\nid = "s"\n'
            'title = "S"\n[[step.section.item]]\nid = "lone"\nkind = "yes_no"\nlabel = "L"',
            "this step can never be reached",
        ),
        (
            '[[example]]\nname = "e"\ndate = 2026-02-03\nanswers = {}\nexpect = { colour = 1 }',
            "`colour` cannot be expected",
        ),
        (
            '[[example]]\nname = "e"\ndate = 2026-02-03\nanswers = {}\nexpect = '
            '{ "red_flags.include" = ["none_such"] }',
            "there is no `none_such` to expect",
        ),
    ],
)
def test_a_fault_is_named_with_its_reason_and_a_line_of_its_own_table(
    table: str, says: str
) -> None:
    found = faults(table)
    assert any(says in fault for fault in found), found
    first = ITEMS.count("\n") + 1
    line = int(re.match(r"small\.toml:(\d+):", found[0])[1])  # type: ignore[index]
    assert first < line <= first + table.count("\n") + 1


def test_a_rule_that_contradicts_itself_is_found_when_a_file_is_checked() -> None:
    rule = FLAG.replace("WHEN", "pop and gait == 'limp' and gait == 'stiff'")
    file = toml_file.parse(ITEMS + rule, "small.toml")
    assert protocols.build(file).faults == ()
    assert "no answers make" in protocols.build(file, thorough=True).faults[0].reason


def test_all_faults_of_a_file_are_named_not_only_the_first() -> None:
    two = FLAG.replace("WHEN", "pops") + '[[advice]]\nid = "a"\nlabel = "A"\nwhen = "snap"'
    assert len(faults(two)) == 2


def test_a_file_that_is_not_toml_is_named_with_its_line(tmp_path: Path) -> None:
    bad = tmp_path / "small" / "1.0.0.toml"
    bad.parent.mkdir()
    bad.write_text('id = "small"\nversion = \n', encoding="utf-8")
    checked = protocols.check(bad)
    assert checked.faults[0].line == 2
    with pytest.raises(LibraryInvalid, match=r"small/1\.0\.0\.toml:2"):
        protocols.load(bad)


def test_the_line_is_found_past_long_texts_and_lists() -> None:
    text = (
        'a = """\n[[not]]\nb = 1\n"""\n[[t]]\nlist = [\n  "[[x]]",\n  1,\n]\nc = 2\n[[t]]\nd = 3\n'
    )
    lines = toml_file.parse(text, "x").lines
    assert lines == {
        ("a",): 1,
        ("t", 0): 5,
        ("t", 0, "list"): 6,
        ("t", 0, "c"): 10,
        ("t", 1): 11,
        ("t", 1, "d"): 12,
    }


def test_an_example_that_does_not_hold_is_named() -> None:
    example = (
        '[[example]]\nname = "wrong"\ndate = 2026-02-03\nside = "left"\nanswers = { ANSWERS }\n'
        'expect = { urgency = "none", "red_flags" = ["one"] }'
    )
    rules = FLAG.replace("WHEN", "pop")
    told = examples.play(built(rules, example.replace("ANSWERS", 'pop = "yes"')), "small.toml")
    assert [fault.reason for fault in told] == ["urgency is 'same_day', expected 'none'"]
    refused = examples.play(built(rules, example.replace("ANSWERS", "pain = 11")), "small.toml")
    assert "pain: given 11" in refused[0].reason


def test_the_newest_version_is_taken_by_its_numbers(tmp_path: Path) -> None:
    folder = tmp_path / "protocols" / "small"
    folder.mkdir(parents=True)
    for version in ("1.9.0", "1.10.0"):
        text = ITEMS.replace('version = "1.0.0"', f'version = "{version}"')
        (folder / f"{version}.toml").write_text(text, encoding="utf-8")
    library = Library(tmp_path)
    assert library.protocols() == (("small", ("1.9.0", "1.10.0")),)
    assert library.protocol("small").version == "1.10.0"
    assert library.protocol("small", "1.9.0").version == "1.9.0"
    with pytest.raises(NotFound, match=r"1\.9\.0, 1\.10\.0"):
        library.protocol("small", "2.0.0")
    with pytest.raises(NotFound, match="small"):
        library.protocol("large")


def test_a_file_under_a_wrong_name_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "protocols" / "small" / "2.0.0.toml"
    path.parent.mkdir(parents=True)
    path.write_text(ITEMS, encoding="utf-8")
    with pytest.raises(LibraryInvalid, match=r"the file is called `2\.0\.0\.toml`"):
        Library(tmp_path).protocol("small")


MEDICINES = """
[[step]]
id = "more"
title = "More"
  [[step.section]]
  id = "more_one"
  title = "More"
    [[step.section.item]]
    id = "medicines"
    kind = "medicines"
    label = "Medicines"
    [[step.section.item]]
    id = "thinner"
    kind = "yes_no"
    label = "Thinner"
    implied = { IMPLIED }
    [[step.section.item]]
    id = "heat"
    kind = "number"
    label = "Heat"
    unit = "°C"
    min = 30
    max = 45
    DOUBT
"""
GOOD = """yes = '"anticoagulant" in medicines'"""


@pytest.mark.parametrize(
    ("implied", "doubt", "says"),
    [
        (GOOD, "doubt_above = 45.5", "must lie between min and max"),
        (GOOD, "doubt_below = 29", "must lie between min and max"),
        (GOOD, "at_odds = ['pain > 1']", "must compare `heat` with other items"),
        (GOOD, "at_odds = ['heat > 40 and fired(\"same_day\")']", "must compare `heat`"),
        (GOOD, "at_odds = ['heat > 40 and chill']", "chill"),
        (GOOD, "doubt_below = 41\n    doubt_above = 36", "doubt_below must be below doubt_above"),
        ("""yes = '"aspirine" in medicines'""", "", 'no choice "aspirine"'),
        ("maybe = 'pain > 1'", "", "unknown answer of `thinner` `maybe`"),
        ("yes = 'thinner'", "", "`thinner` is implied itself"),
        ("yes = 'fired(\"same_day\")'", "", "follows from items only"),
    ],
)
def test_what_implies_or_doubts_is_checked(implied: str, doubt: str, says: str) -> None:
    found = faults(MEDICINES.replace("IMPLIED", implied).replace("DOUBT", doubt))
    assert any(says in fault for fault in found), found


def test_a_medication_list_takes_its_classes_from_the_shipped_file() -> None:
    protocol = built(MEDICINES.replace("IMPLIED", GOOD).replace("DOUBT", "doubt_above = 41"))
    classes = [choice.id for choice in protocol.item("medicines").choices]
    assert {"anticoagulant", "statin", "fluoroquinolone", "metformin", "other"} <= set(classes)
    assert protocol.item("heat").doubt_above == 41


def test_a_scale_takes_no_doubt() -> None:
    table = MEDICINES.replace("IMPLIED", GOOD).replace("DOUBT", "")
    scale = table.replace('    kind = "yes_no"', '    kind = "yes_no"\n    doubt_above = 3')
    assert any("takes no doubt_above" in fault for fault in faults(scale))
