"""All mapped classes by one name each."""

from clinic_desk.storage.base import Base
from clinic_desk.storage.models_desk import Audit, Draft
from clinic_desk.storage.models_exercises import ClinicExercise, ExerciseMark, ExercisePhoto
from clinic_desk.storage.models_letters import LetterTemplate
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
    "Counter",
    "DecisionRow",
    "Document",
    "Draft",
    "Evaluation",
    "ExerciseMark",
    "ExercisePhoto",
    "FlagActionRow",
    "LetterTemplate",
    "Patient",
    "Practice",
    "Program",
    "ReturnedSheet",
    "SupersededDecision",
    "Visit",
]
