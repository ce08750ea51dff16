"""A letter template can do nothing but write a short text from its fields."""

import time

import pytest

from clinic_desk.errors import LibraryInvalid
from clinic_desk.library import letter_templates
from clinic_desk.library.letter_fields import empty
from clinic_desk.library.letter_templates import TemplateRefused, check, fill

DEEP = 400


@pytest.mark.parametrize(
    "text",
    [
        "{{ patient.__class__.__mro__[1].__subclasses__() }}",
        "{{ patient['__class__'] }}",
        "{{ ''.__class__ }}",
        "{{ '{0.__class__}'.format(patient) }}",
        "{{ '%s'|format(patient) }}",
        "{{ patient|attr('__class__') }}",
        "{{ patient|map('upper') }}",
        "{{ self }}",
        "{{ self._TemplateReference__context }}",
        "{{ cycler }}",
        "{{ namespace() }}",
        "{{ dict(a=1) }}",
        "{{ patient() }}",
        "{{ [patient] }}",
        "{{ {'a': patient} }}",
        "{{ (patient, patient) }}",
        "{{ patient ~ patient }}",
        "{{ 'x' * 99999999 }}",
        "{{ 9 ** 9 ** 9 }}",
        "{{ 9999999999 }}",
        "{{ 0x" + "f" * 9000 + " }}",
        "{{ " + "9" * 9000 + " }}",
        "{{ 1e300 }}",
        "{{ -visits }}",
        "{{ true }}",
        "{{ patient or signs }}",
        "{{ (patient and signs)|upper }}",
        "{{ signs|upper }}",
        "{{ signs|listed|listed }}",
        "{{ today|upper }}",
        "{{ 5|listed }}",
        "{{ visits|plural }}",
        "{{ visits|plural('a') }}",
        "{{ visits|plural('a', 'b', 'c') }}",
        "{{ visits|plural(one='a', many='b') }}",
        "{{ visits|plural(*signs) }}",
        "{{ patient|upper(patient) }}",
        "{{ patient[0] }}",
        "{{ patient[::999] }}",
        "{{ 'a' if patient else patient.__class__ }}",
        "{% if patient > 1 %}x{% endif %}",
        "{% if patient in signs %}x{% endif %}",
        "{% if signs == patient %}x{% endif %}",
        "{% if today > 1 %}x{% endif %}",
        "{% for a in signs %}{{ loop }}{% endfor %}",
        "{% for a in signs %}{{ loop.index }}{% endfor %}",
        "{% for a, b in signs %}x{% endfor %}",
        "{% for a in 'xx' %}x{% endfor %}",
        "{% for a in range(999999999) %}x{% endfor %}",
        "{% for a in signs|listed %}x{% endfor %}",
        "{% for a in signs %}x{% else %}y{% endfor %}",
        "{% for a in signs %}{% for b in story %}x{% endfor %}{% endfor %}",
        "{% include '/etc/passwd' %}",
        "{% include patient %}",
        "{% extends 'x' %}",
        "{% import 'os' as os %}",
        "{% from 'os' import path %}",
        "{% macro m() %}x{% endmacro %}{{ m() }}",
        "{% call m() %}x{% endcall %}",
        "{% set patient = 1 %}",
        "{% set x %}y{% endset %}",
        "{% block b %}x{% endblock %}",
        "{% filter upper %}x{% endfilter %}",
        "{% with a = 1 %}x{% endwith %}",
        "{% autoescape true %}x{% endautoescape %}",
        "{% do x %}",
        "{% trans %}x{% endtrans %}",
        "{% debug %}",
        "{% if patient is callable %}x{% endif %}",
        "{% if patient %}" * DEEP + "{% endif %}" * DEEP,
        "{{ " + "(" * DEEP + "patient" + ")" * DEEP + "|" + "|".join(["upper"] * DEEP) + " }}",
        "{{ patient" + "|upper" * DEEP + " }}",
        "{% if " + "not " * 3000 + "patient %}x{% endif %}",
        "{% if " + " and ".join(["patient"] * 2000) + " %}x{% endif %}",
        "x" * 1_000_000,
        "{{ patient }}" * 80_000,
        "{{ patient }}" * 1_500,
        "{% if patient %}x{% elif patient %}" + "{% elif patient %}" * 1_000 + "{% endif %}",
        "{% for a in signs %}x{% endfor %}" * 600,
        "{% for a in signs %}{% if goal|upper|upper|upper %}{% endif %}{% endfor %}",
        "{% for a in signs %}{% if not goal|upper %}{% elif goal|upper %}{% endif %}{% endfor %}",
        "{{ 'a' * 10**9 }}",
        "{{ '%1000000000d' % visits }}",
        "{{ patient|center(10**9) }}",
        "{{ patient|indent(1000000) }}",
        "{{ signs|join('x') }}",
        "{{ " + "[" * 10_000 + " }}",
        "{{ " + "(" * 9_000 + "patient" + ")" * 9_000 + " }}",
        "{% if " + "(" * 5_000 + "patient",
        "{#" * 9_000,
        "{% raw %}" * 300,
        "a\0b",
        "{{ patient\0 }}",
        "a\ud800b",
        "{{ visits|plural('\\ud800', 'b') }}",
        "{{ '\\x00' }}",
        "{{ '\\x' }}",
        "a\u202eb",
        "a\x1bb",
    ],
)
def test_an_attack_is_refused_quickly_with_its_line_and_field(text: str) -> None:
    begun = time.process_time()
    with pytest.raises(TemplateRefused) as refused:
        check(text, "own.toml", "history.text", 7)
    assert time.process_time() - begun < 1
    assert len(refused.value.reason) < 200
    assert "inja" not in refused.value.reason
    assert str(refused.value).startswith("own.toml, line 7, history.text:")
    assert refused.value.key == "history.text"


def test_a_template_that_was_never_checked_is_checked_before_it_is_filled() -> None:
    with pytest.raises(TemplateRefused):
        fill("{{ patient.__class__ }}", empty(), "part")


@pytest.mark.parametrize("value", ["{{ 7 * 7 }}", "{% include 'x' %}", "{0.__class__}", "%(x)s"])
def test_what_is_filled_in_is_never_read_as_a_template(value: str) -> None:
    assert fill("{{ goal }}", {"goal": value}, "part") == value


def test_a_loop_over_a_long_list_stops_at_the_size_limit() -> None:
    text = "{% for one in signs %}" + "{{ one }}" * 300 + "{% endfor %}"
    with pytest.raises(LibraryInvalid, match="200 kB"):
        fill(text, {"signs": ["word " * 20] * 2000}, "part")


def test_a_list_beyond_any_letter_is_refused() -> None:
    with pytest.raises(LibraryInvalid, match="entries"):
        fill("{{ signs|listed }}", {"signs": ["x"] * 2001}, "part")


def test_a_slow_template_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(letter_templates, "MAX_SECONDS", -1.0)
    with pytest.raises(LibraryInvalid, match="too long"):
        fill("{{ goal }}", {"goal": "x"}, "part")


def test_the_deepest_template_that_is_let_through_can_be_filled() -> None:
    """The whitelist refuses before Python's own compiler would break."""
    level = 1
    while True:
        text = "{% if goal %}" * level + "x" + "{% endif %}" * level
        try:
            check(text, "", "part")
        except TemplateRefused:
            break
        assert fill(text, {"goal": "y"}, "part") == "x"
        level += 1
    assert level > 8
