"""The tour: the whole main job on the demo clinic, through the real windows, with pictures.

It is the program's own demonstration.
"""

from clinic_desk.tour import arrival, colleagues, first_visit, follow_up, look_round, treatment
from clinic_desk.tour.guide import Guide


def walk(guide: Guide) -> None:
    """From the demo clinic on Today to a start whose key file is missing."""
    arrival.open_demo(guide)
    case = arrival.register(guide)
    visit = first_visit.evaluate(guide)
    first_visit.sign(guide, visit)
    treatment.prescribe(guide, case)
    treatment.refer(guide)
    follow_up.answer_comes(guide, guide.out / "letter.pdf")
    look_round.look_back(guide)
    look_round.see_again(guide)
    colleagues.supervise(guide)
    colleagues.lose_the_keys(guide)
