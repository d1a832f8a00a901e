"""Known layouts of old cases (已知格式): which heading is which field in a published set."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Preset:
    """One layout: its source's name, and the heading of each field it has."""

    source: str
    columns: Mapping[str, str]


PRESETS: Mapping[str, Preset] = {
    # New York City Council constituent services: a day each, no street, empty = still open
    "nyc-council": Preset(
        "nyc-council",
        {
            "number": "unique_key",
            "opened_at": "opendate",
            "closed_at": "closedate",
            "matter": "complaint_type",
            "words": "descriptor",
            "place_words": "zip",
        },
    ),
    # City of St. Louis Citizens' Service Bureau: moments, a street address, a promised end
    "st-louis": Preset(
        "st-louis",
        {
            "number": "requestid",
            "opened_at": "datetimeinit",
            "closed_at": "datetimeclosed",
            "due_at": "prjcompletedate",
            "matter": "problemcode",
            "words": "description",
            "place_words": "probaddress",
            "state": "status",
        },
    ),
}
