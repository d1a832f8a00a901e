"""What the stations refuse, worded for whoever asked."""

from django.utils.translation import gettext_lazy as _

from hequan.core.errors import HequanError


class StationsError(HequanError):
    """Whatever the stations refuse."""


class StationNotFoundError(StationsError, LookupError):
    """No such station, or not one this person may see."""

    text = _("There is no such station.")


class ServiceNotFoundError(StationsError, LookupError):
    """No such service."""

    text = _("There is no such service.")


class RunNotFoundError(StationsError, LookupError):
    """No such coverage run, or not one this person may see."""

    text = _("There is no such coverage measurement.")


class CodeTakenError(StationsError):
    """Another row bears the code."""

    text = _("The code %(code)s belongs to %(name)s already. Choose another code.")


class NameTakenError(StationsError):
    """Another row bears the name."""

    text = _("There is a %(name)s already. Choose another name.")


class UnknownValueError(StationsError):
    """A value outside its list."""

    text = _("%(value)s is not one of %(known)s.")


class OutsideGlobeError(StationsError):
    """Degrees that are no place."""

    text = _("%(lon)s, %(lat)s is not a place: longitude goes to 180 and latitude to 90 degrees.")


class WrongOrderError(StationsError):
    """An end that does not come after its beginning."""

    text = _("The end (%(end)s) must come after the beginning (%(begin)s).")


class UnreadableHoursError(StationsError):
    """Written hours, or a row of hours, that cannot be."""

    text = _("The hours cannot be used at “%(part)s”: %(why)s.")


class OverlappingHoursError(StationsError):
    """Two rows of hours that claim the same minute."""

    text = _("These hours overlap: %(first)s and %(second)s. Change one of them.")


class ShortNoticeError(StationsError):
    """A closure announced later than the rule allows."""

    text = _(
        "A closure is announced at least %(days)s days ahead, so it may begin on %(earliest)s at"
        " the earliest. If it could not be foreseen, mark it as sudden."
    )


class ClosureOverError(StationsError):
    """A closure that is over or withdrawn cannot be changed."""

    text = _("This closure is over or withdrawn; it can no longer be changed.")


class StationInUseError(StationsError):
    """The thing is part of something that must be changed first."""

    text = _("%(name)s is part of %(holder)s. Take it out there first.")


class WrongLevelError(StationsError):
    """A unit of another level than the one wanted."""

    text = _("%(name)s is not a micro-grid; a main station belongs to a micro-grid.")


class EmptyCorridorError(StationsError):
    """A corridor of fewer than two spaces, or one space twice."""

    text = _("A corridor joins at least two different spaces in order.")


class UnknownProfileError(StationsError, LookupError):
    """A walking profile that does not exist."""

    text = _("There is no walking profile %(profile)s. Choose one of: %(known)s.")


class NothingToMeasureError(StationsError):
    """A coverage run without homes, stations or streets."""

    text = _("Coverage cannot be measured: %(missing)s.")


class HomesFarAwayError(StationsError):
    """Homes that lie in another place than the streets."""

    text = _(
        "Coverage cannot be measured: %(rows)s homes lie far from the streets, the first of them"
        " at %(lon)s, %(lat)s, %(kilometres)s km away. Import the streets of the whole area,"
        " correct these homes, or measure a smaller part."
    )
