"""The commands for letters: which kinds there are, and a sample of each on the demo case."""

import argparse
from pathlib import Path

from clinic_desk import verify_command
from clinic_desk.i18n import _
from clinic_desk.paper_commands import known

_PAPERS = ("a4", "letter")


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `letter` with its own commands."""
    letter = commands.add_parser("letter", help=_("letter kinds, samples, and the check of a PDF"))
    acts = letter.add_subparsers(title=_("commands"), metavar="COMMAND", required=True)
    _add_kinds(acts)
    _add_sample(acts)
    verify_command.add(acts)


def _add_kinds(acts: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    kinds = acts.add_parser("kinds", help=_("ids, names, languages and parts, as JSON"))
    kinds.set_defaults(command=_kinds)


def _add_sample(acts: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    sample = acts.add_parser("sample", help=_("a letter of one kind about an invented patient"))
    sample.add_argument("kind", metavar="KIND", help=_("the id of a letter kind"))
    sample.add_argument("--out", type=Path, required=True, metavar="FILE", help=_("the PDF"))
    sample.add_argument("--paper", choices=_PAPERS, default="a4")
    sample.add_argument("--lang", default="en", metavar="xx", help=_("the letter's language"))
    sample.set_defaults(command=_sample)


def _kinds(_options: argparse.Namespace) -> int:
    import json

    from clinic_desk.library import Library
    from clinic_desk.usecases import shelf

    library = Library()
    rows = []
    for kind in shelf.letter_kinds(library):
        languages = shelf.letter_languages(library, kind)
        rows.append(
            {
                "id": kind.id,
                "name": kind.name,
                "version": kind.version,
                "role": kind.role,
                "languages": {name: {"reviewed": done} for name, done in languages.items()},
                "required": list(kind.required),
                "optional": list(kind.optional),
                "needs": list(kind.needs),
            }
        )
    print(json.dumps(rows, ensure_ascii=False, indent=2))
    return 0


def _sample(options: argparse.Namespace) -> int:
    from clinic_desk.library import Library
    from clinic_desk.usecases import paper_file, shelf

    library = Library()
    kinds = {kind.id: kind for kind in shelf.letter_kinds(library)}
    known("KIND", options.kind, list(kinds))
    known("--lang", options.lang, list(shelf.letter_languages(library, kinds[options.kind])))
    # SQL and ReportLab are loaded only when there is something to draw
    from clinic_desk.usecases import letter_samples

    pdf = letter_samples.letter_of(library, options.kind, options.lang, options.paper)
    paper_file.write(pdf, options.out)
    return 0
