"""How large a demo is (规模): a hamlet for tests, a town (高境-like), a district, a city."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Scale:
    """The counts a demo of one size is made to; `town_blocks` is columns and rows of one town."""

    code: str
    districts: int
    towns: int
    areas_per_town: int
    committees: int
    grids: int
    people: int
    homes: int
    stations: int
    organisations: int
    town_blocks: tuple[int, int]
    outlying_stretch: float = 0.0  # how much wider blocks are at the rim than in the middle

    @property
    def is_one_town(self) -> bool:
        """Tell whether the demo is a single town, whose city and district are names only."""
        return self.towns == 1


SCALES: dict[str, Scale] = {
    scale.code: scale
    for scale in (
        Scale("hamlet", 1, 1, 2, 3, 12, 1_200, 60, 8, 6, (10, 9)),
        Scale("town", 1, 1, 5, 31, 251, 150_000, 2_500, 60, 105, (36, 34)),
        Scale("district", 1, 19, 5, 540, 5_000, 2_100_000, 33_000, 1_000, 760, (36, 34), 0.4),
        Scale("city", 16, 234, 5, 6_500, 60_000, 25_000_000, 400_000, 12_000, 4_680, (36, 34), 0.8),
    )
}
