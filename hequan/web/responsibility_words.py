"""Words of the responsibility list (责任清单用语): roles, states, how a party is found."""

from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from hequan.roster.answers import Outcome
from hequan.roster.responsibilities import ListState, PartyRole, ResolvesBy

RESPONSIBILITY_WORDS: dict[type[StrEnum], dict[str, Promise]] = {
    ListState: {
        ListState.DRAFT: pgettext_lazy("list", "Draft"),
        ListState.PUBLISHED: pgettext_lazy("list", "Published"),
    },
    PartyRole: {
        PartyRole.ANSWERABLE: pgettext_lazy("role", "Answers"),
        PartyRole.DOES: pgettext_lazy("role", "Does it"),
        PartyRole.HELPS: pgettext_lazy("role", "Helps"),
        PartyRole.INFORMED: pgettext_lazy("role", "Is told"),
    },
    ResolvesBy: {
        ResolvesBy.POST: _("A post of a unit"),
        ResolvesBy.ORGANISATION_KIND: _("A kind of organisation that serves the place"),
        ResolvesBy.ORGANISATION: _("One organisation"),
        ResolvesBy.STATION_POST: _("A post of the place's station"),
        ResolvesBy.UNSET: _("Not set yet"),
    },
    Outcome: {
        Outcome.ANSWERED: _("Somebody answers"),
        Outcome.ORGANISATION: _("An organisation answers, without a person"),
        Outcome.NOBODY: _("Nobody answers: it goes to triage"),
    },
}
