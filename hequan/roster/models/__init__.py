"""Tables of the roster, each in the file named by its thing."""

from hequan.roster.models.duty import DutyFeed, DutyPattern, DutySlot, Leave
from hequan.roster.models.matters import Matter, MatterVersion
from hequan.roster.models.mentoring import Mentoring, MentoringMeeting
from hequan.roster.models.pools import Pool, PoolMember
from hequan.roster.models.posts import Post
from hequan.roster.models.registrations import Registration, UnitFeedback
from hequan.roster.models.responsibilities import (
    ItemParty,
    ResponsibilityItem,
    ResponsibilityList,
    ResponsibilityParty,
    ServiceArea,
)

__all__ = [
    "DutyFeed",
    "DutyPattern",
    "DutySlot",
    "ItemParty",
    "Leave",
    "Matter",
    "MatterVersion",
    "Mentoring",
    "MentoringMeeting",
    "Pool",
    "PoolMember",
    "Post",
    "Registration",
    "ResponsibilityItem",
    "ResponsibilityList",
    "ResponsibilityParty",
    "ServiceArea",
    "UnitFeedback",
]
