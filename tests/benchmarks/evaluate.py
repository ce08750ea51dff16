"""One full pass over the posterior-thigh protocol with every item answered.

Prints one JSON object: median and 95th percentile in milliseconds, and `ratio` to the goal.
"""

import json
import random
import statistics
import sys
import time
from datetime import date, timedelta

from clinic_desk.clinical.evaluate import evaluate
from clinic_desk.clinical.measures import Sex, Side
from clinic_desk.clinical.protocol import Case, Item, Kind
from clinic_desk.library import Library

GOAL_MS = 2.0
CASE = Case(date(2026, 2, 3), Side.LEFT, date(1991, 6, 14), Sex.FEMALE)


def some_value(item: Item, dice: random.Random) -> object:
    """Any value that an item takes."""
    low = 0.0 if item.minimum is None else item.minimum
    high = low + 100 if item.maximum is None else item.maximum
    number = dice.randint(int(low), int(high))
    match item.kind:
        case Kind.YES_NO | Kind.YES_NO_UNSURE:
            return dice.choice(["no", "no", "no", "yes"])
        case Kind.CHOICE:
            return dice.choice(item.choices).id
        case Kind.MANY:
            return [dice.choice(item.choices).id]
        case Kind.PAIR:
            return {"left": number, "right": dice.randint(int(low), int(high))}
        case Kind.DATE:
            return (CASE.on - timedelta(days=dice.randint(0, 60))).isoformat()
        case Kind.DURATION:
            return {"value": dice.randint(1, 9), "unit": item.unit}
        case Kind.TEXT:
            return "as told"
        case Kind.OUTCOME if item.measure and not item.measure.questionnaire.score_only:
            names = {f"activity_{place}": f"Activity {place}" for place in range(1, 6)}
            rated = {f"rating_{place}": dice.randint(0, 10) for place in range(1, 6)}
            return {"answers": names | rated}
        case Kind.OUTCOME:
            return {"score": number}
        case Kind.MEDICINES:
            return [dice.choice(item.choices).also[0]]
        case Kind.BODY_CHART:
            return {"marks": []}
        case _:
            return number


def main() -> None:
    passes = int(sys.argv[1]) if len(sys.argv) > 1 else 400
    started = time.perf_counter()
    protocol = Library().protocol("posterior-thigh")
    load_ms = 1000 * (time.perf_counter() - started)
    dice = random.Random(7)
    asked = [item for item in protocol.items.values() if item.id not in protocol.derived]
    full, part = [], []
    for number in range(passes):
        answers = {item.id: some_value(item, dice) for item in asked}
        full.append(_timed(protocol, answers))
        kept = dict(list(answers.items())[: number % len(answers)])
        part.append(_timed(protocol, kept))
    full.sort()
    part.sort()
    figures = {
        "items_answered": len(asked),
        "load_ms": round(load_ms, 1),
        "median_ms": round(statistics.median(full), 3),
        "p95_ms": round(full[int(len(full) * 0.95)], 3),
        "partly_answered_median_ms": round(statistics.median(part), 3),
        "partly_answered_p95_ms": round(part[int(len(part) * 0.95)], 3),
        "goal_ms": GOAL_MS,
        "ratio": round(statistics.median(full) / GOAL_MS, 3),
    }
    print(json.dumps(figures))


def _timed(protocol: object, answers: dict[str, object]) -> float:
    started = time.perf_counter()
    evaluate(protocol, CASE, answers)
    return 1000 * (time.perf_counter() - started)


if __name__ == "__main__":
    main()
