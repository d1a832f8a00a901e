"""Words of the coverage report and its map (报告用语): English, then Chinese."""

REPORT_WORDS: dict[str, tuple[str, str]] = {
    "profile.planning": ("planning default", "规划默认"),
    "profile.adult": ("adult", "成年人"),
    "profile.elder": ("elder 65+", "65 岁以上老人"),
    "profile.frail": ("frail elder", "体弱老人"),
    "profile.child": ("child or pram", "儿童或推婴儿车"),
    "profile.wheelchair": ("wheelchair, step-free", "轮椅（无台阶）"),
    "report.title": ("Fifteen-minute coverage", "步行可达性报告"),
    "report.walks": ("on foot to the nearest open station", "步行到最近的开放站点"),
    "report.always": ("Opening hours were not taken into account.", "未考虑开放时间。"),
    "report.at": (
        "Counted for {at}: {open} of {all} stations open.",
        "按 {at} 计算：{all} 个站点中 {open} 个开放。",
    ),
    "report.lead": (
        (
            "{share} of {people} people reach a station within {minutes} minutes at the pace of: "
            "{profile}. {left} people do not."
        ),
        (
            "{people} 人中，按{profile}的步速，{share} 能在 {minutes} 分钟内走到服务站点，{left} "
            "人不能。"
        ),
    ),
    "report.straight_lead": (
        (
            "As the crow flies it would be {straight}: streets, walls and crossings cost "
            "{points} percentage points."
        ),
        "若按直线距离计算为 {straight}：道路走向、围墙和路口使可达率相差 {points} 个百分点。",
    ),
    "report.facts": ("In figures", "概况"),
    "report.people": ("people", "人口"),
    "report.homes": ("places where they live", "居住点"),
    "report.stations": ("stations", "站点"),
    "report.street_km": ("km of streets on foot", "可步行道路（公里）"),
    "report.shares": ("Who reaches a station", "各类人群可达率"),
    "report.profile": ("Walker", "人群"),
    "report.speed": ("Pace", "步速"),
    "report.network": ("by street", "按道路"),
    "report.straight": ("straight line", "直线"),
    "report.unreached": ("No way at all (people)", "无路可达（人）"),
    "report.beyond": ("longer than {minutes} min", "超过 {minutes} 分钟"),
    "report.within": ("within {minutes} min", "{minutes} 分钟内"),
    "report.between": ("{low}–{high} min", "{low}–{high} 分钟"),
    "report.upto": ("up to {high} min", "{high} 分钟以内"),
    "report.no_way": ("no way", "无路可达"),
    "report.map": ("Map", "地图"),
    "report.map_alt": (
        (
            "Map of streets, stations and homes, coloured by the minutes to the nearest station "
            "at the pace of: {profile}. The tables below say the same."
        ),
        "路网、站点和居住点地图，按{profile}走到最近站点的分钟数着色。下方表格内容相同。",
    ),
    "report.services": ("By service", "按服务项目"),
    "report.services_note": (
        "Share of people who reach a station that offers the service within {minutes} minutes.",
        "{minutes} 分钟内能走到提供该服务的站点的人口比例。",
    ),
    "report.service": ("Service", "服务"),
    "report.ages": ("By age", "按年龄"),
    "report.ages_note": (
        "Share of each age group within {minutes} minutes, at the pace of each walker.",
        "各年龄段在 {minutes} 分钟内可达的比例（按各类步速）。",
    ),
    "report.age": ("Age group", "年龄段"),
    "report.gaps": ("Where people are left out", "服务盲区"),
    "report.gaps_note": (
        (
            "Homes more than {minutes} minutes from every station at the pace of: {profile}, "
            "gathered into places; most people first."
        ),
        "按{profile}步速，{minutes} 分钟内走不到任何站点的居住点，按人数由多到少归并成片。",
    ),
    "report.no_gaps": ("Nobody is left out.", "没有盲区。"),
    "report.gap_place": ("Centre (longitude, latitude)", "中心（经度，纬度）"),
    "report.gap_homes": ("Places", "居住点"),
    "report.gap_nearest": ("Nearest station, straight line", "最近站点（直线）"),
    "report.more": ("and {count} more with {people} people", "另有 {count} 处，共 {people} 人"),
    "report.catchments": ("What each station serves", "各站点服务人口"),
    "report.catchments_note": (
        (
            "People to whom the station is the nearest, at the pace of: {profile}. Every station "
            "and walker is in stations.csv."
        ),
        "以该站点为最近站点的人数（{profile}步速）。全部站点和人群见 stations.csv。",
    ),
    "report.station": ("Station", "站点"),
    "report.notes": ("What to know about the input", "数据说明"),
    "report.method": ("How it was counted", "计算方法"),
    "report.method_text": (
        (
            "Every home and station joins the nearest point on a street it may walk; the way to "
            "and from the street counts as walking. Times are the shortest along the streets, "
            "exact for the map given, with stairs, slopes, crossings, gates and one-way paths by "
            "walker. Points more than 500 m from every street count as unreachable. A "
            "straight-line figure asks only whether the walker would arrive in time by air."
        ),
        (
            "每个居住点和站点接到最近的可走道路上的一点，接路距离计入步行。时间为给定路网上的精确"
            "最短时间，并按人群计入台阶、坡度、过街、门禁和单行步道。离道路超过 500 米的点按不可"
            "达计算。直线数字只问按直线走是否来得及。"
        ),
    ),
    "report.source": ("Source of the pace", "步速来源"),
    "report.inputs": ("Files", "数据文件"),
    "report.streets_file": ("streets", "路网"),
    "report.stations_file": ("stations", "站点"),
    "report.residents_file": ("residents", "居民"),
    "report.made": ("Made with hequan {version}.", "由 hequan {version} 生成。"),
    "map.station": ("station", "站点"),
    "map.station_closed": ("closed at this hour", "此时未开放"),
    "map.home": ("homes, minutes to the nearest station", "居住点（到最近站点的分钟数）"),
    "map.outline": ("reached, the nearer the darker", "可达范围（越近越深）"),
    "map.scale": ("{metres} m", "{metres} 米"),
    "map.scale_km": ("{kilometres} km", "{kilometres} 公里"),
}
