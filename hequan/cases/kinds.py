"""Kinds of the one window: where a case came from, how it stands, what came of it."""

from enum import StrEnum


class CaseChannel(StrEnum):
    """Through which door a case came (受理渠道)."""

    PHONE_PAGE = "phone_page"  # the resident's own page
    COUNTER = "counter"
    PATROL = "patrol"
    TELEPHONE = "telephone"
    HOTLINE = "hotline"  # the city's 12345, with its own number and deadline
    INSPECTION = "inspection"
    ANOTHER_APP = "another_app"
    OPEN311 = "open311"
    IMPORTED = "imported"  # an old case of another system: none of our clocks ran for it


class CaseState(StrEnum):
    """How a case stands (案件状态); what leads from one to another is the table in `moves`."""

    TRIAGE = "triage"
    DISPATCHED = "dispatched"
    HANDLING = "handling"
    PAUSED = "paused"
    ANSWERED = "answered"
    VERIFIED = "verified"
    PUBLISHED = "published"
    RETURN_VISIT = "return_visit"
    CLOSED = "closed"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    MERGED = "merged"


class Result(StrEnum):
    """What came of it (办理结果)."""

    SOLVED = "solved"
    EXPLAINED = "explained"
    UNSOLVABLE = "unsolvable"
    NOT_OURS = "not_ours"


class ClockKind(StrEnum):
    """What a limit runs on (时限)."""

    CONTACT = "contact"
    ACCEPT = "accept"
    SOLVE = "solve"
    VERIFY = "verify"


class CaseQueue(StrEnum):
    """Which cases somebody looks through (队列)."""

    MINE = "mine"
    TO_DISPATCH = "to_dispatch"
    TO_CHECK = "to_check"  # answers to verify, and askers to visit
    LATE = "late"
    OPEN = "open"


class PhotoKind(StrEnum):
    """What a photo shows (照片种类): what was reported, the place before the work, and after."""

    REPORT = "report"
    BEFORE = "before"
    AFTER = "after"


class LimitUnit(StrEnum):
    """What a limit is counted in, after GB/T 30428."""

    WORK_HOUR = "work_hour"
    WORK_DAY = "work_day"
    URGENT_HOUR = "urgent_hour"
    URGENT_DAY = "urgent_day"
    NATURAL_DAY = "natural_day"


class TriageReason(StrEnum):
    """Why a case waits for the dispatcher (待分办原因)."""

    NO_PLACE = "no_place"
    NO_CLASS = "no_class"
    NOBODY_ANSWERS = "nobody_answers"
    SENT_BACK = "sent_back"
    POST_ENDED = "post_ended"


# from publishing on the asker may read the answer
ANSWER_SHOWN = (CaseState.PUBLISHED, CaseState.RETURN_VISIT, CaseState.CLOSED)
OPEN_STATES = (
    CaseState.TRIAGE,
    CaseState.DISPATCHED,
    CaseState.HANDLING,
    CaseState.PAUSED,
    CaseState.ANSWERED,
    CaseState.VERIFIED,
    CaseState.PUBLISHED,
    CaseState.RETURN_VISIT,
)
