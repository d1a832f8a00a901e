"""Organisations of a demo (单位): firms, shops, departments, social bodies, made up.

Their credit codes have a right check character and an area (109901) that does not exist.
"""

from dataclasses import dataclass

import numpy as np

from hequan.demo.chance import shared_out, stream
from hequan.demo.land import Land
from hequan.demo.names import NameGiver
from hequan.people.kinds import OrganisationKind as K

_LETTERS = "0123456789ABCDEFGHJKLMNPQRTUWXY"  # GB 32100-2015: without I O Z S V
_WEIGHTS = tuple(pow(3, i, 31) for i in range(17))
# kind, first two characters of the code ("" = none), how often, endings of the name, new field
_KINDS: tuple[tuple[K, str, float, tuple[str, ...], bool], ...] = (
    (
        K.FIRM,
        "91",
        0.38,
        ("科技有限公司", "信息技术有限公司", "文化传播有限公司", "物流有限公司"),
        True,
    ),
    (K.SHOP, "92", 0.22, ("便利店", "小吃店", "理发店", "药房", "水果店", "五金店"), True),
    (K.SOCIAL, "52", 0.10, ("社会工作服务中心", "公益促进中心", "养老服务社"), True),
    (K.INSTITUTION, "12", 0.08, ("小学", "幼儿园", "社区卫生服务站", "中学"), False),
    (K.PROPERTY_FIRM, "91", 0.08, ("物业管理有限公司",), False),
    (K.OWNERS_COMMITTEE, "", 0.08, ("业主委员会",), False),
    (K.DEPARTMENT, "11", 0.03, ("城市管理所", "市场监管所", "派出所"), False),
    (K.ALLIANCE, "", 0.03, ("共建联盟", "商户联盟"), False),
)


@dataclass(frozen=True)
class Body:
    """One organisation and where it sits."""

    name: str
    kind: K
    credit_code: str
    committee: int
    lon: float
    lat: float
    address: str
    is_new_field: bool


def found_organisations(land: Land) -> list[Body]:
    """Return the organisations of a land, town by town."""
    plan = land.plan
    rng = stream(plan.seed, "organisations")
    each = shared_out(plan.scale.organisations, np.ones(len(plan.towns)))
    homes_of_town = plan.committee_town[plan.grid_committee[land.homes.grid]]
    bodies: list[Body] = []
    for town, count in enumerate(each.tolist()):
        giver = NameGiver(plan.seed, 100_000 + town)
        own = np.flatnonzero(homes_of_town == town)
        beside = rng.choice(own, size=count)
        kinds = rng.choice(len(_KINDS), size=count, p=[kind[2] for kind in _KINDS])
        for home, kind in zip(beside.tolist(), kinds.tolist(), strict=True):
            bodies.append(_body(land, rng, giver, home, kind, len(bodies)))
    return bodies


def _body(
    land: Land, rng: np.random.Generator, giver: NameGiver, home: int, kind: int, serial: int
) -> Body:
    """Return an organisation on the ground floor of a building or beside it."""
    code, prefix, _, endings, new_field = _KINDS[kind]
    homes, plan = land.homes, land.plan
    zone = int(homes.zone[home])
    shift = rng.uniform(-0.00008, 0.00008, 2)
    return Body(
        name=giver.head() + endings[int(rng.integers(len(endings)))],
        kind=code,
        credit_code=credit_code(prefix, serial) if prefix else "",
        committee=int(plan.grid_committee[homes.grid[home]]),
        lon=round(float(homes.lon[home] + shift[0]), 7),
        lat=round(float(homes.lat[home] + shift[1]), 7),
        address=f"{land.names.zones[zone]}{int(homes.number[home])}号底层",
        is_new_field=new_field,
    )


def credit_code(prefix: str, serial: int) -> str:
    """Return a code that is right by its check character and nobody's by its division."""
    body = ""
    for _ in range(9):
        serial, digit = divmod(serial, 31)
        body = _LETTERS[digit] + body
    first = f"{prefix}109901{body}"
    total = sum(_LETTERS.index(c) * w for c, w in zip(first, _WEIGHTS, strict=True))
    return first + _LETTERS[(31 - total) % 31]
