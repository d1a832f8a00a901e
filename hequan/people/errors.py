"""What people and organisations refuse, worded for whoever asked."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from hequan.core.errors import HequanError


class PeopleError(HequanError):
    """A refusal about people or organisations."""


class BadCreditCodeError(PeopleError):
    """A unified social credit code whose check digit is wrong."""

    text = _("%(code)s is not a unified social credit code: compare it with the licence.")


class CreditCodeTakenError(PeopleError):
    """A unified social credit code that another organisation bears."""

    text = _("Another organisation bears the code %(code)s already.")


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

    def __init__(self, field: str, text: Any) -> None:
        super().__init__()
        self.field = field
        self.text = text


class NoSuchPersonError(PeopleError):
    """There is no such person, or the account may not see her: the two look alike."""

    text = _("There is no such person, or you may not see this record.")


class AccountTakenError(PeopleError):
    """An account that stands for somebody else already."""

    text = _("This account belongs to somebody else already.")


class PhoneOfAnotherError(PeopleError):
    """A number that stands for somebody else; told to nobody but whoever proved it."""

    text = _(
        "This number stands for another entry. If that is you too, a station merges the two; if "
        "you share the phone with somebody, a station enters it for you. Your number stays as it "
        "was."
    )


class StaffMergedError(PeopleError):
    """A merger that would hand the account of somebody in a post to somebody else."""

    text = _(
        "%(name)s holds a post and an account: end the post or hand it over first, or keep her "
        "entry with her own number. Nothing was merged."
    )


class PostMergedError(PeopleError):
    """A merger that would hand a post to whoever signs in with another account or number."""

    text = _(
        "%(name)s holds a post (%(posts)s). Merging would give it to another account or number: "
        "only somebody else who may give that post herself may do so. Ask her, end the post first, "
        "or keep this entry with its own number and account. Nothing was merged."
    )


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


_MEMBERSHIP_REFUSALS = {
    "closed": _("This organisation is closed."),
    "days": _("A membership ends after the day on which it begins."),
    "known": _("This person is that in this organisation already in those days."),
}


class MembershipError(PeopleError):
    """A membership that cannot be entered; `reason` names why."""

    def __init__(self, reason: str) -> None:
        super().__init__()
        self.reason = reason
        self.text = _MEMBERSHIP_REFUSALS[reason]


_FRAME_REFUSALS = {
    "ended": _("This frame has ended."),
    "group_known": _("The frame has a group of this name already."),
    "other_frame": _("This group belongs to another frame."),
    "closed": _("This organisation is closed."),
    "signed": _("This organisation has signed here already."),
    "signed_on": _("The day of signing lies between the frame's beginning and today."),
    "act_on": _("The day lies between the day of signing and today, while it is a member."),
    "left_on": _("The day of leaving lies between the day of signing and today."),
}


class FrameError(PeopleError):
    """Something about a frame that cannot be; `reason` names why."""

    def __init__(self, reason: str) -> None:
        super().__init__()
        self.reason = reason
        self.text = _FRAME_REFUSALS[reason]


class NoSuchFrameError(PeopleError):
    """There is no such frame, or the account may not see it: the two look alike."""

    text = _("There is no such frame, or you may not open it.")


_MERGE_REFUSALS = {
    "oneself": _("Choose two different people."),
    "merged": _(
        "One of the two was merged or erased meanwhile. Look at the list again before you go on."
    ),
    "guardian": _("One of the two is the other's guardian: they are two people."),
    "undone": _("This merger was undone already."),
    "later": _("The person who stayed was merged herself later. Undo that merger first."),
    "erased": _("One of the two has been erased: nothing can be parted any more."),
}


class MergeError(PeopleError):
    """Two people that cannot be merged or parted; `reason` names why."""

    def __init__(self, reason: str) -> None:
        super().__init__()
        self.reason = reason
        self.text = _MERGE_REFUSALS[reason]
