"""Map files (地图文件): GeoJSON, GeoPackage, Shapefile and their kin as arrays of shapes.

Everything comes out in longitude and latitude: projected files are converted, shifted Chinese
coordinates undone, polygons that cross themselves repaired, and each of these is noted.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pyogrio
import pyproj
import shapely
from numpy.typing import NDArray

from hequan.files.coordinates import CoordinateSystem, Point, to_wgs84
from hequan.files.feature_formats import refuse_foreign
from hequan.files.tables import MAX_BYTES, Row, Table, refuse_too_big
from hequan.files.values import Cell
from hequan.files.wording import Note, ReadError

MAX_FEATURES = 2_000_000
_POLYGONS = (3, 6)  # shapely's type numbers of Polygon and MultiPolygon
_PLAIN_DEGREES = frozenset({"EPSG:4326", "OGC:CRS84", "EPSG:4490", "EPSG:4979"})
_LISTED = 10  # numbers named in a note before it ends in dots

Shapes = NDArray[np.object_]

# Whatever an address in a file may say, the reader's library asks nobody: port 9 throws all away.
pyogrio.set_gdal_config_options({"GDAL_HTTP_PROXY": "127.0.0.1:9", "GDAL_HTTP_MAX_RETRY": "0"})


@dataclass(frozen=True, eq=False)
class Features:
    """Shapes in WGS-84 degrees with what the file says of each; all arrays equally long."""

    name: str
    layer: str
    ids: NDArray[np.int64]
    geometries: Shapes
    properties: dict[str, NDArray[Any]]
    source_crs: str
    repaired: tuple[tuple[int, str], ...] = ()
    notes: tuple[Note, ...] = ()

    def __len__(self) -> int:
        """Return how many features there are."""
        return len(self.geometries)

    def points(self) -> Point:
        """Return one longitude and latitude per feature: itself, or a point inside its shape."""
        spots = shapely.point_on_surface(self.geometries)
        return shapely.get_x(spots), shapely.get_y(spots)

    def table(self) -> Table:
        """Return the features as rows with `lon` and `lat` of `points` in the first columns.

        Columns of the file that are named so give way; a row's number counts features from 1.
        """
        lon, lat = self.points()
        kept = {key: column for key, column in self.properties.items() if key not in ("lon", "lat")}
        columns = [[_cell(value) for value in column] for column in (lon, lat, *kept.values())]
        rows = tuple(Row(at, cells) for at, cells in enumerate(zip(*columns, strict=True), start=1))
        return Table(self.name, self.layer, ("lon", "lat", *kept), rows, self.notes)


def _cell(value: Any) -> Cell:
    if isinstance(value, np.generic):
        value = value.item()
    if value is None or (isinstance(value, float) and np.isnan(value)):
        return None
    return value if isinstance(value, str | int | float | bool) else str(value)


def read_features(
    path: Path,
    *,
    name: str = "",
    layer: str = "",
    system: CoordinateSystem = CoordinateSystem.WGS84,
    max_bytes: int = MAX_BYTES,
) -> Features:
    """Read one layer of a map file; raise FileError if it cannot be used.

    `system` says what longitudes and latitudes of the file are where they are not projected.
    """
    name = name or path.name
    refuse_too_big(path, name, max_bytes)
    refuse_foreign(path, name)
    layer, notes = _choose_layer(path, name, layer)
    meta, ids, shapes = _read_layer(path, name, layer)
    shapes, crs_notes = _in_degrees(shapes, meta["crs"], system, name)
    shapes, repaired = _repaired(shapes)
    notes += [*crs_notes, *_shape_notes(shapes, repaired)]
    properties = dict(zip([str(one) for one in meta["fields"]], meta["columns"], strict=True))
    crs = str(meta["crs"] or "")
    return Features(name, layer, ids, shapes, properties, crs, repaired, tuple(notes))


def _choose_layer(path: Path, name: str, wanted: str) -> tuple[str, list[Note]]:
    try:
        layers = [str(one) for one, kind in pyogrio.list_layers(path) if kind is not None]
    except (pyogrio.errors.DataSourceError, pyogrio.errors.DataLayerError):
        raise ReadError("features-unreadable", file=name) from None
    if not layers:
        raise ReadError("features-empty", file=name)
    if wanted and wanted not in layers:
        gaps: dict[str, Any] = {"wanted": wanted, "layers": ", ".join(layers)}
        raise ReadError("layer-missing", file=name, **gaps)
    layer = wanted or layers[0]
    others = ", ".join(one for one in layers if one != layer)
    return layer, [Note("layer-chosen", {"layer": layer, "others": others})] if others else []


def _read_layer(
    path: Path, name: str, layer: str
) -> tuple[dict[str, Any], NDArray[np.int64], Shapes]:
    try:
        count = pyogrio.read_info(path, layer=layer, force_feature_count=True)["features"]
        if count > MAX_FEATURES:
            gaps: dict[str, Any] = {"count": count, "limit": MAX_FEATURES}
            raise ReadError("features-too-many", file=name, **gaps)
        meta, ids, shapes, columns = pyogrio.raw.read(
            path, layer=layer, return_fids=True, force_2d=True
        )
        geometries = shapely.from_wkb(shapes)
    except (
        pyogrio.errors.DataSourceError,
        pyogrio.errors.DataLayerError,
        pyogrio.errors.FeatureError,
        pyogrio.errors.GeometryError,
        shapely.errors.ShapelyError,
    ):
        raise ReadError("features-unreadable", file=name) from None
    if len(geometries) == 0:
        raise ReadError("features-empty", file=name)
    return {**meta, "columns": columns}, ids, np.asarray(geometries, dtype=object)


def _in_degrees(
    shapes: Shapes, crs: str | None, system: CoordinateSystem, name: str
) -> tuple[Shapes, list[Note]]:
    if crs and crs not in _PLAIN_DEGREES and not _is_degrees(crs, name):
        return _projected(shapes, crs, name), [Note("converted", {"crs": crs})]
    if not _fits_degrees(shapes):
        raise ReadError("crs-missing", file=name)
    notes = [] if crs else [Note("crs-assumed", {})]
    if system not in (CoordinateSystem.WGS84, CoordinateSystem.CGCS2000):
        notes.append(Note("converted", {"crs": system.value.upper()}))
        return _moved(shapes, lambda lon, lat: to_wgs84(lon, lat, system)), notes
    return shapes, notes


def _is_degrees(crs: str, name: str) -> bool:
    """CGCS2000 by any name is WGS-84 within centimetres; other geographic systems are not."""
    found = _known_crs(crs, name)
    return found.is_geographic and any(
        word in found.name.upper().replace(" ", "") for word in ("WGS84", "CGCS2000", "CHINA2000")
    )


def _known_crs(crs: str, name: str) -> pyproj.CRS:
    try:
        return pyproj.CRS.from_user_input(crs)
    except pyproj.exceptions.CRSError:
        raise ReadError("crs-unknown", file=name, crs=crs[:60]) from None


def _projected(shapes: Shapes, crs: str, name: str) -> Shapes:
    try:
        turn = pyproj.Transformer.from_crs(_known_crs(crs, name), "EPSG:4326", always_xy=True)
        moved = _moved(shapes, turn.transform)
    except pyproj.exceptions.ProjError:
        raise ReadError("crs-unknown", file=name, crs=crs[:60]) from None
    if not _fits_degrees(moved):
        raise ReadError("crs-unknown", file=name, crs=crs[:60])
    return moved


def _moved(shapes: Shapes, turn: Any) -> Shapes:
    def columns(at: NDArray[np.float64]) -> NDArray[np.float64]:
        return np.column_stack(turn(at[:, 0], at[:, 1]))

    return np.asarray(shapely.transform(shapes, columns), dtype=object)


def _fits_degrees(shapes: Shapes) -> bool:
    spots = shapely.get_coordinates(shapes)
    return bool(np.all(np.abs(spots[:, 0]) <= 180.0) and np.all(np.abs(spots[:, 1]) <= 180.0))


def _repaired(shapes: Shapes) -> tuple[Shapes, tuple[tuple[int, str], ...]]:
    """Polygons that cross themselves, cut into those that do not; the rest as it is."""
    kinds = shapely.get_type_id(shapes)
    broken = np.flatnonzero(np.isin(kinds, _POLYGONS) & ~shapely.is_valid(shapes))
    if broken.size == 0:
        return shapes, ()
    reasons = shapely.is_valid_reason(shapes[broken])
    mended = shapes.copy()
    mended[broken] = [_polygons_of(shapely.make_valid(shape)) for shape in shapes[broken]]
    return mended, tuple(zip(broken.tolist(), map(str, reasons), strict=True))


def _polygons_of(shape: Any) -> Any:
    if shapely.get_type_id(shape) in _POLYGONS:
        return shape
    parts = shapely.get_parts(shape)
    return shapely.union_all(parts[np.isin(shapely.get_type_id(parts), _POLYGONS)])


def _shape_notes(shapes: Shapes, repaired: Sequence[tuple[int, str]]) -> list[Note]:
    missing = np.flatnonzero(shapely.is_missing(shapes) | shapely.is_empty(shapes))
    notes = []
    if repaired:
        rows = _numbers([at for at, _ in repaired])
        notes.append(Note("repaired", {"count": len(repaired), "rows": rows}))
    if missing.size:
        rows = _numbers(missing.tolist())
        notes.append(Note("shapes-missing", {"count": len(missing), "rows": rows}))
    return notes


def _numbers(positions: Sequence[int]) -> str:
    listed = ", ".join(str(at + 1) for at in positions[:_LISTED])
    return listed + ("…" if len(positions) > _LISTED else "")
