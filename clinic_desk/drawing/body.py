"""Body outlines around a skeleton: tapered limbs in one piece, trunk, head, hands and feet.

Each limb is one closed outline. Its two edges run along the parts; at a joint they meet where
they cross, or round the joint where they gape, so nothing has a seam and nothing comes apart.
"""

from collections.abc import Sequence
from math import atan2, cos, hypot, pi, radians, sin

from clinic_desk.drawing.shapes import Curve, Line, Move, Path, Point, Role, Segment
from clinic_desk.drawing.skeleton import BALL, LimbLine, Skeleton, place, step

Profile = tuple[tuple[float, float, float], ...]
"""(share of the length, half width in front, half width behind), from the trunk outward."""

THIGH_SIDE: Profile = (
    (0.0, 0.052, 0.052), (0.25, 0.052, 0.050), (0.5, 0.046, 0.045),
    (0.75, 0.039, 0.038), (0.93, 0.035, 0.033),
)  # fmt: skip
SHANK_SIDE: Profile = (
    (0.07, 0.033, 0.033), (0.22, 0.029, 0.038), (0.4, 0.026, 0.038),
    (0.62, 0.022, 0.030), (0.82, 0.020, 0.022), (0.95, 0.020, 0.020),
)  # fmt: skip
THIGH_FRONT: Profile = (
    (0.0, 0.046, 0.046), (0.25, 0.046, 0.045), (0.5, 0.041, 0.041),
    (0.75, 0.035, 0.035), (0.93, 0.031, 0.031),
)  # fmt: skip
SHANK_FRONT: Profile = (
    (0.07, 0.030, 0.030), (0.25, 0.034, 0.034), (0.42, 0.033, 0.033),
    (0.65, 0.026, 0.026), (0.85, 0.020, 0.020), (0.96, 0.0195, 0.0195),
)  # fmt: skip
UPPER_ARM: Profile = (
    (0.0, 0.031, 0.031), (0.25, 0.031, 0.030), (0.6, 0.027, 0.027), (0.93, 0.0235, 0.0235),
)  # fmt: skip
FOREARM: Profile = (
    (0.08, 0.0235, 0.0235),
    (0.3, 0.025, 0.0245),
    (0.7, 0.0195, 0.0195),
    (0.96, 0.017, 0.017),
)
PALM: Profile = ((0.05, 0.0175, 0.0175), (0.4, 0.020, 0.020), (0.8, 0.018, 0.018))

# (towards the toes, towards the sole) from the ankle joint
INSTEP = ((0.0215, 0.0), (0.030, 0.008), (0.050, 0.016), (0.074, 0.0205))
TOE_TOP = ((0.092, 0.0225), (0.104, 0.0245), (0.1095, 0.030))
TOE_SOLE = ((0.1085, 0.0365), (0.103, 0.039), (0.088, 0.039))
SOLE = ((0.074, 0.039), (0.045, 0.0385), (0.020, 0.0375), (-0.010, 0.039), (-0.030, 0.039))
HEEL = ((-0.040, 0.035), (-0.0425, 0.026), (-0.037, 0.014), (-0.027, 0.002), (-0.0215, -0.006))

TRUNK_SIDE: Profile = (
    (0.0, 0.050, 0.056), (0.16, 0.052, 0.057), (0.34, 0.050, 0.047), (0.5, 0.050, 0.043),
    (0.68, 0.056, 0.047), (0.84, 0.054, 0.051), (0.95, 0.044, 0.047), (1.0, 0.036, 0.040),
)  # fmt: skip
"""Here front is the chest side."""
TRUNK_FRONT: Profile = (
    (0.0, 0.078, 0.078), (0.15, 0.079, 0.079), (0.4, 0.064, 0.064), (0.6, 0.066, 0.066),
    (0.8, 0.080, 0.080), (0.92, 0.088, 0.088), (0.98, 0.070, 0.070), (1.01, 0.036, 0.036),
)  # fmt: skip

# (towards the face, towards the crown) from the head's centre
FACE = (
    (0.004, 0.066), (0.036, 0.055), (0.054, 0.030), (0.0565, 0.010), (0.0700, -0.010),
    (0.0590, -0.017), (0.0600, -0.030), (0.0540, -0.037), (0.0500, -0.052), (0.0320, -0.058),
    (0.0080, -0.040), (-0.030, -0.044), (-0.052, -0.026), (-0.061, 0.004), (-0.053, 0.036),
    (-0.032, 0.058),
)  # fmt: skip
HAIR = (
    (0.006, 0.069), (0.038, 0.057), (0.052, 0.036), (0.034, 0.034), (0.016, 0.026),
    (0.006, 0.010), (0.000, -0.008), (-0.012, -0.012), (-0.022, -0.034), (-0.044, -0.040),
    (-0.058, -0.022), (-0.065, 0.004), (-0.056, 0.039), (-0.032, 0.062),
)  # fmt: skip
EYE = ((0.034, 0.006), (0.039, 0.011), (0.044, 0.006))
MOUTH = ((0.040, -0.034), (0.046, -0.037), (0.052, -0.035))
ROUND_FACE = (
    (0.0, 0.064), (0.034, 0.055), (0.050, 0.026), (0.050, -0.010), (0.038, -0.044),
    (0.014, -0.061), (-0.014, -0.061), (-0.038, -0.044), (-0.050, -0.010), (-0.050, 0.026),
    (-0.034, 0.055),
)  # fmt: skip
ROUND_HAIR = (
    (0.0, 0.069), (0.036, 0.060), (0.054, 0.030), (0.053, 0.002), (0.044, 0.022), (0.024, 0.036),
    (-0.006, 0.036), (-0.036, 0.030), (-0.047, 0.016), (-0.053, 0.002), (-0.054, 0.030),
    (-0.036, 0.060),
)  # fmt: skip


def along(start: Point, end: Point, profile: Profile) -> tuple[list[Point], list[Point]]:
    """The left and the right edge of one part, outward; left is the front of a hanging limb."""
    dx, dy = end[0] - start[0], end[1] - start[1]
    length = hypot(dx, dy) or 1e-9
    nx, ny = -dy / length, dx / length
    left = [(start[0] + dx * s + nx * f, start[1] + dy * s + ny * f) for s, f, _ in profile]
    right = [(start[0] + dx * s - nx * b, start[1] + dy * s - ny * b) for s, _, b in profile]
    return left, right


def arc(centre: Point, start: Point, end: Point, left_turn: bool | None = None) -> list[Point]:
    """Points strictly between two points, round a centre; by the shorter way unless told."""
    a = atan2(start[1] - centre[1], start[0] - centre[0])
    b = atan2(end[1] - centre[1], end[0] - centre[0])
    sweep = (b - a + pi) % (2 * pi) - pi
    if left_turn is True and sweep < 0:
        sweep += 2 * pi
    if left_turn is False and sweep > 0:
        sweep -= 2 * pi
    ra = hypot(start[0] - centre[0], start[1] - centre[1])
    rb = hypot(end[0] - centre[0], end[1] - centre[1])
    count = int(abs(sweep) / 0.3)
    points = []
    for index in range(1, count + 1):
        share = index / (count + 1)
        turn, radius = a + sweep * share, ra + (rb - ra) * share
        points.append((centre[0] + cos(turn) * radius, centre[1] + sin(turn) * radius))
    return points


def _crossing(a: Point, b: Point, c: Point, d: Point) -> Point | None:
    rx, ry, sx, sy = b[0] - a[0], b[1] - a[1], d[0] - c[0], d[1] - c[1]
    across = rx * sy - ry * sx
    if abs(across) < 1e-12:
        return None
    qx, qy = c[0] - a[0], c[1] - a[1]
    t, u = (qx * sy - qy * sx) / across, (qx * ry - qy * rx) / across
    return (a[0] + rx * t, a[1] + ry * t) if 0 <= t <= 1 and 0 <= u <= 1 else None


def joined(first: list[Point], second: list[Point], joint: Point, left: bool) -> list[Point]:
    """Two edges as one: cut where they cross, else bridged round the joint.

    `left` says which edge it is: a bent joint's outer side turns right along the left edge.
    """
    for i in range(len(first) - 2, -1, -1):
        for j in range(len(second) - 1):
            cut = _crossing(first[i], first[i + 1], second[j], second[j + 1])
            if cut is not None:
                return [*first[: i + 1], cut, *second[j + 1 :]]
    a = atan2(first[-1][1] - joint[1], first[-1][0] - joint[0])
    b = atan2(second[0][1] - joint[1], second[0][0] - joint[0])
    outward = ((a - b) if left else (b - a)) % (2 * pi)
    # a sweep of nearly a full turn is the tiny overlap of a straight joint
    turn = (not left) if outward < 1.6 * pi else None
    return [*first, *arc(joint, first[-1], second[0], turn), *second]


def leg(line: LimbLine, role: Role, part: str) -> Path:
    """Thigh, shank and foot in one outline."""
    front = not line.profile
    thigh = along(line.hip, line.knee, THIGH_FRONT if front else THIGH_SIDE)
    shank = along(line.knee, line.ankle, SHANK_FRONT if front else SHANK_SIDE)
    if line.hidden:  # the lower leg points at or away from the viewer
        left, right = thigh[0], thigh[1]
        left = [*left, *arc(line.knee, left[-1], right[-1], left_turn=False)]
    else:
        top, sole = _foot(line) if line.profile else _foot_in_front(line)
        left = joined(joined(thigh[0], shank[0], line.knee, True), top, line.ankle, True)
        right = joined(joined(thigh[1], shank[1], line.knee, False), sole, line.ankle, False)
    cap = arc(line.hip, right[0], left[0], left_turn=False)
    return _closed([*left, *reversed(right), *cap], role, part)


def _foot(line: LimbLine) -> tuple[list[Point], list[Point]]:
    bend = _degrees(line.ball, line.toe) - line.foot_angle
    pivot = place(line.ankle, line.foot_angle, ((BALL, 0.033),))[0]
    moved = [
        place(pivot, line.foot_angle + bend, [(f - BALL, d - 0.033) for f, d in points])
        for points in (TOE_TOP, TOE_SOLE)
    ]
    top = [*place(line.ankle, line.foot_angle, INSTEP), *moved[0]]
    behind = reversed(place(line.ankle, line.foot_angle, SOLE + HEEL))
    return top, [*behind, *reversed(moved[1])]


def _degrees(start: Point, end: Point) -> float:
    return atan2(end[1] - start[1], end[0] - start[0]) * 180 / pi


def _foot_in_front(line: LimbLine) -> tuple[list[Point], list[Point]]:
    down = line.foot_angle - 90
    half = ((0.004, 0.021), (0.020, 0.026), (0.038, 0.030), (0.047, 0.026), (0.050, 0.014))
    left = place(line.ankle, down, [(f, -w) for f, w in half])
    return left, place(line.ankle, down, half)


def arm(line: LimbLine, role: Role, part: str) -> Path:
    """Upper arm, forearm and hand in one outline."""
    upper = along(line.shoulder, line.elbow, UPPER_ARM)
    fore = along(line.elbow, line.wrist, FOREARM)
    palm = along(line.wrist, line.hand, PALM)
    left = joined(joined(upper[0], fore[0], line.elbow, True), palm[0], line.wrist, True)
    right = joined(joined(upper[1], fore[1], line.elbow, False), palm[1], line.wrist, False)
    tip = step(line.hand, line.hand_angle, -0.012)
    end = arc(tip, left[-1], right[-1], left_turn=False)
    cap = arc(line.shoulder, right[0], left[0], left_turn=False)
    return _closed([*left, *end, *reversed(right), *cap], role, part)


def spine(body: Skeleton, count: int = 8) -> list[Point]:
    """The trunk's curved middle line, from pelvis to neck."""
    p0, p3 = body.pelvis, body.neck
    p1 = step(p0, body.trunk_angle, 0.105)
    p2 = step(p3, body.upper_angle, -0.105)
    return [_bezier(p0, p1, p2, p3, index / (count - 1)) for index in range(count)]


def _bezier(p0: Point, p1: Point, p2: Point, p3: Point, t: float) -> Point:
    a, b, c, d = (1 - t) ** 3, 3 * (1 - t) ** 2 * t, 3 * (1 - t) * t * t, t**3
    return (
        a * p0[0] + b * p1[0] + c * p2[0] + d * p3[0],
        a * p0[1] + b * p1[1] + c * p2[1] + d * p3[1],
    )


def trunk(body: Skeleton, role: Role) -> Path:
    """Pelvis, waist, chest and shoulders in one outline."""
    side = body.view == "side"
    p0, p3 = body.pelvis, body.neck
    p1 = step(p0, body.trunk_angle, 0.105)
    p2 = step(p3, body.upper_angle, -0.105)
    chest: list[Point] = []
    back: list[Point] = []
    for share, front, behind in TRUNK_SIDE if side else TRUNK_FRONT:
        here = _bezier(p0, p1, p2, p3, share)
        lean = radians(body.trunk_angle + (body.upper_angle - body.trunk_angle) * share)
        nx, ny = sin(lean), -cos(lean)
        chest.append((here[0] + nx * front, here[1] + ny * front))
        back.append((here[0] - nx * behind, here[1] - ny * behind))
    if side:
        top = arc(body.neck, chest[-1], back[-1], left_turn=True)
        bottom = arc(body.pelvis, back[0], chest[0], left_turn=True)
        return smooth([*chest, *top, *reversed(back), *bottom], role, "trunk")
    low = place(body.pelvis, body.trunk_angle, ((-0.030, -0.072), (-0.052, 0.0), (-0.030, 0.072)))
    return smooth([*chest, *reversed(back), *low], role, "trunk")


def neck(body: Skeleton) -> Path:
    """The neck, from inside the trunk to inside the head."""
    width = 0.027 if body.view == "side" else 0.025
    low, high = step(body.neck, body.upper_angle, -0.02), step(body.head, body.head_angle, -0.02)
    left, right = along(
        low, high, ((0.0, width + 0.006, width + 0.006), (0.5, width, width), (1.0, width, width))
    )
    return _closed([*left, *reversed(right)], Role.HEAD, "neck")


def head(body: Skeleton) -> list[Path]:
    """Head, hair and face."""
    centre, angle = body.head, body.head_angle

    def placed(points: Sequence[Point]) -> list[Point]:
        return place(centre, angle, [(up, face) for face, up in points])

    if body.view == "side":
        return [
            smooth(placed(FACE), Role.HEAD, "head"),
            smooth(placed(HAIR), Role.TRUNK, "hair"),
            _open(placed(EYE), Role.HEAD, "face"),
            _open(placed(MOUTH), Role.HEAD, "face"),
        ]
    eyes = [
        _open(
            placed([(x + shift, y) for x, y in ((-0.006, 0.006), (0, 0.011), (0.006, 0.006))]),
            Role.HEAD,
            "face",
        )
        for shift in (-0.019, 0.019)
    ]
    smile = _open(placed(((-0.016, -0.026), (0.0, -0.035), (0.016, -0.026))), Role.HEAD, "face")
    return [
        smooth(placed(ROUND_FACE), Role.HEAD, "head"),
        smooth(placed(ROUND_HAIR), Role.TRUNK, "hair"),
        *eyes,
        smile,
    ]


def _closed(points: Sequence[Point], role: Role, part: str) -> Path:
    segments: list[Segment] = [Move(points[0])]
    segments.extend(Line(point) for point in points[1:])
    return Path(tuple(segments), role, True, part)


def smooth(points: Sequence[Point], role: Role, part: str) -> Path:
    """A closed curve through the points (Catmull-Rom)."""
    count = len(points)
    segments: list[Segment] = [Move(points[0])]
    for index in range(count):
        before, here = points[index - 1], points[index]
        there, after = points[(index + 1) % count], points[(index + 2) % count]
        first = (here[0] + (there[0] - before[0]) / 6, here[1] + (there[1] - before[1]) / 6)
        second = (there[0] - (after[0] - here[0]) / 6, there[1] - (after[1] - here[1]) / 6)
        segments.append(Curve(first, second, there))
    return Path(tuple(segments), role, True, part)


def _open(points: Sequence[Point], role: Role, part: str) -> Path:
    """A soft stroke through three points."""
    start, middle, end = points
    control = (2 * middle[0] - (start[0] + end[0]) / 2, 2 * middle[1] - (start[1] + end[1]) / 2)
    first = (start[0] + (control[0] - start[0]) * 2 / 3, start[1] + (control[1] - start[1]) * 2 / 3)
    second = (end[0] + (control[0] - end[0]) * 2 / 3, end[1] + (control[1] - end[1]) * 2 / 3)
    return Path((Move(start), Curve(first, second, end)), role, False, part)
