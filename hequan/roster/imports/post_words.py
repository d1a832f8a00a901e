"""How posts are called in spreadsheets (岗位用语): any spelling to the kind."""

from hequan.roster.kinds import PostKind

_WORDS: dict[PostKind, tuple[str, ...]] = {
    PostKind.DISTRICT_OFFICER: ("区级工作人员", "区干部", "District officer"),
    PostKind.TOWN_OFFICER: ("镇级工作人员", "街镇工作人员", "镇干部", "街道干部", "Town officer"),
    PostKind.DEPARTMENT_OFFICER: ("部门工作人员", "职能部门干部", "Department officer"),
    PostKind.DATA_OFFICER: ("个人信息保护负责人", "数据专员", "Data officer"),
    PostKind.AREA_HEAD: ("片区长", "片区负责人", "片长", "Area head"),
    PostKind.COMMITTEE_SECRETARY: (
        *("居村党组织书记", "党总支书记", "书记", "居委书记", "居民区书记", "村书记"),
        "Committee secretary",
    ),
    PostKind.COMMITTEE_DIRECTOR: ("居村委主任", "主任", "居委主任", "村主任", "Committee director"),
    PostKind.COMMITTEE_WORKER: ("居村工作者", "社区工作者", "社工", "居委干部", "Committee worker"),
    PostKind.STATION_HEAD: ("站长", "站点负责人", "Station head"),
    PostKind.STATION_CLERK: ("站点工作人员", "窗口人员", "窗口工作人员", "Station clerk"),
    PostKind.GRID_HEAD: ("微网格长", "网格长", "Micro-grid head", "Grid head"),
    PostKind.GRID_WORKER: ("专职网格员", "专职微网格员", "网格员", "Grid worker"),
    PostKind.GRID_PART_TIMER: ("兼职网格员", "兼职微网格员", "Part-time grid worker"),
    PostKind.GRID_HELPER: ("微网格协管员", "协管员", "网格志愿者", "Grid helper", "Helper"),
    PostKind.REPAIR_DISPATCHER: ("维修调度员", "维修调度", "Repair dispatcher"),
    PostKind.REPAIR_WORKER: ("维修工", "维修人员", "Repair worker"),
    PostKind.LIAISON: ("单位联络员", "联络员", "Liaison"),
}
KIND_WORDS = {word: str(kind) for kind, words in _WORDS.items() for word in (*words, str(kind))}


def chinese_of(kind: PostKind) -> str:
    """Return the first Chinese word of a kind, for templates."""
    return _WORDS[kind][0]
