"""What the territory refuses, worded for whoever asked."""

from django.utils.translation import gettext_lazy as _

from hequan.core.errors import HequanError


class TerritoryError(HequanError):
    """A refusal about units, boundaries, homes, circles or streets."""


class NoSuchUnitError(TerritoryError):
    """There is no such unit, or the account may not see it: the two look alike."""

    text = _("There is no such unit, or you may not open it.")


class UnknownParentError(TerritoryError):
    """A unit names a parent nobody knows."""

    text = _(
        "%(name)s (%(code)s) belongs to a unit with the code %(parent)s, which does not exist. "
        "Save that unit first."
    )


class WrongParentError(TerritoryError):
    """A unit stands under one that is not above its level."""

    text = _("%(name)s cannot lie inside %(parent)s: its level is not below that one's.")


class CodeTakenError(TerritoryError):
    """A code is borne by another unit today."""

    text = _("The code %(code)s is borne by %(name)s. End that unit or choose another code.")


class NotInForceError(TerritoryError):
    """A unit that has ended cannot change any more."""

    text = _("%(name)s ended on %(day)s and cannot be changed any more.")


class BadOutlineError(TerritoryError):
    """An outline that is not a surface even after repair."""

    text = _("The outline of %(name)s is not a surface. Draw it again as a closed polygon.")


class CannotMergeError(TerritoryError):
    """Units that cannot become one."""

    text = _("Only two or more units of the same level and the same parent can become one.")


class CannotSplitError(TerritoryError):
    """A unit that cannot become several."""

    text = _("A unit can only become two or more new units of its own level.")


class BeforeItsBeginningError(TerritoryError):
    """A change dated before the unit began."""

    text = _("%(name)s began on %(day)s; the change cannot be earlier.")


class CircleNameTakenError(TerritoryError):
    """Another circle of the set bears the name."""

    text = _("There is a circle %(name)s in this set already. Choose another name.")


class NotOfTownError(TerritoryError):
    """A circle laid over units of another town."""

    text = _("%(name)s does not lie in %(town)s, so it cannot be part of its circles.")


class BrokenStreetsError(TerritoryError):
    """The stored network cannot be opened."""

    text = _("The street network cannot be opened: %(reason)s")
