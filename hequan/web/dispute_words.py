"""Words of mediation, the case library and early warning (调解、案例库、预警用语)."""

from collections.abc import Mapping
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

from hequan.cases.dispute_kinds import DisputeKind, DisputeState, Ending, MemberRole
from hequan.cases.dispute_moves import DisputeMoveName
from hequan.cases.library import WhyShown, WriteUpState

DISPUTE_WORDS: dict[type[StrEnum], dict[str, Promise]] = {
    DisputeKind: {
        DisputeKind.FAMILY: pgettext_lazy("dispute", "Marriage and family"),
        DisputeKind.NEIGHBOURS: pgettext_lazy("dispute", "Neighbours"),
        DisputeKind.PROPERTY_SERVICE: pgettext_lazy("dispute", "Property service"),
        DisputeKind.HOUSING: pgettext_lazy("dispute", "House and homestead"),
        DisputeKind.RELOCATION: pgettext_lazy("dispute", "Relocation"),
        DisputeKind.CONTRACT: pgettext_lazy("dispute", "Contract"),
        DisputeKind.BUSINESS: pgettext_lazy("dispute", "Production and business"),
        DisputeKind.LABOUR: pgettext_lazy("dispute", "Labour"),
        DisputeKind.WAGES: pgettext_lazy("dispute", "Unpaid wages"),
        DisputeKind.DAMAGES: pgettext_lazy("dispute", "Damages"),
        DisputeKind.TRAFFIC: pgettext_lazy("dispute", "Road accident"),
        DisputeKind.MEDICAL: pgettext_lazy("dispute", "Medical"),
        DisputeKind.CONSUMER: pgettext_lazy("dispute", "Consumer"),
        DisputeKind.ENVIRONMENT: pgettext_lazy("dispute", "Environment"),
        DisputeKind.LAND: pgettext_lazy("dispute", "Land and forest"),
        DisputeKind.OTHER: pgettext_lazy("dispute", "Other dispute"),
    },
    DisputeState: {
        DisputeState.ASKED: pgettext_lazy("dispute", "Waiting for mediators"),
        DisputeState.MEDIATING: pgettext_lazy("dispute", "In mediation"),
        DisputeState.AGREED: pgettext_lazy("dispute", "Agreed, being kept"),
        DisputeState.CLOSED: pgettext_lazy("dispute", "At its end"),
    },
    Ending: {
        Ending.AGREED: pgettext_lazy("dispute", "agreed and kept"),
        Ending.NOT_AGREED: pgettext_lazy("dispute", "no agreement"),
        Ending.WITHDRAWN: pgettext_lazy("dispute", "withdrawn"),
        Ending.COURT: pgettext_lazy("dispute", "to a court"),
        Ending.ARBITRATION: pgettext_lazy("dispute", "to arbitration"),
    },
    MemberRole: {
        MemberRole.HEAD: pgettext_lazy("dispute", "Named the mediators"),
        MemberRole.MEDIATOR: pgettext_lazy("dispute", "Mediator"),
    },
    DisputeMoveName: {
        DisputeMoveName.ASSIGN: pgettext_lazy("dispute move", "Name the mediators"),
        DisputeMoveName.SIT: pgettext_lazy("dispute move", "Note a session"),
        DisputeMoveName.AGREE: pgettext_lazy("dispute move", "Enter the agreement"),
        DisputeMoveName.NO_AGREEMENT: pgettext_lazy("dispute move", "End without agreement"),
        DisputeMoveName.WITHDRAW: pgettext_lazy("dispute move", "Withdraw the dispute"),
        DisputeMoveName.HAND_ON: pgettext_lazy("dispute move", "Hand on to court or arbitration"),
        DisputeMoveName.KEEP_TERM: pgettext_lazy("dispute move", "Note a term as kept"),
        DisputeMoveName.VISIT: pgettext_lazy("dispute move", "Note a follow-up visit"),
        DisputeMoveName.CLOSE: pgettext_lazy("dispute move", "Close: all is kept"),
        DisputeMoveName.ADD_PARTY: pgettext_lazy("dispute move", "Add a party"),
    },
    WriteUpState: {
        WriteUpState.IN_REVIEW: pgettext_lazy("write-up", "In review"),
        WriteUpState.SENT_BACK: pgettext_lazy("write-up", "Sent back to its author"),
        WriteUpState.PUBLISHED: pgettext_lazy("write-up", "In the library"),
        WriteUpState.WITHDRAWN: pgettext_lazy("write-up", "Withdrawn"),
    },
    WhyShown: {
        WhyShown.SAME_MATTER: pgettext_lazy("write-up", "the same matter"),
        WhyShown.SAME_CLASS: pgettext_lazy("write-up", "the same class"),
        WhyShown.ALIKE_WORDS: pgettext_lazy("write-up", "alike words"),
    },
}

# what the steps of a record say was done
DISPUTE_DONE: Mapping[str, Promise] = {
    "open": pgettext_lazy("dispute done", "Brought"),
    DisputeMoveName.ASSIGN: pgettext_lazy("dispute done", "Mediators named"),
    DisputeMoveName.SIT: pgettext_lazy("dispute done", "Session held"),
    DisputeMoveName.AGREE: pgettext_lazy("dispute done", "Agreement signed"),
    DisputeMoveName.NO_AGREEMENT: pgettext_lazy("dispute done", "Ended without agreement"),
    DisputeMoveName.WITHDRAW: pgettext_lazy("dispute done", "Dispute withdrawn"),
    DisputeMoveName.HAND_ON: pgettext_lazy("dispute done", "Handed on"),
    DisputeMoveName.KEEP_TERM: pgettext_lazy("dispute done", "Term kept"),
    DisputeMoveName.VISIT: pgettext_lazy("dispute done", "Visited"),
    DisputeMoveName.CLOSE: pgettext_lazy("dispute done", "Record closed"),
    DisputeMoveName.ADD_PARTY: pgettext_lazy("dispute done", "Party added"),
}

_STEP = "dispute_"


def dispute_step_word(move: str) -> Promise | None:
    """Return what an audit verb such as `dispute_sit` is called, None for other verbs."""
    if not move.startswith(_STEP):
        return None
    return DISPUTE_DONE.get(move.removeprefix(_STEP))
