"""What the roster refuses, worded for whoever asked."""

from django.utils.translation import gettext_lazy as _

from hequan.core.errors import HequanError


class RosterError(HequanError):
    """A refusal about posts, duty, pools, mentoring or registrations."""


class NotInRosterError(RosterError):
    """There is no such thing, or the account may not open it: the two look alike."""

    text = _("There is no such entry in the roster, or you may not open it.")


class WrongPlaceError(RosterError):
    """A kind of post that is not held at such a place."""

    text = _("This post is not held at %(place)s. Choose another post or another place.")


class SeatTakenError(RosterError):
    """A second head at a place."""

    text = _(
        "%(place)s has a holder of this post already: %(person)s, since %(since)s. "
        "End that post first, or hand it over."
    )


class HeldAlreadyError(RosterError):
    """The same person in the same post at the same place twice."""

    text = _("%(person)s holds this post at %(place)s already.")


class OneselfError(RosterError):
    """Somebody who would appoint herself."""

    text = _("Nobody appoints herself. Ask another officer.")


class MoreThanOneHoldsError(RosterError):
    """An appointment that would give more than the appointer may do there herself."""

    text = _(
        "This post allows more at %(place)s than you may do there yourself. "
        "Ask an officer who may do all of it."
    )


class DayOrderError(RosterError):
    """An end that does not lie after the beginning."""

    text = _("The first day without it must be later than the day it begins, %(first)s.")


class EndedAlreadyError(RosterError):
    """Something that has ended is ended or changed again."""

    text = _("This has ended already, on %(on)s.")


class GonePersonError(RosterError):
    """A person whose row was merged into another or erased."""

    text = _("This entry no longer stands for a person. Search for her again.")


class WrongHeirError(RosterError):
    """An heir who cannot take over."""

    text = _("The one who takes over is another person, and in post on %(on)s.")


class UnknownPersonError(RosterError):
    """Nobody, or more than one, is meant by a name and a telephone number."""

    text = _("Nobody is known as %(name)s with this telephone. Enter the person first.")


class SeveralPersonsError(RosterError):
    """A name that several persons bear."""

    text = _("%(count)s persons are called %(name)s. Add the telephone number.")


class DutyClashError(RosterError):
    """One person at two places at once."""

    text = _(
        "%(person)s is on duty at %(place)s from %(from)s to %(to)s: nobody is at two places "
        "at once. Choose another time or another person."
    )


class OnLeaveError(RosterError):
    """Duty for somebody who is away."""

    text = _("%(person)s is away from %(first)s until %(until)s. Choose somebody else.")


class LeaveOverlapError(RosterError):
    """Two leaves of one person over the same days."""

    text = _("%(person)s is away from %(first)s until %(until)s already.")


class LongSlotError(RosterError):
    """A duty that ends before it begins, or lasts longer than a day."""

    text = _("A duty ends after it begins and lasts no longer than 24 hours.")


class PoolMemberAlreadyError(RosterError):
    """The same person twice in one pool."""

    text = _("%(person)s is in this pool already.")


class NameTakenError(RosterError):
    """A second pool of that name at a station."""

    text = _("%(station)s has a pool called %(name)s already.")


class OnePersonPairError(RosterError):
    """A mentor who would be her own learner, or a pair that is there."""

    text = _("A mentor and a learner are two people, and each pair is entered once.")


class RegisteredAlreadyError(RosterError):
    """The same registration twice."""

    text = _("%(name)s is registered at %(place)s already.")


class NoRegistrationWordsError(RosterError):
    """A registration while there are no words she could consent to."""

    text = _(
        "Nobody can be registered yet: the words of consent for registrations are not published. "
        "Whoever protects data publishes them under Words of consents."
    )


class FeedbackSentError(RosterError):
    """A second letter to a unit for the same time."""

    text = _("This unit was written to for this time already.")


class MatterNotFoundError(RosterError):
    """No such matter."""

    text = _("There is no such matter.")


class MatterCodeError(RosterError):
    """A code that is no class and no subclass."""

    text = _("%(code)s is not a matter's code: a class has 2 digits, a subclass 5.")


class UnknownClassError(RosterError):
    """A subclass of a class that is not there."""

    text = _("There is no class %(parent)s. Enter the class before its subclass %(code)s.")


class MatterCodeTakenError(RosterError):
    """A second matter of one code."""

    text = _("The code %(code)s belongs to %(name)s already. Choose another code.")


class PlaceKindError(RosterError):
    """A kind of place that is not on the list."""

    text = _("%(value)s is not a kind of zone or housing.")


class EarlierDayError(RosterError):
    """A change from a day before the present version began."""

    text = _("The present version holds from %(first)s. Choose that day or a later one.")


class MatterInUseError(RosterError):
    """A class that ends before its subclasses."""

    text = _("%(count)s subclasses of %(name)s are in force. End them first.")


class ListNotFoundError(RosterError):
    """No such list, or not one this account may open."""

    text = _("There is no such responsibility list.")


class PublishedListError(RosterError):
    """A published version that somebody would change."""

    text = _(
        "Version %(version)s is published and never changes. Begin a draft of the next version."
    )


class DraftThereError(RosterError):
    """A second draft of one unit."""

    text = _("%(unit)s has a draft already, version %(version)s. Finish or discard it first.")


class ItemNumberTakenError(RosterError):
    """Two items of one number in a list."""

    text = _("There is an item %(number)s already.")


class PartyNameTakenError(RosterError):
    """Two parties of one name in a list."""

    text = _("There is a party called %(name)s already.")


class PartyIncompleteError(RosterError):
    """A party that does not say how it is found."""

    text = _("Say how %(name)s is found: %(missing)s is missing.")


class ForeignCellError(RosterError):
    """A cell of another list."""

    text = _("This item or party does not stand in this list. Reload the page.")


class ListEmptyError(RosterError):
    """A list without items."""

    text = _("The list has no items yet.")


class ListFaultyError(RosterError):
    """A list that may not be published as it stands."""

    text = _(
        "Not published: items without an answerable party: %(without)s; answered for twice: "
        "%(doubles)s; parties not set: %(unset)s. Look at the check."
    )


class HolesLeftError(RosterError):
    """Holes that nobody has acknowledged."""

    text = _(
        "%(count)s matters have nobody who answers for them. Fill them, or tick that the list is "
        "published with them; what is asked there goes to triage."
    )


class ListDayError(RosterError):
    """A version that would begin before another one, or change what has been."""

    text = _("This version must begin after %(first)s: what has been in force stays as it was.")


class UnknownPlaceError(RosterError):
    """A name or code that no place bears."""

    text = _("There is no unit, station or organisation “%(words)s” where you may appoint.")


class SeveralPlacesError(RosterError):
    """A name that several places bear."""

    text = _("Which one? Enter the code: %(names)s")
