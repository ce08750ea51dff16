"""The body's regions lie inside its outline, mirror each other exactly and never overlap."""

import random
from itertools import product

import pytest

from clinic_desk.clinical.body_regions import REGIONS, TYPES, VIEWS
from clinic_desk.clinical.measures import BodyChart, Mark, Place, Side
from clinic_desk.drawing import body_chart, body_views
from clinic_desk.drawing.shapes import Circle, Path, Role


@pytest.mark.parametrize("view", VIEWS)
def test_no_point_lies_in_two_regions_or_in_one_outside_the_body(view: str) -> None:
    dice = random.Random(7)
    half = body_views.HALF_WIDTH[view]
    for _ in range(6000):
        point = (dice.uniform(-half, half), dice.random())
        inside = [a for a in body_views.areas(view) if body_views.contains(a.polygon, point)]
        assert len(inside) <= 1, (point, [area.key for area in inside])
        if inside:
            outlines = body_views.outline_polygons(view)
            assert any(body_views.contains(one, point) for one in outlines), inside[0].key


@pytest.mark.parametrize("view", VIEWS)
def test_a_click_at_the_centre_of_a_region_hits_it(view: str) -> None:
    for area in body_views.areas(view):
        found = body_views.hit(view, area.centre)
        assert found is not None
        assert found.key == area.key


@pytest.mark.parametrize("view", ["front", "back"])
def test_left_and_right_are_exact_mirrors(view: str) -> None:
    by_key = {area.key: area for area in body_views.areas(view)}
    for (region, side), area in by_key.items():
        if side is Side.LEFT:
            other = by_key[region, Side.RIGHT]
            mirrored = tuple((-x, y) for x, y in reversed(area.polygon))
            assert set(other.polygon) == set(mirrored), region


def test_the_right_view_is_the_left_one_mirrored() -> None:
    pairs = zip(body_views.areas("left"), body_views.areas("right"), strict=True)
    for left, right in pairs:
        assert (left.region, left.side, right.side) == (right.region, Side.LEFT, Side.RIGHT)
        assert right.polygon == tuple((-x, y) for x, y in reversed(left.polygon))


def test_the_patients_right_is_on_the_viewers_left_in_front_and_on_the_right_behind() -> None:
    for view, sign in (("front", -1), ("back", 1)):
        for area in body_views.areas(view):
            if area.side is Side.RIGHT:
                assert area.centre[0] * sign > 0, (view, area.region)


def test_everything_that_can_be_marked_is_seen_somewhere_and_in_the_list() -> None:
    seen = {area.key for view in VIEWS for area in body_views.areas(view)}
    assert seen == set(body_views.every_place())
    assert {region for region, _ in seen} == set(REGIONS)


def test_a_stroke_covers_what_it_runs_over_and_not_what_it_grazes() -> None:
    area = next(a for a in body_views.areas("back") if a.key == ("calf_back", Side.LEFT))
    x, y = area.centre
    path = [body_views.to_box("back", (x, y + dy)) for dy in (0.03, 0.0, -0.03)]
    assert body_views.covered("back", path) == (("calf_back", Side.LEFT),)
    longer = [*path, body_views.to_box("back", (x, area.box[1] - 0.003))]
    assert ("achilles", Side.LEFT) not in body_views.covered("back", longer)


def test_a_loop_covers_the_regions_inside_it() -> None:
    area = next(a for a in body_views.areas("back") if a.key == ("buttock", Side.LEFT))
    x0, y0, x1, y1 = area.box
    corners = [(x0, y0), (x1, y0), (x1, y1), (x0, y1), (x0, y0 + 0.004)]
    path = [body_views.to_box("back", one) for one in corners]
    assert ("buttock", Side.LEFT) in body_views.covered("back", path)


def test_a_dot_beside_the_body_takes_the_nearest_region() -> None:
    assert body_views.covered("front", [(0.0, 0.0)])


def test_a_simplified_stroke_keeps_its_ends_and_its_limit() -> None:
    dice = random.Random(3)
    path = [(dice.random(), dice.random()) for _ in range(5000)]
    short = body_views.simplified(path, 400)
    assert 2 <= len(short) <= 400
    assert short[0] == tuple(round(part, 4) for part in path[0])
    assert short[-1] == tuple(round(part, 4) for part in path[-1])
    line = [(n / 100, 0.5) for n in range(100)]
    assert body_views.simplified(line, 400) == ((0.0, 0.5), (0.99, 0.5))


def test_complaints_differ_without_colour() -> None:
    def pattern(kind: str) -> list[tuple[str, int]]:
        shapes = body_chart.sample(kind).shapes
        return sorted(
            (type(one).__name__, len(one.segments) if isinstance(one, Path) else 0)
            for one in shapes
            if not (isinstance(one, Path) and one.role.value.endswith("_tint"))
        )

    for one, other in product(TYPES, TYPES):
        assert one == other or pattern(one) != pattern(other)
    assert len(set(body_chart.LETTERS.values())) == len(TYPES)


def test_a_hatch_stays_inside_its_region() -> None:
    chart = BodyChart((Mark("cramp", 4, (Place("knee_back", Side.LEFT),)),))
    area = next(a for a in body_views.areas("back") if a.key == ("knee_back", Side.LEFT))
    x0, y0, x1, y1 = area.box
    for shape in body_chart.marks("back", chart).shapes:
        if isinstance(shape, Path) and shape.role is Role.CRAMP:
            for segment in shape.segments:
                assert x0 - 1e-6 <= segment.to[0] <= x1 + 1e-6
                assert y0 - 1e-6 <= segment.to[1] <= y1 + 1e-6


def test_badges_stand_beside_each_other_and_inside_the_view() -> None:
    marks = tuple(Mark(kind, 10, (Place("calf_back", Side.LEFT),)) for kind in TYPES)
    shapes = body_chart.badges("back", BodyChart(marks), body_chart.ON_PAPER).shapes
    spots = [one.segments[0].to for one in shapes if isinstance(one, Path) and one.part == "badge"]
    assert len(set(spots)) == len(TYPES)
    assert not any(isinstance(one, Circle) and abs(one.centre[0]) > 0.25 for one in shapes)


def test_only_views_with_marks_are_printed() -> None:
    chart = BodyChart((Mark("pain", 6, (Place("knee_back", Side.LEFT),)),))
    assert body_chart.views_with_marks(chart) == ("back",)
    assert body_chart.views_with_marks(BodyChart()) == ()
