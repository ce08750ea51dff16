"""The commands that take records in and hand them out without a window; both print JSON."""

import argparse
import getpass
import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from clinic_desk import paths
from clinic_desk.errors import ClinicError, InvalidInput, Locked
from clinic_desk.i18n import _

if TYPE_CHECKING:
    from clinic_desk.exchange.map_file import MapFile
    from clinic_desk.usecases.desk import Desk
    from clinic_desk.usecases.import_views import ImportReport

_DONE, _SOME_REFUSED, _NOTHING = 0, 1, 2


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `import` and `export`."""
    taken = commands.add_parser("import", help=_("take lists of people or records in"))
    taken.add_argument("files", nargs="+", type=Path, metavar="FILE")
    taken.add_argument(
        "--as", dest="kind", choices=("csv", "fhir", "archive"), help=_("what the files are")
    )
    taken.add_argument("--map", type=Path, metavar="MAP.toml", help=_("what the columns mean"))
    taken.add_argument("--dry-run", action="store_true", help=_("only say what would be done"))
    _common(taken)
    taken.set_defaults(command=_import)

    out = commands.add_parser("export", help=_("hand records out"))
    which = out.add_mutually_exclusive_group(required=True)
    which.add_argument("--patient", metavar="NUMBER", help=_("one patient, such as CD-00412"))
    which.add_argument("--all", action="store_true", help=_("the whole practice"))
    out.add_argument("--out", type=Path, required=True, metavar="DIR", help=_("where it goes"))
    out.add_argument("--as", dest="kind", choices=("archive", "fhir", "csv"), default="archive")
    out.add_argument(
        "--encrypt", action="store_true", help=_("one file that only a passphrase opens")
    )
    _common(out)
    out.set_defaults(command=_export)


def _common(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--data",
        type=Path,
        metavar="DIR",
        default=argparse.SUPPRESS,
        help=_("the folder of the records"),
    )
    command.add_argument(
        "--passphrase-file",
        type=Path,
        metavar="FILE",
        help=_("its first line is the passphrase; else it is asked for"),
    )
    command.add_argument(
        "--archive-passphrase-file",
        type=Path,
        metavar="FILE",
        help=_("its first line is the passphrase of an encrypted archive"),
    )


@contextmanager
def _unlocked(options: argparse.Namespace) -> Iterator["Desk"]:
    """The practice, opened for this command alone. Raises Locked while a window has it open."""
    # Qt's core and the store are loaded only by the commands that open a practice
    from clinic_desk.library import Library
    from clinic_desk.ui.single_instance import SingleInstance
    from clinic_desk.usecases import practice

    folder = options.data or paths.default_data_folder()
    if not practice.is_set_up(folder):
        raise InvalidInput({"--data": _("{folder} holds no practice").format(folder=folder)})
    instance = SingleInstance(folder)
    if not instance.take():
        said = _("Clinic Desk is already open on this folder: {holder}.")
        raise Locked(said.format(holder=instance.holder()), _("Close it there first."))
    try:
        desk = practice.unlock(folder, Library(), _passphrase(options.passphrase_file))
        try:
            yield desk
        finally:
            desk.store.close()
    finally:
        instance.release()


def _passphrase(file: Path | None, ask: str = "", option: str = "--passphrase-file") -> str:
    if file is None:
        if not sys.stdin.isatty():
            said = _("there is nobody to ask; name a file with the passphrase")
            raise InvalidInput({option: said})
        return getpass.getpass(ask or _("Passphrase: "), stream=sys.stderr)
    try:
        with file.open("rb") as stream:
            line = stream.read(4096).decode("utf-8-sig").split("\n")[0].removesuffix("\r")
    except (OSError, UnicodeDecodeError) as error:
        why = getattr(error, "strerror", None) or _("it is no UTF-8 text")
        raise InvalidInput({option: why}) from None
    if not line:
        raise InvalidInput({option: _("its first line is empty")})
    return line


def _import(options: argparse.Namespace) -> int:
    from clinic_desk.usecases import import_any, import_files

    if options.map is not None and options.kind not in (None, "csv"):
        raise InvalidInput({"--map": _("a map is for CSV files")})
    declared = import_files.read_map(options.map) if options.map else None
    sealed = any(import_any.is_sealed(path) for path in options.files)
    secret = _archive_passphrase(options) if sealed else ""
    with _unlocked(options) as desk:
        reports = [_one_file(desk, path, options, declared, secret) for path in options.files]
    return _answer([report.plain() for report in reports])


def _archive_passphrase(options: argparse.Namespace) -> str:
    ask = _("Passphrase of the archive: ")
    return _passphrase(options.archive_passphrase_file, ask, "--archive-passphrase-file")


def _one_file(
    desk: "Desk",
    path: Path,
    options: argparse.Namespace,
    declared: "MapFile | None",
    secret: str,
) -> "ImportReport":
    """One file is one run. A file that cannot be taken at all is a report of its own."""
    from clinic_desk.usecases import import_any, import_views

    try:
        return import_any.take(desk, path, options.kind, declared, options.dry_run, secret)
    except InvalidInput as error:
        said = dict(error.fields)
    except ClinicError as error:
        said = {"": str(error)}
    return import_views.refused_whole(options.kind or "", path.name, said, options.dry_run)


def _export(options: argparse.Namespace) -> int:
    from clinic_desk.usecases import exporting

    with _unlocked(options) as desk:
        secret = _archive_passphrase(options) if options.encrypt else None
        who = None if options.all else exporting.patient_by_number(desk, options.patient)
        report = exporting.export(desk, options.out, who, options.kind, secret)
    print(json.dumps(report.plain(), ensure_ascii=False, indent=2))
    return _DONE


def _answer(reports: list[dict[str, object]]) -> int:
    """Print the reports, and say by the exit code whether all, some or nothing was taken."""
    whole: dict[str, object] = {"files": reports}
    for name in ("read", "new", "changed", "known"):
        whole[name] = sum(int(str(report[name])) for report in reports)
    refused = [
        {"file": report["source"], **one}
        for report in reports
        for one in report["refused"]  # type: ignore[attr-defined]
    ]
    whole["refused"] = refused
    print(json.dumps(whole, ensure_ascii=False, indent=2))
    if not refused:
        return _DONE
    return _SOME_REFUSED if int(str(whole["new"])) + int(str(whole["changed"])) else _NOTHING
