"""What the plain commands say (命令行用语), in both languages side by side.

These commands run without Django and therefore without its catalogue. Each row is English, then
Chinese; `Words(language)` picks one and fills its gaps.
"""

import re
from collections.abc import Mapping, Sequence

from hequan.cli.report_words import REPORT_WORDS

LANGUAGES = ("zh", "en")

_WORDS: dict[str, tuple[str, str]] = {
    "overview": (
        "hequan 核圈: runs a town's neighbourhood service network.",
        "核圈 hequan：街镇家门口服务网络的运行工具。",
    ),
    "overview.plain": ("Commands on plain files:", "不需要数据库的命令："),
    "overview.django": ("Commands on the installation:", "面向已安装系统的命令："),
    "overview.more": (
        "`hequan COMMAND --help` explains one; `hequan help --commands` lists every one.",
        "`hequan 命令 --help` 查看说明；`hequan help --commands` 列出全部命令。",
    ),
    "command.coverage": (
        "who reaches which station on foot, from files to a report",
        "步行可达性：从文件到报告",
    ),
    "command.serve": ("run the pages and the worker", "运行网页和后台任务"),
    "command.import": ("read a town's own files into the database", "导入本地数据文件"),
    "command.demo": ("make a demo town", "生成演示街镇"),
    "command.backup": ("everything in one file, read back at once", "备份为一个文件并当场核验"),
    "command.restore": ("an installation from a backup", "从备份恢复"),
    "command.upgrade": ("to this release: backup, migrate, check", "升级：备份、迁移、检查"),
    "command.move": ("into another database, compared row by row", "迁移到另一数据库并逐行核对"),
    "command.keys": ("look at, add, move to and retire keys", "查看、新增、轮换与停用密钥"),
    "command.api_key": ("make or end a key for another system", "为其他系统发放或停用接口密钥"),
    "command.webhook": ("let another system hear of cases", "向其他系统推送工单事件"),
    "command.migrate": ("bring the database up to date", "更新数据库结构"),
    "command.worker": ("run background work only", "只运行后台任务"),
    "command.shell": ("an interactive Python", "交互式 Python"),
    "help.description": (
        "Walking coverage on plain files: who reaches which station in how many minutes.",
        "用普通文件计算步行可达性：谁能在几分钟内走到哪个服务站点。",
    ),
    "help.streets": (
        "OpenStreetMap extract: .osm, .osm.gz or .osm.pbf",
        "OpenStreetMap 路网：.osm、.osm.gz 或 .osm.pbf",
    ),
    "help.stations": (
        (
            "stations: CSV, XLSX, GeoJSON or GeoPackage with id, name, lon, lat[, services[, "
            "opening_hours]]; or libraries, community centres and social facilities of an "
            "OpenStreetMap extract"
        ),
        (
            "服务站点：CSV、XLSX、GeoJSON 或 GeoPackage，列为 编号、名称、经度、纬度[、服务[、开"
            "放时间]]；也可用 OpenStreetMap 数据里的图书馆、社区中心和社会服务设施"
        ),
    ),
    "help.residents": (
        "residents: the same formats with id, lon, lat, people[, age columns]; cells of a grid too",
        "居民：同样的格式，列为 编号、经度、纬度、人口[、各年龄段]；也可以是人口格网",
    ),
    "help.minutes": ("limits in minutes, rising", "时间上限（分钟），由小到大"),
    "help.profile": ("walkers, separated by commas: {known}", "人群，用逗号分隔：{known}"),
    "help.at": (
        'weekday and hour, such as "Tue 10:00" or "2026-05-12 10:00"; opening hours count then',
        "星期和时刻，如“周二 10:00”或“2026-05-12 10:00”；此时按开放时间计算",
    ),
    "help.out": ("folder for the results", "结果文件夹"),
    "help.columns": (
        "columns named otherwise, for both files: people=population,id=cell",
        "列名不同时的对应关系（两个文件通用）：people=人口数,id=格网号",
    ),
    "help.station_columns": ("the same for stations only", "同上，仅用于站点文件"),
    "help.resident_columns": ("the same for residents only", "同上，仅用于居民文件"),
    "help.age_columns": (
        "columns with people by age; recognised by names like 65+ or 0-14 otherwise",
        "分年龄人口的列；不写则按 65+、0-14岁 这类表头识别",
    ),
    "help.crs": (
        "coordinate system of longitudes and latitudes in both files",
        "两个文件中经纬度的坐标系",
    ),
    "help.station_crs": ("the same for stations only", "同上，仅用于站点文件"),
    "help.resident_crs": ("the same for residents only", "同上，仅用于居民文件"),
    "help.lang": ("language of report and messages", "报告和提示的语言"),
    "help.title": ("title of report and map", "报告和地图的标题"),
    "help.attribution": ("source line under the map", "地图下方的来源说明"),
    "error": ("hequan coverage: ", "hequan coverage："),
    "error.more": ("… and {count} more of this kind.", "……另有 {count} 处类似问题。"),
    "error.profile": (
        "there is no profile “{wanted}”. Choose from: {known}.",
        "没有“{wanted}”这类人群。可选：{known}。",
    ),
    "error.minutes": (
        "minutes “{wanted}” must be whole numbers between 1 and 240, rising, such as 5,10,15.",
        "时间上限“{wanted}”应为 1 到 240 之间的整数，由小到大，例如 5,10,15。",
    ),
    "error.at": (
        'the hour “{wanted}” cannot be read. Write it as "Tue 10:00" or "2026-05-12 10:00".',
        "时刻“{wanted}”无法识别。请写成“周二 10:00”或“2026-05-12 10:00”。",
    ),
    "error.out": (
        "results cannot be written to {path}: {reason}. Choose another folder with --out.",
        "无法把结果写到 {path}：{reason}。请用 --out 另选文件夹。",
    ),
    "error.field": (
        "--columns: there is no field “{wanted}”. The fields are: {fields}.",
        "--columns：没有“{wanted}”这个字段。字段有：{fields}。",
    ),
    "error.interrupted": ("stopped; nothing was written.", "已中止，没有写入任何文件。"),
    "coverage.station_far_away": (
        (
            "station {row} lies at longitude {lon}, latitude {lat}, {kilometres} km from the "
            "streets ({rows} such rows). Check for exchanged coordinates, or take the streets of "
            "that place."
        ),
        (
            "第 {row} 个站点位于经度 {lon}、纬度 {lat}，距路网 {kilometres} 公里（共 {rows} "
            "个）。请检查经纬度是否写反，或使用当地的路网。"
        ),
    ),
    "coverage.home_far_away": (
        (
            "resident row {row} lies at longitude {lon}, latitude {lat}, {kilometres} km from "
            "the streets ({rows} such rows). Check for exchanged coordinates, or take the "
            "streets of that place."
        ),
        (
            "第 {row} 行居民位于经度 {lon}、纬度 {lat}，距路网 {kilometres} 公里（共 {rows} "
            "行）。请检查经纬度是否写反，或使用当地的路网。"
        ),
    ),
    "network.unusable": (
        "No street of the network is open to this way of walking.",
        "路网中没有适合这种步行方式的道路。",
    ),
    "note.file": ("{file}: {text}", "{file}：{text}"),
    "warn.swapped": (
        "{file}: longitude and latitude look exchanged; they were read the other way round.",
        "{file}：经度和纬度似乎写反了，已对调读取。",
    ),
    "warn.shifted": (
        (
            "{file}: the points fit the streets better as {system} (median {there} m from a "
            "street instead of {here} m). If they are, run again with --crs {option}."
        ),
        (
            "{file}：按 {system} 解释时点位更贴近道路（到道路的中位距离 {there} 米，现为 {here} "
            "米）。如属实，请加 --crs {option} 重新运行。"
        ),
    ),
    "warn.far": (
        (
            "{file}: points more than {metres} m from every street: {count} ({people} people), "
            "counted as unreachable. Do the streets cover the whole area?"
        ),
        (
            "{file}：离道路超过 {metres} 米的点有 {count} 个（{people} 人），按不可达计算。请检查"
            "路网是否覆盖全部范围。"
        ),
    ),
    "warn.far_stations": (
        "{file}: stations more than {metres} m from every street: {count}; nobody reaches them.",
        "{file}：离道路超过 {metres} 米的站点有 {count} 个，无人可达。",
    ),
    "warn.none_open": (
        "No station is open at {at}; nobody reaches one.",
        "{at} 没有开放的站点，无人可达。",
    ),
    "warn.gates": (
        "Gates closed at {at}: {count} of {all}.",
        "{at} 有 {count} 处限时通行的门关闭（共 {all} 处）。",
    ),
    "warn.parts": (
        (
            "Unconnected parts of the streets: {count}; {share} of the length lies outside the "
            "largest."
        ),
        "路网有 {count} 个互不相连的部分，最大部分之外占总长的 {share}。",
    ),
    "step.streets": ("Reading streets", "读取路网"),
    "step.places": ("Reading stations and residents", "读取站点和居民"),
    "step.walks": ("Walking", "计算步行"),
    "step.outlines": ("Drawing outlines", "生成等时圈"),
    "step.write": ("Writing results", "写出结果"),
    "table.title": ("{people} people, {stations} stations", "{people} 人，{stations} 个站点"),
    "table.within": ("within {minutes} min", "{minutes} 分钟内"),
    "table.straight": ("{minutes} min by air", "{minutes} 分钟直线"),
    "table.written": ("Results are in {path}", "结果在 {path}"),
} | REPORT_WORDS


class Words:
    """The words of one language; calling it with a key returns the text, its gaps filled."""

    def __init__(self, language: str) -> None:
        """Choose `zh` or `en`."""
        self.language = "zh" if language.startswith("zh") else "en"

    def __call__(self, key: str, **gaps: object) -> str:
        """Return the text of a key; a key that is not known is a mistake of ours."""
        english, chinese = _WORDS[key]
        return (chinese if self.language == "zh" else english).format(**gaps)

    def knows(self, key: str) -> bool:
        """Return whether there is such a key."""
        return key in _WORDS

    def number(self, value: float) -> str:
        """Return a count with thousands separators; fractions of people are rounded."""
        return f"{value:,.0f}"

    def percent(self, share: float) -> str:
        """Return a share as a percentage with one decimal; a dash where there is nobody."""
        return "–" if share != share else f"{share:.1%}"


def language_of(arguments: Sequence[str], environment: Mapping[str, str]) -> str:
    """Return the language asked for by `--lang`, else by LANG where it is English, else Chinese."""
    for at, word in enumerate(arguments):
        found = re.fullmatch(r"--lang(?:=(\w+))?", word)
        wanted = found and (found[1] or next(iter(arguments[at + 1 : at + 2]), ""))
        if wanted in LANGUAGES:
            return str(wanted)
    spoken = environment.get("LC_ALL") or environment.get("LANG") or ""
    return "en" if spoken.lower().startswith("en") else "zh"
