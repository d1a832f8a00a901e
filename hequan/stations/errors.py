"""What the stations refuse, worded for whoever asked."""

from django.utils.translation import gettext_lazy as _

from hequan.core.errors import HequanError


class StationNotFoundError(HequanError, LookupError):
    """No such station, or not one this person may see."""

    text = _("There is no such station.")


class ServiceNotFoundError(HequanError, LookupError):
    """No such service."""

    text = _("There is no such service.")


class RunNotFoundError(HequanError, LookupError):
    """No such coverage run, or not one this person may see."""

    text = _("There is no such coverage measurement.")


class NotAllowedError(HequanError, PermissionError):
    """The person holds no grant for this where the station is."""

    text = _("You may not do this here.")


class CodeTakenError(HequanError):
    """Another row bears the code."""

    text = _("The code %(code)s belongs to %(name)s already. Choose another code.")


class NameTakenError(HequanError):
    """Another row bears the name."""

    text = _("There is a %(name)s already. Choose another name.")


class UnknownValueError(HequanError):
    """A value outside its list."""

    text = _("%(value)s is not one of %(known)s.")


class OutsideGlobeError(HequanError):
    """Degrees that are no place."""

    text = _("%(lon)s, %(lat)s is not a place: longitude goes to 180 and latitude to 90 degrees.")


class WrongOrderError(HequanError):
    """An end that does not come after its beginning."""

    text = _("The end (%(end)s) must come after the beginning (%(begin)s).")


class UnreadableHoursError(HequanError):
    """Written hours, or a row of hours, that cannot be."""

    text = _("The hours cannot be used at “%(part)s”: %(why)s.")


class OverlappingHoursError(HequanError):
    """Two rows of hours that claim the same minute."""

    text = _("These hours overlap: %(first)s and %(second)s. Change one of them.")


class ShortNoticeError(HequanError):
    """A closure announced later than the rule allows."""

    text = _(
        "A closure is announced at least %(days)s days ahead, so it may begin on %(earliest)s at"
        " the earliest. If it could not be foreseen, mark it as sudden."
    )


class ClosureOverError(HequanError):
    """A closure that is over or withdrawn cannot be changed."""

    text = _("This closure is over or withdrawn; it can no longer be changed.")


class StationInUseError(HequanError):
    """The thing is part of something that must be changed first."""

    text = _("%(name)s is part of %(holder)s. Take it out there first.")


class WrongLevelError(HequanError):
    """A unit of another level than the one wanted."""

    text = _("%(name)s is not a micro-grid; a main station belongs to a micro-grid.")


class EmptyCorridorError(HequanError):
    """A corridor of fewer than two spaces, or one space twice."""

    text = _("A corridor joins at least two different spaces in order.")


class UnknownProfileError(HequanError, LookupError):
    """A walking profile that does not exist."""

    text = _("There is no walking profile %(profile)s. Choose one of: %(known)s.")


class UnknownServiceError(HequanError, LookupError):
    """A service code that does not exist."""

    text = _("There is no service %(code)s in the catalogue. Add it to the catalogue first.")


class NothingToMeasureError(HequanError):
    """A coverage run without homes, stations or streets."""

    text = _("Coverage cannot be measured: %(missing)s.")
