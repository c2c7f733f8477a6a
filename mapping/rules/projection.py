"""The map of the nation: equal-area conics, with Alaska and Hawaii as insets.

The layout is the usual composite of the Albers projection: the lower states at full scale,
Alaska at 0.35 of it and Hawaii at full scale below the south-west, on a sheet of 975 by 610.
Areas within one conic compare; Alaska is drawn smaller than it is, and pages say so.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import cos, radians, sin, sqrt

from mapping.rules.topology import Point

SHEET = (975, 610)
SCALE = 1300.0
CENTRE = (487.5, 305.0)
ALASKA, HAWAII = "02", "15"
# Territories lie far outside the sheet, and the county files do not cover them.
OFF_THE_SHEET = frozenset({"60", "66", "69", "72", "78"})


@dataclass(frozen=True, slots=True)
class Conic:
    """An equal-area conic: its meridian, standard parallels, centre, and place on the sheet.

    Attributes:
        meridian: Longitude that runs straight up.
        parallels: The two latitudes without distortion.
        middle: Point, in degrees from the meridian and the equator, that falls on `place`.
        scale: Sheet units per radius of the sphere.
        place: Where `middle` falls on the sheet.
    """

    meridian: float
    parallels: tuple[float, float]
    middle: Point
    scale: float
    place: Point

    def projected(self) -> Callable[[Point], Point]:
        """Return the function from degrees to the sheet (x to the right, y down)."""
        south, north = (sin(radians(latitude)) for latitude in self.parallels)
        n = (south + north) / 2
        c = 1 + south * (2 * n - south)

        def raw(longitude: float, latitude: float) -> Point:
            distance = sqrt(c - 2 * n * sin(radians(latitude))) / n
            angle = n * radians(longitude)
            return distance * sin(angle), -distance * cos(angle)

        middle_x, middle_y = raw(*self.middle)
        left, top = self.place

        def project(point: Point) -> Point:
            turned = (point[0] - self.meridian + 180) % 360 - 180
            x, y = raw(turned, point[1])
            return left + self.scale * (x - middle_x), top - self.scale * (y - middle_y)

        return project


def _inset(across: float, down: float) -> Point:
    return CENTRE[0] + across * SCALE, CENTRE[1] + down * SCALE


LOWER_STATES = Conic(-96, (29.5, 45.5), (-0.6, 38.7), SCALE, CENTRE)
ALASKA_INSET = Conic(-154, (55, 65), (-2, 58.5), 0.35 * SCALE, _inset(-0.307, 0.201))
HAWAII_INSET = Conic(-157, (8, 18), (-3, 19.9), SCALE, _inset(-0.205, 0.212))


def conic_of(state_fips: str) -> Conic:
    """Return the conic on which a state is drawn."""
    return {ALASKA: ALASKA_INSET, HAWAII: HAWAII_INSET}.get(state_fips, LOWER_STATES)
