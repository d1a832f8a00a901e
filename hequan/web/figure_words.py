"""Words of the figures (指标用语), and which facts are worth telling of a single case."""

from collections.abc import Mapping
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

from hequan.cases.figures import Dimension, Fact, FigureName

FIGURE_WORDS: dict[type[StrEnum], dict[str, Promise]] = {
    FigureName: {
        FigureName.RECEIVED: pgettext_lazy("figure", "Received"),
        FigureName.OPEN: pgettext_lazy("figure", "Still open"),
        FigureName.ACCEPTED_ON_TIME: pgettext_lazy("figure", "Accepted in time"),
        FigureName.CONTACTED_ON_TIME: pgettext_lazy("figure", "Contacted in time"),
        FigureName.ANSWERED_ON_TIME: pgettext_lazy("figure", "Answered in time"),
        FigureName.OVERDUE: pgettext_lazy("figure", "Overdue"),
        FigureName.ANSWERED: pgettext_lazy("figure", "Answered"),
        FigureName.SOLVED: pgettext_lazy("figure", "Solved or explained"),
        FigureName.SOLVED_REALLY: pgettext_lazy("figure", "Really solved"),
        FigureName.EXPLAINED: pgettext_lazy("figure", "Explained"),
        FigureName.CONTACTED: pgettext_lazy("figure", "Contacted, say askers"),
        FigureName.KIND: pgettext_lazy("figure", "Kind manner, say askers"),
        FigureName.SATISFIED: pgettext_lazy("figure", "Satisfied"),
        FigureName.SENT_BACK: pgettext_lazy("figure", "Sent back"),
        FigureName.REOPENED: pgettext_lazy("figure", "Reopened"),
    },
    Dimension: {
        Dimension.CLASS: pgettext_lazy("figures by", "Class"),
        Dimension.MATTER: pgettext_lazy("figures by", "Subclass"),
        Dimension.UNIT: pgettext_lazy("figures by", "Unit"),
        Dimension.POST_KIND: pgettext_lazy("figures by", "Kind of post"),
        Dimension.POST: pgettext_lazy("figures by", "Post (load)"),
    },
}

# said of one case on a list, in this order
FACT_WORDS: Mapping[Fact, Promise] = {
    Fact.ACCEPT_KEPT: pgettext_lazy("figure", "Accepted in time"),
    Fact.CONTACT_KEPT: pgettext_lazy("figure", "Contacted in time"),
    Fact.SOLVE_KEPT: pgettext_lazy("figure", "Answered in time"),
    Fact.SOLVE_MISSED: pgettext_lazy("figure", "Overdue"),
    Fact.SOLVED_REALLY: pgettext_lazy("figure", "Really solved"),
    Fact.EXPLAINED: pgettext_lazy("figure", "Explained"),
    Fact.SATISFIED: pgettext_lazy("figure", "Satisfied"),
    Fact.SENT_BACK: pgettext_lazy("figure", "Sent back"),
    Fact.REOPENED: pgettext_lazy("figure", "Reopened"),
}
