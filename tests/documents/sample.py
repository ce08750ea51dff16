"""Invented contents for the tests and the benchmarks of paper."""

# ruff: noqa: E501  # sentences read better whole

from clinic_desk.documents.content import (
    HandoutContent,
    HandoutExercise,
    Identity,
    LetterContent,
    Letterhead,
    LetterPart,
    LetterTable,
    TickGrid,
)
from clinic_desk.drawing.shapes import Circle, Curve, Line, Move, Path, Picture, Role

PRACTICE = Letterhead(
    name="Example Street Physiotherapy",
    subtitle="Physiotherapy and rehabilitation",
    address=("12 Example Street, Sampletown EX1 2MP",),
    phone="555-0100, results line 555-0101",
    email="desk@clinic.example",
)
IDENTITY = Identity(
    name="Alex EXAMPLE",
    born="14 Jun 1991",
    age="34 years",
    number="CD-00412",
    phone="555-0142",
    address="7 Sample Lane, Sampletown EX1 4AB",
    case_line="LEFT hamstring strain, day 13",
)


def _limb(x0: float, y0: float, x1: float, y1: float, role: Role, w: float = 0.035) -> Path:
    dx, dy = x1 - x0, y1 - y0
    length = (dx * dx + dy * dy) ** 0.5 or 1.0
    nx, ny = -dy / length * w, dx / length * w
    return Path(
        (
            Move((x0 + nx, y0 + ny)),
            Line((x1 + nx * 0.8, y1 + ny * 0.8)),
            Curve((x1 + nx + dx * 0.1, y1 + ny + dy * 0.1), (x1 - nx, y1 - ny), (x1 - nx, y1 - ny)),
            Line((x0 - nx, y0 - ny)),
            Curve((x0 - nx - dx * 0.1, y0 - ny), (x0 + nx - dx * 0.1, y0 + ny), (x0 + nx, y0 + ny)),
        ),
        role,
    )


def picture(lift: float = 0.0) -> Picture:
    """A lying figure with bent knees, the hips `lift` above the floor."""
    hip = (0.55, 0.06 + lift)
    knee = (0.75, 0.32 + lift * 0.3)
    shapes = (
        Path((Move((0.0, 0.0)), Line((1.1, 0.0))), Role.FLOOR, closed=False),
        _limb(0.2, 0.06, *hip, Role.TRUNK, 0.05),
        Circle((0.1, 0.07), 0.06, Role.HEAD),
        _limb(*hip, *knee, Role.FAR, 0.04),
        _limb(*hip, *knee, Role.WORKING, 0.05),
        _limb(*knee, 0.85, 0.03, Role.WORKING),
        _limb(0.85, 0.02, 1.0, 0.02, Role.WORKING, 0.02),
        _limb(0.2, 0.06, 0.6, 0.04, Role.NEAR, 0.022),
        Path((Move((0.55, 0.3)), Line((0.55, 0.45))), Role.ARROW, closed=False),
        Path((Move((0.52, 0.45)), Line((0.58, 0.45)), Line((0.55, 0.5))), Role.ARROW),
    )
    return Picture(shapes, (0.0, -0.02, 1.1, 0.6))


EXERCISES = (
    HandoutExercise(
        "Two-leg bridge",
        "2 sets of 8, hold 2 sec, rest 20 sec",
        (
            "Squeeze the buttocks first.",
            "Lift until body and thighs are in line.",
            "Hold, then lower slowly.",
        ),
        picture(),
        picture(0.15),
        short_name="Bridge",
    ),
    HandoutExercise(
        "Heel press, left leg",
        "2 sets of 5, hold 8 sec, rest 30 sec",
        (
            "Left knee bent only a little, toes up.",
            "Press the heel down, about half effort.",
            "Do not lift the hips. Let go slowly.",
        ),
        picture(0.01),
        picture(0.02),
        finish_caption="Press, hold",
        short_name="Heel press",
    ),
    HandoutExercise(
        "Waiter bow, small",
        "2 sets of 8, hold 1 sec, rest 20 sec",
        (
            "One hand on your chest, one on your back.",
            "Bow from the hips, only to 30 degrees.",
            "Stand tall again.",
        ),
        picture(0.03),
        picture(0.05),
        short_name="Waiter bow",
    ),
    HandoutExercise(
        "Arm and leg reach",
        "5 each side, hold 4 sec",
        (
            "On hands and knees. Slide one leg back.",
            "Lift it to hip height, reach the other arm.",
            "Hold, return. Finish one side, then change.",
        ),
        picture(0.07),
        picture(0.1),
        short_name="Arm and leg",
    ),
)

HANDOUT = HandoutContent(
    practice=PRACTICE,
    identity=IDENTITY,
    patient_name="Alex Example",
    date_line="03 Feb 2026, from Dana Demo",
    title="Your home exercises",
    frequency="Once a day",
    minutes="About 10 minutes",
    equipment="No equipment",
    sore_side="LEFT",
    stop_lead="Stop and phone us",
    stop_text="if the leg tingles more or pain goes above 3 of 10.",
    emergency_lead="Go to an emergency department",
    emergency_text="for numbness between the legs, bladder or bowel trouble, or a weak foot.",
    exercises=EXERCISES,
    note_lead="From Dana:",
    note="pain up to 3 of 10 is fine if it has settled by next morning.",
    grid_title="Tick each day. Bring this sheet on 10 Feb 2026.",
    grids=(
        TickGrid(
            "February 2026",
            tuple(
                (day, str(date)) for day, date in zip("WTFSSMTWTFSSMT", range(4, 18), strict=True)
            ),
        ),
    ),
    qr_text="1 Two-leg bridge: 2 sets of 8, hold 2 sec. 2 Heel press, left: 2 sets of 5, hold 8 sec. "
    "3 Waiter bow: 2 sets of 8. 4 Arm and leg reach: 5 each side. Stop above pain 3 of 10. Phone 555-0100.",
    reference="H-2026-014",
)

LETTER = LetterContent(
    practice=PRACTICE,
    recipient=(
        "Dr Robin Sample",
        "Orthopaedic Trauma and Sports Injury Clinic",
        "Sample General Hospital",
        "1 Hospital Way, Sampletown EX2 3QS",
    ),
    date="03 Feb 2026",
    reference="Our ref CD-00412 / 2026-031",
    identity=IDENTITY,
    salutation="Dear Dr Sample,",
    parts=(
        LetterPart(
            "Clinical question",
            (
                (
                    (
                        "Is the sciatic nerve involved, or has a tendon injury been missed, in new tingling "
                        "11 days after a left hamstring strain? Please assess and consider MRI of the left "
                        "posterior thigh.",
                        False,
                    ),
                ),
            ),
        ),
        LetterPart(
            "History",
            (
                (
                    (
                        "Sudden pain while sprinting on 21 Jan 2026 (7 of 10), had to stop, no pop. Recovering "
                        "as expected until 01 Feb 2026, when tingling began at the back of the left thigh, "
                        "worse on sitting. Allergy: zinc-oxide tape. No regular medicines.",
                        False,
                    ),
                ),
            ),
        ),
        LetterPart(
            "Red-flag screen, 03 Feb 2026: 21 asked, 1 yes, 20 no",
            (
                (
                    ("Yes:", True),
                    (" tingling in the leg since the injury, with normal strength. ", False),
                    ("No:", True),
                    (
                        " foot weakness, numbness below the knee, saddle numbness, bladder or bowel change, "
                        "calf swelling or warmth, growing bruise, fever, night pain, weight loss.",
                        False,
                    ),
                ),
            ),
        ),
        LetterPart(
            "Findings, 03 Feb 2026",
            (),
            LetterTable(
                ("Test", "Left", "Right", "Deficit", "30 Jan 2026"),
                (
                    (
                        "Active knee extension, short of straight",
                        "34°",
                        "20°",
                        "14° less",
                        "21° less",
                    ),
                    ("Passive straight leg raise", "68°", "80°", "12° less", "17° less"),
                    ("Knee-bend strength at 15°", "182 N", "254 N", "28 % weaker", "36 % weaker"),
                    ("Slump test", "tingling", "clear", "positive left", "not tested"),
                    ("Foot and toe strength, 0 to 5", "5", "5", "none", "none"),
                ),
            ),
            (
                (
                    ("No gap felt. Tendon cords tighten on both sides. ", False),
                    ("Bedside strain grade 2 (moderate)", True),
                    (
                        ", biceps femoris, mid-belly. This is a bedside grade; no imaging has been done.",
                        False,
                    ),
                ),
            ),
        ),
        LetterPart(
            "Treatment so far",
            (
                (
                    (
                        "Four visits. Low-load home program, about 10 minutes a day, no nerve stretching. Alex "
                        "has written advice on when to go to an emergency department, and agreed to this "
                        "referral.",
                        False,
                    ),
                ),
            ),
        ),
    ),
    closing=(
        "Please send your opinion and any report to the results line above. I will review Alex on 10 Feb 2026.",
    ),
    valediction="Yours sincerely,",
    author="Dana Demo",
    author_line=", physiotherapist, registration PH-EXAMPLE-01",
    signed_line="Signed 03 Feb 2026 10:58. Separate copies: Dr Pat Sample (GP); Alex Example.",
    urgency="URGENT REFERRAL: please see by 17 Feb 2026 (within 2 weeks)",
    draft=False,
    fingerprint="7F3A 91C4",
)
