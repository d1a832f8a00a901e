"""Pages of rows that were counted before (分页): the count is not asked for again."""

from typing import Any

from django.core.paginator import Paginator


class CountedPages(Paginator):
    """A paginator that is told how many rows there are."""

    def __init__(self, rows: Any, per_page: int, count: int) -> None:
        """Take the rows with their number."""
        super().__init__(rows, per_page)
        self.__dict__["count"] = count  # a cached property of the parent
