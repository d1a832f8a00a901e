"""Kinds of what protects personal data: consents, documents, reasons, requests, registers."""

from enum import StrEnum


class ConsentPurpose(StrEnum):
    """What somebody consents to (同意事项); each has texts of its own."""

    ACCOUNT = "account"  # a name and a number are kept so that she can sign in
    ACT_ON_BEHALF = "act_on_behalf"  # staff enter and ask in her name
    REGISTRATION = "registration"  # what she offers at a station, and who she belongs to
    IDENTITY = "identity"  # an identity number is kept
    MESSAGES = "messages"  # told of offers she did not ask for
    SHARING = "sharing"  # handed to another body for a service
    PUBLISHING = "publishing"  # named in a published list
    CHILD = "child"  # a guardian's, for data of somebody under fourteen


class ConsentChannel(StrEnum):
    """How a consent or a request reached us."""

    ONLINE = "online"
    COUNTER = "counter"
    PHONE = "phone"
    PAPER = "paper"


class DocumentKind(StrEnum):
    """What shows who somebody is (证件类型)."""

    RESIDENT = "resident"
    HK_MACAO_TAIWAN = "hk_macao_taiwan"
    FOREIGN_RESIDENT = "foreign_resident"
    PASSPORT = "passport"


class RevealReason(StrEnum):
    """Why somebody's data is shown whole: chosen, never written, since it stays in the trail."""

    SHE_ASKED = "she_asked"
    CONTACT_HER = "contact_her"
    SERVICE = "service"
    CHECK_IDENTITY = "check_identity"
    EMERGENCY = "emergency"
    LEGAL_DUTY = "legal_duty"
    CORRECT = "correct"


class RequestKind(StrEnum):
    """What somebody asks about her data (个人信息权利请求)."""

    SEE = "see"
    EXPORT = "export"
    CORRECT = "correct"
    ERASE = "erase"
    EXPLAIN = "explain"


class RequestState(StrEnum):
    """How a request about data stands."""

    OPEN = "open"
    DONE = "done"
    REFUSED = "refused"


class AssessmentResult(StrEnum):
    """What an impact assessment came to (影响评估结论)."""

    GO_AHEAD = "go_ahead"
    WITH_MEASURES = "with_measures"
    DO_NOT = "do_not"


class BreachState(StrEnum):
    """How a breach stands."""

    OPEN = "open"
    CLOSED = "closed"
