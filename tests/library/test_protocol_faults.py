"""What an author of a protocol gets wrong, one small file for each: named with line and reason."""

import re
from pathlib import Path

import pytest

from clinic_desk.cli import run
from clinic_desk.library import protocols, toml_file
from tests.support.protocols import ITEMS

FLAG = """
[[recipient]]
id = "ed"
label = "ED"
[[group]]
id = "g"
title = "G"
safety_net = "N"
[[flag]]
id = "f"
group = "g"
label = "F"
why = "W"
source = "S"
  [[flag.case]]
  when = 'WHEN'
  urgency = "same_day"
  refer_to = ["ed"]
  action = "ACTION"
  because = "BECAUSE"
"""
SECOND = """
  [[flag.case]]
  when = 'WHEN'
  urgency = "URGENCY"
  refer_to = ["ed"]
  action = "Also"
"""
GRADE = """
[grade]
title = "T"
note = "N"
source = "S"
needed = 1
cuts = [0.5]
names = ["a", "b"]
  [[grade.item]]
  value = "pain"
  because = "Pain {value}"
  bands = [{ upto = 3, points = 0 }, { points = 1 }]
"""
PATTERN = """
[[pattern]]
id = "p"
label = "P"
direction = "D"
source = "S"
supports = { pop = 2, swollen = 1 }
"""
EXAMPLE = """
[[example]]
name = "One"
date = 2026-02-03
answers = { pain = 3 }
expect = { EXPECT }
"""


def flag(when: str, because: str = "Seen", action: str = "Send") -> str:
    made = FLAG.replace("WHEN", when).replace("BECAUSE", because)
    return made.replace("ACTION", action)


def second(first: str, when: str, urgency: str) -> str:
    return flag(first) + SECOND.replace("WHEN", when).replace("URGENCY", urgency)


def item(item_id: str, more: str) -> str:
    return f'    [[step.section.item]]\n    id = "{item_id}"\n    label = "L"\n    {more}\n'


def step(items: str, when: str = "", section: str = "late") -> str:
    return (
        f'\n[[step]]\nid = "later"\ntitle = "Later"\n  [[step.section]]\n  id = "{section}"\n'
        f'  title = "S"\n  when = "{when}"\n{items}'
    )


def number(more: str) -> str:
    return step(item("girth", f'kind = "number"\n    {more}'))


def texts(language: str, text_id: str, text: str) -> str:
    return f'\n[texts.{language}]\n"{text_id}" = "{text}"\n'


NEVER = "no answers make"
ALWAYS = "it is always true, whatever is answered"
SHUT = "can never be opened"
WRONG = {
    "a number beyond itself": (flag("tender > 8 and tender < 3"), NEVER),
    "a side of a pair beyond itself": (flag("ake.left > 50 and ake.left < 20"), NEVER),
    "an age beyond itself": (flag("age > 60 and age < 18"), NEVER),
    "days beyond themselves": (flag("days_since(injured) > 9 and days_since(injured) < 5"), NEVER),
    "a duration between two answers": (flag("not (lasts < 5 or lasts >= 5)"), NEVER),
    "a tautology": (flag("pop or pop == no"), ALWAYS),
    "a range that holds all": (flag("tender >= 0"), ALWAYS),
    "a red flag on true": (flag("true"), ALWAYS),
    "a hold that never ends": (
        '[[hold]]\nid = "h"\nwhen = "pain > 5"\nuntil = "pain > 3 and pain < 2"\nbecause = "B"\n'
        "stages = [3]",
        NEVER,
    ),
    "a case after a wider one": (second("pop", "pop and swollen", "same_day"), "its turn"),
    "a milder case of the same": (second("pain >= 3", "pain >= 5", "urgent_2w"), "its turn"),
    "an item that waits for itself": (
        step(item("spot", 'kind = "yes_no"\n    when = "spot"')),
        f"this item {SHUT}: `spot`",
    ),
    "a section that waits for its item": (
        step(item("spot", 'kind = "yes_no"'), when="pop and spot"),
        f"this section {SHUT}: `spot`",
    ),
    "items that wait for each other": (
        step(
            item("spot", 'kind = "yes_no"\n    when = "swell"')
            + item("swell", 'kind = "yes_no"\n    when = "answered(spot)"')
        ),
        f"this item {SHUT}: `swell`",
    ),
    "a comment inside a rule": (flag("pop # and swollen"), "`#` begins no comment"),
    "a rule that is nested without end": (flag("not " * 200 + "pop"), "nested too deeply"),
    "values worked out from one another without end": (
        "".join(
            f'[[derived]]\nid = "z{n}"\nkind = "number"\nlabel = "Z"\n'
            f'value = "{f"z{n + 1}" if n < 200 else "pain"} + 1"\n'
            for n in range(201)
        ),
        "derived z0: it is worked out over more than 30 steps",
    ),
    "a division by 0": (flag("tender / 0 > 3"), "divides by 0"),
    "nothing to fill a name with": (flag("pop", because="At {tendre}"), "`{tendre}` in the reason"),
    "a name where nothing is filled": (flag("pop", action="See {tender}"), "filled in nowhere"),
    "a lonely brace": (flag("pop", because="At {tender"), "a brace without its partner"),
    "another name in a graded reason": (
        GRADE.replace("{value}", "{valeu}"),
        "`{valeu}`: the reason of a graded item",
    ),
    "a control character": (flag("pop", because="At\\u0007"), "control character (U+0007)"),
    "a blank translation": (texts("fr", "item.pop.label", " "), "the text is blank"),
    "a translation of another name": (
        texts("fr", "item.pop.label", "Claque {pop}"),
        "the English text has no such name",
    ),
    "no language": (texts("french", "item.pop.label", "Claque"), "`french` is no language"),
    "yes/no as a text": (PATTERN + 'first = "yes"', "should be a valid boolean"),
    "a limit as yes/no": (number('unit = "cm"\n    min = true\n    max = 9'), "valid number"),
    "a limit that is no number": (number('unit = "cm"\n    min = nan\n    max = 9'), "finite"),
    "a limit without end": (number('unit = "cm"\n    min = 0\n    max = inf'), "finite"),
    "a misspelt unit": (number('unit = "kgg"\n    min = 0\n    max = 9'), "say `kg`"),
    "a unit in capitals": (number('unit = "CM"\n    min = 0\n    max = 9'), "say `cm`"),
    "a unit written out": (number('unit = "weeks"\n    min = 0\n    max = 9'), "say `wk`"),
    "a section id twice": (step(item("spot", 'kind = "yes_no"'), section="first"), "used twice"),
    "an example name twice": (
        (EXAMPLE + EXAMPLE).replace("EXPECT", 'urgency = "none"'),
        "the name is used twice",
    ),
    "a pattern of one support": (PATTERN.replace(", swollen = 1", ""), "can never be found"),
    "a finding for and against": (
        PATTERN + "contradicts = { pop = 1 }",
        "both supports and contradicts",
    ),
    "more answers than questions": (GRADE.replace("needed = 1", "needed = 4"), "only 1 items"),
    "a band beyond the scale": (GRADE.replace("upto = 3", "upto = 30"), "the limit 30 lies"),
    "a test without a reason": (
        '[[imaging]]\nid = "i"\nlabel = "I"\nsource = "S"\n[[imaging.case]]\nwhen = "pop"\n'
        'urgency = "routine_gp"',
        "it needs a reason",
    ),
    "a table to expect": (
        EXAMPLE.replace("EXPECT", "grade.withheld = true"),
        'write the whole key in quotes, "grade.withheld"',
    ),
    "tables in a list to expect": (
        EXAMPLE.replace("EXPECT", 'red_flags = [{ id = "f" }]'),
        "holds ids in quotes only",
    ),
}
RIGHT = {
    "a number between": flag("tender > 3 and tender < 8"),
    "numbers that are reckoned with": flag("ake.left - ake.right > 5 and ake.left < 20"),
    "either of two": flag("tender > 8 or tender < 3"),
    "a wider case after a narrow one": second("pop and swollen", "pop", "same_day"),
    "the more urgent of two": second("pain >= 3", "pain >= 5", "emergency_now"),
    "a section that its item may open too": step(
        item("spot", 'kind = "yes_no"'), when="pop or spot"
    ),
    "a section that a derived value opens": step(item("spot", 'kind = "yes_no"'), when="weak"),
    "what is not asked opens": step(item("spot", 'kind = "yes_no"'), when="not answered(pop)"),
    "advice that always holds": '[[advice]]\nid = "safety_net"\nlabel = "L"\nwhen = "true"\n',
    "an unknown unit of its own": number('unit = "mmol/l"\n    min = 0\n    max = 9'),
    "markup, emoji and Arabic": flag("pop", because="<b>&amp; 😀 \u0645\u0631\u062d\u0628\u0627"),
}


def faults(more: str) -> tuple[list[str], list[int]]:
    file = toml_file.parse(ITEMS + more, "small.toml")
    told = [str(fault) for fault in protocols.build(file, thorough=True).faults]
    return told, [int(match[1]) for one in told if (match := re.match(r"small\.toml:(\d+):", one))]


@pytest.mark.parametrize(("more", "says"), WRONG.values(), ids=WRONG)
def test_what_an_author_gets_wrong_is_named_with_its_line(more: str, says: str) -> None:
    told, lines = faults(more)
    assert any(says in one for one in told), told
    first = ITEMS.count("\n") + 1
    assert all(first <= line <= first + more.count("\n") + 1 for line in lines)


@pytest.mark.parametrize("more", RIGHT.values(), ids=RIGHT)
def test_what_is_right_is_left_alone(more: str) -> None:
    assert faults(more)[0] == []


@pytest.mark.parametrize(
    ("place", "code", "says"),
    [
        ("protocols/small/1.0.0.toml", 0, "all right"),
        ("protocols/other/1.0.0.toml", 1, "the folder is called `other`"),
        ("drafts/small/1.1.0.toml", 1, "the file is called `1.1.0.toml`"),
        ("drafts/other/1.0.0.toml", 0, "warning: other/1.0.0.toml:2: id: the folder is called"),
        ("drafts/draft.toml", 0, "all right"),
    ],
)
def test_a_file_is_named_for_what_it_holds(
    place: str, code: int, says: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / place
    path.parent.mkdir(parents=True)
    path.write_text(ITEMS, encoding="utf-8")
    assert run(["protocol", "check", str(path)]) == code
    assert says in capsys.readouterr().out


def test_a_draft_may_name_programs_that_are_not_written_yet(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "draft.toml"
    drill = PATTERN + 'drill = "no_such_exercise"\n'
    card = '[[advice]]\nid = "no_such_card"\nlabel = "L"\nwhen = "pop"\n'
    path.write_text(ITEMS + drill + card, encoding="utf-8")
    assert run(["protocol", "check", str(path)]) == 0
    out = capsys.readouterr().out
    assert "there is no exercise `no_such_exercise`" in out
    assert "there is no advice card `no_such_card`" in out
    assert "no worked example tries this file" in out


def test_a_draft_is_evaluated_and_listed_where_it_lies(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    draft, asked = tmp_path / "draft.toml", tmp_path / "asked.json"
    draft.write_text(ITEMS + flag("pop"), encoding="utf-8")
    asked.write_text('{"date": "2026-02-03", "answers": {"pop": "yes"}}', encoding="utf-8")
    assert run(["evaluate", "--protocol", str(draft), str(asked)]) == 0
    assert '"urgency": "same_day"' in capsys.readouterr().out
    assert run(["protocol", "items", str(draft)]) == 0
    assert "swollen" in capsys.readouterr().out


def test_a_file_without_end_is_refused_and_one_of_another_coding_names_its_line(
    tmp_path: Path,
) -> None:
    large, latin = tmp_path / "large.toml", tmp_path / "latin.toml"
    large.write_bytes(b"#" * (9 << 20))
    latin.write_bytes(b'id = "x"\ntitle = "Caf\xe9"\n')
    with pytest.raises(toml_file.TomlFault, match="larger than 8 MB"):
        toml_file.read(large)
    with pytest.raises(toml_file.TomlFault, match=r"latin\.toml:2: the file is not UTF-8"):
        toml_file.read(latin)
