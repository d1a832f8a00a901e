"""Tables of the one window: cases, their course, what a class asks, followers, ratings."""

from hequan.cases.models.baskets import Basket, BasketEntry
from hequan.cases.models.cases import Case, CaseStep
from hequan.cases.models.disputes import (
    Dispute,
    DisputeMember,
    DisputeParty,
    DisputeSession,
    DisputeStep,
    DisputeTerm,
    DisputeVisit,
)
from hequan.cases.models.helping import HelpTask, SiteVisit, VisitGuest, WorkItem
from hequan.cases.models.library import WriteUp, WriteUpGram
from hequan.cases.models.photos import CasePhoto
from hequan.cases.models.rating import Rating
from hequan.cases.models.repairs import (
    PriceItem,
    Provider,
    Quote,
    QuoteLine,
    Repair,
    RepairStep,
)
from hequan.cases.models.same_matter import Follower, JointRating
from hequan.cases.models.sources import CaseSource, PublicWords
from hequan.cases.models.terms import ClassTerms
from hequan.cases.models.webhooks import Webhook

__all__ = [
    "Basket",
    "BasketEntry",
    "Case",
    "CasePhoto",
    "CaseSource",
    "CaseStep",
    "ClassTerms",
    "Dispute",
    "DisputeMember",
    "DisputeParty",
    "DisputeSession",
    "DisputeStep",
    "DisputeTerm",
    "DisputeVisit",
    "Follower",
    "HelpTask",
    "JointRating",
    "PriceItem",
    "Provider",
    "PublicWords",
    "Quote",
    "QuoteLine",
    "Rating",
    "Repair",
    "RepairStep",
    "SiteVisit",
    "VisitGuest",
    "Webhook",
    "WorkItem",
    "WriteUp",
    "WriteUpGram",
]
