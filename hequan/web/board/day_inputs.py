"""Inputs of days and times (日期输入): a browser reads 2026-03-10 and 09:00 in every language.

Without the fixed form Django writes the day as the page's language does, the browser drops it, and
saving a form nobody touched would empty the field.
"""

from django import forms


def day_input() -> forms.DateInput:
    """Return an input of one day."""
    return forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})


def time_input() -> forms.TimeInput:
    """Return an input of an hour and minute."""
    return forms.TimeInput(format="%H:%M", attrs={"type": "time", "placeholder": "10:00"})
