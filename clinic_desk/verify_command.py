"""`clinic-desk letter verify`: whether a PDF is one that this clinic issued, unchanged."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from clinic_desk.errors import ClinicError
from clinic_desk.i18n import _

if TYPE_CHECKING:
    from clinic_desk.usecases.verify import Verdict

_LARGEST = 200_000_000  # bytes; letters have thousands


class UnreadableFile(ClinicError):
    """A file cannot be read; nothing was looked up."""


def add(acts: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `verify` to the letter commands."""
    verify = acts.add_parser(
        "verify",
        help=_("whether a PDF is one that this clinic issued, unchanged"),
        description=_(
            "Says as JSON whether a PDF is one that this clinic issued. "
            "Exit 0: issued here and unchanged. 1: changed, or not known here. 2: refused."
        ),
    )
    verify.add_argument("file", type=Path, metavar="FILE", help=_("the PDF"))
    verify.add_argument(
        "--data",
        type=Path,
        metavar="DIR",
        default=argparse.SUPPRESS,  # so that --data before the command still counts
        help=_("the folder of the records"),
    )
    verify.add_argument(
        "--passphrase-file",
        type=Path,
        metavar="FILE",
        help=_("where the passphrase stands in the first line; else it is asked for"),
    )
    verify.set_defaults(command=_verify)


def _verify(options: argparse.Namespace) -> int:
    import json
    from dataclasses import asdict

    from clinic_desk import paths
    from clinic_desk.usecases.verify import verify

    pdf = _read(options.file)
    folder = options.data or paths.default_data_folder()
    found = verify(folder, _passphrase(options.passphrase_file), pdf)
    said = {"file": str(options.file), "said": _said(found)}
    facts = {name: value for name, value in asdict(found).items() if value}
    if found.issued_at is not None:
        facts["issued_at"] = found.issued_at.astimezone().isoformat(timespec="seconds")
    print(json.dumps(said | facts, ensure_ascii=False, indent=2))
    return 0 if found.result == "issued" else 1


def _said(found: "Verdict") -> str:
    if found.result == "unknown":
        unknown = {
            "empty": _("not known here: the file is empty"),
            "no_pdf": _("not known here: the file is not a PDF that can be read"),
            "password": _(
                "not known here: it needs a password, and is none that was sent out from here"
            ),
            "no_words": _(
                "not known here: its pages are pictures, as of a scan. Compare the fingerprint "
                "at the foot of the page with that of the letter in the record"
            ),
        }
        return unknown.get(found.why, _("not known here"))
    reference = found.reference
    if found.why == "reprinted":
        said = _("bears the reference and the fingerprint of {reference}, but is another file")
        return said.format(reference=reference)
    if found.result == "changed":
        return _("issued reference {reference}, but changed").format(reference=reference)
    forms = {
        "issued": _("issued here as {reference}, unchanged"),
        "copy": _("a separate copy of {reference}, unchanged"),
        "password": _("{reference} with a password, as it was sent out, unchanged"),
        "signed": _("{reference}, digitally signed, as it was sent out, unchanged"),
        "signed_password": _(
            "{reference}, digitally signed with a password, as it was sent out, unchanged"
        ),
    }
    return forms[found.form].format(reference=reference)


def _passphrase(file: Path | None) -> str:
    if file is None:
        from getpass import getpass

        try:
            return getpass(_("Passphrase: "))
        except EOFError as error:
            raise UnreadableFile(_("No passphrase was given.")) from error
    lines = _read(file).decode("utf-8", "replace").splitlines()
    return lines[0] if lines else ""


def _read(path: Path) -> bytes:
    try:
        if path.stat().st_size > _LARGEST:
            raise UnreadableFile(_("{name} is too large.").format(name=path))
        return path.read_bytes()
    except OSError as error:
        why = error.strerror or type(error).__name__
        raise UnreadableFile(
            _("{name} cannot be read: {why}.").format(name=path, why=why)
        ) from error
