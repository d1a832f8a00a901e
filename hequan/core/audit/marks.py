"""The witnesses' lines in order (见证簿): compact arrays, since there may be millions."""

from array import array
from collections.abc import Iterator

import numpy as np

from hequan.core.audit.faults import Mark
from hequan.core.audit.witness import witnesses

_BEGINNING = 16  # hex digits of a mac that are kept: 64 bits


class WitnessBook:
    """Every line of every witness, to be asked lane by lane."""

    def __init__(self, lanes: "array[int] | None" = None, *columns: "array[int]") -> None:
        """Sort the columns lane, number and beginning of the mac; an empty book without any."""
        given = (lanes, *columns) if lanes is not None else (array("q"), array("q"), array("Q"))
        read = [np.array(column) for column in given]
        order = np.lexsort((read[1], read[0])) if len(read[0]) else np.array([], dtype=np.int64)
        self._lanes, self._numbers, self._macs = (column[order] for column in read)

    @classmethod
    def read(cls) -> "WitnessBook":
        """Read the files as they are now."""
        lanes, numbers, macs = array("q"), array("q"), array("Q")
        for one in witnesses():
            lanes.append(one.lane)
            numbers.append(one.number)
            macs.append(int(one.mac[:_BEGINNING], 16))
        return cls(lanes, numbers, macs)

    def lanes(self) -> set[int]:
        """Return the lanes that were witnessed."""
        return {int(lane) for lane in np.unique(self._lanes)}

    def speaks_of(self, lane: int) -> bool:
        """Tell whether any line is of this lane."""
        first, last = np.searchsorted(self._lanes, [lane, lane + 1])
        return bool(first < last)

    def marks_of(self, lane: int) -> Iterator[Mark]:
        """Yield the lane's marks by number."""
        first, last = np.searchsorted(self._lanes, [lane, lane + 1])
        for at in range(first, last):
            yield Mark(int(self._numbers[at]), f"{int(self._macs[at]):016x}", "witness")
