"""Words of the one window (受理用语): states, moves, results, reasons."""

from collections.abc import Mapping
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from hequan.cases.kinds import CaseChannel, CaseQueue, CaseState, PhotoKind, Result, TriageReason
from hequan.cases.moves import MoveName
from hequan.cases.routing import WhyNot
from hequan.web.help_words import HELP_DONE
from hequan.web.repair_words import REPAIR_DONE

CASE_WORDS: dict[type[StrEnum], dict[str, Promise]] = {
    CaseChannel: {
        CaseChannel.PHONE_PAGE: _("Own page"),
        CaseChannel.COUNTER: _("Counter"),
        CaseChannel.PATROL: _("Patrol"),
        CaseChannel.TELEPHONE: pgettext_lazy("channel", "Telephone"),
        CaseChannel.HOTLINE: _("City hotline"),
        CaseChannel.INSPECTION: _("Inspection"),
        CaseChannel.ANOTHER_APP: _("Another part of the system"),
        CaseChannel.OPEN311: _("Open311"),
        CaseChannel.IMPORTED: _("Taken over from another system"),
    },
    CaseState: {
        CaseState.TRIAGE: pgettext_lazy("case", "Waiting for dispatch"),
        CaseState.DISPATCHED: pgettext_lazy("case", "Waiting to be accepted"),
        CaseState.HANDLING: pgettext_lazy("case", "In hand"),
        CaseState.PAUSED: pgettext_lazy("case", "Paused"),
        CaseState.ANSWERED: pgettext_lazy("case", "Waiting for verification"),
        CaseState.VERIFIED: pgettext_lazy("case", "Verified, not published"),
        CaseState.PUBLISHED: pgettext_lazy("case", "Answered, to be judged"),
        CaseState.RETURN_VISIT: pgettext_lazy("case", "Return visit"),
        CaseState.CLOSED: pgettext_lazy("case", "Closed"),
        CaseState.REFUSED: pgettext_lazy("case", "Refused"),
        CaseState.WITHDRAWN: pgettext_lazy("case", "Withdrawn"),
        CaseState.MERGED: pgettext_lazy("case", "Merged"),
    },
    CaseQueue: {
        CaseQueue.MINE: pgettext_lazy("queue", "Mine"),
        CaseQueue.TO_DISPATCH: pgettext_lazy("queue", "To dispatch"),
        CaseQueue.TO_CHECK: pgettext_lazy("queue", "To verify or visit"),
        CaseQueue.LATE: pgettext_lazy("queue", "Late"),
        CaseQueue.OPEN: pgettext_lazy("queue", "All open"),
    },
    Result: {
        Result.SOLVED: pgettext_lazy("result", "Solved"),
        Result.EXPLAINED: pgettext_lazy("result", "Explained"),
        Result.UNSOLVABLE: pgettext_lazy("result", "Cannot be solved"),
        Result.NOT_OURS: pgettext_lazy("result", "Not for us"),
    },
    PhotoKind: {
        PhotoKind.REPORT: pgettext_lazy("photo", "Reported"),
        PhotoKind.BEFORE: pgettext_lazy("photo", "Before"),
        PhotoKind.AFTER: pgettext_lazy("photo", "After"),
    },
    TriageReason: {
        TriageReason.NO_PLACE: _("the place is not known"),
        TriageReason.NO_CLASS: _("the kind of matter is not known"),
        TriageReason.NOBODY_ANSWERS: _("nobody answers for it by the list"),
        TriageReason.SENT_BACK: _("sent back by the handler"),
        TriageReason.POST_ENDED: _("nobody holds the post any more"),
    },
    WhyNot: {
        WhyNot.OFF_DUTY: _("not on duty, another is"),
        WhyNot.BUSIER: _("has more open cases"),
        WhyNot.LATER_IN_LIST: _("comes later in the list"),
    },
    MoveName: {
        MoveName.CLASSIFY: pgettext_lazy("move", "Say what and where"),
        MoveName.DISPATCH: pgettext_lazy("move", "Dispatch"),
        MoveName.ACCEPT: pgettext_lazy("move", "Accept"),
        MoveName.SEND_BACK: pgettext_lazy("move", "Send back"),
        MoveName.REFUSE: pgettext_lazy("move", "Refuse"),
        MoveName.CONTACT: pgettext_lazy("move", "Note a contact"),
        MoveName.HAND_OVER: pgettext_lazy("move", "Hand over"),
        MoveName.ASK_FOR_TIME: pgettext_lazy("move", "Ask for more time"),
        MoveName.PAUSE: pgettext_lazy("move", "Pause"),
        MoveName.RESUME: pgettext_lazy("move", "Resume"),
        MoveName.EXTEND: pgettext_lazy("move", "Give more days"),
        MoveName.ANSWER: pgettext_lazy("move", "Answer"),
        MoveName.SETTLE: pgettext_lazy("move", "Answer on the spot"),
        MoveName.VERIFY: pgettext_lazy("move", "Verify"),
        MoveName.SEND_AGAIN: pgettext_lazy("move", "Send to the handler again"),
        MoveName.PUBLISH: pgettext_lazy("move", "Publish the answer"),
        MoveName.RATE_GOOD: pgettext_lazy("move", "Satisfied"),
        MoveName.RATE_BAD: pgettext_lazy("move", "Not satisfied"),
        MoveName.VISIT: pgettext_lazy("move", "Note the return visit and close"),
        MoveName.REOPEN: pgettext_lazy("move", "Reopen"),
        MoveName.CLOSE_UNRATED: pgettext_lazy("move", "Close unjudged"),
        MoveName.WITHDRAW: pgettext_lazy("move", "Withdraw"),
        MoveName.SUPERVISE: pgettext_lazy("move", "Supervise"),
        MoveName.MERGE: pgettext_lazy("move", "Merge into another case"),
        MoveName.UNMERGE: pgettext_lazy("move", "Part from the other case"),
        MoveName.SPLIT: pgettext_lazy("move", "Split off other matters"),
        MoveName.TAKE_UP: pgettext_lazy("move", "Take up another case"),
        MoveName.LET_GO: pgettext_lazy("move", "Let another case go"),
    },
}

# what the course of a case says was done
DONE: Mapping[str, Promise] = {
    **HELP_DONE,
    **REPAIR_DONE,
    "open": pgettext_lazy("done", "Received"),
    "order_changed": pgettext_lazy("done", "Order changed by the hotline"),
    "import": pgettext_lazy("done", "Taken over from another system"),
    MoveName.CLASSIFY: pgettext_lazy("done", "Kind and place determined"),
    MoveName.DISPATCH: pgettext_lazy("done", "Dispatched"),
    MoveName.ACCEPT: pgettext_lazy("done", "Accepted"),
    MoveName.SEND_BACK: pgettext_lazy("done", "Sent back"),
    MoveName.REFUSE: pgettext_lazy("done", "Refused"),
    MoveName.CONTACT: pgettext_lazy("done", "Asker contacted"),
    MoveName.HAND_OVER: pgettext_lazy("done", "Handed over"),
    MoveName.ASK_FOR_TIME: pgettext_lazy("done", "More time asked for"),
    MoveName.PAUSE: pgettext_lazy("done", "Paused"),
    MoveName.RESUME: pgettext_lazy("done", "Resumed"),
    MoveName.EXTEND: pgettext_lazy("done", "More days given"),
    MoveName.ANSWER: pgettext_lazy("done", "Answer prepared"),
    MoveName.SETTLE: pgettext_lazy("done", "Answered on the spot"),
    MoveName.VERIFY: pgettext_lazy("done", "Answer verified"),
    MoveName.SEND_AGAIN: pgettext_lazy("done", "Sent to the handler again"),
    MoveName.PUBLISH: pgettext_lazy("done", "Answer published"),
    MoveName.RATE_GOOD: pgettext_lazy("done", "Judged: satisfied"),
    MoveName.RATE_BAD: pgettext_lazy("done", "Judged: not satisfied"),
    MoveName.VISIT: pgettext_lazy("done", "Visited again and closed"),
    MoveName.REOPEN: pgettext_lazy("done", "Reopened"),
    MoveName.CLOSE_UNRATED: pgettext_lazy("done", "Closed unjudged"),
    MoveName.WITHDRAW: pgettext_lazy("done", "Withdrawn"),
    MoveName.SUPERVISE: pgettext_lazy("done", "Supervised"),
    MoveName.MERGE: pgettext_lazy("done", "Joined to another case"),
    MoveName.UNMERGE: pgettext_lazy("done", "Handled by itself again"),
    MoveName.SPLIT: pgettext_lazy("done", "Split: several matters, several cases"),
    MoveName.TAKE_UP: pgettext_lazy("done", "Another case of the matter joined"),
    MoveName.LET_GO: pgettext_lazy("done", "The other case parted again"),
}

# how a case stands, said to whoever asked
STANDS: Mapping[str, Promise] = {
    CaseState.TRIAGE: _("We have it and are finding out who answers for it."),
    CaseState.DISPATCHED: _("It is with those who answer for it; they accept it next."),
    CaseState.HANDLING: _("Somebody is working on it."),
    CaseState.PAUSED: _("It rests for a while, with the reason approved. It is not forgotten."),
    CaseState.ANSWERED: _("The answer is written and being checked."),
    CaseState.VERIFIED: _("The answer is written and being checked."),
    CaseState.PUBLISHED: _("There is an answer. Please judge it below."),
    CaseState.RETURN_VISIT: _("You were not satisfied. Somebody will get in touch with you."),
    CaseState.CLOSED: _("It is closed."),
    CaseState.REFUSED: _("It cannot be taken up here. The reason is below."),
    CaseState.WITHDRAWN: _("It was withdrawn."),
    CaseState.MERGED: _("It goes on together with another case of the same matter."),
}


def done_word(move: str) -> str:
    """Return what a step of the course is called."""
    return str(DONE.get(move, move))
