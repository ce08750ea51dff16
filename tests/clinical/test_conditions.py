"""The rule language: three values, ranges, what would settle a rule, and what is refused."""

import math
from dataclasses import replace
from datetime import date

import pytest

from clinic_desk.clinical import conditions
from clinic_desk.clinical.condition_parts import ConditionFault
from clinic_desk.clinical.findings import Truth
from clinic_desk.clinical.measures import Sex, Side
from tests.support.protocols import CASE, built, judged, reckoned

YES, NO, OPEN = Truth.TRUE, Truth.FALSE, Truth.UNKNOWN


@pytest.mark.parametrize(
    ("text", "answers", "truth", "missing"),
    [
        ("pop", {"pop": "yes"}, YES, ()),
        ("pop", {"pop": "no"}, NO, ()),
        ("pop", {}, OPEN, ("pop",)),
        ("pop == no", {"pop": "no"}, YES, ()),
        ("pop != yes", {"pop": "no"}, YES, ()),
        ("not pop", {}, OPEN, ("pop",)),
        ("pop", {"pop": "not_testable"}, OPEN, ()),
        ("swollen", {"swollen": "unsure"}, YES, ()),
        ("swollen == no", {"swollen": "unsure"}, NO, ()),
        ("swollen == unsure", {"swollen": "unsure"}, YES, ()),
        ("swollen == unsure", {"swollen": "yes"}, NO, ()),
        ("tingling", {"tingling": "unsure"}, OPEN, ("tingling",)),
        ("pop and tingling", {"pop": "no"}, NO, ()),
        ("pop and tingling", {"pop": "yes"}, OPEN, ("tingling",)),
        ("pop or tingling", {"pop": "yes"}, YES, ()),
        ("pop or tingling", {"pop": "no"}, OPEN, ("tingling",)),
        ("pop or tingling", {}, OPEN, ("pop", "tingling")),
        ('gait == "limp"', {"gait": "limp"}, YES, ()),
        ('gait != "limp"', {"gait": "limp"}, NO, ()),
        ('"limp" == gait', {"gait": "limp"}, YES, ()),
        ('gait == "limp"', {}, OPEN, ("gait",)),
        ('gait >= "limp"', {"gait": "stiff"}, YES, ()),
        ('gait >= "limp"', {"gait": "normal"}, NO, ()),
        ('"limp" <= gait', {"gait": "stiff"}, YES, ()),
        ('gait in ("limp", "stiff")', {"gait": "stiff"}, YES, ()),
        ('gait not in ("limp", "stiff")', {"gait": "stiff"}, NO, ()),
        ('"heat" in tried', {"tried": ["heat"]}, YES, ()),
        ('"heat" in tried', {"tried": []}, NO, ()),
        ('"heat" not in tried', {"tried": ["massage"]}, YES, ()),
        ('"heat" in tried', {}, OPEN, ("tried",)),
        ("pain > 3", {"pain": 4}, YES, ()),
        ("pain > 3", {"pain": 3}, NO, ()),
        ("3 < pain <= 7", {"pain": 7}, YES, ()),
        ("pain >= 0", {}, YES, ()),  # the scale allows nothing else
        ("pain > 10", {}, NO, ()),
        ("tender > 5", {"tender": 5.1}, YES, ()),
        ("lasts <= 10", {"lasts": {"value": 600, "unit": "s"}}, YES, ()),
        ("days_since(injured) <= 3", {"injured": "2026-01-31"}, YES, ()),
        ("days_since(injured) > 3", {"injured": "2026-01-31"}, NO, ()),
        ("days_since(injured) > 3", {}, OPEN, ("injured",)),
        ("answered(pain)", {"pain": 0}, YES, ()),
        ("answered(pain)", {}, NO, ()),
        ("answered(pain)", {"pain": "not_testable"}, NO, ()),
        ("answered(ake_loss)", {"ake": {"left": 20, "right": 10}}, YES, ()),
        ("answered(ake_loss)", {"ake": {"left": 20, "right": None}}, NO, ()),
        ("count(pop, swollen, tingling) >= 2", {"pop": "yes", "swollen": "yes"}, YES, ()),
        ("count(pop, swollen, tingling) >= 2", {"pop": "no", "swollen": "no"}, NO, ()),
        ("count(pop, swollen, tingling) >= 2", {"pop": "yes"}, OPEN, ("swollen", "tingling")),
        (
            "pop + swollen - 2 * tingling >= 2",
            {"pop": "yes", "swollen": "yes"},
            OPEN,
            ("tingling",),
        ),
        ("pop + swollen + tingling >= 2", {"pop": "yes", "swollen": "yes"}, YES, ()),
        ("pop + swollen - 2 * tingling >= 1", {"tingling": "yes"}, NO, ()),
        ("true and pop", {"pop": "yes"}, YES, ()),
        ("age == 34", {}, YES, ()),
        ('sex == "female"', {}, YES, ()),
        ('side == "left"', {}, YES, ()),
        ("weak", {"force": {"left": 70, "right": 100}}, YES, ()),
        ("weak", {"force": {"left": 75, "right": 100}}, NO, ()),
        ("weak", {}, OPEN, ("force",)),
        ("ake_loss > 5", {}, OPEN, ("ake",)),
        ("old", {}, NO, ()),
    ],
)
def test_a_condition_is_true_false_or_names_what_would_settle_it(
    text: str, answers: dict[str, object], truth: Truth, missing: tuple[str, ...]
) -> None:
    assert judged(text, answers) == (truth, missing)


def test_a_deficit_is_positive_when_the_affected_side_is_worse() -> None:
    ake, force = {"ake": {"left": 30, "right": 8}}, {"force": {"left": 60, "right": 80}}
    assert reckoned("ake.deficit", ake) == (22, 22, ())
    assert reckoned("ake.affected", ake)[0] == 30
    assert reckoned("ake.other", ake)[0] == 8
    assert reckoned("force.deficit", force)[0] == 20
    assert reckoned("force.deficit_pct", force)[0] == 25
    other = replace(CASE, side=Side.RIGHT)
    assert reckoned("ake.deficit", ake, other)[0] == -22
    assert reckoned("force.deficit", force, other)[0] == -20


def test_decimal_readings_meet_whole_limits_exactly() -> None:
    assert judged("ake.deficit >= 10", {"ake": {"left": 22.1, "right": 12.1}})[0] is YES
    assert judged("tender + 0.1 <= 0.3", {"tender": 0.2})[0] is YES


def test_half_a_pair_narrows_what_is_possible_and_still_asks_for_the_rest() -> None:
    low, high, missing = reckoned("ake.deficit", {"ake": {"left": 30, "right": None}})
    assert (low, high, missing) == (-90, 30, ("ake",))
    assert judged("ake.deficit > 30", {"ake": {"left": 30, "right": None}}) == (NO, ())


def test_no_percentage_is_made_of_a_side_that_reads_zero() -> None:
    low, high, missing = reckoned("force.deficit_pct", {"force": {"left": 5, "right": 0}})
    assert (low, high, missing) == (-math.inf, 100, ())


def test_both_sides_affected_leave_the_deficit_unknown_without_asking() -> None:
    both = replace(CASE, side=Side.BOTH)
    answers = {"ake": {"left": 30, "right": 8}}
    assert judged("ake.deficit > 10", answers, case=both) == (OPEN, ())
    assert judged("ake.left > 10", answers, case=both) == (YES, ())


@pytest.mark.parametrize("sex", [Sex.OTHER, Sex.UNKNOWN])
def test_norms_by_sex_are_undecided_between_the_cut_offs(sex: Sex) -> None:
    rule = 'ake.affected > 33 or (sex == "female" and ake.affected > 23.4)'
    case = replace(CASE, sex=sex)

    def over(angle: float) -> Truth:
        return judged(rule, {"ake": {"left": angle, "right": 0}}, case=case)[0]

    assert (over(20), over(28), over(34)) == (NO, OPEN, YES)


def test_age_counts_the_birthday_itself() -> None:
    on_birthday = replace(CASE, on=date(2026, 6, 14))
    day_before = replace(CASE, on=date(2026, 6, 13))
    assert reckoned("age", {}, on_birthday)[0] == 35
    assert reckoned("age", {}, day_before)[0] == 34
    assert judged("age >= 18", {}, case=replace(CASE, birth_date=None)) == (OPEN, ())


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("pops", "unknown item `pops`"),
        ("ake", "neither true nor false"),
        ("ake > 3", "two sides"),
        ("ake.worst > 3", "a pair has"),
        ("pop.left > 3", "not a left/right pair"),
        ('gait == "hop"', 'no choice "hop"'),
        ('onset > "sudden"', "not declared as ordered"),
        ('pain == "much"', "not a choice"),
        ("gait == 3", "not a number"),
        ("gait", "neither true nor false"),
        ("pain", "neither true nor false"),
        ('words == "x"', "not a choice"),
        ('"cold" in tried', 'no choice "cold"'),
        ('tried == "heat"', 'say "…" in tried'),
        ("pop > no", "has no order"),
        ("pop == unsure", "cannot be answered unsure"),
        ("pop == not_testable", "cannot be compared"),
        ('pop == "maybe"', 'not "maybe"'),
        ("days_since(pain) > 3", "not a date"),
        ('flag("nothing")', "no such flag"),
        ('fired("soon")', "no such fired"),
        ("grade == 2", "needs a [grade] table"),
        ("open('x')", "unknown function"),
        ("pop.__class__", "not a left/right pair"),
        ("(lambda: 1)()", "not part of the rule language"),
        ("[x for x in tried]", "not part of the rule language"),
        ("pain ** 2 > 3", "not part of the rule language"),
        ("pain > 1e999", "finite"),
        ("pop and", "invalid syntax"),
        ("not " * 990 + "pop", "nested too deeply|cannot be read"),
        ("(" * 900 + "pop" + ")" * 900, "nested parentheses|cannot be read"),
        ("pop or " * 700 + "pop", "at most 4000"),
        ("pop is True", "only =="),
        ("answered(x=pop)", "not part of the rule language"),
    ],
)
def test_what_is_not_in_the_rule_language_is_refused_with_its_reason(text: str, says: str) -> None:
    with pytest.raises(ConditionFault, match=says.replace("[", r"\[").replace("(", r"\(")):
        conditions.parse(text, conditions.vocabulary(built()))
