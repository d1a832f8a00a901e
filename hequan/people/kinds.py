"""Kinds of organisations, channels and deliveries."""

from enum import StrEnum


class OrganisationKind(StrEnum):
    """What sort of body an organisation is (单位类型)."""

    FIRM = "firm"
    SHOP = "shop"
    DEPARTMENT = "department"
    INSTITUTION = "institution"
    BRANCH = "branch"
    SOCIAL = "social"
    OWNERS_COMMITTEE = "owners_committee"
    PROPERTY_FIRM = "property_firm"
    TEAM = "team"
    ALLIANCE = "alliance"
    OTHER = "other"


class Channel(StrEnum):
    """How a text reaches somebody (发送渠道)."""

    SMS = "sms"
    MAIL = "mail"
    WEIXIN = "weixin"
    WECOM = "wecom"


class DeliveryState(StrEnum):
    """How the sending of one message by one channel stands (发送状态)."""

    WAITING = "waiting"
    SENT = "sent"
    FAILED = "failed"
    DROPPED = "dropped"


class DeliveryReason(StrEnum):
    """Why a delivery did not go out, or not yet."""

    NO_ADDRESS = "no_address"
    REFUSED = "refused"
    UNREACHABLE = "unreachable"
    SWITCHED_OFF = "switched_off"


class MembershipRole(StrEnum):
    """What somebody is in an organisation (单位中的身份)."""

    MEMBER = "member"
    WORKER = "worker"
    HEAD = "head"
    LEGAL_REPRESENTATIVE = "legal_representative"
    CONTACT = "contact"
    OWNER = "owner"
    VOLUNTEER = "volunteer"


class GuardianKind(StrEnum):
    """Whose right it is to act for a minor (监护关系): Civil Code art. 27, 31 and 32."""

    PARENT = "parent"
    GRANDPARENT = "grandparent"
    SIBLING = "sibling"
    OTHER_RELATIVE = "other_relative"
    APPOINTED = "appointed"
    COMMITTEE = "committee"


class GuardianDocument(StrEnum):
    """What was shown to prove it (监护证明); the paper itself is not kept."""

    HOUSEHOLD_REGISTER = "household_register"
    BIRTH_CERTIFICATE = "birth_certificate"
    ADOPTION_CERTIFICATE = "adoption_certificate"
    COURT_ORDER = "court_order"
    APPOINTMENT = "appointment"


class FrameKind(StrEnum):
    """What sort of frame organisations act together in (共建框架)."""

    CO_BUILDING = "co_building"
    ALLIANCE = "alliance"


class FrameGroupKind(StrEnum):
    """What a group inside a frame is: of an area, or for a task."""

    AREA = "area"
    WORKING_GROUP = "working_group"


class Likelihood(StrEnum):
    """How sure it is that two rows are one person (重复程度)."""

    SURE = "sure"
    LIKELY = "likely"
    ASK = "ask"


class LikeReason(StrEnum):
    """Why two rows may be one person."""

    SAME_PHONE = "same_phone"
    SAME_NAME = "same_name"
    SAME_SOUND = "same_sound"
    LIKE_NAME = "like_name"
    SAME_BIRTH = "same_birth"
    SAME_UNIT = "same_unit"
    SAME_ADDRESS = "same_address"
    OTHER_NAME = "other_name"
    OTHER_BIRTH = "other_birth"
    OTHER_PHONE = "other_phone"


class BehalfBasis(StrEnum):
    """On what ground staff act for a person (代办依据)."""

    SPOKEN = "spoken"
    WRITTEN = "written"
    GUARDIAN = "guardian"
