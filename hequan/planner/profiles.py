"""Who walks, and how (步行人群): speed, stairs, slope and waiting, per profile, with its source.

The figures are defaults a town may replace: a `Profile` is made from plain values, so that rows
with source and validity can take the place of this table. Speeds come from published observations;
what we had to choose ourselves says "ours".
"""

from dataclasses import dataclass

from hequan.planner.errors import PlannerError

RAMP_LIMIT = 1 / 12  # GB 55019-2021: a ramp for wheelchairs is at most 1:12


@dataclass(frozen=True)
class Profile:
    """One kind of walker; `max_incline` is rise over run, None = any slope."""

    code: str
    metres_per_second: float
    steps: bool = True  # walks stairs
    steps_factor: float = 1.0  # how many times longer a metre of stairs takes
    wheels: bool = False  # kept out where the map says no wheelchairs
    max_incline: float | None = None
    crossing_delay_seconds: float = 0.0  # waiting at one road crossing, on average
    source: str = ""

    def __post_init__(self) -> None:
        """Refuse what nobody can walk with."""
        if not 0.05 <= self.metres_per_second <= 5:
            raise _refused(self, "metres_per_second", "between 0.05 and 5 m/s")
        if self.steps_factor < 1:
            raise _refused(self, "steps_factor", "1 or more")
        if self.max_incline is not None and not 0 < self.max_incline <= 1:
            raise _refused(self, "max_incline", "above 0 and at most 1 (rise over run)")
        if not 0 <= self.crossing_delay_seconds <= 600:
            raise _refused(self, "crossing_delay_seconds", "between 0 and 600 s")


def _refused(profile: Profile, field: str, expected: str) -> PlannerError:
    return PlannerError(
        "profile.value",
        "Profile {profile}: {field} is {value}, it must be {expected}.",
        profile=profile.code,
        field=field,
        value=getattr(profile, field),
        expected=expected,
    )


_OURS = "stairs factor and crossing wait: ours, to be replaced by local observation"

_TABLE = (
    Profile(
        "planning",
        1.0,
        source="Planning default 60 m/min, so that 5/10/15 minutes are 300/600/900 m "
        "(public code 58292269001); no stairs factor, no wait.",
    ),
    Profile(
        "adult",
        1.32,
        steps_factor=2.0,
        crossing_delay_seconds=10,
        source="Adults observed in streets, 1.32 ± 0.31 m/s, n = 139 "
        f"(deploy.doczz.net/doc/4165162); {_OURS}.",
    ),
    Profile(
        "elder",
        0.82,
        steps_factor=2.0,
        crossing_delay_seconds=15,
        source="Elders 65+ living at home, mean 0.82 ± 0.27 m/s (Theory & Practice 29(2), 2013); "
        f"with mobility risk 0.80 at 65-74, 0.75 at 75-84, 0.71 from 85; {_OURS}.",
    ),
    Profile(
        "frail",
        0.64,
        steps_factor=3.0,
        crossing_delay_seconds=20,
        source=f"Frail elders (SPPB 4-7), 0.64 m/s, n = 768 (researchportal.bath.ac.uk); {_OURS}.",
    ),
    Profile(
        "child",
        0.9,
        steps_factor=3.0,
        crossing_delay_seconds=15,
        source="Child of 6-12 or adult with a pram, lower end of 0.9-1.0 m/s (general planning "
        f"practice, no study); stairs possible but slow; {_OURS}.",
    ),
    Profile(
        "wheelchair",
        0.8,
        steps=False,
        wheels=True,
        max_incline=RAMP_LIMIT,
        crossing_delay_seconds=15,
        source="Manual wheelchair, lower end of 0.8-1.0 m/s on the flat, step-free ways only "
        "(general planning practice, no study); slope at most 1:12 (GB 55019-2021); "
        "crossing wait: ours.",
    ),
)

PROFILES: dict[str, Profile] = {profile.code: profile for profile in _TABLE}


def profile_named(code: str) -> Profile:
    """Return the default profile of that code, or refuse with the list of those there are."""
    try:
        return PROFILES[code]
    except KeyError:
        raise PlannerError(
            "profile.unknown",
            "There is no profile {profile}. Choose from: {known}.",
            profile=code,
            known=", ".join(PROFILES),
        ) from None
