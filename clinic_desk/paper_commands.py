"""The commands for exercises and handouts: what translators, authors and tests use."""

import argparse
import difflib
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from clinic_desk.errors import InvalidInput, LibraryInvalid
from clinic_desk.i18n import _

if TYPE_CHECKING:
    from clinic_desk.library import Library

PRESETS = ("standard", "large-print", "large-print-20", "easy-read", "ink-saver", "clinician")
_PAPERS = ("a4", "letter")


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `exercises` and `handout`."""
    exercises = commands.add_parser("exercises", help=_("list, check and print the library"))
    acts = exercises.add_subparsers(title=_("commands"), metavar="COMMAND", required=True)
    listed = acts.add_parser("list", help=_("ids, names, stages, minutes and languages, as JSON"))
    listed.set_defaults(command=_list)
    check = acts.add_parser("check", help=_("name each fault of exercises and translations"))
    check.add_argument(
        "folder", nargs="?", type=Path, metavar="DIR", help=_("a resources folder of your own")
    )
    check.set_defaults(command=_check)
    sheet = acts.add_parser("sheet", help=_("every exercise with its figures, as a PDF"))
    sheet.add_argument("--out", type=Path, required=True, metavar="FILE", help=_("the PDF"))
    sheet.add_argument("--paper", choices=_PAPERS, default="a4")
    sheet.set_defaults(command=_sheet)

    handout = commands.add_parser("handout", help=_("a program's handout for an invented patient"))
    handout.add_argument("template", metavar="TEMPLATE", help=_("the id of a program"))
    handout.add_argument("--out", type=Path, required=True, metavar="FILE", help=_("the PDF"))
    handout.add_argument("--paper", choices=_PAPERS, default="a4")
    handout.add_argument("--preset", choices=PRESETS, default="standard")
    handout.add_argument("--lang", default="en", metavar="xx", help=_("the patient's language"))
    handout.add_argument("--lang2", default="", metavar="yy", help=_("a second one beside it"))
    handout.add_argument("--weeks", type=int, choices=range(7), default=2, help=_("of the grid"))
    handout.add_argument("--advice", nargs="*", default=[], metavar="ID", help=_("advice cards"))
    handout.add_argument(
        "--stop-rules", action="store_true", help=_("each exercise's own stop rules")
    )
    handout.set_defaults(command=_handout)


def _list(_options: argparse.Namespace) -> int:
    import json

    from clinic_desk.library import Library

    library = Library()
    translations = [library.translation(language) for language in library.languages()[1:]]
    rows = []
    for one in library.exercises():
        exercise = one.exercise
        languages = {"en": {"reviewed": True}}
        for translation in translations:
            text = translation.exercises.get(exercise.id)
            if text is not None:
                languages[translation.language] = {"reviewed": text.reviewed}
        rows.append(
            {
                "id": exercise.id,
                "name": exercise.name,
                "stage": exercise.stage,
                "minutes": round(exercise.seconds / 60, 1),
                "languages": languages,
            }
        )
    print(json.dumps(rows, ensure_ascii=False, indent=2))
    return 0


def _check(options: argparse.Namespace) -> int:
    from clinic_desk.library import Library

    folder = options.folder
    if folder is not None and not folder.is_dir():
        raise InvalidInput({"DIR": _("{folder} is no folder").format(folder=folder)})
    library = Library(folder)
    faults = [str(fault) for fault in _faults(library)]
    for fault in faults:
        print(fault)
    if faults:
        return 1
    said = _("{exercises} exercises, {programs} programs, {languages}: all right")
    print(
        said.format(
            exercises=len(library.exercises()),
            programs=len(library.templates()),
            languages=", ".join(library.languages()),
        )
    )
    return 0


def _faults(library: "Library") -> Iterator[LibraryInvalid]:
    yield from library.faults()
    try:
        library.advice()
        for language in library.languages():
            yield from library.translation(language).problems
    except LibraryInvalid as fault:  # the English words or a card, on which translations stand
        yield fault


def _sheet(options: argparse.Namespace) -> int:
    from clinic_desk.library import Library
    from clinic_desk.usecases import paper_file, samples

    paper_file.write(samples.contact_sheet(Library(), options.paper), options.out)
    return 0


def _handout(options: argparse.Namespace) -> int:
    from clinic_desk.library import Library
    from clinic_desk.usecases import paper_file, samples
    from clinic_desk.usecases.program_views import SheetOptions

    library = Library()
    known("TEMPLATE", options.template, [one.id for one in library.templates()])
    known("--lang", options.lang, library.languages())
    if options.lang2:
        known("--lang2", options.lang2, library.languages())
    for card in options.advice:
        known("--advice", card, list(library.advice()))
    sheet = SheetOptions(
        preset=options.preset,
        language=options.lang,
        second=options.lang2,
        weeks=options.weeks,
        stop_rules=options.stop_rules,
        advice=tuple(options.advice),
    )
    pdf = samples.handout_of(library, options.template, sheet, options.paper)
    paper_file.write(pdf, options.out)
    return 0


def known(field: str, given: str, known: "list[str] | tuple[str, ...]") -> None:
    """Refuse what the library doesn't have, with what may have been meant."""
    if given in known:
        return
    meant = difflib.get_close_matches(given, known, 3, 0.5)
    text = _("there is no “{given}”").format(given=given)
    if meant:
        text += _("; did you mean {meant}?").format(meant=_(" or ").join(meant))
    else:
        text += _("; known are {known}").format(known=", ".join(known))
    raise InvalidInput({field: text})
