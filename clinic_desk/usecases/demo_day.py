"""The day of the demo clinic: who comes today and tomorrow, and what is to be done."""

from datetime import timedelta

from clinic_desk.usecases import appointments, patients, todos
from clinic_desk.usecases.appointments import Booking
from clinic_desk.usecases.desk import Desk
from clinic_desk.usecases.todos import TodoDetails

# family name, time, kind, note, days from today
_BOOKED = (
    ("Example", "10:30", "re_evaluation", "", 0),
    ("Testcase", "11:15", "follow_up", "Brings the ultrasound report", 0),
    ("Mockup", "13:30", "follow_up", "", 0),
    ("Fictional", "14:15", "phone", "Asked to be called back", 0),
    ("Invented", "15:45", "follow_up", "", 0),
    ("Specimen", "09:00", "re_evaluation", "", 1),
    ("Mockup", "10:15", "follow_up", "", 3),
)
_CANCELLED = "Invented"


def fill(desk: Desk) -> None:
    """Book the demo's people and note its tasks. Who is not among them is left out."""
    today = desk.today()
    people = {row.family_name: row.id for row in patients.find(desk, "")}
    for family, time, kind, note, days in _BOOKED:
        if family in people:
            day = today + timedelta(days=days)
            one = appointments.book(desk, Booking(day, time, people[family], kind, note))
            if family == _CANCELLED:
                appointments.cancel(desk, one)
    for details in (
        TodoDetails("Send the claim form to the insurer", today - timedelta(days=2)),
        TodoDetails("Order tape and loop bands", today + timedelta(days=3), every=2, unit="week"),
        TodoDetails(
            "does the tendon bear the season?",
            today + timedelta(days=1),
            recall=True,
            patient_id=people.get("Mockup"),
            every=3,
            unit="month",
        ),
    ):
        if not details.recall or details.patient_id is not None:
            todos.add(desk, details)
