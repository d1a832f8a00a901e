"""What a form says of an entry it cannot take (表单退回用语): what is wrong with it and what to do.

The framework has words of its own for these; on pages for grid workers and elders they are too
short ("Enter a valid value") or speak of machinery ("Null characters"). Django builds each field's
messages from its class, so saying ours there once gives them to every form. A form that knows
better still says so through `error_messages`. The place is told by the field: `_field.html` puts
the words below it and ties them to it, `_form.html` names every field concerned.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from django import forms
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

WORDS: "Mapping[type[forms.Field], Mapping[str, StrPromise]]" = {
    forms.Field: {
        "required": _("Nothing is entered here: please fill it in."),
        "null_characters_not_allowed": _(
            "There is an invisible sign in this text that cannot be kept, often from copying: "
            "delete the text and type it again."
        ),
        "max_length": _("This has %(show_value)d characters, and %(limit_value)d fit: shorten it."),
        "min_length": _(
            "This has %(show_value)d characters, and %(limit_value)d are the fewest: add to it."
        ),
        "max_value": _("%(show_value)s is too much: enter %(limit_value)s or less."),
        "min_value": _("%(show_value)s is too little: enter %(limit_value)s or more."),
    },
    forms.IntegerField: {
        "invalid": _("This is no whole number: write it in digits, like 12."),
    },
    forms.FloatField: {
        "invalid": _("This is no number: write it in digits, like 12 or 12.5."),
    },
    forms.DecimalField: {
        "invalid": _("This is no number: write it in digits, like 12 or 12.5."),
        "max_decimal_places": _("Write it with two places after the point at most, like 12.50."),
    },
    forms.DateField: {
        "required": _("No day is entered here: choose one or write it like 2026-03-08."),
        "invalid": _("This is no day of the calendar: write it like 2026-03-08."),
    },
    forms.TimeField: {
        "required": _("No time is entered here: choose one or write it like 08:30."),
        "invalid": _("This is no time of day: write it like 08:30."),
    },
    forms.DateTimeField: {
        "required": _("No moment is entered here: write the day and the time, 2026-03-08 08:30."),
        "invalid": _("This is no day with a time: write it like 2026-03-08 08:30."),
    },
    forms.ChoiceField: {
        "required": _("Nothing is chosen here: please choose one."),
        "invalid_choice": _(
            "What was chosen is not offered here, or no longer: choose from the list again."
        ),
    },
    forms.MultipleChoiceField: {
        "required": _("Nothing is ticked here: please tick at least one."),
        "invalid_choice": _(
            "Something ticked is not offered here, or no longer: look through the list again."
        ),
        "invalid_list": _("What was sent is no list of ticks: tick the entries again."),
    },
    forms.BooleanField: {
        "required": _("This is not ticked: please read it and tick it to go on."),
    },
    forms.FileField: {
        "required": _("No file was chosen: choose one and send it."),
        "missing": _("No file was chosen: choose one and send it."),
        "invalid": _("No file with a name arrived: choose it again and send it."),
        "empty": _("There is nothing in this file: open it, look, and choose one with content."),
        "max_length": _(
            "The name has %(length)d characters, and %(max)d fit: give the file a shorter one."
        ),
    },
}


def say_plainly() -> None:
    """Give the framework's fields our words; forms made from now on answer in them."""
    for kind, words in WORDS.items():
        known = vars(kind).get("default_error_messages", {})
        kind.default_error_messages = {**known, **words}
