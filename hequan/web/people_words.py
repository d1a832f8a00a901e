"""Words of people and what ties them (人员用语): roles, guardians, frames, duplicates."""

from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from hequan.people.kinds import (
    FrameGroupKind,
    FrameKind,
    GuardianDocument,
    GuardianKind,
    Likelihood,
    LikeReason,
    MembershipRole,
)

PEOPLE_WORDS: dict[type[StrEnum], dict[str, Promise]] = {
    MembershipRole: {
        MembershipRole.MEMBER: _("Member"),
        MembershipRole.WORKER: _("Employee"),
        MembershipRole.HEAD: _("Head"),
        MembershipRole.LEGAL_REPRESENTATIVE: _("Legal representative"),
        MembershipRole.CONTACT: _("Contact"),
        MembershipRole.OWNER: _("Owner"),
        MembershipRole.VOLUNTEER: _("Volunteer"),
    },
    GuardianKind: {
        GuardianKind.PARENT: _("Parent"),
        GuardianKind.GRANDPARENT: _("Grandparent"),
        GuardianKind.SIBLING: _("Grown-up sibling"),
        GuardianKind.OTHER_RELATIVE: _("Other relative or friend"),
        GuardianKind.APPOINTED: _("Appointed guardian"),
        GuardianKind.COMMITTEE: _("Committee or civil affairs office"),
    },
    GuardianDocument: {
        GuardianDocument.HOUSEHOLD_REGISTER: _("Household register"),
        GuardianDocument.BIRTH_CERTIFICATE: _("Birth certificate"),
        GuardianDocument.ADOPTION_CERTIFICATE: _("Adoption certificate"),
        GuardianDocument.COURT_ORDER: _("Court order"),
        GuardianDocument.APPOINTMENT: _("Letter of appointment"),
    },
    FrameKind: {
        FrameKind.CO_BUILDING: _("Co-building frame"),
        FrameKind.ALLIANCE: _("Alliance of area, campus or park"),
    },
    FrameGroupKind: {
        FrameGroupKind.AREA: _("Group of an area"),
        FrameGroupKind.WORKING_GROUP: _("Working group"),
    },
    Likelihood: {
        Likelihood.SURE: _("surely one person"),
        Likelihood.LIKELY: _("probably one person"),
        Likelihood.ASK: _("ask first"),
    },
    LikeReason: {
        LikeReason.SAME_PHONE: _("same telephone number"),
        LikeReason.SAME_NAME: _("same name"),
        LikeReason.SAME_SOUND: _("names that sound alike"),
        LikeReason.LIKE_NAME: _("names that look alike"),
        LikeReason.SAME_BIRTH: _("same day of birth"),
        LikeReason.SAME_UNIT: _("same unit"),
        LikeReason.SAME_ADDRESS: _("same address"),
        LikeReason.OTHER_NAME: _("another name: a family may share a telephone"),
        LikeReason.OTHER_BIRTH: _("another day of birth"),
        LikeReason.OTHER_PHONE: _("another telephone number"),
    },
}
