"""Map files as shapes in longitude and latitude."""

import json
import pickle
import zipfile

import numpy as np
import pyogrio
import pytest
import shapely

from hequan.files.coordinates import CoordinateSystem, convert
from hequan.files.feature_formats import is_feature_file
from hequan.files.features import read_features
from hequan.files.wording import ReadError, say
from tests.realdata import real_data

SQUARE = shapely.box(121.48, 31.30, 121.49, 31.31)
BOW_TIE = shapely.Polygon([(0, 0), (2, 2), (2, 0), (0, 2)])


def collection(*shapes, **more):
    features = [
        {"type": "Feature", "properties": {"name": f"第{at}个", "people": at}, "geometry": shape}
        for at, shape in enumerate(
            [shape and json.loads(shapely.to_geojson(shape)) for shape in shapes]
        )
    ]
    return json.dumps({"type": "FeatureCollection", "features": features, **more})


@pytest.fixture
def geojson(tmp_path):
    def write(*shapes, name="a.geojson", **more):
        path = tmp_path / name
        path.write_text(collection(*shapes, **more), encoding="utf-8")
        return path

    return write


def packaged(path, shapes, crs, layer="a", *, append=False):
    pyogrio.raw.write(
        path,
        shapely.to_wkb(np.asarray(shapes, dtype=object)),
        [np.arange(len(shapes))],
        ["people"],
        layer=layer,
        driver="GPKG",
        geometry_type=shapes[0].geom_type,
        crs=crs,
        append=append,
    )
    return path


def refused(path, **options):
    with pytest.raises(ReadError) as caught:
        read_features(path, **options)
    assert say(caught.value, "zh") != say(caught.value, "en")
    return caught.value.code


def test_geojson_gives_shapes_and_properties(geojson):
    features = read_features(geojson(SQUARE, shapely.Point(121.5, 31.3)))

    assert len(features) == 2
    assert features.geometries[0].equals(SQUARE)
    assert features.properties["name"].tolist() == ["第0个", "第1个"]
    assert features.notes == ()


def test_features_become_rows_with_a_point_inside(geojson):
    horseshoe = shapely.difference(shapely.box(0, 0, 3, 3), shapely.box(1, 1, 2, 3))
    table = read_features(geojson(horseshoe)).table()
    lon, lat, name, people = table.rows[0].cells

    assert table.headers == ("lon", "lat", "name", "people")
    assert (table.rows[0].number, name, people) == (1, "第0个", 0)
    assert shapely.contains_xy(horseshoe, lon, lat)


def test_a_projected_package_is_converted_to_degrees(tmp_path):
    """Two metres' walk in UTM zone 51: the corner of zone's central meridian and equator."""
    path = packaged(tmp_path / "a.gpkg", [shapely.Point(500_000, 0)], "EPSG:32651")
    features = read_features(path)

    assert np.allclose(features.points(), ([123.0], [0.0]), atol=1e-9)
    assert features.notes[0].say("en") == "Converted from EPSG:32651."


def test_cgcs2000_degrees_are_taken_as_they_are(tmp_path):
    path = packaged(tmp_path / "a.gpkg", [shapely.Point(121.48, 31.3)], "EPSG:4490")

    assert np.array_equal(read_features(path).points(), ([121.48], [31.3]))


def test_shifted_coordinates_are_undone_when_said(geojson):
    shifted = shapely.Point(*map(float, convert(121.48, 31.3, CoordinateSystem.WGS84, "gcj02")))
    features = read_features(geojson(shifted), system=CoordinateSystem.GCJ02)

    assert np.allclose(features.points(), ([121.48], [31.3]), atol=1e-8)
    assert features.notes[-1].gaps == {"crs": "GCJ02"}


def test_a_polygon_that_crosses_itself_is_repaired_and_named(geojson):
    features = read_features(geojson(SQUARE, BOW_TIE))

    assert shapely.is_valid(features.geometries).all()
    assert features.geometries[1].area == pytest.approx(2.0)
    assert features.repaired[0][0] == 1
    assert "Self-intersection" in features.repaired[0][1]
    assert features.notes[0].say("zh") == "已修复自相交图形 1 个（第 2 个要素）。"


def test_features_without_a_shape_are_named_and_kept(geojson):
    features = read_features(geojson(SQUARE, None))

    assert len(features) == 2
    assert features.notes[0].gaps == {"count": 1, "rows": "2"}
    assert features.table().rows[1].cells[:2] == (None, None)


def test_one_layer_of_several_is_read_and_the_rest_named(tmp_path):
    path = packaged(tmp_path / "a.gpkg", [shapely.Point(1, 2)], "EPSG:4326", "first")
    packaged(path, [shapely.Point(3, 4)], "EPSG:4326", "second", append=True)

    assert read_features(path).layer == "first"
    assert read_features(path).notes[0].code == "layer-chosen"
    assert np.array_equal(read_features(path, layer="second").points(), ([3.0], [4.0]))
    assert refused(path, layer="third") == "layer-missing"


def test_metres_without_a_coordinate_system_are_refused(geojson):
    assert refused(geojson(shapely.Point(352_000, 3_465_000))) == "crs-missing"


def test_a_cut_off_file_is_refused(geojson):
    path = geojson(SQUARE)
    path.write_text(path.read_text()[:-30])

    assert refused(path) == "features-unreadable"


def test_what_is_no_map_file_is_refused(tmp_path):
    path = tmp_path / "a.gpkg"
    path.write_bytes(b"SQLite format 3\x00 and then nothing")

    assert refused(path) == "features-unreadable"
    assert refused(tmp_path / "nowhere.geojson") == "file-missing"


def test_a_file_that_points_elsewhere_is_not_followed(tmp_path):
    """A virtual layer would read whatever path or address its author wrote into it."""
    source = tmp_path / "secret.geojson"
    source.write_text(collection(SQUARE))
    virtual = tmp_path / "a.vrt"
    virtual.write_text(
        f'<OGRVRTDataSource><OGRVRTLayer name="secret"><SrcDataSource>{source}</SrcDataSource>'
        "</OGRVRTLayer></OGRVRTDataSource>"
    )
    assert refused(virtual) == "features-unreadable"
    for name in ("b.kml", "c.geojson", "d.gpkg", "e.shp", "f.fgb"):
        disguised = tmp_path / name
        disguised.write_text(virtual.read_text())
        assert refused(disguised) == "features-unreadable"


def test_a_pipeline_written_as_json_is_not_run(tmp_path):
    path = tmp_path / "a.json"
    path.write_text('{"type": "gdal_streamed_alg", "command_line": "gdal vector read x"}')

    assert refused(path) == "features-unreadable"


def zipped(path, *names):
    with zipfile.ZipFile(path, "w") as packed:
        for name in names:
            packed.write(path.parent / name, name)
    return path


def test_a_zipped_shapefile_is_read_and_a_zip_of_anything_else_is_not(tmp_path):
    pyogrio.raw.write(
        tmp_path / "a.shp",
        shapely.to_wkb(np.array([SQUARE])),
        [np.array([5])],
        ["people"],
        driver="ESRI Shapefile",
        geometry_type="Polygon",
        crs="EPSG:4326",
    )
    parts = ["a.shp", "a.shx", "a.dbf", "a.prj"]
    (tmp_path / "a.vrt").write_text("<OGRVRTDataSource/>")

    assert len(read_features(zipped(tmp_path / "a.zip", *parts))) == 1
    assert len(read_features(tmp_path / "a.shp")) == 1
    assert refused(zipped(tmp_path / "b.zip", *parts, "a.vrt")) == "features-unreadable"
    assert refused(zipped(tmp_path / "c.zip", "a.vrt")) == "features-unreadable"


def test_a_kml_of_placemarks_is_read(tmp_path):
    path = tmp_path / "a.kml"
    path.write_text(
        '<?xml version="1.0"?><!-- drawn --><kml xmlns="http://www.opengis.net/kml/2.2"><Document>'
        "<Placemark><name>站</name><Point><coordinates>121.48,31.3</coordinates></Point></Placemark>"
        "</Document></kml>"
    )
    features = read_features(path)

    assert np.array_equal(features.points(), ([121.48], [31.3]))
    assert features.properties["Name"].tolist() == ["站"]


def test_an_empty_collection_is_refused(geojson):
    assert refused(geojson()) == "features-empty"


def test_a_map_file_is_told_by_its_name():
    assert is_feature_file("边界.GeoJSON")
    assert is_feature_file("grid.gpkg")
    assert not is_feature_file("homes.csv")


def test_a_refusal_travels_between_processes(tmp_path):
    with pytest.raises(ReadError) as caught:
        read_features(tmp_path / "nowhere.geojson")
    again = pickle.loads(pickle.dumps(caught.value))

    assert say(again, "zh") == say(caught.value, "zh")


@pytest.mark.real
def test_the_population_grid_of_helsinki_is_read():
    folder = real_data("network-helsinki")
    features = read_features(folder / "helsinki_population_grid_2020.gpkg")

    assert len(features) == 92
    assert features.properties["population"].sum() == 71_724
