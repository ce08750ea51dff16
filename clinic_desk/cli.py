"""The commands. Windows, storage and paper are imported only by the commands that need them."""

import argparse
import re
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from clinic_desk import __version__, exchange_commands, letter_commands, paper_commands, paths
from clinic_desk.errors import ClinicError, InvalidInput
from clinic_desk.i18n import _

if TYPE_CHECKING:
    from clinic_desk.clinical.protocol import Item, Protocol
    from clinic_desk.clinical.request import Request

REFUSED = 2
_MOST_FAULTS = 20
_SIZE = re.compile(r"(\d{3,5})x(\d{3,5})")
_DEFAULT_PROTOCOL = "posterior-thigh"


def run(arguments: Sequence[str]) -> int:
    """Run one command line: 0 when it did its work, 1 for faults found, 2 for what it refuses."""
    _speak_utf8()
    options = _parser().parse_args(arguments)
    try:
        return int(options.command(options))
    except InvalidInput as error:
        for line in _refusal(error):
            print(f"clinic-desk: {line}", file=sys.stderr)
        return REFUSED
    except ClinicError as error:
        print(f"clinic-desk: {error}", file=sys.stderr)
        return REFUSED
    except BrokenPipeError:
        # The reader went away (`| head`); what is left unsaid must not fail again on exit.
        sys.stdout = None
        return 0


def _refusal(error: InvalidInput) -> Iterator[str]:
    """One line for each field, and no more of them than a person reads."""
    for name, text in list(error.fields.items())[:_MOST_FAULTS]:
        shown = "".join(sign if sign.isprintable() else "\ufffd" for sign in name)
        yield f"{shown[:80]}: {text}"
    more = len(error.fields) - _MOST_FAULTS
    if more > 0:
        yield _("and {count} more").format(count=more)


def _speak_utf8() -> None:
    """Say the same on every system: a Windows console's own code page lacks signs that we use."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="backslashreplace")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="clinic-desk", description=_("Clinic Desk"))
    parser.add_argument("--version", action="version", version=f"Clinic Desk {__version__}")
    parser.add_argument("--data", type=Path, metavar="DIR", help=_("the folder of the records"))
    parser.set_defaults(command=_start)
    commands = parser.add_subparsers(title=_("commands"), metavar="COMMAND")

    demo = commands.add_parser("demo", help=_("open a throw-away demo clinic"))
    demo.set_defaults(command=_demo)

    tour = commands.add_parser("tour", help=_("drive the real windows and keep pictures of them"))
    tour.add_argument("--out", type=Path, required=True, metavar="DIR", help=_("where they go"))
    tour.add_argument("--theme", choices=("light", "dark"), default="light")
    tour.add_argument("--size", type=_size, default=(1366, 768), metavar="WxH")
    tour.add_argument(
        "--text-size", type=int, default=100, metavar="PERCENT", help=_("from 90 to 150")
    )
    tour.set_defaults(command=_tour)

    evaluate = commands.add_parser(
        "evaluate",
        help=_("answers in, findings out, as JSON"),
        formatter_class=argparse.RawDescriptionHelpFormatter,
        epilog=_evaluate_input(),
    )
    evaluate.add_argument("file", metavar="FILE", help=_("a JSON file, or - for standard input"))
    explain = _("a card for each finding, as text: rule, values, what would change it, source")
    evaluate.add_argument("--explain", action="store_true", help=explain)
    which = _(
        "the protocol, in place of the one that FILE names: an id, or a draft as a .toml file"
    )
    evaluate.add_argument("--protocol", metavar="ID|TOML", help=which)
    evaluate.set_defaults(command=_evaluate)

    protocol = commands.add_parser("protocol", help=_("check protocols, list their items"))
    acts = protocol.add_subparsers(title=_("commands"), metavar="COMMAND", required=True)
    check = acts.add_parser("check", help=_("name each fault, and play the worked examples"))
    check.add_argument("files", nargs="*", type=Path, metavar="FILE")
    check.set_defaults(command=_check)
    items = acts.add_parser("items", help=_("a table of item ids, kinds, units and choices"))
    items.add_argument("protocol", nargs="?", default=_DEFAULT_PROTOCOL, metavar="ID|TOML")
    items.add_argument("--json", action="store_true", help=_("as JSON"))
    items.set_defaults(command=_items)
    letter_commands.add(commands)
    paper_commands.add(commands)
    exchange_commands.add(commands)
    return parser


def _size(text: str) -> tuple[int, int]:
    match = _SIZE.fullmatch(text)
    if match is None:
        raise argparse.ArgumentTypeError(_("a size is written as 1366x768"))
    return int(match[1]), int(match[2])


def _evaluate_input() -> str:
    return _(
        """\
FILE holds one JSON object:
  {"protocol": "posterior-thigh", "date": "2026-02-03", "side": "left",
   "patient": {"birth_date": "1991-06-14", "sex": "female"},
   "answers": {"complaint": "sudden_injury", "pop": "yes", "pain_at_injury": 7,
               "ake": {"left": 34, "right": 20}, "gap_size_mm": {"value": 2, "unit": "cm"}},
   "decisions": {"grade": "2", "flag.rf_dvt_gate": "sent to the ED"}}

protocol and date are needed; side (left, right, both) where left/right items are answered.
sex: female, male, other, unknown. An item left out is not asked; so is "not_asked". Every item
may be "not_testable". Item ids, kinds, units and choices: clinic-desk protocol items ID.
Exit: 0 findings printed; 2 nothing evaluated, each fault on its own line of standard error."""
    )


# --- the application; Qt is loaded only here ------------------------------------------------


def load_windows() -> "Callable[[Path | None, bool], int]":
    """Load the application up to what its first paint needs; returns what runs it.

    Python's collector would walk through all of Qt's names several times on the way there (10 ms).
    It pauses; from the first paint on, the program itself says when and in which thread to collect.
    """
    import gc

    gc.disable()
    from clinic_desk.launch import run as start

    return start


def _start(options: argparse.Namespace) -> int:
    return load_windows()(options.data, False)


def _demo(options: argparse.Namespace) -> int:
    return load_windows()(options.data, True)


def _tour(options: argparse.Namespace) -> int:
    from clinic_desk.tour import run as drive

    return drive(options.out, options.theme, options.size, options.text_size)


# --- evaluations ----------------------------------------------------------------------------


def _evaluate(options: argparse.Namespace) -> int:
    import json

    from clinic_desk import request_file
    from clinic_desk.clinical import evaluate, report, request

    plain = request_file.read(options.file)
    protocol_id = plain.pop("protocol", None)
    protocol_id = options.protocol or protocol_id
    if not isinstance(protocol_id, str):
        given = _given(protocol_id)
        said = _("{given}; allowed is the id of a protocol, as a text").format(given=given)
        raise InvalidInput({"protocol": said})
    version = plain.pop("version", None)
    if version is not None and not isinstance(version, str):
        said = _("{given}; allowed is a version as a text, like 1.0.0")
        raise InvalidInput({"version": said.format(given=_given(version))})
    protocol = _protocol(protocol_id, version)
    asked = _with_regions(protocol, request.read(protocol, plain))
    if options.explain:
        print(_explained(protocol, asked))
        return 0
    found = evaluate.evaluate(protocol, asked.case, asked.answers, asked.decisions)
    print(json.dumps(report.plain(protocol, found), ensure_ascii=False, indent=2))
    return 0


def _protocol(named: str, version: str | None = None) -> "Protocol":
    """A protocol of the library by its id, or a draft by its file."""
    from clinic_desk.library import Library, protocols

    if named.endswith(".toml"):
        return protocols.load(Path(named))
    return Library().protocol(named, version)


def _with_regions(protocol: "Protocol", asked: "Request") -> "Request":
    """The request with the regions that the pen strokes of its body charts cover."""
    from dataclasses import replace

    from clinic_desk.clinical.protocol import Kind

    charts = {
        name: value
        for name, value in asked.answers.items()
        if name in protocol.items and protocol.items[name].kind is Kind.BODY_CHART
    }
    if not charts:
        return asked
    from clinic_desk.drawing.body_chart import resolved_raw

    read = {name: resolved_raw(value) for name, value in charts.items()}
    return replace(asked, answers={**asked.answers, **read})


def _explained(protocol: "Protocol", asked: "Request") -> str:
    from clinic_desk import explain_text
    from clinic_desk.clinical import answers, explain
    from clinic_desk.clinical.reading import Reading

    taken = answers.read(protocol, asked.case, asked.answers)
    cards = explain.cards(Reading(protocol, asked.case, taken, asked.decisions))
    return "\n".join(explain_text.lines(protocol, cards))


def _given(value: object) -> str:
    from clinic_desk.clinical.answers import shown

    return _("missing") if value is None else _("given {value}").format(value=shown(value))


def _check(options: argparse.Namespace) -> int:
    from clinic_desk.library import Library, examples, protocols

    shipped = not options.files
    root = paths.resources() / "protocols"
    files = options.files or [
        root / protocol / f"{version}.toml"
        for protocol, versions in Library().protocols()
        for version in versions
    ]
    right = True
    for path in files:
        checked = protocols.check(path, placed=shipped, thorough=True)
        faults = checked.faults
        if checked.protocol is not None:
            faults = examples.play(checked.protocol, protocols.shown(path))
            if not faults:
                print(_summary(checked.protocol))
        for warning in checked.warnings:
            print(_("warning: {what}").format(what=warning))
        for fault in faults:
            print(fault)
        right = right and not faults
    return 0 if right else 1


def _summary(protocol: "Protocol") -> str:
    said = _("{id} {version}: {items} items, {flags} red flags, {examples} examples, all right")
    return said.format(
        id=protocol.id,
        version=protocol.version,
        items=len(protocol.items),
        flags=len(protocol.flags),
        examples=len(protocol.examples),
    )


def _items(options: argparse.Namespace) -> int:
    import json

    from clinic_desk import item_table

    protocol = _protocol(options.protocol)
    rows = [_row(protocol, item) for item in protocol.items.values()]
    if options.json:
        print(json.dumps(rows, ensure_ascii=False, indent=2))
        return 0
    print("\n".join(item_table.lines(rows)))
    return 0


def _row(protocol: "Protocol", item: "Item") -> dict[str, object]:
    from clinic_desk.clinical.answers import choices

    return {
        "id": item.id,
        "kind": item.kind.value,
        "unit": item.unit,
        "min": item.minimum,
        "max": item.maximum,
        "whole": item.whole,
        "worse": item.worse,
        "choices": list(choices(item)),
        "also": {choice.id: list(choice.also) for choice in item.choices if choice.also},
        "unsure_is_yes": item.unsure_is_yes,
        "derived": item.id in protocol.derived,
        "ask": item.ask,
        "label": protocol.say(item.label),
    }
