"""Reading cases: queues, one case with its course, what the asker may know of it."""

from hequan.cases.queries.baskets import BasketLine, BasketSheet, basket_sheet
from hequan.cases.queries.course import (
    Candidate,
    Routing,
    Step,
    course_of,
    public_course,
    ratings_of,
    routing_of,
)
from hequan.cases.queries.hints import ClassHint, class_hints
from hequan.cases.queries.near import NearCase, near_chosen, near_to, open_around
from hequan.cases.queries.open_matters import OpenMatter, open_lines, open_matters
from hequan.cases.queries.photos import (
    PhotoLine,
    lacks_evidence,
    photos_for_asker,
    photos_of,
    released_photos,
)
from hequan.cases.queries.places import (
    PlaceTold,
    home_unit,
    lies_in,
    served_at,
    town_of,
    towns_served,
    unit_chosen,
    where_lies,
)
from hequan.cases.queries.posts import PostChoice, post_choices, post_chosen
from hequan.cases.queries.public import (
    PublicAsked,
    PublicCase,
    are_words_released,
    public_cases,
    words_for_everybody,
)
from hequan.cases.queries.queues import CaseLine, Queues, line_of, near_open, queues_of
from hequan.cases.queries.sources import case_sent_as, conditions_of
from hequan.cases.queries.status import Status, asked_in, matter_row, matter_with_code, status_of
from hequan.cases.queries.together import Joined, joined_of, others_of, status_for

__all__ = [
    "BasketLine",
    "BasketSheet",
    "Candidate",
    "CaseLine",
    "ClassHint",
    "Joined",
    "NearCase",
    "OpenMatter",
    "PhotoLine",
    "PlaceTold",
    "PostChoice",
    "PublicAsked",
    "PublicCase",
    "Queues",
    "Routing",
    "Status",
    "Step",
    "are_words_released",
    "asked_in",
    "basket_sheet",
    "case_sent_as",
    "class_hints",
    "conditions_of",
    "course_of",
    "home_unit",
    "joined_of",
    "lacks_evidence",
    "lies_in",
    "line_of",
    "matter_row",
    "matter_with_code",
    "near_chosen",
    "near_open",
    "near_to",
    "open_around",
    "open_lines",
    "open_matters",
    "others_of",
    "photos_for_asker",
    "photos_of",
    "post_choices",
    "post_chosen",
    "public_cases",
    "public_course",
    "queues_of",
    "ratings_of",
    "released_photos",
    "routing_of",
    "served_at",
    "status_for",
    "status_of",
    "town_of",
    "towns_served",
    "unit_chosen",
    "where_lies",
    "words_for_everybody",
]
