"""People from a table or a population grid (人口): homes with a place, or counts per unit by age.

A file with places (columns of longitude and latitude, or shapes) gives homes; a file with unit
codes and age bands gives counts of those units as of a day.
"""

from pathlib import Path

from hequan.core.import_rows import open_table, rows_of, template_book
from hequan.core.imports import ImportOptions, ImportPlan
from hequan.files.headers import Field
from hequan.files.values import clean_code, parse_count, parse_day, parse_latitude, parse_longitude
from hequan.territory.imports.homes import plan_homes
from hequan.territory.imports.unit_people import plan_unit_people
from hequan.territory.imports.words import AGE_FIELDS, AGE_TITLES

_ID_TITLES = ("编号", "楼栋编号", "房屋编号", "栅格编号", "网格编号", "fid", "cell", "code")
_PEOPLE_TITLES = ("人口", "人数", "总人口", "常住人口", "实有人口", "居住人数", "population", "pop")
_UNIT_TITLES = ("单位代码", "居委会代码", "居村委代码", "所属代码", "区划代码", "unit", "unit code")
_LON = Field("lon", ("经度", "longitude", "lng", "x"), False, parse_longitude)
HOME_FIELDS = (
    Field("id", _ID_TITLES, parse=clean_code),
    _LON,
    Field("lat", ("纬度", "latitude", "y"), False, parse_latitude),
    Field("people", _PEOPLE_TITLES, True, parse_count),
    Field("address", ("地址", "门牌", "门牌地址", "名称", "name"), False),
    Field("unit_code", _UNIT_TITLES, False, clean_code),
    *AGE_FIELDS,
)
UNIT_FIELDS = (
    Field("unit_code", (*_UNIT_TITLES, "代码", "code"), True, clean_code),
    Field("as_of", ("统计日期", "截止日期", "日期", "as of"), False, parse_day),
    *AGE_FIELDS,
)


def read_people_counts(path: Path, file_name: str, options: ImportOptions) -> ImportPlan:
    """Read homes or counts, whichever the file holds, and decide every row's fate."""
    opened = open_table(path, file_name, (*HOME_FIELDS, *UNIT_FIELDS), options)
    if opened.has(_LON, options):
        return plan_homes(rows_of(opened, HOME_FIELDS, options), options)
    return plan_unit_people(rows_of(opened, UNIT_FIELDS, options), options)


def people_template() -> bytes:
    """Return the table of homes to fill in, as .xlsx with an example row."""
    columns = (
        ("编号", "id"),
        ("地址", "address"),
        ("经度", "lon"),
        ("纬度", "lat"),
        ("人口", "people"),
        ("单位代码", "unit_code"),
        *AGE_TITLES,
    )
    ages = [12, 18, 30, 165, 24, 36, 15]
    row = ["GJ-001-12", "示例路12号", 121.4801, 31.3201, 300, None, *ages]
    return template_book("人口 people-counts", columns, [row])
