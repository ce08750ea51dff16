"""Handing records out: one patient or the whole practice, as an archive, FHIR or CSV.

What leaves the encrypted store is audited: who, what, when, and whether it was sealed.
"""

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from clinic_desk import __version__
from clinic_desk.documents import record as paper
from clinic_desk.errors import AccessDenied, InvalidInput, NotFound
from clinic_desk.exchange import aes_zip, archive_json, archive_out, csv_out, record_html
from clinic_desk.exchange.archive_json import FileOf
from clinic_desk.i18n import _
from clinic_desk.storage import lock_queries
from clinic_desk.storage import whole_records as records
from clinic_desk.storage.chart_queries import Reading
from clinic_desk.storage.models import Patient
from clinic_desk.usecases import (
    charts,
    contact_files,
    paper_file,
    record_print,
    record_words,
    words,
)
from clinic_desk.usecases.desk import Desk
from clinic_desk.usecases.importing import Progress, Stopped, go_on

KINDS = ("archive", "fhir", "csv")
SCHEMA = "schema/record.schema.json"
_README = """\
This is a copy of records from Clinic Desk. It needs no software to be read.

index.html             opens in any browser and leads to every record
patients/<number>/     one folder for each patient
  record.html          the record as a page
  record.pdf           the record as a paper
  summary.pdf          one page for whoever takes over
  record.json          every value of the record; schema/record.schema.json says what is what
  fhir.json            the same as an HL7 FHIR R4 (4.0.1) bundle, for other programs
  documents/           the issued letters and handouts, byte for byte
practice.json          what the records point at: contacts, clinicians, own exercises
manifest.json          every file with its length and its SHA-256

Days are written as 2026-02-03, moments in UTC as 2026-02-03T10:24:00Z. In the tables, an id is
a UUID, and a column that ends in _id names the row that it belongs to.
"""


@dataclass(frozen=True, slots=True)
class ExportReport:
    """What was handed out."""

    kind: str
    out: Path
    patients: int
    files: int
    encrypted: bool
    with_closed: int = 0  # patients of whom it holds a part that they wanted closed

    def plain(self) -> dict[str, object]:
        """As JSON."""
        return {
            "as": self.kind,
            "out": str(self.out),
            "patients": self.patients,
            "files": self.files,
            "encrypted": self.encrypted,
            "with_closed_parts": self.with_closed,
        }


def patient_by_number(desk: Desk, number: str) -> UUID:
    """The patient with this number ("CD-00412" or "412"). Raises NotFound."""
    plain = number.strip().upper()
    if plain.isdecimal() and len(plain) < 10:
        plain = f"CD-{int(plain):05d}"
    with desk.store.reading() as session:
        found = {shown: who for who, shown in records.numbers(session)}.get(plain)
    if found is None:
        raise NotFound(_("No patient has the number {number}.").format(number=number[:40]))
    return found


def passphrase_fault(passphrase: str) -> str:
    """What is wrong with a passphrase for an encrypted archive; empty when nothing is."""
    try:
        aes_zip.refuse_weak(passphrase)
    except InvalidInput as fault:
        return words.sentence(fault.fields["passphrase"])
    return ""


def export(
    desk: Desk,
    out: Path,
    patient_id: UUID | None = None,
    kind: str = "archive",
    passphrase: str | None = None,
    progress: Progress = go_on,
) -> ExportReport:
    """Hand out one patient's record, or all of them (no id), into the folder `out`.

    One patient's record with a closed part is handed out only once that part was opened with a
    reason. The whole practice is the practice's own copy: it holds all, and says how many
    patients have closed parts in it; CSV lists hold none.

    Raises NotFound, InvalidInput, AccessDenied, StorageUnavailable (the folder), Stopped. What is
    there already is never written over.
    """
    if kind not in KINDS:
        raise InvalidInput({"as": _("one of {kinds}").format(kinds=", ".join(KINDS))})
    with desk.store.reading() as session:
        everyone = records.numbers(session)
        closed = lock_queries.closed_patients(session) if kind != "csv" else frozenset()
        if patient_id is not None and kind != "csv":
            _refuse_closed(session, patient_id)
    chosen = [one for one in everyone if patient_id in (None, one[0])]
    if patient_id is not None and not chosen:
        raise NotFound(_("This patient is not in the record."), _("Look again."))
    single = chosen[0][1] if patient_id is not None else _("practice")
    name = f"clinic-desk {single} {desk.now().astimezone():%Y-%m-%d %H%M%S}"
    about = {
        "made_on": desk.now().isoformat(),
        "made_by": f"Clinic Desk {__version__}",
        "whole_practice": patient_id is None,
        "patients": len(chosen),
    }
    files = _FILES[kind](desk, chosen, patient_id is None, progress)
    if passphrase is not None:
        target = out / f"{name}{archive_out.SUFFIX}"
        count = archive_out.write_sealed(target, files, about, passphrase)
    else:
        target = out / name
        count = archive_out.write_folder(target, files, about)
    with desk.store.unit(desk.actor.id) as unit:
        unit.audit(
            "export",
            "patient" if patient_id else "practice",
            patient_id,
            {"as": kind, "patients": len(chosen), "sealed": passphrase is not None},
            at=desk.now(),
        )
        unit.commit()
    shut = sum(one in closed for one, _number in chosen)
    return ExportReport(kind, target, len(chosen), count, passphrase is not None, shut)


def _refuse_closed(session: Reading, patient_id: UUID) -> None:
    seen = lock_queries.opened(session)
    if any(one.id not in seen for one in lock_queries.standing(session, patient_id)):
        raise AccessDenied(
            _("A part of this file is closed at the patient's wish."),
            _("Open it with a reason on the patient's file page, then hand the record out."),
        )


Chosen = Sequence[tuple[UUID, str]]


def _archive(
    desk: Desk, chosen: Chosen, whole: bool, progress: Progress
) -> Iterator[tuple[str, bytes]]:
    from clinic_desk.usecases import exporting_fhir  # its library takes a third of a second

    shapes = records.shapes()
    yield "README.txt", _README.encode()
    yield SCHEMA, _json(archive_json.schema(shapes, "record"))
    links = []
    for count, (patient_id, number) in enumerate(chosen):
        if not progress(count, len(chosen)):
            raise Stopped
        folder = f"patients/{number}"
        with desk.store.reading() as session:
            who = charts.patient(session, patient_id)
            rows = records.of_patients(session, [patient_id])
            sections = record_words.whole(session, desk.library, who)
            content = record_print.content(desk, who, sections)
            bundle = exporting_fhir.bundle(desk, session, who)
            name = words.list_name(who.given_name, who.family_name)
        plain, beside = _with_files(rows)
        yield f"{folder}/record.json", archive_json.encoded(plain)
        yield f"{folder}/record.pdf", paper.render(content)
        yield f"{folder}/summary.pdf", record_print.summary(desk, patient_id)
        yield f"{folder}/fhir.json", bundle
        for path, data in beside.items():
            yield f"{folder}/{path}", data
        title = f"{content.title}: {content.identity.name}"
        papers = [(path, path) for path in ("record.pdf", "summary.pdf", *beside)]
        yield f"{folder}/record.html", record_html.page(title, content.made, sections, papers)
        links.append((f"{number} {name}", f"{folder}/record.html"))
    if whole:
        with desk.store.reading() as session:
            plain, beside = _with_files(records.of_practice(session))
        yield "practice.json", archive_json.encoded(plain)
        for path, data in beside.items():
            yield path, data
    made = _("Made {when} by {name}.").format(when=words.moment(desk.now()), name=desk.actor.name)
    yield "index.html", record_html.page(_("Records from Clinic Desk"), made, (), links)
    progress(len(chosen), len(chosen))


def _json(plain: Mapping[str, object]) -> bytes:
    import json

    return json.dumps(plain, ensure_ascii=False, indent=1).encode() + b"\n"


def _with_files(
    rows: records.Rows,
) -> tuple[dict[str, list[dict[str, object]]], dict[str, bytes]]:
    """Rows whose bytes are named files, and these files by their path."""
    beside: dict[str, bytes] = {}
    plain: dict[str, list[dict[str, object]]] = {}
    for name, of_table in rows.items():
        plain[name] = []
        for row in of_table:
            said: dict[str, object] = dict(row)
            for column, value in row.items():
                if isinstance(value, bytes):
                    suffix = archive_out.suffix(value, str(row.get("media") or ""))
                    called = str(row.get("reference") or row["id"])
                    path = f"{name}/{_file_name(called)}{suffix}"
                    if path in beside:
                        path = f"{name}/{row['id']!s}-{column}{suffix}"
                    beside[path] = value
                    said[column] = FileOf(path, hashlib.sha256(value).hexdigest())
            plain[name].append(said)
    return plain, beside


def _file_name(text: str) -> str:
    kept = "".join(sign if sign.isalnum() or sign in " -_()" else "-" for sign in text)
    return kept.strip(" .")[:80] or "file"


def _fhir(
    desk: Desk, chosen: Chosen, whole: bool, progress: Progress
) -> Iterator[tuple[str, bytes]]:
    from clinic_desk.usecases import exporting_fhir  # its library takes a third of a second

    del whole
    for count, (patient_id, number) in enumerate(chosen):
        if not progress(count, len(chosen)):
            raise Stopped
        with desk.store.reading() as session:
            who = charts.patient(session, patient_id)
            yield f"{number}.fhir.json", exporting_fhir.bundle(desk, session, who, beside=False)
    progress(len(chosen), len(chosen))


def _csv(
    desk: Desk, chosen: Chosen, whole: bool, progress: Progress
) -> Iterator[tuple[str, bytes]]:
    rows = []
    for count, (patient_id, _number) in enumerate(chosen):
        if count % 500 == 0 and not progress(count, len(chosen)):
            raise Stopped
        with desk.store.reading() as session:
            rows.append(_line(charts.patient(session, patient_id)))
    yield "patients.csv", csv_out.table(_COLUMNS, rows)
    if whole:
        yield "contacts.csv", contact_files.export(desk, "csv")
    progress(len(chosen), len(chosen))


# The names by which the import knows its fields again.
_COLUMNS = (
    "Number",
    "Family name",
    "Given name",
    "Birth date",
    "Sex",
    "Phone",
    "E-mail",
    "Address",
    "Allergies",
    "Alerts",
    "Medicines",
    "Occupation",
    "Sport",
    "Language",
    "Consent on",
)


def _line(who: Patient) -> tuple[object, ...]:
    return (
        who.number,
        who.family_name,
        who.given_name,
        who.birth_date,
        who.sex,
        who.phone,
        who.email,
        who.address,
        who.allergies,
        who.alerts,
        who.medicines,
        who.occupation,
        who.sport,
        who.language,
        who.consent_on,
    )


def paper_out(desk: Desk, patient_id: UUID, make: Callable[[Desk, UUID], bytes], out: Path) -> Path:
    """A paper of the record as a file (the whole of it, or the summary); audited."""
    with desk.store.reading() as session:
        _refuse_closed(session, patient_id)
    out = out if out.suffix else out.with_suffix(".pdf")
    paper_file.write(make(desk, patient_id), out)
    with desk.store.unit(desk.actor.id) as unit:
        unit.audit("export", "patient", patient_id, {"as": "pdf"}, at=desk.now())
        unit.commit()
    return out


_FILES: Mapping[str, Callable[[Desk, Chosen, bool, Progress], Iterator[tuple[str, bytes]]]] = {
    "archive": _archive,
    "fhir": _fhir,
    "csv": _csv,
}
