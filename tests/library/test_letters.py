"""Letter templates reach nothing but their fields, and say what is wrong with them."""

from pathlib import Path

import pytest

from clinic_desk.errors import LibraryInvalid
from clinic_desk.library import letters
from clinic_desk.library.letters import FIELDS, FLAG, LIST, NUMBER, LetterPartKind, Value


def values(**more: Value) -> dict[str, Value]:
    made: dict[str, Value] = {}
    for name, kind in FIELDS.items():
        made[name] = {LIST: [], NUMBER: 0, FLAG: False}.get(kind, "")
    return made | more


def part(text: str) -> LetterPartKind:
    letters.check(text, "test.toml", "part.text")
    return LetterPartKind("part", "Part", False, True, False, text)


def test_the_first_shipped_kinds_are_referrals_with_a_required_question() -> None:
    kinds = letters.load()
    assert [kind.id for kind in kinds[:2]] == ["referral-orthopaedics", "referral-gp"]
    for kind in kinds[:2]:
        assert kind.part("question").required
        assert kind.part("findings").table


def test_every_shipped_part_is_filled_from_an_empty_record_without_a_stray_mark() -> None:
    for kind in letters.load():
        for one in kind.parts:
            text = one.fill(values())
            assert "  " not in text
            assert ".." not in text
            assert "{" not in text


@pytest.mark.parametrize(
    ("visits", "said"), [(1, "One visit on"), (4, "Four visits since"), (12, "12 visits since")]
)
def test_counts_are_said_in_singular_and_plural(visits: int, said: str) -> None:
    kind = letters.load()[0]
    text = kind.part("treatment").fill(values(visits=visits, first_visit="23 Jan 2026"))
    assert text.startswith(f"{said} 23 Jan 2026.")


def test_suggested_and_decided_grades_are_never_said_alike() -> None:
    grade = letters.load()[0].part("grade")
    suggested = grade.fill(values(grade="2 (moderate)"))
    decided = grade.fill(
        values(grade="2 (moderate)", grade_decided=True, grade_by="Dana Demo", grade_at="03 Feb")
    )
    assert "has not been decided" in suggested
    assert "decided by Dana Demo" in decided
    assert "suggested" not in decided


def test_template_marks_in_a_value_are_printed_as_they_are() -> None:
    text = part("{{ goal }}").fill(values(goal="{{ patient }} {% if x %} <b>&"))
    assert text == "{{ patient }} {% if x %} <b>&"


def test_one_level_of_a_loop_over_a_list_is_allowed() -> None:
    text = part("{% for sign in signs %}{{ sign|capital }}. {% endfor %}")
    assert text.fill(values(signs=["no gap", "no bruise"])) == "No gap. No bruise."


@pytest.mark.parametrize(
    "text",
    [
        "{{ patient.__class__ }}",
        "{{ patient['x'] }}",
        "{{ nobody }}",
        "{{ 'x'.join(signs) }}",
        "{{ signs }}",
        "{{ grade_decided }}",
        "{{ patient|safe }}",
        "{{ patient|attr('x') }}",
        "{{ visits|listed }}",
        "{{ visits * 99999 }}",
        "{{ signs|listed(patient) }}",
        "{% set x = 1 %}",
        "{% include 'secret' %}",
        "{% import 'secret' as s %}",
        "{% macro m() %}{% endmacro %}",
        "{% for a in signs %}{% for b in signs %}x{% endfor %}{% endfor %}",
        "{% for a in patient %}x{% endfor %}",
        "{% for a in signs recursive %}x{% endfor %}",
        "{% for a in signs if a %}x{% endfor %}",
        "{% for patient in signs %}x{% endfor %}",
        "{% for loop in signs %}x{% endfor %}",
        "{{ range(9) }}",
        "{{ lipsum }}",
        "{% if patient is defined %}x{% endif %}",
        "{{ 'x' if patient else 'y' }}",
        "{{ unclosed",
        "{% if patient %}",
        "{{" + "(" * 400 + "patient" + ")" * 400 + "}}",
    ],
)
def test_anything_beyond_the_whitelist_is_refused_with_file_line_and_field(text: str) -> None:
    with pytest.raises(LibraryInvalid) as refused:
        letters.check("\n" + text, "test.toml", "history.text", 10)
    assert str(refused.value).startswith(("test.toml, line 11, history.text:", "test.toml, line 1"))
    assert "history.text" in str(refused.value)


def test_output_that_grows_past_its_limit_is_stopped() -> None:
    with pytest.raises(LibraryInvalid, match="200 kB"):
        part("{% for sign in signs %}{{ goal }}{% endfor %}").fill(
            values(signs=["x"] * 1000, goal="y" * 1000)
        )


SHIPPED = """
version = "1.0.0"
name = "Test"
role = "gp"
title = "Test"
valediction = "Yours,"

[[part]]
id = "question"
title = "Question"
text = \"\"\"
{{ question }}
{{ nobody }}
\"\"\"
"""


def test_an_error_names_the_line_in_the_file(tmp_path: Path) -> None:
    path = tmp_path / "test.toml"
    path.write_text(SHIPPED, encoding="utf-8")
    with pytest.raises(LibraryInvalid, match=r"test\.toml, line 13, question\.text.*nobody"):
        letters.read_kind(path)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('name = "Test"\n', "", "“name” must be a text"),
        ('role = "gp"', 'rule = "gp"', "unknown key “rule”"),
        ("[[part]]", "[part]", "[[part]]"),
        ('id = "question"', 'id = "question"\nrequired = "yes"', "must be true or false"),
        ('version = "1.0.0"', "version = ", "TOML"),
    ],
)
def test_a_broken_file_is_refused_by_name_and_key(
    tmp_path: Path, old: str, new: str, said: str
) -> None:
    path = tmp_path / "test.toml"
    path.write_text(SHIPPED.replace("{{ nobody }}\n", "").replace(old, new), encoding="utf-8")
    with pytest.raises(LibraryInvalid) as refused:
        letters.read_kind(path)
    assert "test.toml" in str(refused.value)
    assert said in str(refused.value)
