"""Kinds of disputes (矛盾纠纷): what about, how a record stands, how it ended, who is in it."""

from enum import StrEnum


class DisputeKind(StrEnum):
    """What a dispute is about (纠纷类别), as people's mediation 人民调解 counts it."""

    FAMILY = "family"
    NEIGHBOURS = "neighbours"
    PROPERTY_SERVICE = "property_service"
    HOUSING = "housing"
    RELOCATION = "relocation"
    CONTRACT = "contract"
    BUSINESS = "business"
    LABOUR = "labour"
    WAGES = "wages"
    DAMAGES = "damages"
    TRAFFIC = "traffic"
    MEDICAL = "medical"
    CONSUMER = "consumer"
    ENVIRONMENT = "environment"
    LAND = "land"
    OTHER = "other"


class DisputeState(StrEnum):
    """How a mediation record stands (调解状态)."""

    ASKED = "asked"  # waits for a head to name the mediators
    MEDIATING = "mediating"
    AGREED = "agreed"  # signed; its terms and follow-up visits run
    CLOSED = "closed"


class Ending(StrEnum):
    """How a mediation ended (调解结果)."""

    AGREED = "agreed"
    NOT_AGREED = "not_agreed"
    WITHDRAWN = "withdrawn"
    COURT = "court"
    ARBITRATION = "arbitration"


class MemberRole(StrEnum):
    """In what part somebody is in a record (参与身份)."""

    HEAD = "head"  # who named the mediators
    MEDIATOR = "mediator"


HANDED_ON = (Ending.COURT, Ending.ARBITRATION)
OPEN_DISPUTES = (DisputeState.ASKED, DisputeState.MEDIATING, DisputeState.AGREED)
