"""What officers write in a responsibility list (清单用词): roles, and parties by their headings."""

from dataclasses import replace

from hequan.files.headers import heading_key
from hequan.people.kinds import OrganisationKind
from hequan.roster.kinds import PostKind
from hequan.roster.responsibilities import PartyFacts, PartyRole, ResolvesBy
from hequan.territory.kinds import Level

_ROLES = {
    PartyRole.ANSWERABLE: ("主责", "牵头", "负责", "责任", "主管", "A"),
    PartyRole.DOES: ("实施", "承办", "执行", "办理", "R"),
    PartyRole.HELPS: ("配合", "协助", "协同", "支持", "C"),
    PartyRole.INFORMED: ("知悉", "告知", "知晓", "备案", "I"),
}
ROLE_WORDS = {
    heading_key(word): role for role, words in _ROLES.items() for word in (str(role), *words)
}
ROLE_CHINESE = {role: words[0] for role, words in _ROLES.items()}


def _post(kind: PostKind, level: Level) -> PartyFacts:
    return PartyFacts(0, "", ResolvesBy.POST, post_kind=kind, level=level)


def _station(kind: PostKind) -> PartyFacts:
    return PartyFacts(0, "", ResolvesBy.STATION_POST, post_kind=kind)


def _body(kind: OrganisationKind) -> PartyFacts:
    return PartyFacts(0, "", ResolvesBy.ORGANISATION_KIND, organisation_kind=kind)


_PARTIES: tuple[tuple[PartyFacts, tuple[str, ...]], ...] = (
    (_post(PostKind.GRID_HEAD, Level.GRID), ("网格长", "微网格长", "grid head")),
    (_post(PostKind.GRID_WORKER, Level.GRID), ("网格员", "专职网格员", "grid worker")),
    (_post(PostKind.GRID_PART_TIMER, Level.GRID), ("兼职网格员",)),
    (
        _post(PostKind.COMMITTEE_DIRECTOR, Level.COMMITTEE),
        ("居委会主任", "居委主任", "居委会", "居村委", "村委会", "committee director"),
    ),
    (
        _post(PostKind.COMMITTEE_SECRETARY, Level.COMMITTEE),
        ("居民区书记", "居村书记", "居委会书记", "党总支书记", "社区书记", "committee secretary"),
    ),
    (_post(PostKind.AREA_HEAD, Level.AREA), ("片区长", "片长", "片区", "area head")),
    (_post(PostKind.TOWN_OFFICER, Level.TOWN), ("镇政府", "街道办事处", "街镇", "town officer")),
    (_station(PostKind.STATION_HEAD), ("站长", "党群服务站站长", "站点负责人", "station head")),
    (_station(PostKind.STATION_CLERK), ("站务员", "站点工作人员", "服务窗口", "station clerk")),
    (_body(OrganisationKind.PROPERTY_FIRM), ("物业公司", "物业", "物业企业", "property firm")),
    (_body(OrganisationKind.OWNERS_COMMITTEE), ("业委会", "业主委员会", "owners committee")),
)
_BY_HEADING = {heading_key(word): facts for facts, words in _PARTIES for word in words}


def party_by_heading(heading: str) -> PartyFacts | None:
    """Return the party a heading means by its words; None where they tell nothing."""
    found = _BY_HEADING.get(heading_key(heading))
    return replace(found, name=heading) if found else None
