"""Words of handling together (协同用语): states and moves of help, visits, works, limits."""

from collections.abc import Mapping
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

from hequan.cases.helping import HelpMoveName, HelpState, VisitState
from hequan.cases.kinds import LimitUnit

HELP_WORDS: dict[type[StrEnum], dict[str, Promise]] = {
    HelpState: {
        HelpState.ASKED: pgettext_lazy("help", "Waiting to be taken on"),
        HelpState.TAKEN_ON: pgettext_lazy("help", "Taken on"),
        HelpState.DONE: pgettext_lazy("help", "Finished"),
        HelpState.DECLINED: pgettext_lazy("help", "Declined"),
        HelpState.TAKEN_BACK: pgettext_lazy("help", "Taken back"),
    },
    HelpMoveName: {
        HelpMoveName.TAKE_ON: pgettext_lazy("help move", "Take on"),
        HelpMoveName.FINISH: pgettext_lazy("help move", "Report done"),
        HelpMoveName.DECLINE: pgettext_lazy("help move", "Decline"),
        HelpMoveName.TAKE_BACK: pgettext_lazy("help move", "Take the task back"),
        HelpMoveName.HAND_OVER: pgettext_lazy("help move", "Hand the task over"),
        HelpMoveName.LAPSE: pgettext_lazy("help move", "Lapse"),
    },
    VisitState: {
        VisitState.SET: pgettext_lazy("visit", "To come"),
        VisitState.HELD: pgettext_lazy("visit", "Held"),
        VisitState.CALLED_OFF: pgettext_lazy("visit", "Called off"),
    },
    LimitUnit: {
        LimitUnit.WORK_HOUR: pgettext_lazy("limit", "working hours"),
        LimitUnit.WORK_DAY: pgettext_lazy("limit", "working days"),
        LimitUnit.URGENT_HOUR: pgettext_lazy("limit", "hours round the clock"),
        LimitUnit.URGENT_DAY: pgettext_lazy("limit", "days round the clock"),
        LimitUnit.NATURAL_DAY: pgettext_lazy("limit", "calendar days"),
    },
}
# what the course of a case says was done
HELP_DONE: Mapping[str, Promise] = {
    "help_ask": pgettext_lazy("done", "Help asked"),
    HelpMoveName.TAKE_ON: pgettext_lazy("done", "Help taken on"),
    HelpMoveName.FINISH: pgettext_lazy("done", "Help done"),
    HelpMoveName.DECLINE: pgettext_lazy("done", "Help declined"),
    HelpMoveName.TAKE_BACK: pgettext_lazy("done", "Help taken back"),
    HelpMoveName.HAND_OVER: pgettext_lazy("done", "Help handed over to the next holder"),
    HelpMoveName.LAPSE: pgettext_lazy("done", "Help ended: post or case has ended"),
    "visit_set": pgettext_lazy("done", "Joint visit set"),
    "visit_held": pgettext_lazy("done", "Joint visit held"),
    "visit_called_off": pgettext_lazy("done", "Joint visit called off"),
    "works_add": pgettext_lazy("done", "Work listed"),
    "works_count": pgettext_lazy("done", "Works counted"),
}
