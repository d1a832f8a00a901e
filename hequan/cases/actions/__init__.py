"""Writing cases: opening them, moving them, judging them."""

from hequan.cases.actions.baskets import OnTheSpot, take_in_matter
from hequan.cases.actions.counter import answer_at_once
from hequan.cases.actions.following import follow_case
from hequan.cases.actions.helping import HelpWanted, ask_for_help, hand_over_help, move_help
from hequan.cases.actions.moving import Given, make_move
from hequan.cases.actions.nightly import close_unrated, hand_over_cases
from hequan.cases.actions.on_site import (
    VisitPlan,
    Work,
    add_work,
    count_work,
    end_visit,
    set_visit,
)
from hequan.cases.actions.opening import open_case
from hequan.cases.actions.orders import take_order
from hequan.cases.actions.photos import clear_left_over, publish_masked, release_photo
from hequan.cases.actions.public_words import release_words
from hequan.cases.actions.rating import Judgement, rate_answer
from hequan.cases.actions.revealing import reveal_contact
from hequan.cases.actions.same_matter import make_any_move

__all__ = [
    "Given",
    "HelpWanted",
    "Judgement",
    "OnTheSpot",
    "VisitPlan",
    "Work",
    "add_work",
    "answer_at_once",
    "ask_for_help",
    "clear_left_over",
    "close_unrated",
    "count_work",
    "end_visit",
    "follow_case",
    "hand_over_cases",
    "hand_over_help",
    "make_any_move",
    "make_move",
    "move_help",
    "open_case",
    "publish_masked",
    "rate_answer",
    "release_photo",
    "release_words",
    "reveal_contact",
    "set_visit",
    "take_in_matter",
    "take_order",
]
