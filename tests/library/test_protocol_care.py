"""The careful check of a protocol file: one hostile file for each kind of fault."""

import re
from pathlib import Path

import pytest

from clinic_desk.cli import run
from clinic_desk.library import protocols, toml_file
from tests.support.protocols import ITEMS

STEP = """
[[step]]
id = "care"
title = "Care"
WHEN
  [[step.section]]
  id = "measured"
  title = "Measured"
  SECTION_WHEN
    [[step.section.item]]
    id = "bend"
    kind = "pair"
    label = "Knee"
    unit = "°"
    min = 0
    max = 120
    worse = "higher"
    ITEM
    [[step.section.item]]
    id = "pull"
    kind = "pair"
    label = "Force"
    unit = "N"
    min = 0
    max = 900
    worse = "lower"
"""
DERIVED = '[[derived]]\nid = "d"\nkind = "KIND"\nlabel = "D"\nvalue = "VALUE"\n'
DIFFERENTIAL = """
[[differential]]
id = "other"
label = "Other"
next = "Look."
KEYS
supports = { pop = 1, swollen = 1 }
"""


def step(when: str = "", section: str = "", item: str = "") -> str:
    return STEP.replace("WHEN", when, 1).replace("SECTION_WHEN", section).replace("ITEM", item)


def derived(kind: str, value: str) -> str:
    return step() + DERIVED.replace("KIND", kind).replace("VALUE", value)


def differential(keys: str) -> str:
    return DIFFERENTIAL.replace("KEYS", keys)


HOSTILE = {
    "norm without source": (step(item='norm = "0 to 10"'), "its norm needs a source"),
    "working value without source": (step(item="working = true"), "its working value needs"),
    "working by its source alone": (
        step(item='source = "Own cut-off, needs clinical sign-off"'),
        "its source calls it a working value; say `working = true`",
    ),
    "a working rule for what nothing implies": (
        step(item="implied_working = true"),
        "nothing is implied here",
    ),
    "derived norm without source": (
        derived("yes_no", "pop").replace("[[derived]]", '[[derived]]\nnorm = "N"'),
        "its norm needs a source",
    ),
    "pattern without source": (
        '[[pattern]]\nid = "p"\nlabel = "P"\ndirection = "D"\nsupports = { pop = 2 }',
        "pattern p: it needs a source",
    ),
    "differential without source": (differential(""), "differential other: it needs a source"),
    "imaging without source": (
        '[[imaging]]\nid = "i"\nlabel = "I"\n[[imaging.case]]\nwhen = "pop"\n'
        'urgency = "routine_gp"',
        "imaging i: it needs a source",
    ),
    "group without its safety net": (
        '[[group]]\nid = "g"\ntitle = "G"',
        "group g: it needs a safety_net text",
    ),
    "flag that says not why": (
        '[[recipient]]\nid = "ed"\nlabel = "ED"\n[[group]]\nid = "g"\ntitle = "G"\n'
        'safety_net = "N"\n[[flag]]\nid = "f"\ngroup = "g"\nlabel = "F"\nwhy = " "\nsource = "S"\n'
        '[[flag.case]]\nwhen = "pop"\nurgency = "same_day"\nrefer_to = ["ed"]\naction = "A"',
        "flag f: it needs a text why",
    ),
    "text of blanks": (step().replace('title = "Care"', 'title = "  "'), "match pattern"),
    "section without items": (
        '[[step]]\nid = "e"\ntitle = "E"\n[[step.section]]\nid = "x"\ntitle = "X"',
        "this section asks nothing",
    ),
    "step without sections": ('[[step]]\nid = "e"\ntitle = "E"', "this step has no section"),
    "section against its step": (
        step("when = 'pop'", "when = 'not pop'"),
        "this section can never be reached",
    ),
    "item against its section": (
        step("when = 'gait == \"limp\"'", "when = 'pop'", "when = 'gait == \"stiff\"'"),
        "this item can never be reached",
    ),
    "angle plus force": (derived("number", "bend.left + pull.left"), "units differ"),
    "angle against force": (derived("yes_no", "bend.deficit > pull.left"), "units differ"),
    "angle against per cent": (derived("yes_no", "bend.left > pull.deficit_pct"), "in %"),
    "ratio plus an angle": (
        derived("number", "pull.left / pull.right + bend.left"),
        "`pull.left / pull.right` has no unit, `bend.left` is in °",
    ),
    "ratio against a force": (
        derived("yes_no", "bend.left / bend.right < pull.left"),
        "has no unit",
    ),
    "product against its factor": (
        derived("yes_no", "bend.left * pull.left > pull.right"),
        "is in N·°, `pull.right` is in N",
    ),
    "quotient against its part": (
        derived("yes_no", "pull.left / bend.left > pull.right"),
        "is in N/°",
    ),
    "square against a plain one": (
        derived("yes_no", "bend.left * bend.left > bend.right"),
        "is in °^2",
    ),
    "share added to a force": (
        derived("number", "pull.left - 0.01 * pull.deficit_pct"),
        "`0.01 * pull.deficit_pct` is in %",
    ),
    "yes added to an angle": (derived("number", "bend.left + pop"), "`pop` has no unit"),
    "age against a force": (derived("yes_no", "age > pull.left"), "`age` is in years"),
    "middle of a chain": (
        derived("yes_no", "3 < bend.left < pull.left"),
        "`bend.left` is in °, `pull.left` is in N",
    ),
    "deep inside a rule": (
        derived("yes_no", "pop or not (swollen and count(bend.left > pull.left) >= 1)"),
        "units differ",
    ),
    "force called an angle": (
        derived("number", "pull.left - pull.right") + 'unit = "°"\n',
        "it is said in °, but is in N",
    ),
    "ratio called a temperature": (
        derived("number", "pull.left / pull.right") + 'unit = "°C"\n',
        "it is said in °C, but has no unit",
    ),
    "force called nothing": (
        derived("number", "mean(pull.left)").replace("mean(pull.left)", "pull.left + 1"),
        "it is said without a unit, but is in N",
    ),
    "named after what its gate excludes": (
        differential('when = "pop"\nafter = "not pop"\nsource = "S"'),
        "it can never be named",
    ),
    "more supports needed than there are": (
        differential('least = 3\nsource = "S"'),
        "only 2 supporting findings",
    ),
    "hold of nothing": (
        '[[hold]]\nid = "h"\nwhen = "pop"\nuntil = "swollen"\nbecause = "B"',
        "a hold needs stages or load_classes",
    ),
    "banner that never shows": (
        '[[banner]]\nid = "b"\nwhen = "pop and not pop"\nbecause = "B"',
        "it can never fire",
    ),
}


@pytest.mark.parametrize(
    ("value", "unit"),
    [
        ("2 * bend.left - bend.right / 2 + 3", "°"),
        ("bend.left / pull.left", ""),
        ("pull.left - 3", "N"),
        ("100 * pull.left / pull.right - pull.deficit_pct", "%"),
        ("pull.left * bend.left / 100", "Nm"),
        ("3 * count(pop, swollen) + 2 * pop - swollen", ""),
        ("(bend.left - bend.right) * 10 / bend.left", ""),
        ("bend.left * pull.left / pull.right", "°"),
        ("-bend.left + bend.right", "°"),
    ],
)
def test_what_is_of_one_dimension_may_stand_together(value: str, unit: str) -> None:
    table = derived("number", value) + (f'unit = "{unit}"\n' if unit else "")
    found = protocols.build(toml_file.parse(ITEMS + table, "small.toml"), thorough=True)
    assert found.faults == ()


@pytest.mark.parametrize(("table", "says"), HOSTILE.values(), ids=HOSTILE)
def test_each_kind_of_fault_is_named_with_the_line_of_its_table(table: str, says: str) -> None:
    found = protocols.build(toml_file.parse(ITEMS + table, "small.toml"), thorough=True)
    told = [str(fault) for fault in found.faults]
    assert any(says in one for one in told), told
    assert found.protocol is None
    first = ITEMS.count("\n") + 1
    lines = [int(match[1]) for one in told if (match := re.match(r"small\.toml:(\d+):", one))]
    assert all(first <= line <= first + table.count("\n") + 1 for line in lines)


def test_a_missing_translation_falls_back_and_is_only_warned_of(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "small" / "1.0.0.toml"
    path.parent.mkdir()
    path.write_text(ITEMS + '[texts.fr]\n"item.pop.label" = "Claquement"\n', encoding="utf-8")
    assert run(["protocol", "check", str(path)]) == 0
    out = capsys.readouterr().out
    assert "warning: small/1.0.0.toml:" in out
    assert "falls back to English for `" in out
    assert "all right" in out
    protocol = protocols.load(path)
    assert protocol.texts.get("item.pop.label", "fr") == "Claquement"
    assert protocol.texts.get("item.gait.label", "fr") == "Walking"


def test_a_file_that_is_nested_without_end_is_a_fault() -> None:
    with pytest.raises(toml_file.TomlFault, match=r"deep\.toml:1: the file is nested too deeply"):
        toml_file.parse("a = " + "[" * 20_000, "deep.toml")
