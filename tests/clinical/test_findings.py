"""Flags, patterns, tests, programs and the flow of a small protocol, and what is missing."""

from clinic_desk.clinical import conditions
from clinic_desk.clinical.evaluate import evaluate
from clinic_desk.clinical.findings import Findings, Urgency
from clinic_desk.clinical.flow import Flow
from clinic_desk.clinical.progression import Gate, gate
from tests.support.protocols import CASE, built, reading

RULES = """
[[recipient]]
id = "ed"
label = "emergency department"

[[group]]
id = "vessels"
title = "Vessels"
safety_net = "Get help if it swells."

[[flag]]
id = "clot"
group = "vessels"
label = "Possible clot"
source = "test"
not_strain = true
  [[flag.case]]
  when = "swollen"
  urgency = "same_day"
  refer_to = ["ed"]
  action = "Test today."
  [[flag.case]]
  when = "swollen and tingling"
  urgency = "emergency_now"
  label = "Clot and nerve"
  refer_to = ["ed"]
  action = "Go now."

[[flag]]
id = "nerve"
group = "vessels"
label = "Nerve sign"
source = "test"
  [[flag.case]]
  when = "tingling and pain >= 3"
  urgency = "urgent_2w"
  refer_to = ["ed"]
  action = "Refer."

[[pattern]]
id = "loose"
label = "Loose"
direction = "Hold"
supports = { pop = 2, weak = 1, old = 2 }
contradicts = { tingling = 1 }

[[pattern]]
id = "nervy"
label = "Nervy"
direction = "Slide"
first = true
hides_stretch = true
supports = { tingling = 1, weak = 1, old = 3 }

[[imaging]]
id = "scan"
label = "Scan"
safety = ["metal"]
  [[imaging.case]]
  when = "pain > 7"
  urgency = "routine_gp"
  because = "Pain of {pain}"
  [[imaging.case]]
  when = 'flag("clot")'
  urgency = "same_day"

[[safety]]
id = "metal"
items = ["onset", "pop"]

[[path]]
id = "one"
when = "pop"
because = "It popped"
  [[path.step]]
  template = "first_days"
  stage = 1
  leave = "pain <= 2 and ake.deficit < 10"
  because = "Until calm"
  [[path.step]]
  template = "loading"
  stage = 2

[[advice]]
id = "rest"
label = "Rest"
when = "pain > 3"
"""
SMALL = built(RULES)


def found(**answers: object) -> Findings:
    return evaluate(SMALL, CASE, answers)


def said(reasons: object) -> list[str]:
    assert isinstance(reasons, tuple)
    return [SMALL.say(reason) for reason in reasons]


def test_the_most_urgent_true_case_of_a_flag_is_the_one_that_fires() -> None:
    flag = found(swollen="yes", tingling="yes").red_flags[0]
    assert (flag.urgency, SMALL.say(flag.label)) == (Urgency.EMERGENCY_NOW, "Clot and nerve")
    assert said(flag.reasons) == ["Swollen: yes", "Tingling: yes"]
    assert SMALL.say(flag.safety_net) == "Get help if it swells."
    less = found(swollen="yes", tingling="no").red_flags[0]
    assert (less.urgency, SMALL.say(less.action)) == (Urgency.SAME_DAY, "Test today.")


def test_flags_stand_by_urgency_and_the_highest_is_the_urgency() -> None:
    both = found(swollen="yes", tingling="yes", pain=5)
    assert [flag.id for flag in both.red_flags] == ["clot", "nerve"]
    assert both.urgency is Urgency.EMERGENCY_NOW
    assert found().urgency is None


def test_unsure_counts_as_yes_until_examined_and_says_so() -> None:
    presumed = found(swollen="unsure").red_flags[0]
    assert presumed.presumed
    assert said(presumed.reasons) == ["Swollen: unsure"]
    assert not found(swollen="yes").red_flags[0].presumed
    assert found(tingling="unsure", pain=5).red_flags == ()
    assert "tingling" in found(tingling="unsure", pain=5).missing


def test_a_pattern_weighs_what_was_tested_only() -> None:
    strong = found(pop="yes", weak="yes").patterns
    assert [(one.id, one.score) for one in strong] == [("loose", 0.6)]  # 3 of 5: age is known
    against = found(pop="yes", weak="yes", tingling="yes").patterns
    assert [(one.id, one.score) for one in against] == [("nervy", 0.4), ("loose", 0.4)]
    assert said(against[1].reasons) == ["Pop", "Weak", "Against it: Tingling"]
    assert found(pop="yes").patterns == ()  # one support is not enough


def test_the_first_pattern_stands_in_front_and_hides_stretching() -> None:
    program = found(pop="yes", weak="yes", tingling="yes", pain=0, swollen="no").program
    assert program is not None
    assert program.hide_stretch


def test_a_test_names_its_reason_and_its_open_safety_questions() -> None:
    scan = found(pain=8, swollen="yes", pop="not_testable", onset="sudden").imaging[0]
    assert (scan.urgency, scan.safety_missing) == (Urgency.SAME_DAY, ("pop",))
    assert "Pain of 8" in said(scan.reasons)


def test_a_reason_says_zero_as_zero_and_an_unanswered_item_as_not_asked() -> None:
    rules = RULES.replace('when = "pain > 7"', 'when = "pain < 3"').replace(
        "Pain of {pain}", "Pain of {pain}, tender {tender}"
    )
    protocol = built(rules)
    scan = evaluate(protocol, CASE, {"pain": 0}).imaging[0]
    assert protocol.say(scan.reasons[0]) == "Pain of 0, tender not asked"


def test_a_locking_flag_blocks_the_program_until_its_action_is_recorded() -> None:
    answers: dict[str, object] = {"swollen": "yes", "pop": "yes", "tingling": "no"}
    blocked = evaluate(SMALL, CASE, answers).program
    assert blocked is not None
    assert (blocked.blocked, blocked.stage, blocked.template) == (True, None, None)
    assert said(blocked.why) == ["No exercises until this is acted on: Possible clot"]
    acted = evaluate(SMALL, CASE, answers, {"flag.clot": "scan clear"}).program
    assert acted is not None
    assert (acted.blocked, acted.template) == (False, "first_days")


def test_an_urgent_flag_does_not_block_but_asks_for_its_action() -> None:
    program = found(tingling="yes", pain=5, pop="yes", swollen="no").program
    assert program is not None
    assert not program.blocked
    assert said(program.why)[0] == "Record an action first: Nerve sign"


def test_the_first_template_that_is_not_done_is_suggested_with_what_it_waits_for() -> None:
    waiting = found(pop="yes", pain=5).program
    assert waiting is not None
    assert (waiting.template, waiting.stage) == ("first_days", 1)
    assert said(waiting.why) == [
        "It popped",
        "Until calm",
        "Not yet: Pain (5)",
        "Not measured: Active knee extension",
    ]
    done = found(pop="yes", pain=1, ake={"left": 8, "right": 4}).program
    assert done is not None
    assert (done.template, done.stage) == ("loading", 2)
    nowhere = found().program
    assert nowhere is not None
    assert nowhere.template is None
    assert "pop" in said(nowhere.why)[1].lower()


def test_a_criterion_is_met_not_met_or_not_measured() -> None:
    rule = conditions.parse("ake.deficit < 10", conditions.vocabulary(SMALL))

    def state(left: int | None) -> Gate:
        return gate(rule, reading(SMALL, {"ake": {"left": left, "right": 0}}))

    assert [state(9), state(10), state(None)] == [Gate.MET, Gate.NOT_MET, Gate.NOT_MEASURED]


def test_what_decides_an_emergency_is_asked_first() -> None:
    assert found().missing[:2] == ("tingling", "swollen")  # tingling settles two flags


GATED = """
[[step]]
id = "more"
title = "More"
when = "pop"
  [[step.section]]
  id = "deeper"
  title = "Deeper"
    [[step.section.item]]
    id = "numb"
    kind = "yes_no"
    label = "Numb"
    when = 'onset == "sudden"'

[[advice]]
id = "numb_card"
label = "Numb"
when = "numb"
"""
GATED_PROTOCOL = built(GATED)


def test_an_item_shows_when_its_conditions_are_true_or_it_is_answered() -> None:
    def shows(**answers: object) -> bool:
        return Flow(GATED_PROTOCOL, reading(GATED_PROTOCOL, answers)).visible("numb")

    assert shows(pop="yes", onset="sudden")
    assert not shows(pop="yes")
    assert not shows(pop="no", onset="sudden")
    assert shows(pop="no", numb="yes")


def test_what_would_open_a_hidden_question_is_asked_instead_of_it() -> None:
    def missing(**answers: object) -> tuple[str, ...]:
        return evaluate(GATED_PROTOCOL, CASE, answers).missing

    assert missing() == ("pop", "onset")
    assert missing(pop="yes") == ("onset",)
    assert missing(pop="yes", onset="sudden") == ("numb",)
    assert missing(pop="no") == ()


def test_progress_counts_what_is_visible_and_the_flags_that_fired() -> None:
    answers: dict[str, object] = {"pop": "yes", "swollen": "yes"}
    world = reading(SMALL, answers)
    step = Flow(SMALL, world).steps(evaluate(SMALL, CASE, answers).red_flags)[0]
    assert (step.answered, len(step.items), step.flags, step.complete) == (2, 13, 1, False)


def test_only_the_pattern_that_ranks_first_leads() -> None:
    led = built(RULES.replace('when = "pop"', "when = 'leads(\"loose\")'"))

    def template(**answers: object) -> str | None:
        program = evaluate(led, CASE, {"swollen": "no", **answers}).program
        return program.template if program else None

    assert template(pop="yes", weak="yes") == "first_days"
    behind = evaluate(led, CASE, {"swollen": "no", "pop": "yes", "weak": "yes", "tingling": "yes"})
    assert [one.id for one in behind.patterns] == ["nervy", "loose"]
    assert template(pop="yes", weak="yes", tingling="yes") is None
    assert template(pop="yes") is None  # not found, so it cannot lead


def test_patterns_with_equal_scores_lead_together() -> None:
    rules = RULES.replace("first = true\n", "").replace(
        "supports = { tingling = 1, weak = 1, old = 3 }",
        "supports = { pop = 2, weak = 1, old = 2 }",
    )
    for name in ("loose", "nervy"):
        led = built(rules.replace('when = "pop"', f"when = 'leads(\"{name}\")'"))
        program = evaluate(led, CASE, {"swollen": "no", "pop": "yes", "weak": "yes"}).program
        assert program is not None
        assert program.template == "first_days"


def test_a_pattern_says_which_finding_no_answer_can_settle() -> None:
    nervy = found(tingling="yes", weak="yes", old="not_testable").patterns[0]
    assert said(nervy.reasons) == [
        "Tingling",
        "Weak",
        "Cannot be told from what is recorded: 55 or older",
    ]


def test_a_choice_inside_a_reason_opens_with_a_small_letter() -> None:
    unmet = built(RULES.replace("pain <= 2 and ake.deficit < 10", "gait == 'normal'"))
    program = evaluate(unmet, CASE, {"pop": "yes", "swollen": "no", "gait": "stiff"}).program
    assert program is not None
    assert "Not yet: Walking (stiff-legged)" in [unmet.say(reason) for reason in program.why]


def test_what_a_program_needs_is_what_the_path_already_entered_needs() -> None:
    second = """
[[path]]
id = "two"
when = "tingling and pain > 3"
because = "It tingles"
  [[path.step]]
  template = "slide"
  stage = 1
"""
    protocol = built(RULES + second)
    program = evaluate(protocol, CASE, {"tingling": "yes", "swollen": "no"}).program
    assert program is not None
    assert protocol.say(program.why[-1]) == "To choose a program, still needed: Pain"
