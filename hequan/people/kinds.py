"""Kinds of organisations."""

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
    ALLIANCE = "alliance"
    OTHER = "other"


class Channel(StrEnum):
    """How a text reaches somebody (发送渠道)."""

    SMS = "sms"
    MAIL = "mail"
    WEIXIN = "weixin"
    WECOM = "wecom"
