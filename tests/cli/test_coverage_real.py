"""The real runs of the how-to: the figures printed there are the ones that come out."""

import csv
import json
import re

import pytest

from hequan.cli import main
from tests.realdata import ROOT, real_data

HOW_TO = ROOT / "docs" / "how-to" / "coverage-on-plain-files.md"

pytestmark = [pytest.mark.real, pytest.mark.slow]


def printed_rows(place):
    text = HOW_TO.read_text(encoding="utf-8").split(f"**{place}**")[1]
    return re.findall(r"^\| [a-z]+ \| \d.*\|$", text.split("Data: ©")[0].split("**Porto")[0], re.M)


def computed_rows(folder):
    found = json.loads((folder / "summary.json").read_text(encoding="utf-8"))
    rows = []
    for code, figures in found["profiles"].items():
        shares = [*figures["share_within"].values(), figures["straight_share_within"]["15"]]
        people = f"{figures['unreachable_people']:,}".replace(",", " ")
        cells = [code, f"{figures['speed_m_s']:.2f}", *(f"{one:.1%}" for one in shares), people]
        rows.append(f"| {' | '.join(cells)} |")
    return rows


def run(out, **files):
    named = [word for name, path in files.items() for word in (f"--{name}", str(path))]
    assert main(["coverage", *named, "--out", str(out)]) == 0


def test_helsinki_comes_out_as_printed(tmp_path):
    folder = real_data("network-helsinki")
    streets = folder / "Helsinki.osm.pbf"
    grid = folder / "helsinki_population_grid_2020.gpkg"
    run(tmp_path, streets=streets, stations=streets, residents=grid)

    assert computed_rows(tmp_path) == printed_rows("Helsinki")


def test_porto_alegre_comes_out_as_printed(tmp_path):
    folder = real_data("network-porto-alegre")
    hexagons = folder / "poa_hexgrid.csv"
    stations = tmp_path / "stations.csv"
    with hexagons.open(newline="") as source, stations.open("w", newline="") as made:
        writer = csv.writer(made)
        writer.writerow(["id", "lon", "lat", "services"])
        for row in csv.DictReader(source):
            offered = [one for one in ("schools", "healthcare") if float(row[one] or 0) > 0]
            if offered:
                writer.writerow([row["id"], row["lon"], row["lat"], ";".join(offered)])
    out = tmp_path / "out"
    run(out, streets=folder / "poa_osm.pbf", stations=stations, residents=hexagons)

    assert computed_rows(out) == printed_rows("Porto Alegre")
    with (out / "residents.csv").open(newline="") as stream:
        assert sum(int(row["people"]) for row in csv.DictReader(stream)) == 812_935
