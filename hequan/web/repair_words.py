"""Words of the repair desk (维修用语): states, moves, ways of giving orders out."""

from collections.abc import Mapping
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

from hequan.cases.repairs import DispatchMode, RepairMoveName, RepairState

REPAIR_WORDS: dict[type[StrEnum], dict[str, Promise]] = {
    RepairState: {
        RepairState.OFFERED: pgettext_lazy("repair", "Waiting for a worker"),
        RepairState.TAKEN: pgettext_lazy("repair", "With a worker"),
        RepairState.QUOTED: pgettext_lazy("repair", "Quoted, waiting for the asker"),
        RepairState.REFUSED: pgettext_lazy("repair", "Quote refused"),
        RepairState.AGREED: pgettext_lazy("repair", "Agreed"),
        RepairState.UNDER_WAY: pgettext_lazy("repair", "Under way"),
        RepairState.DONE: pgettext_lazy("repair", "Done, to be accepted"),
        RepairState.ACCEPTED: pgettext_lazy("repair", "Accepted"),
        RepairState.CANCELLED: pgettext_lazy("repair", "Cancelled"),
    },
    RepairMoveName: {
        RepairMoveName.TAKE: pgettext_lazy("repair move", "Take the order"),
        RepairMoveName.ASSIGN: pgettext_lazy("repair move", "Give to a worker"),
        RepairMoveName.TURN: pgettext_lazy("repair move", "Give to whose turn it is"),
        RepairMoveName.GIVE_BACK: pgettext_lazy("repair move", "Give the order back"),
        RepairMoveName.QUOTE: pgettext_lazy("repair move", "Quote"),
        RepairMoveName.AGREE: pgettext_lazy("repair move", "Agree to the quote"),
        RepairMoveName.REFUSE: pgettext_lazy("repair move", "Refuse the quote"),
        RepairMoveName.START: pgettext_lazy("repair move", "Begin the work"),
        RepairMoveName.FINISH: pgettext_lazy("repair move", "Report the repair done"),
        RepairMoveName.ACCEPT: pgettext_lazy("repair move", "Accept the repair"),
        RepairMoveName.RETURN: pgettext_lazy("repair move", "Warranty return"),
        RepairMoveName.CANCEL: pgettext_lazy("repair move", "Cancel the order"),
        RepairMoveName.LAPSE: pgettext_lazy("repair move", "Lapse with the case"),
        RepairMoveName.LEAVE: pgettext_lazy("repair move", "Leave the worker"),
    },
    DispatchMode: {
        DispatchMode.GRAB: pgettext_lazy("dispatch", "The first to take it has it"),
        DispatchMode.ASSIGN: pgettext_lazy("dispatch", "The dispatcher names who"),
        DispatchMode.ROTATE: pgettext_lazy("dispatch", "By turns"),
    },
}
# what the course of a case says was done
REPAIR_DONE: Mapping[str, Promise] = {
    "repair_open": pgettext_lazy("done", "Repair ordered"),
    RepairMoveName.TAKE: pgettext_lazy("done", "Repair order taken"),
    RepairMoveName.ASSIGN: pgettext_lazy("done", "Repair order given to a worker"),
    RepairMoveName.TURN: pgettext_lazy("done", "Repair order given by turns"),
    RepairMoveName.GIVE_BACK: pgettext_lazy("done", "Repair order given back"),
    RepairMoveName.QUOTE: pgettext_lazy("done", "Repair quoted"),
    RepairMoveName.AGREE: pgettext_lazy("done", "Quote agreed to"),
    RepairMoveName.REFUSE: pgettext_lazy("done", "Quote refused"),
    RepairMoveName.START: pgettext_lazy("done", "Repair begun"),
    RepairMoveName.FINISH: pgettext_lazy("done", "Repair done"),
    RepairMoveName.ACCEPT: pgettext_lazy("done", "Repair accepted"),
    RepairMoveName.CANCEL: pgettext_lazy("done", "Repair order cancelled"),
    RepairMoveName.LAPSE: pgettext_lazy("done", "Repair order ended with the case"),
    RepairMoveName.LEAVE: pgettext_lazy("done", "Repair order left by its worker's post"),
}
