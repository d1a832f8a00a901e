"""What people and organisations refuse, worded for whoever asked."""

from django.utils.translation import gettext_lazy as _

from hequan.core.errors import HequanError


class PeopleError(HequanError):
    """A refusal about people or organisations."""


class BadCreditCodeError(PeopleError):
    """A unified social credit code whose check digit is wrong."""

    text = _("%(code)s is not a unified social credit code: compare it with the licence.")


class NoSuchOrganisationError(PeopleError):
    """There is no such organisation, or the account may not see it: the two look alike."""

    text = _("There is no such organisation, or you may not open it.")


class BadPhoneError(PeopleError):
    """A telephone number that cannot be one; its text never repeats what was typed."""

    text = _(
        "This is not a telephone number: a mobile number has 11 digits and begins with 13 to 19, "
        "a landline has its area code."
    )


class BadPersonError(PeopleError):
    """Something said of a person that cannot be: `field` names which."""

    def __init__(self, field: str, text: object) -> None:
        super().__init__()
        self.field = field
        self.text = text


class NoSuchPersonError(PeopleError):
    """There is no such person, or the account may not see her: the two look alike."""

    text = _("There is no such person, or you may not see this record.")


class AccountTakenError(PeopleError):
    """An account that stands for somebody else already."""

    text = _("This account belongs to somebody else already.")


class QuietHoursError(PeopleError):
    """Quiet hours without a beginning or an end."""

    text = _("Quiet hours need a beginning and an end that differ; leave both empty for none.")


class BadMailError(PeopleError):
    """Something that is no e-mail address."""

    text = _("“%(address)s” is not an e-mail address: it looks like name@example.com.")


class StrangePlaceError(PeopleError):
    """A template asks for values nobody fills in."""

    text = _("Nothing is filled in for %(strange)s. This template knows %(known)s.")


class TemplateTextError(PeopleError):
    """A template text that is empty or too long."""

    text = _("Subject and text are both needed: at most 120 and 2 000 characters.")


class DeliveryNotFailedError(PeopleError):
    """A delivery that somebody sent again already, or that never failed."""

    text = _("This delivery is no longer failed: look at the list again.")


_GUARDIAN_REFUSALS = {
    "oneself": _("Nobody is her own guardian."),
    "circle": _("This guardian is herself in the care of that person."),
    "birth_unknown": _("Enter the minor's day of birth first."),
    "guardian_birth_unknown": _("Enter the guardian's day of birth first."),
    "not_minor": _("This person is of age and has no guardian."),
    "not_adult": _("A guardian is at least 18 years old."),
    "future": _("A guardianship begins between the minor's birth and today."),
    "known": _("This guardian is entered already."),
}


class GuardianError(PeopleError):
    """A guardianship that cannot be; `reason` is one of people.guardians' words."""

    def __init__(self, reason: str) -> None:
        super().__init__()
        self.reason = reason
        self.text = _GUARDIAN_REFUSALS[reason]
