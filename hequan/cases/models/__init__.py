"""Tables of the one window: cases, their course, what a class asks, ratings."""

from hequan.cases.models.cases import Case, CaseStep
from hequan.cases.models.rating import Rating
from hequan.cases.models.terms import ClassTerms

__all__ = ["Case", "CaseStep", "ClassTerms", "Rating"]
