"""All mapped classes by one name each."""

from clinic_desk.storage.base import Base
from clinic_desk.storage.models_desk import Audit, Draft
from clinic_desk.storage.models_exercises import ClinicExercise, ExerciseMark, ExercisePhoto
from clinic_desk.storage.models_letters import Correction, DocumentCopy, LetterheadImage, Sending
from clinic_desk.storage.models_papers import Document, Program
from clinic_desk.storage.models_patients import Case, Patient
from clinic_desk.storage.models_practice import Clinician, Contact, Counter, Practice
from clinic_desk.storage.models_programs import ReturnedSheet
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
    "Audit",
    "Base",
    "Case",
    "ClinicExercise",
    "Clinician",
    "Contact",
    "Correction",
    "Counter",
    "DecisionRow",
    "Document",
    "DocumentCopy",
    "Draft",
    "Evaluation",
    "ExerciseMark",
    "ExercisePhoto",
    "FlagActionRow",
    "LetterheadImage",
    "Patient",
    "Practice",
    "Program",
    "ReturnedSheet",
    "Sending",
    "SupersededDecision",
    "Visit",
]
