"""The columns of a table of stations (站点表) by the headings officers give, and a template."""

import unicodedata

from hequan.core.import_rows import one_of, template_book
from hequan.files.headers import Field
from hequan.files.values import (
    Cell,
    CellError,
    clean_code,
    clean_text,
    parse_day,
    parse_latitude,
    parse_list,
    parse_longitude,
    parse_whole,
    parse_yes_no,
)
from hequan.stations.hours import HoursError, Rule
from hequan.stations.hours_clash import clashes_among
from hequan.stations.hours_text import hours_text, parse_hours
from hequan.stations.imports.words import KIND_WORDS, ROLE_WORDS, STATUS_WORDS, chinese, list_of
from hequan.territory.codes import short_code
from hequan.territory.imports.words import LEVEL_WORDS, ZONE_WORDS

LENGTHS = {"code": 32, "name": 120, "address": 200, "phone": 32}
_WIDEST_DOOR_CM = 1000


def _unit_code(cell: Cell) -> str:
    return short_code(clean_code(cell))


def _hours(cell: Cell) -> tuple[Rule, ...] | HoursError:
    """Rules, or why there are none: the row's refusal says it in words of its own."""
    text = cell if isinstance(cell, str) else clean_text(cell)
    try:
        return parse_hours(text)
    except HoursError as error:
        return error


def _door(cell: Cell) -> int | None:
    width = parse_whole(cell)
    if width is not None and not 0 < width <= _WIDEST_DOOR_CM:
        raise CellError("negative" if width < 0 else "not-a-number", cell)
    return width


_CHECKS = (
    ("entrance_step_free", ("无台阶入口", "无障碍出入口", "入口无台阶")),
    ("ramp", ("坡道", "无障碍坡道")),
    ("lift", ("电梯", "无障碍电梯")),
    ("accessible_wc", ("无障碍厕所", "无障碍卫生间")),
    ("low_counter", ("低位服务台", "低位柜台")),
    ("e_display", ("电子显示屏", "电子信息显示")),
    ("writing_pad", ("手写板",)),
    ("voice_prompt", ("语音提示", "语音播报")),
    ("hearing_loop", ("助听设备", "助听环路")),
    ("guide_dog", ("导盲犬", "允许导盲犬")),
)
CHECK_FIELDS = (
    *(Field(name, titles, False, parse_yes_no) for name, titles in _CHECKS),
    Field("door_width_cm", ("门宽", "门净宽", "门宽厘米"), False, _door),
    Field("checked_on", ("无障碍检查日期", "检查日期"), False, parse_day),
)
PLAIN_FIELDS = (
    Field("code", ("编号", "编码", "代码", "站点编号", "站点编码", "id"), False, clean_code),
    Field("name", ("名称", "站点名称", "站名", "站点", "station", "library")),
    Field("kind", ("类型", "站点类型", "站点类别"), False, one_of(KIND_WORDS)),
    Field("level", ("层级", "站点层级", "级别"), False, one_of(LEVEL_WORDS)),
    Field(
        "unit_code",
        ("所属单位编码", "居委会编码", "居村代码", "街镇编码", "区划代码"),
        False,
        _unit_code,
    ),
    Field("unit_name", ("所属单位", "所属居委会", "居委会", "居村委", "所属街镇", "unit"), False),
    Field("lon", ("经度", "longitude", "lng", "x"), True, parse_longitude),
    Field("lat", ("纬度", "latitude", "y"), True, parse_latitude),
    Field("address", ("地址", "站点地址", "详细地址"), False),
    Field("phone", ("电话", "联系电话", "tel", "telephone"), False),
    Field("hours", ("开放时间", "服务时间", "营业时间", "opening_hours"), False, _hours),
    Field("services", ("服务", "服务项目", "服务事项"), False, parse_list),
    Field("roles", ("角色", "功能", "六大功能", "站点角色"), False, list_of(ROLE_WORDS)),
    Field("zone_kind", ("区域类型", "四区类型", "五区类型", "zone"), False, one_of(ZONE_WORDS)),
    Field("status", ("状态", "运行状态"), False, one_of(STATUS_WORDS)),
    Field("opened_on", ("启用日期", "开放日期", "建成日期"), False, parse_day),
    Field("introduction", ("简介", "介绍", "站点简介", "description"), False),
)
FIELDS = (*PLAIN_FIELDS, *CHECK_FIELDS)


def overlapping(rules: tuple[Rule, ...]) -> str:
    """Return the first two rows of hours that overlap, as text; empty where none do."""
    for clash in clashes_among(rules):
        return f"{hours_text([clash.first])} / {hours_text([clash.second])}"
    return ""


def code_from_name(name: str) -> str:
    """Return a code for a station whose table has none: the letters and digits of its name."""
    plain = unicodedata.normalize("NFKC", name).upper()
    return "".join(char for char in plain if char.isalnum())[:32]


def stations_template() -> bytes:
    """Return an .xlsx with the headings, two examples and the words to choose from."""
    columns = [(one.titles[0], one.name) for one in FIELDS]
    examples: dict[str, tuple[Cell, Cell]] = {
        "code": ("ST-001", "ST-002"),
        "name": ("红枫党群服务站", "青松邻里中心"),
        "kind": ("居村党群服务站", "邻里中心"),
        "level": ("居村委", "片区"),
        "unit_code": ("310113111001", "310113111002"),
        "lon": (121.4815, 121.4862),
        "lat": (31.3208, 31.3235),
        "address": ("红枫路1号", "青松路20号"),
        "phone": ("021-00000001", "021-00000002"),
        "hours": ("周一至周五 09:00-12:00,13:00-17:00; 法定节假日 休息", "周一至周日 07:00-21:00"),
        "services": ("图书借阅", "社区助餐；图书借阅"),
        "roles": ("服务窗口；议事厅", "活动中心"),
        "entrance_step_free": ("是", "否"),
        "door_width_cm": (90, 80),
    }
    rows = [[examples.get(name, (None, None))[n] for _title, name in columns] for n in (0, 1)]
    choices = {"kind": chinese(KIND_WORDS), "status": chinese(STATUS_WORDS)}
    return template_book("站点", columns, rows, choices)
