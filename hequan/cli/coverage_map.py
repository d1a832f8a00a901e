"""map.png (地图): streets, reached areas, stations and homes by minutes, fit for a printed report.

One picture of the walker named first. Colour is never alone: what no way leads to is a cross, and
the legend counts people. Chinese labels need a Chinese font; without one the legend is English.
"""

from pathlib import Path
from typing import Any

import matplotlib

matplotlib.use("Agg")

import numpy as np
import shapely
from matplotlib import font_manager
from matplotlib.collections import LineCollection, PathCollection, PolyCollection
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from matplotlib.path import Path as Outline
from numpy.typing import NDArray

from hequan.cli.coverage_bands import NO_WAY, PAPER, band_colours, band_labels, bands_of
from hequan.cli.coverage_run import CoverageRun
from hequan.cli.words import Words
from hequan.planner.network import METRES_PER_DEGREE, SHAPE_UNITS_PER_DEGREE, WalkNetwork

Floats = NDArray[np.float64]
Box = tuple[float, float, float, float]

_CHINESE_FONTS = (
    "Noto Sans CJK SC",
    "Source Han Sans SC",
    "Noto Sans CJK JP",  # the same glyphs: the first face of the collection that holds all
    "Microsoft YaHei",
    "PingFang SC",
    "WenQuanYi Micro Hei",
    "SimHei",
)
_DOTS_PER_INCH = 160
_WIDE = 10.0  # inches
_WORDS_HIGH = 0.95  # of title and legend
_FINE_EDGES = 150_000  # beyond this, streets are drawn straight from corner to corner
_WASH = 0.22  # how strongly reached areas are tinted
_STREET, _INK = "#c9c4b8", "#1c2a2e"


def write_map(path: Path, run: CoverageRun) -> None:
    """Draw the map of a run into a PNG file."""
    font = chinese_font()
    words = run.words if font or run.words.language == "en" else Words("en")
    letters: dict[Any, Any] = {"font.family": [font or "sans-serif"], "axes.unicode_minus": False}
    with matplotlib.rc_context(letters):
        figure = _drawn(run, words)
        figure.savefig(
            path, dpi=_DOTS_PER_INCH, facecolor=PAPER, bbox_inches="tight", pad_inches=0.2
        )


def chinese_font() -> str | None:
    """Return the name of an installed font with Chinese characters, or None."""
    installed = {font.name for font in font_manager.fontManager.ttflist}
    return next((name for name in _CHINESE_FONTS if name in installed), None)


def _drawn(run: CoverageRun, words: Words) -> Figure:
    west, south, east, north = _extent(run)
    squeeze = float(np.cos(np.radians((south + north) / 2)))
    shape = (north - south) / max((east - west) * squeeze, 1e-9)
    high = min(max(_WIDE * shape, 4.5), 14.0)
    figure = Figure(figsize=(_WIDE, high + _WORDS_HIGH), layout="constrained")
    axes = figure.add_subplot()
    axes.set(xlim=(west, east), ylim=(south, north), aspect=1 / squeeze, facecolor="#fffdf9")
    axes.set_xticks([])
    axes.set_yticks([])
    axes.spines[:].set_color("#ddd5c6")
    _draw_outlines(axes, run)
    axes.add_collection(_streets(run.network))
    _draw_homes(axes, run)
    _draw_stations(axes, run)
    _draw_scale(axes, words, squeeze)
    name = Words(words.language)(f"profile.{run.first.profile.code}")
    axes.set_title(f"{run.title} · {name}", loc="left", fontsize=15, color=_INK)
    figure.legend(handles=_legend(run, words), loc="outside lower left", ncols=4, frameon=False)
    axes.annotate(
        run.attribution, (1, 0), (-4, 4), "axes fraction", "offset points",
        ha="right", va="bottom", fontsize=7, color=_INK,
        bbox={"facecolor": PAPER, "edgecolor": "none", "alpha": 0.8, "pad": 2},
    )  # fmt: skip
    return figure


def _extent(run: CoverageRun) -> Box:
    """Everything asked about, with a margin; streets beyond it are cut."""
    places = (run.residents.places, run.stations.places)
    lon = np.concatenate([place.lon for place in places])
    lat = np.concatenate([place.lat for place in places])
    wide = max(np.ptp(lon), 0.004) * 0.04 + 0.001
    high = max(np.ptp(lat), 0.004) * 0.04 + 0.001
    return (
        float(lon.min() - wide),
        float(lat.min() - high),
        float(lon.max() + wide),
        float(lat.max() + high),
    )


def _streets(network: WalkNetwork) -> LineCollection:
    if network.edge_count > _FINE_EDGES:
        ends = (network.edge_from, network.edge_to)
        lines = [np.stack([network.lon[end], network.lat[end]], axis=1) for end in ends]
        pieces: Any = np.stack(lines, axis=1)
    else:
        points = np.stack([network.shape_lon_e7, network.shape_lat_e7], axis=1)
        pieces = np.split(points / SHAPE_UNITS_PER_DEGREE, network.shape_ptr[1:-1])
    return LineCollection(pieces, colors=_STREET, linewidths=0.6, zorder=2)


def _draw_outlines(axes: Any, run: CoverageRun) -> None:
    """The reached areas of the walker, widest first so that the nearer ones lie on top.

    Where cells of a grid are filled already, only the borders are drawn.
    """
    filled = run.residents.places.shapes is None
    colours = band_colours(run.minutes)
    code = run.first.profile.code
    for minute in reversed(run.minutes):
        shape = run.outlines.get((code, minute))
        paths = [_outline_of(part) for part in shapely.get_parts(shape)] if shape else []
        colour = colours[run.minutes.index(minute)]
        face, edge = (colour, "none") if filled else ("none", colour)
        look = {"alpha": _WASH, "zorder": 1} if filled else {"linewidths": 1.4, "zorder": 3.5}
        collection = PathCollection(paths, facecolors=face, edgecolors=edge, **look)
        collection.set_transform(axes.transData)
        axes.add_collection(collection)


def _outline_of(polygon: Any) -> Outline:
    rings = [polygon.exterior, *polygon.interiors]
    return Outline.make_compound_path(
        *(Outline(shapely.get_coordinates(ring), closed=True) for ring in rings)
    )


def _draw_homes(axes: Any, run: CoverageRun) -> None:
    bands = bands_of(run.first.home_seconds, run.minutes)
    colours = np.array([*band_colours(run.minutes), NO_WAY])
    lived_in = run.residents.people > 0
    no_way = bands == len(colours) - 1
    _draw_cells(axes, run, colours[bands], lived_in)
    size = _dot_sizes(run.residents.people)
    lon, lat = run.residents.places.lon, run.residents.places.lat
    for chosen, mark in ((lived_in & ~no_way, "o"), (lived_in & no_way, "x")):
        axes.scatter(
            lon[chosen],
            lat[chosen],
            s=size[chosen],
            c=colours[bands[chosen]],
            marker=mark,
            linewidths=0.9 if mark == "x" else 0,
            zorder=4,
        )


def _draw_cells(axes: Any, run: CoverageRun, colours: NDArray[Any], chosen: NDArray[Any]) -> None:
    """Cells of a grid, lightly filled, where the file held shapes."""
    shapes = run.residents.places.shapes
    if shapes is None:
        return
    parts, index = shapely.get_parts(shapes, return_index=True)
    filled = [
        (shapely.get_coordinates(part.exterior), colours[at])
        for part, at in zip(parts, index, strict=True)
        if part.geom_type == "Polygon" and chosen[at]
    ]
    if filled:
        rings, faces = zip(*filled, strict=True)
        axes.add_collection(
            PolyCollection(rings, facecolors=faces, edgecolors=faces, alpha=0.3, zorder=3)
        )


def _dot_sizes(people: Floats) -> Floats:
    """Areas of dots: by people, but never too small to see nor covering the map."""
    most = max(float(people.max(initial=0)), 1.0)
    crowd = float(np.clip(4000 / max(len(people), 1), 0.08, 1.0))
    return np.asarray(6 + 60 * crowd * people / most)


def _draw_stations(axes: Any, run: CoverageRun) -> None:
    places, is_open = run.stations.places, run.station_open
    size = float(np.clip(3000 / len(is_open), 10, 46))
    for chosen, face in ((is_open, "#ffffff"), (~is_open, "#9a958a")):
        axes.scatter(
            places.lon[chosen],
            places.lat[chosen],
            s=size,
            marker="s",
            c=face,
            edgecolors=_INK,
            linewidths=1.0 + size / 80,
            zorder=5,
        )


def _draw_scale(axes: Any, words: Words, squeeze: float) -> None:
    west, east = axes.get_xlim()
    south, north = axes.get_ylim()
    metres_wide = (east - west) * METRES_PER_DEGREE * squeeze
    metres = round_length(metres_wide / 5)
    length = metres / (METRES_PER_DEGREE * squeeze)
    left, base = west + (east - west) * 0.02, south + (north - south) * 0.025
    axes.plot([left, left + length], [base, base], color=_INK, linewidth=3, zorder=6)
    if metres < 1000:
        text = words("map.scale", metres=metres)
    else:
        text = words("map.scale_km", kilometres=metres // 1000)
    axes.annotate(text, (left, base), (0, 5), textcoords="offset points", fontsize=9, color=_INK)


def round_length(metres: float) -> int:
    """Return the largest of 1, 2, 5, 10, 20, 50 ... that is not longer than `metres`."""
    power = 10 ** int(np.floor(np.log10(max(metres, 1.0))))
    return int(max(step * power for step in (1, 2, 5) if step * power <= max(metres, 1.0)))


def _legend(run: CoverageRun, words: Words) -> list[Any]:
    colours = [*band_colours(run.minutes), NO_WAY]
    labels = band_labels(run.minutes, words)
    marks = [*("o" for _ in colours[:-1]), "x"]
    homes = [
        Line2D([], [], color=colour, marker=mark, linestyle="", markersize=7, label=label)
        for colour, mark, label in zip(colours, marks, labels, strict=True)
    ]
    square: dict[str, Any] = {
        "marker": "s",
        "linestyle": "",
        "markersize": 7,
        "markeredgecolor": _INK,
    }
    station = Line2D([], [], markerfacecolor="#ffffff", label=words("map.station"), **square)
    if run.residents.places.shapes is None:
        area: Any = Patch(color=colours[0], alpha=_WASH, label=words("map.outline"))
    else:
        area = Line2D([], [], color=colours[0], linewidth=1.4, label=words("map.outline"))
    shut = Line2D([], [], markerfacecolor="#9a958a", label=words("map.station_closed"), **square)
    return [*homes, station, *([] if run.station_open.all() else [shut]), area]
