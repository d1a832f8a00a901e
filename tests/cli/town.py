"""A street of one kilometre with a station at its west end: every minute can be worked out by hand.

Homes lie 100, 500, 900 m along the street; one lies across the fields, far from any street.
"""

import csv
import math
from pathlib import Path

LON, LAT = 121.48, 31.3
METRES = 111_195.08  # one degree of a great circle
STATION_HEADERS = ("id", "name", "lon", "lat", "services", "opening_hours")
STATIONS = (
    ("S1", "东站", 0, "助餐、阅览", "Mo-Fr 09:00-17:00"),
    ("S2", "西站", 1000, "阅览", "Sa,Su 09:00-17:00"),
)
HOMES = (("H100", 100, 40, 10), ("H500", 500, 30, 0), ("H900", 900, 20, 20))
FIELD = ("H-field", LON, LAT + 0.02, 10, 1)


def along(metres: float) -> float:
    """Return the longitude so many metres along the street."""
    return LON + metres / METRES / math.cos(math.radians(LAT))


def write_streets(folder: Path) -> Path:
    """Write the street as an OpenStreetMap file."""
    nodes = "".join(
        f'<node id="{at + 1}" lon="{along(at * 100):.7f}" lat="{LAT}" version="1"/>'
        for at in range(11)
    )
    refs = "".join(f'<nd ref="{at + 1}"/>' for at in range(11))
    path = folder / "streets.osm"
    path.write_text(
        f'<?xml version="1.0"?><osm version="0.6">{nodes}'
        f'<way id="1" version="1">{refs}<tag k="highway" v="residential"/></way></osm>'
    )
    return path


def write_csv(path: Path, headers, rows, encoding: str = "utf-8") -> Path:
    """Write a table."""
    with path.open("w", newline="", encoding=encoding) as stream:
        writer = csv.writer(stream)
        writer.writerow(headers)
        writer.writerows(rows)
    return path


def station_rows():
    """Return the stations as rows of their file."""
    return [(one, name, along(at), LAT, does, hours) for one, name, at, does, hours in STATIONS]


def home_rows():
    """Return the homes as rows of their file, the one in the fields last."""
    return [*((one, along(at), LAT, people, old) for one, at, people, old in HOMES), FIELD]


def write_town(folder: Path) -> dict[str, Path]:
    """Write the three files of a run."""
    return {
        "streets": write_streets(folder),
        "stations": write_csv(folder / "stations.csv", STATION_HEADERS, station_rows()),
        "residents": write_csv(
            folder / "residents.csv", ("id", "lon", "lat", "people", "65+"), home_rows()
        ),
    }


def options(files: dict[str, Path], out: Path, *more: str) -> list[str]:
    """Return the arguments of a run on such files."""
    named = [word for name, path in files.items() for word in (f"--{name}", str(path))]
    return [*named, "--out", str(out), *more]
