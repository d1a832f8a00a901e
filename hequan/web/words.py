"""Words of the kinds (用语): every value the domain knows, said in the language of the page.

The domain's enums carry no words; they are said here, once, for pages and downloads alike.
"""

from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from hequan.core.kinds import AccountState, Capability, Fate, JobState
from hequan.people.kinds import (
    BehalfBasis,
    Channel,
    DeliveryReason,
    DeliveryState,
    OrganisationKind,
)
from hequan.stations.kinds import (
    OpeningDay,
    RunState,
    ServiceCategory,
    ServiceMode,
    SpaceFunction,
    StationKind,
    StationRole,
    StationStatus,
)
from hequan.territory.kinds import (
    AgeBand,
    CircleSpeciality,
    CodeScheme,
    EstateType,
    Level,
    LineageKind,
    ZoneKind,
)
from hequan.territory.topology import TopologyFault
from hequan.web.case_words import CASE_WORDS
from hequan.web.dispute_words import DISPUTE_WORDS
from hequan.web.figure_words import FIGURE_WORDS
from hequan.web.help_words import HELP_WORDS
from hequan.web.people_words import PEOPLE_WORDS
from hequan.web.protection_words import PROTECTION_WORDS
from hequan.web.repair_words import REPAIR_WORDS
from hequan.web.responsibility_words import RESPONSIBILITY_WORDS
from hequan.web.roster_words import ROSTER_WORDS

WORDS: dict[type[StrEnum], dict[str, Promise]] = {
    TopologyFault: {
        TopologyFault.GAP: _("gap"),
        TopologyFault.OVERLAP: _("overlap"),
        TopologyFault.OUTSIDE: _("outside its parent"),
    },
    StationKind: {
        StationKind.TOWN_CENTRE: _("Town service centre"),
        StationKind.GRID_STATION: _("Grid station"),
        StationKind.COMMITTEE_STATION: _("Committee station"),
        StationKind.POST: _("Service post"),
        StationKind.PARK_STATION: _("Science park station"),
        StationKind.BUSINESS_STATION: _("Business building station"),
        StationKind.NEIGHBOURHOOD_CENTRE: _("Neighbourhood centre"),
        StationKind.ENERGY_POINT: _("Energy point"),
        StationKind.LIBRARY: _("Library"),
        StationKind.CULTURE_CENTRE: _("Culture centre"),
        StationKind.ELDER_CENTRE: _("Elders' centre"),
        StationKind.OTHER: _("Other station"),
    },
    StationStatus: {
        StationStatus.PLANNED: _("Planned"),
        StationStatus.OPEN: _("In service"),
        StationStatus.CLOSED: _("Closed for good"),
    },
    StationRole: {
        StationRole.ACTIVITY_CENTRE: _("Activity centre"),
        StationRole.SCHOOL: _("School"),
        StationRole.WINDOW: _("Service window"),
        StationRole.FORUM: _("Forum"),
        StationRole.VOLUNTEER_POST: _("Volunteer post"),
        StationRole.CIVILISATION_PRACTICE: _("Civilisation practice station"),
    },
    SpaceFunction: {
        SpaceFunction.COUNTER: _("Service counter"),
        SpaceFunction.SMART_HALL: _("24-hour self-service hall"),
        SpaceFunction.MEETING: _("Meeting room"),
        SpaceFunction.ACTIVITY: _("Activity room"),
        SpaceFunction.THEATRE: _("Small theatre"),
        SpaceFunction.LIBRARY: _("Reading room"),
        SpaceFunction.CAFE: _("Café"),
        SpaceFunction.CANTEEN: _("Canteen"),
        SpaceFunction.MARKET: _("Market"),
        SpaceFunction.STUDIO: _("Co-creation studio"),
        SpaceFunction.ENERGY_POINT: _("Rest and refill corner"),
        SpaceFunction.DAY_CARE: _("Elders' day care"),
        SpaceFunction.NURSERY: _("Nursery"),
        SpaceFunction.CLINIC: _("Health room"),
        SpaceFunction.GYM: _("Gym"),
        SpaceFunction.OUTDOOR: _("Open-air place"),
    },
    ServiceCategory: {
        ServiceCategory.GOVERNMENT: _("Government matters"),
        ServiceCategory.ELDER: _("Elders"),
        ServiceCategory.CHILD: _("Children"),
        ServiceCategory.MEALS: _("Meals"),
        ServiceCategory.HEALTH: _("Health"),
        ServiceCategory.CULTURE: _("Culture"),
        ServiceCategory.LEARNING: _("Learning"),
        ServiceCategory.SPORTS: _("Sports"),
        ServiceCategory.LIVING: _("Daily living"),
        ServiceCategory.JOBS: _("Jobs and business"),
        ServiceCategory.LAW: _("Law and mediation"),
        ServiceCategory.VOLUNTEERING: _("Volunteering"),
    },
    ServiceMode: {
        ServiceMode.ANY_TIME: _("Any time"),
        ServiceMode.ON_THE_SPOT: _("On the spot"),
        ServiceMode.BY_ORDER: _("By order"),
    },
    OpeningDay: {
        OpeningDay.MONDAY: _("Monday"),
        OpeningDay.TUESDAY: _("Tuesday"),
        OpeningDay.WEDNESDAY: _("Wednesday"),
        OpeningDay.THURSDAY: _("Thursday"),
        OpeningDay.FRIDAY: _("Friday"),
        OpeningDay.SATURDAY: _("Saturday"),
        OpeningDay.SUNDAY: _("Sunday"),
        OpeningDay.HOLIDAY: _("Public holidays"),
    },
    RunState: {
        RunState.WAITING: pgettext_lazy("run", "Waiting"),
        RunState.DONE: pgettext_lazy("run", "Done"),
        RunState.FAILED: pgettext_lazy("run", "Failed"),
    },
    Level: {
        Level.CITY: _("City"),
        Level.DISTRICT: _("District"),
        Level.TOWN: _("Town"),
        Level.AREA: pgettext_lazy("territory", "Area"),
        Level.COMMITTEE: _("Committee"),
        Level.GRID: _("Micro-grid"),
        Level.BUILDING_GROUP: _("Building group"),
    },
    ZoneKind: {
        ZoneKind.ESTATE: _("Housing estate"),
        ZoneKind.STREET: _("Street"),
        ZoneKind.PARK: _("Science or business park"),
        ZoneKind.MALL: _("Shopping mall"),
        ZoneKind.CAMPUS: _("Campus"),
        ZoneKind.BARRACKS: _("Barracks"),
    },
    EstateType: {
        EstateType.COMMODITY: _("Commodity housing"),
        EstateType.RELOCATION: _("Relocation housing"),
        EstateType.PUBLIC_RENTAL: _("Public rental housing"),
        EstateType.OLD_PUBLIC: _("Old public housing"),
        EstateType.RURAL: _("Village housing"),
        EstateType.MIXED: _("Mixed housing"),
    },
    AgeBand: {
        AgeBand.UNDER_3: _("0–2 years"),
        AgeBand.UNDER_7: _("3–6 years"),
        AgeBand.CHILD: _("7–14 years"),
        AgeBand.ADULT: _("15–59 years"),
        AgeBand.SIXTIES: _("60–64 years"),
        AgeBand.ELDER: _("65–79 years"),
        AgeBand.OLDEST: _("80 years and over"),
    },
    CodeScheme: {
        CodeScheme.OFFICIAL: _("Official code"),
        CodeScheme.LOCAL: _("Local code"),
    },
    LineageKind: {
        LineageKind.MERGED: _("Merged"),
        LineageKind.SPLIT: _("Split off"),
    },
    CircleSpeciality: {
        CircleSpeciality.HAPPINESS: _("Happiness circle"),
        CircleSpeciality.SPORTS_CULTURE: _("Sports and culture circle"),
        CircleSpeciality.CORE: _("Core circle"),
        CircleSpeciality.SCIENCE: _("Science and enterprise circle"),
        CircleSpeciality.PUBLIC_GOOD: _("Public-good circle"),
        CircleSpeciality.OTHER: _("Other circle"),
    },
    OrganisationKind: {
        OrganisationKind.FIRM: _("Firm"),
        OrganisationKind.SHOP: _("Shop"),
        OrganisationKind.DEPARTMENT: _("Department"),
        OrganisationKind.INSTITUTION: _("Institution"),
        OrganisationKind.BRANCH: _("Branch"),
        OrganisationKind.SOCIAL: _("Social organisation"),
        OrganisationKind.OWNERS_COMMITTEE: _("Owners' committee"),
        OrganisationKind.PROPERTY_FIRM: _("Property firm"),
        OrganisationKind.TEAM: _("Team"),
        OrganisationKind.ALLIANCE: _("Alliance"),
        OrganisationKind.OTHER: _("Other organisation"),
    },
    BehalfBasis: {
        BehalfBasis.SPOKEN: _("She said so here, face to face or on the telephone"),
        BehalfBasis.WRITTEN: _("She signed for it; the paper is kept"),
        BehalfBasis.GUARDIAN: _("Her guardian agreed"),
    },
    AccountState: {
        AccountState.OPEN: pgettext_lazy("account", "in use"),
        AccountState.LOCKED: pgettext_lazy("account", "rests after wrong passwords"),
        AccountState.CLOSED: pgettext_lazy("account", "closed"),
    },
    Capability: {
        Capability.SEE_BOARD: _("See the board"),
        Capability.EDIT_TERRITORY: _("Edit the territory"),
        Capability.EDIT_STATIONS: _("Edit stations"),
        Capability.IMPORT_FILES: _("Import files"),
        Capability.RUN_COVERAGE: _("Run coverage"),
        Capability.SEE_PEOPLE: _("See people"),
        Capability.EDIT_PEOPLE: _("Edit people"),
        Capability.REVEAL_PERSONAL: _("See personal values unmasked, with a reason"),
        Capability.ACT_ON_BEHALF: _("Act on behalf of a person"),
        Capability.APPROVE_CHILD_ACCESS: _("Approve reading a child's data"),
        Capability.PROTECT_DATA: _("Look after personal data"),
        Capability.EDIT_ORGANISATIONS: _("Edit organisations"),
        Capability.SEE_ROSTER: _("See the roster"),
        Capability.EDIT_ROSTER: _("Edit posts, teams and duty"),
        Capability.EDIT_RESPONSIBILITIES: _("Edit matters and responsibility lists"),
        Capability.EDIT_TEMPLATES: _("Edit message templates"),
        Capability.SEE_CASES: _("See cases and take them in"),
        Capability.DISPATCH_CASES: _("Dispatch and verify cases"),
        Capability.SUPERVISE_CASES: _("Supervise cases, approve pauses"),
        Capability.DO_REPAIRS: _("Repair for a provider"),
        Capability.DISPATCH_REPAIRS: _("Give out repair orders, keep price lists"),
        Capability.ADMINISTER_SYSTEM: _("System administrator"),
        Capability.ADMINISTER_SECURITY: _("Security administrator"),
        Capability.READ_AUDIT: _("Audit administrator"),
    },
    JobState: {
        JobState.WAITING: pgettext_lazy("job", "Waiting"),
        JobState.RUNNING: pgettext_lazy("job", "Running"),
        JobState.DONE: pgettext_lazy("job", "Done"),
        JobState.DEAD: pgettext_lazy("job", "Given up"),
        JobState.ASIDE: pgettext_lazy("job", "Put aside"),
    },
    Channel: {
        Channel.SMS: _("SMS"),
        Channel.MAIL: _("E-mail"),
        Channel.WEIXIN: _("Weixin"),
        Channel.WECOM: _("WeCom"),
    },
    DeliveryState: {
        DeliveryState.WAITING: pgettext_lazy("delivery", "Waiting"),
        DeliveryState.SENT: pgettext_lazy("delivery", "Sent"),
        DeliveryState.FAILED: pgettext_lazy("delivery", "Failed"),
        DeliveryState.DROPPED: pgettext_lazy("delivery", "Not sent"),
    },
    DeliveryReason: {
        DeliveryReason.NO_ADDRESS: _("no address for this channel"),
        DeliveryReason.REFUSED: _("refused by the sender"),
        DeliveryReason.UNREACHABLE: _("the sender could not be reached"),
        DeliveryReason.SWITCHED_OFF: _("turned off by the receiver"),
    },
    Fate: {
        Fate.NEW: pgettext_lazy("row", "New"),
        Fate.CHANGED: pgettext_lazy("row", "Changed"),
        Fate.SAME: pgettext_lazy("row", "Same"),
        Fate.REFUSED: pgettext_lazy("row", "Refused"),
    },
    **CASE_WORDS,
    **DISPUTE_WORDS,
    **FIGURE_WORDS,
    **HELP_WORDS,
    **PEOPLE_WORDS,
    **PROTECTION_WORDS,
    **REPAIR_WORDS,
    **RESPONSIBILITY_WORDS,
    **ROSTER_WORDS,
}

# profiles are rows of the planner, so their codes are plain text
PROFILE_WORDS: dict[str, Promise] = {
    "adult": _("Adult"),
    "elder": _("Elder, 65 and over"),
    "frail": _("Slow walker"),
    "child": _("With a child or a pram"),
    "wheelchair": _("Wheelchair, no steps"),
}

_BY_ENUM = {
    (kind, str(value)): word for kind, words in WORDS.items() for value, word in words.items()
}


def word(value: StrEnum) -> Promise:
    """Return the word of a value of one of the domain's enums."""
    return _BY_ENUM[type(value), str(value)]


def choices(kind: type[StrEnum]) -> list[tuple[str, Promise]]:
    """Return all values of an enum with their words, in the enum's order, for a form."""
    return [(str(value), word(value)) for value in kind]


# the accessibility checklist: what it is when there, and what is said when it is not
ACCESS_WORDS: dict[str, tuple[Promise, Promise]] = {
    "entrance_step_free": (_("Entrance without steps"), _("Steps at the entrance")),
    "ramp": (_("Ramp"), _("No ramp")),
    "lift": (_("Lift"), _("No lift")),
    "accessible_wc": (_("Accessible toilet"), _("No accessible toilet")),
    "low_counter": (_("Low counter"), _("No low counter")),
    "e_display": (_("Electronic display"), _("No electronic display")),
    "writing_pad": (_("Writing pad"), _("No writing pad")),
    "voice_prompt": (_("Voice prompts"), _("No voice prompts")),
    "hearing_loop": (_("Hearing loop"), _("No hearing loop")),
    "guide_dog": (_("Guide dogs welcome"), _("Guide dogs cannot enter")),
}


def access_line(name: str, value: bool | int | None) -> str:
    """Return one line of the accessibility checklist in words."""
    if name == "door_width_cm":
        if value is None:
            return gettext("Door width: not measured")
        return gettext("Door %(cm)s cm wide") % {"cm": value}
    there, absent = ACCESS_WORDS[name]
    if value is None:
        return gettext("%(thing)s: not checked") % {"thing": there}
    return str(there if value else absent)
