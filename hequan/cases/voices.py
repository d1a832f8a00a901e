"""Whose link it is (查询人): the asker's own, or that of somebody who follows the case."""

from dataclasses import dataclass

from hequan.cases.models import Case, Follower, JointRating


@dataclass(frozen=True)
class Voice:
    """The asker of `case`, or a follower of it; `lead` is the case where it is handled."""

    case: Case
    lead: Case
    follower: Follower | None = None

    @property
    def link(self) -> str:
        """The link itself."""
        return self.follower.link if self.follower else self.case.link

    @property
    def is_the_askers(self) -> bool:
        """Tell whether it is the asker's own link of the case that is handled."""
        return self.follower is None and self.case.pk == self.lead.pk

    def rated(self) -> bool:
        """Tell whether she judged the answer in this round, as one of several: one query."""
        rows = JointRating.objects.filter(case=self.lead, round=self.lead.reopened_times)
        if self.follower is not None:
            return rows.filter(follower=self.follower).exists()
        return rows.filter(merged=self.case).exists()
