"""Small protocols for tests, written in the file format, and short ways to ask them things."""

from collections.abc import Mapping
from datetime import date

from clinic_desk.clinical import conditions
from clinic_desk.clinical.answers import read
from clinic_desk.clinical.findings import Truth
from clinic_desk.clinical.logic import Range
from clinic_desk.clinical.measures import Sex, Side
from clinic_desk.clinical.protocol import Case, Protocol
from clinic_desk.clinical.reading import Reading
from clinic_desk.library import protocols, toml_file

CASE = Case(on=date(2026, 2, 3), side=Side.LEFT, birth_date=date(1991, 6, 14), sex=Sex.FEMALE)

ITEMS = """
id = "small"
version = "1.0.0"
title = "A small protocol"

[[step]]
id = "story"
title = "Story"
  [[step.section]]
  id = "first"
  title = "First"
    [[step.section.item]]
    id = "pop"
    kind = "yes_no"
    label = "Pop"
    [[step.section.item]]
    id = "swollen"
    kind = "yes_no_unsure"
    label = "Swollen"
    unsure_is_yes = true
    [[step.section.item]]
    id = "tingling"
    kind = "yes_no_unsure"
    label = "Tingling"
    [[step.section.item]]
    id = "gait"
    kind = "choice"
    label = "Walking"
    ordered = true
      [[step.section.item.choice]]
      id = "normal"
      label = "Normal"
      [[step.section.item.choice]]
      id = "limp"
      label = "Limp"
      also = ["Limping"]
      [[step.section.item.choice]]
      id = "stiff"
      label = "Stiff-legged"
    [[step.section.item]]
    id = "onset"
    kind = "choice"
    label = "Onset"
      [[step.section.item.choice]]
      id = "sudden"
      label = "Sudden"
      [[step.section.item.choice]]
      id = "gradual"
      label = "Gradual"
    [[step.section.item]]
    id = "tried"
    kind = "many"
    label = "Tried"
      [[step.section.item.choice]]
      id = "massage"
      label = "Massage"
      [[step.section.item.choice]]
      id = "heat"
      label = "Heat"
    [[step.section.item]]
    id = "pain"
    kind = "scale"
    label = "Pain"
    [[step.section.item]]
    id = "tender"
    kind = "number"
    label = "Tender length"
    unit = "cm"
    min = 0
    max = 60
    [[step.section.item]]
    id = "ake"
    kind = "pair"
    label = "Active knee extension"
    unit = "°"
    min = 0
    max = 120
    worse = "higher"
    [[step.section.item]]
    id = "force"
    kind = "pair"
    label = "Knee flexor force"
    unit = "N"
    min = 0
    max = 800
    worse = "lower"
    show = "percent"
    [[step.section.item]]
    id = "injured"
    kind = "date"
    label = "Injured on"
    [[step.section.item]]
    id = "lasts"
    kind = "duration"
    label = "It lasts"
    unit = "min"
    [[step.section.item]]
    id = "words"
    kind = "text"
    label = "In own words"

[[derived]]
id = "ake_loss"
kind = "number"
label = "Knee extension loss"
unit = "°"
value = "ake.deficit"

[[derived]]
id = "weak"
kind = "yes_no"
label = "Weak"
value = "force.deficit_pct > 25"

[[derived]]
id = "old"
kind = "yes_no"
label = "55 or older"
value = "age >= 55"
"""


def built(*parts: str) -> Protocol:
    """The small protocol with more tables after it; fails with the faults where there are any."""
    checked = protocols.build(toml_file.parse("\n".join((ITEMS, *parts)), "small.toml"))
    assert checked.protocol is not None, [str(fault) for fault in checked.faults]
    return checked.protocol


def faults(*parts: str) -> list[str]:
    """What is wrong with the small protocol and these tables after it."""
    checked = protocols.build(toml_file.parse("\n".join((ITEMS, *parts)), "small.toml"))
    return [str(fault) for fault in checked.faults]


def reading(protocol: Protocol, answers: Mapping[str, object], case: Case = CASE) -> Reading:
    return Reading(protocol, case, read(protocol, case, answers))


def judged(
    text: str, answers: Mapping[str, object], protocol: Protocol | None = None, case: Case = CASE
) -> tuple[Truth, tuple[str, ...]]:
    """A condition's truth for these answers, and what would settle it."""
    known = protocol or built()
    condition = conditions.parse(text, conditions.vocabulary(known))
    return condition.judge(reading(known, answers, case))


def reckoned(text: str, answers: Mapping[str, object], case: Case = CASE) -> Range:
    known = built()
    return conditions.parse_amount(text, conditions.vocabulary(known)).run(
        reading(known, answers, case)
    )
