"""Public holidays of the demo (节假日): holidays.csv, as the State Council's notices name them.

2027 holds only the thirteen days of the statute, since its notice had not come out.
"""

import csv
from datetime import date, timedelta
from importlib.resources import files

from hequan.core.calendar_days import NamedDay

SOURCES = {
    2025: "国务院办公厅关于2025年部分节假日安排的通知",
    2026: "国务院办公厅关于2026年部分节假日安排的通知",
    2027: "《全国年节及纪念日放假办法》法定假日，未含调休",
}


def holidays_by_year() -> dict[int, list[NamedDay]]:
    """Return the named days of every year the demo knows."""
    text = files("hequan.demo").joinpath("holidays.csv").read_text(encoding="utf-8")
    years: dict[int, list[NamedDay]] = {year: [] for year in SOURCES}
    for row in csv.DictReader(text.splitlines()):
        day, last = date.fromisoformat(row["first"]), date.fromisoformat(row["last"])
        while day <= last:
            years[day.year].append(NamedDay(day, row["name"], row["is_off"] == "1"))
            day += timedelta(days=1)
    return years
