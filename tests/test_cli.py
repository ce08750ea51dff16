"""The commands: what they print, what they refuse, and that they load nothing they don't need."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from clinic_desk import __version__, cli

REQUEST: dict[str, object] = {
    "protocol": "posterior-thigh",
    "patient": {"birth_date": "1991-06-14", "sex": "female"},
    "date": "2026-02-03",
    "side": "left",
    "answers": {
        "complaint": "sudden_injury",
        "pain_at_injury": 7,
        "palpation_length_cm": 11,
        "ake": {"left": 34, "right": 12},
        "slr_deficit_deg": 20,
        "strength_deficit_pct": 35,
        "bruising": "small",
        "swelling": "mild",
        "pop": "no",
        "gait": "limp",
        "rf_pe": "no",
    },
}


@pytest.fixture
def evaluate(tmp_path: Path, capsys: pytest.CaptureFixture[str]):  # type: ignore[no-untyped-def]
    def run(request: object) -> tuple[int, str, str]:
        file = tmp_path / "answers.json"
        text = request if isinstance(request, str) else json.dumps(request)
        file.write_text(text, encoding="utf-8")
        code = cli.run(["evaluate", str(file)])
        shown = capsys.readouterr()
        return code, shown.out, shown.err

    return run


def test_evaluate_prints_the_findings_under_their_exact_keys(evaluate) -> None:  # type: ignore[no-untyped-def]
    code, out, err = evaluate(REQUEST)
    found = json.loads(out)
    assert (code, err) == (0, "")
    assert list(found) == [
        "protocol",
        "version",
        "red_flags",
        "urgency",
        "grade",
        "patterns",
        "imaging",
        "program",
        "advice",
        "missing",
        "differentials",
        "banners",
        "holds",
        "doubtful",
    ]
    assert list(found["grade"]) == [
        "suggested",
        "withheld",
        "confidence",
        "provisional",
        "reasons",
        "missing",
        "alternatives",
    ]
    assert found["grade"]["suggested"] == 2
    assert "Knee extension 22° less than the other side (2 of 3)" in found["grade"]["reasons"]
    assert list(found["program"]) == ["stage", "template", "blocked", "why"]
    assert "rf_dvt_gate" in found["missing"]


def test_explain_prints_a_card_for_each_finding_as_text(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "answers.json"
    file.write_text(json.dumps(REQUEST), encoding="utf-8")
    assert cli.run(["evaluate", "--explain", str(file)]) == 0
    shown = capsys.readouterr()
    assert shown.err == ""
    assert "== Grade: Bedside strain grade\nResult: grade 2, moderate\nBecause of:" in shown.out
    assert "What would change it:" in shown.out
    assert "== Program: Home program" in shown.out
    assert "Working value, not validated." in shown.out


def test_a_red_flag_is_printed_in_words(evaluate) -> None:  # type: ignore[no-untyped-def]
    _, out, _ = evaluate({**REQUEST, "answers": {"rf_pe": "unsure"}})
    flag = json.loads(out)["red_flags"][0]
    assert list(flag) == [
        "id",
        "label",
        "urgency",
        "refer_to",
        "action",
        "reasons",
        "target_days",
        "presumed",
    ]
    assert (flag["id"], flag["urgency"]) == ("rf_pe", "emergency_now")
    assert flag["reasons"][0].endswith(": unsure")
    assert (flag["target_days"], flag["presumed"]) == (None, True)


def test_a_red_flag_says_within_how_many_days_it_is_seen(evaluate) -> None:  # type: ignore[no-untyped-def]
    _, out, _ = evaluate({**REQUEST, "answers": {"av_gap_ischium": "yes"}})
    flag = json.loads(out)["red_flags"][0]
    assert (flag["id"], flag["target_days"], flag["presumed"]) == ("av_gap_ischium", 7, False)


@pytest.mark.parametrize(
    ("request_text", "says"),
    [
        ('{"protocol": "posterior-thigh"', "not JSON"),
        ("[1]", "one JSON object"),
        (" \n", "empty; must hold one JSON object"),
        ({**REQUEST, "answers": {"ake.left": 30}}, "protocol items posterior-thigh lists them"),
        ('{"protocol": "x", "protocol": "y"}', "“protocol” stands twice"),
        ('{"protocol": "posterior-thigh", "answers": {"pain_at_injury": NaN}}', "NaN"),
        ('{"a": ' * 100_000, "nested too deeply"),
        ("{}", "protocol"),
        ({**REQUEST, "protocol": "elbow"}, "no protocol “elbow”"),
        ({**REQUEST, "protocol": 3}, "protocol"),
        ({**REQUEST, "colour": 1}, "colour"),
        ({**REQUEST, "date": "03.02.2026"}, "date"),
        ({**REQUEST, "date": None}, "date"),
        ({**REQUEST, "side": "up"}, "left, right, both"),
        ({**REQUEST, "side": None}, "side"),
        ({**REQUEST, "patient": {"sex": "f"}}, "patient.sex"),
        ({**REQUEST, "patient": {"birth_date": "2027-01-01"}}, "patient.birth_date"),
        ({**REQUEST, "patient": {"birth_date": "1800-01-01"}}, "patient.birth_date"),
        ({**REQUEST, "patient": {"name": "A"}}, "patient.name"),
        ({**REQUEST, "patient": []}, "patient"),
        ({**REQUEST, "answers": []}, "answers"),
        ({**REQUEST, "answers": {"pain_at_injury": 11}}, "from 0 to 10"),
        ({**REQUEST, "answers": {"pop": True}}, "given true"),
        (
            {**REQUEST, "answers": {"medicines": [f"m{number}" for number in range(61)]}},
            "at most 60 medicines (there are 61)",
        ),
        ({**REQUEST, "answers": {"ake": {"left": 400, "right": 2}}}, "ake"),
        ({**REQUEST, "answers": {"nothing_here": "yes"}}, "nothing_here"),
        ({**REQUEST, "version": "9.9.9"}, "9.9.9"),
        ({**REQUEST, "decisions": {"grade": "7"}}, "decisions.grade"),
        ({**REQUEST, "side": True}, "given true"),
        ({**REQUEST, "patient": {"sex": None}}, "given null"),
        ({**REQUEST, "protocol": 3}, "given 3"),
        ({**REQUEST, "answers": {"rf_dvtgate": "yes"}}, "rf_dvt_gate"),
        ({**REQUEST, "answers": {"a\nb": "yes"}}, "a\ufffdb"),
        (
            json.dumps({**REQUEST, "answers": {"pop": 0}}).replace(
                "0}", "[" * 900 + "]" * 900 + "}"
            ),
            "pop",
        ),
        (json.dumps({**REQUEST, "answers": {"pop": 0}}).replace("0}", "9" * 5000 + "}"), "pop"),
        (
            json.dumps({**REQUEST, "answers": {"pop": 0}}).replace("0}", "1e999}"),
            "out of all range",
        ),
    ],
)
def test_what_cannot_be_taken_is_refused_in_one_message_and_prints_no_findings(
    evaluate,  # type: ignore[no-untyped-def]
    request_text: object,
    says: str,
) -> None:
    code, out, err = evaluate(request_text)
    assert (code, out) == (2, "")
    assert says in err
    assert err.count("\n") == 1
    assert "Traceback" not in err


def test_many_faults_are_named_one_a_line_and_not_without_end(evaluate) -> None:  # type: ignore[no-untyped-def]
    strange = {f"x{number}": 1 for number in range(30)}
    code, out, err = evaluate({**REQUEST, "answers": strange})
    assert (code, out) == (2, "")
    assert err.splitlines()[0].startswith("clinic-desk: x0: given 1")
    assert err.splitlines()[-1] == "clinic-desk: and 10 more"
    assert len(err.splitlines()) == 21


def test_a_file_that_is_missing_or_too_large_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.run(["evaluate", str(tmp_path / "none.json")]) == 2
    assert "none.json" in capsys.readouterr().err
    large = tmp_path / "large.json"
    large.write_bytes(b" " * (2 * 1024 * 1024 + 1))
    assert cli.run(["evaluate", str(large)]) == 2
    assert "2 MB" in capsys.readouterr().err


def test_protocol_check_plays_the_shipped_protocols(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["protocol", "check"]) == 0
    assert "posterior-thigh 1.0.0" in capsys.readouterr().out


def test_protocol_check_names_the_fault_of_a_file(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bad = tmp_path / "bad.toml"
    bad.write_text('id = "bad"\nversion = "1.0.0"\ntitle = "Bad"\nstep = 3\n', encoding="utf-8")
    assert cli.run(["protocol", "check", str(bad)]) == 1
    assert "bad.toml:4: step" in capsys.readouterr().out


def test_protocol_items_lists_every_item_with_its_choices(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert cli.run(["protocol", "items", "posterior-thigh", "--json"]) == 0
    rows = {row["id"]: row for row in json.loads(capsys.readouterr().out)}
    assert rows["rf_pe"]["choices"] == ["yes", "no", "unsure"]
    assert rows["ake"]["kind"] == "pair"
    assert rows["ake_deficit_deg"]["derived"] is True
    assert cli.run(["protocol", "items"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert any(line.startswith("rf_pe ") for line in lines)
    assert max(map(len, lines)) <= 100
    assert rows["bruising"]["also"]["small"] == ["small, under 5 cm"]
    assert cli.run(["protocol", "items", "elbow"]) == 2


def test_the_version_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        cli.run(["--version"])
    assert left.value.code == 0
    assert __version__ in capsys.readouterr().out


@pytest.mark.parametrize("size", ["big", "10x10", "1366x", "1366X768"])
def test_a_size_that_is_none_is_refused(size: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        cli.run(["tour", "--out", "x", "--size", size])
    assert left.value.code == 2
    assert "1366x768" in capsys.readouterr().err


def test_evaluate_loads_neither_windows_nor_storage_nor_paper(tmp_path: Path) -> None:
    file = tmp_path / "answers.json"
    file.write_text(json.dumps(REQUEST), encoding="utf-8")
    program = (
        "import sys; from clinic_desk.cli import run; code = run(sys.argv[1:]);"
        "heavy = {'PySide6', 'sqlalchemy', 'reportlab', 'alembic', 'jinja2'} & set(sys.modules);"
        "sys.exit(f'loaded {heavy}' if heavy else code)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, "evaluate", str(file)],
        capture_output=True,
        cwd=Path(__file__).parents[1],
        check=False,
    )
    assert done.returncode == 0, done.stderr.decode()
    assert json.loads(done.stdout.decode("utf-8"))["protocol"] == "posterior-thigh"


def test_evaluate_works_out_which_regions_a_pen_stroke_covers(evaluate) -> None:  # type: ignore[no-untyped-def]
    stroke = {"view": "back", "path": [[0.4, 0.21], [0.4, 0.19]], "type": "pain", "intensity": 2}
    answers = {
        "heel_raise_under_20_or_asym_10pct": "yes",
        "knee_to_wall_asym_over_1_5cm": "yes",
        "body_chart": {"marks": [stroke]},
    }
    code, out, _ = evaluate({**REQUEST, "answers": answers})
    assert code == 0
    assert "Pain behind the knee or in the upper calf" in json.loads(out)["patterns"][0]["reasons"]
    stroke["intensity"] = 11
    code, _, err = evaluate({**REQUEST, "answers": answers})
    assert code != 0
    assert "mark 1" in err


def test_the_help_shows_a_request_that_can_be_evaluated(
    evaluate,  # type: ignore[no-untyped-def]
    capsys: pytest.CaptureFixture[str],
) -> None:
    with pytest.raises(SystemExit):
        cli.run(["evaluate", "--help"])
    said = capsys.readouterr().out
    shown = said[said.index("  {") : said.index("\n\nprotocol and date")]
    code, out, err = evaluate(shown)
    assert (code, err) == (0, "")
    assert '"withheld"' in out
