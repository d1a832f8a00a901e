"""Tables of the roster, each in the file named by its thing."""

from hequan.roster.models.duty import DutyFeed, DutyPattern, DutySlot, Leave
from hequan.roster.models.mentoring import Mentoring, MentoringMeeting
from hequan.roster.models.pools import Pool, PoolMember
from hequan.roster.models.posts import Post
from hequan.roster.models.registrations import Registration, UnitFeedback

__all__ = [
    "DutyFeed",
    "DutyPattern",
    "DutySlot",
    "Leave",
    "Mentoring",
    "MentoringMeeting",
    "Pool",
    "PoolMember",
    "Post",
    "Registration",
    "UnitFeedback",
]
