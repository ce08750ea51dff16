"""All mapped classes by one name each."""

from clinic_desk.storage.base import Base
from clinic_desk.storage.models_cases import CaseGoal
from clinic_desk.storage.models_contact_entries import ContactAddendum, ContactEntry
from clinic_desk.storage.models_contacts import (
    CaseContact,
    Contact,
    ContactMerge,
    ContactsApart,
)
from clinic_desk.storage.models_cosign import CosignAct
from clinic_desk.storage.models_day import Appointment, Todo, TodoMove
from clinic_desk.storage.models_desk import Audit, Draft
from clinic_desk.storage.models_due import CaseDue
from clinic_desk.storage.models_exercises import ClinicExercise, ExerciseMark, ExercisePhoto
from clinic_desk.storage.models_files import FileContent, FiledFile, FilePiece
from clinic_desk.storage.models_imports import ImportItem, ImportRun
from clinic_desk.storage.models_letter_templates import LetterTemplate
from clinic_desk.storage.models_loops import ImagingResult, Loop, LoopChase
from clinic_desk.storage.models_note_templates import NoteTemplate
from clinic_desk.storage.models_papers import Document, Program
from clinic_desk.storage.models_patient_file import (
    LockOpening,
    MergeMove,
    PatientAddress,
    PatientAllergy,
    PatientConsent,
    PatientContact,
    PatientIdentifier,
    PatientLock,
    PatientMerge,
    PatientName,
    PatientPhone,
)
from clinic_desk.storage.models_patients import Case, Patient
from clinic_desk.storage.models_practice import Clinician, Counter, Practice
from clinic_desk.storage.models_programs import ReturnedSheet
from clinic_desk.storage.models_search import SearchText
from clinic_desk.storage.models_sendings import Correction, DocumentCopy, LetterheadImage, Sending
from clinic_desk.storage.models_snippets import Snippet
from clinic_desk.storage.models_templates import ClinicTemplate
from clinic_desk.storage.models_visits import (
    Addendum,
    DecisionRow,
    Evaluation,
    FlagActionRow,
    SupersededDecision,
    Visit,
)

__all__ = [
    "Addendum",
    "Appointment",
    "Audit",
    "Base",
    "Case",
    "CaseContact",
    "CaseDue",
    "CaseGoal",
    "ClinicExercise",
    "ClinicTemplate",
    "Clinician",
    "Contact",
    "ContactAddendum",
    "ContactEntry",
    "ContactMerge",
    "ContactsApart",
    "Correction",
    "CosignAct",
    "Counter",
    "DecisionRow",
    "Document",
    "DocumentCopy",
    "Draft",
    "Evaluation",
    "ExerciseMark",
    "ExercisePhoto",
    "FileContent",
    "FilePiece",
    "FiledFile",
    "FlagActionRow",
    "ImagingResult",
    "ImportItem",
    "ImportRun",
    "LetterTemplate",
    "LetterheadImage",
    "LockOpening",
    "Loop",
    "LoopChase",
    "MergeMove",
    "NoteTemplate",
    "Patient",
    "PatientAddress",
    "PatientAllergy",
    "PatientConsent",
    "PatientContact",
    "PatientIdentifier",
    "PatientLock",
    "PatientMerge",
    "PatientName",
    "PatientPhone",
    "Practice",
    "Program",
    "ReturnedSheet",
    "SearchText",
    "Sending",
    "Snippet",
    "SupersededDecision",
    "Todo",
    "TodoMove",
    "Visit",
]
