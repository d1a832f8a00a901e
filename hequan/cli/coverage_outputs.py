"""What a coverage run leaves behind (结果文件): figures as JSON, CSV and GeoJSON, all or nothing.

Every file is first written beside the folder and only moved into it when all are there, so that a
run that fails leaves the folder as it was.
"""

import json
import math
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely import MultiPolygon

from hequan.cli.coverage_run import CoverageRun
from hequan.files.sheets import csv_bytes
from hequan.files.values import Cell
from hequan.planner.coverage_result import ProfileCoverage

Row = Sequence[Cell]
_GRID = 1e-6  # degrees in GeoJSON: a tenth of a metre
_SMOOTH = 3e-5  # outlines come from a mesh of 12 m and more; its stairs of 3 m say nothing


@contextmanager
def all_or_nothing(folder: Path) -> Iterator[Path]:
    """Yield a fresh folder beside `folder`; its files move into `folder` if nothing fails.

    Raises OSError if the place cannot be written to.
    """
    folder.parent.mkdir(parents=True, exist_ok=True)
    if folder.exists() and not folder.is_dir():
        raise NotADirectoryError(str(folder))
    draft = Path(tempfile.mkdtemp(prefix=".hequan-", dir=folder.parent))
    try:
        yield draft
        folder.mkdir(exist_ok=True)
        for file in sorted(draft.iterdir()):
            os.replace(file, folder / file.name)
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def write_figures(folder: Path, run: CoverageRun) -> None:
    """Write summary.json, residents.csv, stations.csv and isochrones.geojson."""
    written: Mapping[str, Callable[[CoverageRun], bytes]] = {
        "summary.json": lambda one: _json_bytes(summary(one), indent=2),
        "residents.csv": residents_csv,
        "stations.csv": stations_csv,
        "isochrones.geojson": lambda one: _json_bytes(outlines_geojson(one)),
    }
    for name, content in written.items():
        (folder / name).write_bytes(content(run))


def summary(run: CoverageRun) -> dict[str, Any]:
    """Return the figures of a run as they stand in summary.json; shares of nobody are None."""
    network = run.network
    return {
        "people": _plain(run.residents.people.sum()),
        "homes": len(run.residents.people),
        "stations": len(run.stations.names),
        "stations_open": int(run.station_open.sum()),
        "minutes": list(run.minutes),
        "at": run.moment and {"text": run.moment.say("en"), "date": run.moment.on.isoformat()},
        "streets": {
            "nodes": network.node_count,
            "edges": network.edge_count,
            "metres": round(network.metres, 1),
            "gates": len(network.gates),
            "gates_closed": run.closed_gates,
        },
        "ages": {one: _plain(counts.sum()) for one, counts in run.residents.ages.items()},
        "profiles": {
            code: _profile_summary(run, answer) for code, answer in run.result.profiles.items()
        },
        "inputs": dict(run.inputs),
        "warnings": [run.words(remark.key, **remark.gaps) for remark in run.remarks],
        "attribution": run.attribution,
    }


def _profile_summary(run: CoverageRun, answer: ProfileCoverage) -> dict[str, Any]:
    ages = [share_by_minute(answer, at) for at in range(1, len(answer.people))]
    return {
        "speed_m_s": answer.profile.metres_per_second,
        "share_within": _texts(answer.share_within),
        "people_within": _texts(answer.people_within),
        "straight_share_within": _texts(run.straight_share(answer)),
        "unreachable_people": _plain(answer.unreachable_people),
        "off_network_people": _plain(answer.off_network_people),
        "ages": dict(zip(run.residents.ages, map(_texts, ages), strict=True)),
        "services": {
            service: {"share_within": _texts(shares)}
            for service, shares in run.service_shares(answer).items()
        },
        "gaps": [
            {
                "people": _plain(gap.people),
                "homes": len(gap.homes),
                "lon": round(gap.lon, 6),
                "lat": round(gap.lat, 6),
            }
            for gap in answer.gaps
        ],
        "source": answer.profile.source,
    }


def share_by_minute(answer: ProfileCoverage, column: int) -> dict[int, float]:
    """Return the share within each limit of one age group (column 0 is everybody)."""
    total = float(answer.people[column])
    within = zip(answer.minutes, answer.within[:, column], strict=True)
    return {minute: float(part) / total if total else math.nan for minute, part in within}


def _texts(by_minute: Mapping[int, float]) -> dict[str, float | int | None]:
    return {str(minute): _plain(value) for minute, value in by_minute.items()}


def _plain(value: float) -> float | int | None:
    """A number as JSON knows it: whole where it is whole, None where there is none."""
    number = float(value)
    if not math.isfinite(number):
        return None
    return int(number) if number.is_integer() else round(number, 6)


def residents_csv(run: CoverageRun) -> bytes:
    """Return residents.csv: per resident its people and, per walker, station, metres, minutes."""
    headers = ["id", "people", "straight_metres"]
    columns: list[Sequence[Cell]] = [
        run.residents.places.ids,
        [_plain(people) for people in run.residents.people],
        _rounded(run.result.straight_metres, 1),
    ]
    names = np.array([*run.stations.places.ids, ""], dtype=object)  # -1 picks the empty one
    for code, answer in run.result.profiles.items():
        headers += [f"{code}_station", f"{code}_metres", f"{code}_minutes"]
        columns.append(names[answer.home_station].tolist())
        columns.append(_rounded(answer.home_metres, 1))
        columns.append(_rounded(answer.home_seconds / 60, 2))
    return csv_bytes(headers, zip(*columns, strict=True))


def _rounded(values: NDArray[np.floating], digits: int) -> list[Cell]:
    exact = values.astype(np.float64)
    return [round(one, digits) if math.isfinite(one) else None for one in exact.tolist()]


def stations_csv(run: CoverageRun) -> bytes:
    """Return stations.csv: per station the people nearest to it within each limit, per walker."""
    headers = ["id"]
    columns: list[Sequence[Cell]] = [run.stations.places.ids]
    for code, answer in run.result.profiles.items():
        for at, minute in enumerate(run.minutes):
            headers.append(f"{code}_{minute}_people")
            columns.append([_plain(people) for people in answer.station_within[:, at]])
    return csv_bytes(headers, zip(*columns, strict=True))


def outlines_geojson(run: CoverageRun) -> dict[str, Any]:
    """Return one outline per walker and limit: what lies within so many minutes of a station."""
    features = [
        {
            "type": "Feature",
            "properties": {
                "profile": code,
                "minutes": minute,
                "people": _plain(run.result.profiles[code].people_within[minute]),
            },
            "geometry": json.loads(shapely.to_geojson(_drawn(shape))),
        }
        for (code, minute), shape in run.outlines.items()
    ]
    return {"type": "FeatureCollection", "features": features}


def _drawn(shape: MultiPolygon) -> MultiPolygon:
    return shapely.set_precision(shapely.simplify(shape, _SMOOTH), _GRID)


def _json_bytes(content: Any, indent: int | None = None) -> bytes:
    return json.dumps(content, ensure_ascii=False, indent=indent, allow_nan=False).encode()
