"""One thing for every address with a gap: all of them of Maple Lane, so that Pine may not know.

What the small town's casts hold is taken from there; a table nobody fills gets one made-up row.
"""

from datetime import date

from django.apps import apps

from tests.people.row_maker import SPECIAL, RowMaker
from tests.roster.list_cast import make_lists
from tests.web import matrix_made as made

# the start of an address: whose row fills its first gap; the longest start that fits decides
THINGS = {
    "board/accounts/": "core.account",
    "board/audit/": "core.auditentry",
    "board/behalf/": "people.person",
    "board/case-photos/": "photo",
    "board/cases/": "cases.case",
    "board/cases/visits/": "cases.basket",
    "board/circle-sets/": "territory.circleset",
    "board/circles/": "territory.circle",
    "board/corridors/": "stations.corridor",
    "board/coverage/": "measured",
    "board/disputes/": "cases.dispute",
    "board/duty/leaves/": "roster.leave",
    "board/duty/slots/": "roster.dutyslot",
    "board/duty/weekly/": "roster.dutypattern",
    "board/duty/": "territory.unit",
    "board/frames/": "people.frame",
    "board/frames/members/": "people.framemember",
    "board/guardianships/": "people.guardianship",
    "board/import-runs/": "handed in",
    "board/jobs/": "core.job",
    "board/library/": "cases.writeup",
    "board/matters/": "roster.matter",
    "board/memberships/": "people.membership",
    "board/mentoring/": "roster.mentoring",
    "board/mergers/": "merged",
    "board/messages/deliveries/": "people.delivery",
    "board/offices/": "core.roleproposal",
    "board/organisations/": "people.organisation",
    "board/people/": "people.person",
    "board/pools/": "roster.pool",
    "board/pools/members/": "roster.poolmember",
    "board/posts/": "roster.post",
    "board/protection/assessments/": "people.impactassessment",
    "board/protection/breaches/": "people.breachrecord",
    "board/protection/children/": "people.childaccessrequest",
    "board/protection/requests/": "people.datarequest",
    "board/protection/requests/<int:pk>/erase/": "request to erase",
    "board/protection/requests/<int:pk>/take/": "request to see",
    "board/registrations/": "roster.registration",
    "board/registrations/letters/": "people.organisation",
    "board/repairs/": "cases.repair",
    "board/repairs/prices/": "cases.provider",
    "board/responsibilities/": "roster.responsibilitylist",
    "board/responsibilities/<int:pk>/item/": "draft",
    "board/responsibilities/<int:pk>/party/": "draft",
    "board/service-areas/": "roster.servicearea",
    "board/services/": "stations.service",
    "board/stations/": "stations.station",
    "board/system/keys/": "core.apikey",
    "board/teams/": "grid",
    "board/territory/": "territory.unit",
    "board/territory/<int:pk>/circles/": "town",
    "board/territory/<int:pk>/topology/": "town",
    "my/consents/": "people.consenttext",
    "my/messages/": "people.message",
    "my/security/untie/": "socialaccount.socialaccount",
    "case/<str:link>/photos/": "photo",
    "case/<str:link>/repairs/": "cases.repair",
    "photos/": "photo",
    "register/": "roster.registration",
}
MADE_UP = {
    "draft": lambda things: made.draft(things.world),
    "handed in": lambda things: made.handed_in(things.world),
    "measured": lambda things: made.measured(things.world),
    "merged": lambda things: made.merged(things.world),
    "photo": lambda things: made.photo_of(things.pk("cases.case")),
    "request to erase": lambda things: things.request("erase"),
    "request to see": lambda things: things.request("see"),
}
GAPS = {"consent": "people.consent", "document": "people.iddocument", "photo": "photo"}
# keys that stay empty, where a row may have one of two, and values nobody can guess
LEFT_OUT = {
    "people.message": ("organisation",),
    "roster.registration": ("organisation", "area", "home"),
}
MADE = {
    "cases.case": {
        "state": "handling",
        "channel": "counter",
        "post": lambda things: things.lists.director,
        "matter": None,
        "asker": None,
        "contact_phone": "13612340004",
        "first_responder": lambda things: things.officer,
    },
    "cases.basket": {"asker": None, "taken_by": lambda things: things.officer},
    "cases.dispute": {"state": "asked", "kind": "neighbours"},
    "cases.provider": {"mode": "assign", "cap": 2},
    "cases.repair": {"state": "done", "worker": None, "return_of": None},
    "cases.writeup": {"state": "published", "author": lambda things: things.officer},
    "people.consent": {"channel": "online"},
    "people.consenttext": {"purpose": "account"},
    "people.datarequest": {"kind": "see", "channel": "online", "state": "open", "done_at": None},
    "people.iddocument": {"kind": "resident"},
    "people.impactassessment": {"review_on": date(2027, 3, 1)},
    "roster.leave": {"person": lambda things: things.lists.director.person},
    "roster.mentoring": {"learner": lambda things: things.lists.director},
}
# what a page must be told before it opens its door
QUERIES = {
    "board/cases/figures/cases/": {"figure": "received"},
    "board/territory/<int:pk>/topology/": {"level": "area"},
    "board/warnings/cases/": lambda things: {"unit": things.world.maple.pk, "matter": "1"},
    "route/<str:code>/": {"place": f"{made.LON},{made.LAT}"},
}
FORMS = {
    "board/accounts/<int:pk>/change/": {"do": "unlock"},
    "board/accounts/<int:pk>/propose/": {"office": "administer_system"},
    "board/audit/export/": {"kind": "csv"},
    "board/cases/<int:pk>/": {"move": "supervise", "note": "x"},
    "board/disputes/<int:pk>/": {"move": "withdraw", "reason": "x"},
    "board/library/<int:pk>/": {"do": "withdraw", "reason": "x"},
    "board/cases/<int:pk>/together/": {"do": "ask"},
    "board/repairs/prices/<int:pk>/": {"do": "end"},
    "case/<str:link>/repairs/<int:pk>/": {"do": "accept"},
    "board/stations/assign/": lambda things: {
        "what": "grid",
        "pk": things.pk("grid"),
        "station": things.pk("stations.station"),
    },
}
# gaps whose text comes from a thing: the start of the address, and the gap's name
TEXTS = {
    ("api/coverage/", "unit_id"): lambda things: things.covered(),
    ("api/services/", "code"): lambda things: things.stations.reading.code,
    ("api/units/", "unit_id"): lambda things: str(things.world.maple.pk),
    ("board/imports/", "code"): lambda _: "stations",
    ("board/messages/templates/", "code"): lambda _: "people.notice",
    ("board/responsibilities/<int:pk>/item/", "key"): lambda _: made.key_of_draft("items"),
    ("board/responsibilities/<int:pk>/party/", "key"): lambda _: made.key_of_draft("parties"),
    ("basket/", "link"): lambda things: made.link_of_basket(things.pk("cases.basket")),
    ("case/", "link"): lambda things: made.link_of(things.pk("cases.case")),
    ("duty/", "token"): lambda things: made.calendar_of(
        things.world.cast.resident, things.world.resident
    ),
    ("open311/v2/requests/", "number"): lambda things: made.number_of(things.pk("cases.case")),
    ("open311/v2/services/", "code"): lambda things: made.service_of(things.pk("roster.matter")),
    ("open311/v2/tokens/", "token"): lambda things: made.number_of(things.pk("cases.case")),
    ("ogc/collections/<str:key>/items/", "feature"): lambda _: made.first_of(
        "/ogc/collections/stations/items"
    ),
    ("services/", "code"): lambda things: things.stations.reading.code,
    ("sign-in/with/oidc/", "provider_id"): lambda _: "openid_connect",
} | {
    (f"hsds/{kind}/", "key"): lambda _, kind=kind: made.first_of(f"/hsds/{kind}")
    for kind in (
        *("services", "service_at_locations", "locations"),
        *("organizations", "taxonomies", "taxonomy_terms"),
    )
}
WORDS = {
    "kind": "unit",
    "section": "facts",
    "level": "committee",
    "profile": "adult",
    "language": "zh-hans",
    "paper": "a4",
    "provider_id": "wecom",
    "key": "stations",
}


class Things:
    """Rows by table, made when first asked for."""

    def __init__(self, world, stations):
        """Fill the town with a responsibility list and its posts."""
        self.world, self.stations = world, stations
        self.lists = make_lists(world)
        person = world.cast.resident
        self._maker = RowMaker(person, world.resident, world.cast.clerk)
        self._kept = {}
        self.officer = world.officer

    def pk(self, label):
        """Return the id of the row that stands for this table."""
        if label not in self._kept:
            self._kept[label] = self._row(label)
        return self._kept[label]

    def _row(self, label):
        known = {
            "core.account": self.world.clerk,
            "people.person": self.world.cast.resident,
            "people.organisation": self.lists.firm,
            "roster.post": self.lists.director,
            "roster.responsibilitylist": self.lists.sheet,
            "stations.station": self.stations.hall,
            "territory.unit": self.world.maple,
            "grid": self.world.grids[0],
            "territory.circle": self.world.happy,
            "territory.circleset": self.world.circle_set,
            "town": self.world.town,
        }
        if label in known:
            return known[label].pk
        if label in MADE_UP:
            return MADE_UP[label](self).pk
        model = apps.get_model(label)
        row = model._default_manager.order_by("pk").first()
        return (row or self._made(model)).pk

    def covered(self):
        """Return the id of a unit whose coverage is measured, as text."""
        self.pk("measured")
        return str(self.world.maple.pk)

    def request(self, kind):
        """Make a request of the resident's that is still open."""
        given = MADE["people.datarequest"] | {"kind": kind, "person": self.world.cast.resident}
        return self._maker.make(apps.get_model("people.datarequest"), given)

    def _made(self, model):
        """Make a row of Maple Lane, wherever its keys allow."""
        of_maple = {
            "territory.unit": self.world.maple,
            "stations.station": self.stations.hall,
            "people.organisation": self.lists.firm,
            "people.person": self.world.cast.resident,
        }
        label = model._meta.label_lower
        left_out = {*LEFT_OUT.get(label, ()), *SPECIAL.get(label, ()), "proxy_person", "stand_in"}
        if "station" in SPECIAL.get(label, ()) or "unit" in SPECIAL.get(label, ()):
            left_out = left_out - {"unit"} | {"station", "organisation"}
        given = {
            name: value(self) if callable(value) else value
            for name, value in MADE.get(label, {}).items()
        }
        for field in model._meta.concrete_fields:
            there = field.related_model and field.related_model._meta.label_lower
            if there in of_maple and field.name not in (*left_out, *given):
                given[field.name] = of_maple[there]
            elif self._is_needed(field, there) and field.name not in (*left_out, *given):
                given[field.attname] = self.pk(there)
        return self._maker.make(model, given)

    @staticmethod
    def _is_needed(field, there):
        """Tell whether a key must point at one of our things; accounts are the maker's."""
        return not field.null and there in THINGS.values() and there != "core.account"

    def fill(self, route):
        """Return the route's address with every gap filled."""
        starts = [one for one in THINGS if route.pattern.startswith(one)]
        label = THINGS[max(starts, key=len)] if starts else None
        address, is_first = route.pattern, True
        for kind, name in route.parts:
            gap = f"<{kind}:{name}>" if f"<{kind}:{name}>" in address else f"<{name}>"
            told = self._text(route, name)
            if kind == "int" and told is None:
                row = GAPS.get(name) or (label if is_first or name in ("one", "other") else None)
                value = str(self.pk(row)) if row else "1"
                if name == "other":
                    value = str(self.world.cast.wang_li.pk)
                is_first = False
            else:
                value = told or self._word(name)
            address = address.replace(gap, value, 1)
        return f"/{address}"

    def said(self, method, route):
        """Return the query or the form an address is asked with, if any."""
        told = (QUERIES if method == "GET" else FORMS).get(route.pattern)
        return told(self) if callable(told) else told

    def _text(self, route, name):
        """Return the text a gap is filled with by its address, None where it is not known by it."""
        for (start, gap), text in TEXTS.items():
            if gap == name and route.pattern.startswith(start):
                return text(self)
        return None

    def _word(self, name):
        return self.stations.hall.code if name == "code" else WORDS.get(name, "x")


def accounts(world):
    """Return the fixed cast: who stands in the columns of the matrix."""
    return {
        "visitor": None,
        "stranger": world.stranger,
        "resident": world.resident,
        "viewer": world.viewer,
        "clerk": world.clerk,
        "officer": world.officer,
        "sysadmin": world.sysadmin,
        "security": world.security,
        "auditor": world.auditor,
    }
