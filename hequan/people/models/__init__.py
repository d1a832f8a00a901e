"""Tables of people and organisations, each in the file named by its thing."""

from hequan.people.models.consents import Consent, ConsentText
from hequan.people.models.deliveries import (
    Delivery,
    DeliveryAddress,
    DeliveryChoice,
    Message,
    TemplateText,
)
from hequan.people.models.duplicates import DistinctPair, MergeRecord
from hequan.people.models.frames import Frame, FrameAct, FrameGroup, FrameMember
from hequan.people.models.guardianships import Guardianship
from hequan.people.models.memberships import Membership
from hequan.people.models.organisations import Organisation
from hequan.people.models.persons import Person, name_columns, phone_columns
from hequan.people.models.protection import (
    BreachRecord,
    ChildAccessRequest,
    DataRequest,
    IdDocument,
    ImpactAssessment,
    RetentionProof,
)
from hequan.people.models.sign_in_codes import SignInCode

__all__ = [
    "BreachRecord",
    "ChildAccessRequest",
    "Consent",
    "ConsentText",
    "DataRequest",
    "Delivery",
    "DeliveryAddress",
    "DeliveryChoice",
    "DistinctPair",
    "Frame",
    "FrameAct",
    "FrameGroup",
    "FrameMember",
    "Guardianship",
    "IdDocument",
    "ImpactAssessment",
    "Membership",
    "MergeRecord",
    "Message",
    "Organisation",
    "Person",
    "RetentionProof",
    "SignInCode",
    "TemplateText",
    "name_columns",
    "phone_columns",
]
