"""Writes to people and organisations, each in the file named by its noun."""

from hequan.people.actions.child_access import (
    ask_child_access,
    decide_child_access,
)
from hequan.people.actions.consents import (
    give_consent,
    publish_consent_text,
    publish_standard_words,
    withdraw_consent,
)
from hequan.people.actions.data_requests import (
    answer_data_request,
    erase_on_request,
    note_own_request,
    open_data_request,
)
from hequan.people.actions.documents import (
    record_document,
    remove_document,
)
from hequan.people.actions.erasure import (
    Erased,
    erase_person,
    reasons_against,
)
from hequan.people.actions.frames import (
    ActFacts,
    FrameFacts,
    Signature,
    add_frame_group,
    leave_frame,
    note_frame_act,
    save_frame,
    sign_frame,
)
from hequan.people.actions.guardianships import (
    GuardianFacts,
    end_guardianship,
    save_guardian,
)
from hequan.people.actions.memberships import (
    MembershipFacts,
    end_membership,
    save_membership,
)
from hequan.people.actions.merging import (
    keep_apart,
    merge_persons,
    sweep_merger,
    unmerge_persons,
)
from hequan.people.actions.organisations import (
    OrganisationFacts,
    OrganisationsSaved,
    close_organisation,
    differences,
    move_organisations_to_heirs,
    save_organisation,
    save_organisations,
)
from hequan.people.actions.own_phone import change_own_phone
from hequan.people.actions.persons import (
    move_persons_to_heirs,
    place_person,
    save_person,
    save_persons,
    tie_account,
)
from hequan.people.actions.registers import (
    AssessmentFacts,
    BreachFacts,
    close_breach,
    save_assessment,
    save_breach,
)
from hequan.people.actions.retention import (
    clear_what_is_past,
)
from hequan.people.actions.revealing import (
    REVEALED,
    reveal_person,
)
from hequan.people.facts import PersonFacts

__all__ = [
    "REVEALED",
    "ActFacts",
    "AssessmentFacts",
    "BreachFacts",
    "Erased",
    "FrameFacts",
    "GuardianFacts",
    "MembershipFacts",
    "OrganisationFacts",
    "OrganisationsSaved",
    "PersonFacts",
    "Signature",
    "add_frame_group",
    "answer_data_request",
    "ask_child_access",
    "change_own_phone",
    "clear_what_is_past",
    "close_breach",
    "close_organisation",
    "decide_child_access",
    "differences",
    "end_guardianship",
    "end_membership",
    "erase_on_request",
    "erase_person",
    "give_consent",
    "keep_apart",
    "leave_frame",
    "merge_persons",
    "move_organisations_to_heirs",
    "move_persons_to_heirs",
    "note_frame_act",
    "note_own_request",
    "open_data_request",
    "place_person",
    "publish_consent_text",
    "publish_standard_words",
    "reasons_against",
    "record_document",
    "remove_document",
    "reveal_person",
    "save_assessment",
    "save_breach",
    "save_frame",
    "save_guardian",
    "save_membership",
    "save_organisation",
    "save_organisations",
    "save_person",
    "save_persons",
    "sign_frame",
    "sweep_merger",
    "tie_account",
    "unmerge_persons",
    "withdraw_consent",
]
