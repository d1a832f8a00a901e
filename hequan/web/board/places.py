"""The board's places (导航): every one once, in groups, with the capability that opens it."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from hequan.core.kinds import Capability
from hequan.web.known_addresses import address_of


@dataclass(frozen=True)
class PlaceRow:
    """One page of the navigation; `beside` are the starts of other addresses that belong to it."""

    name: str
    words: Promise
    capability: Capability
    beside: tuple[str, ...] = ()


GROUPS: tuple[tuple[Promise, tuple[PlaceRow, ...]], ...] = (
    (
        _("Network"),
        (
            PlaceRow("web:board-home", _("Coverage"), Capability.SEE_BOARD),
            PlaceRow(
                "web:board-stations", _("Stations"), Capability.SEE_BOARD, ("/board/corridors/",)
            ),
            PlaceRow("web:board-services", _("Services"), Capability.SEE_BOARD),
            PlaceRow(
                "web:board-territory",
                _("Territory"),
                Capability.SEE_BOARD,
                ("/board/circles/", "/board/circle-sets/"),
            ),
            PlaceRow(
                "web:board-imports",
                _("Imports"),
                Capability.IMPORT_FILES,
                ("/board/import-runs/",),
            ),
        ),
    ),
    (
        _("Cases"),
        (
            PlaceRow("web:board-cases", _("Cases"), Capability.SEE_CASES),
            PlaceRow("web:field", _("Field work"), Capability.SEE_CASES),
            PlaceRow("web:board-repairs", _("Repair desk"), Capability.DO_REPAIRS),
            PlaceRow("web:board-disputes", _("Mediation of disputes"), Capability.SEE_CASES),
            PlaceRow("web:board-library", _("Case library"), Capability.SEE_CASES),
            PlaceRow("web:board-warnings", _("Early warning"), Capability.SEE_CASES),
        ),
    ),
    (
        _("People"),
        (
            PlaceRow("web:board-people", _("People"), Capability.SEE_PEOPLE),
            PlaceRow("web:board-organisations", _("Organisations"), Capability.SEE_BOARD),
            PlaceRow("web:board-frames", _("Frames and alliances"), Capability.SEE_BOARD),
            PlaceRow("web:board-duplicates", _("Duplicates"), Capability.EDIT_PEOPLE),
        ),
    ),
    (
        _("Posts and duty"),
        (
            PlaceRow("web:board-posts", _("Posts"), Capability.SEE_ROSTER),
            PlaceRow("web:board-teams", _("Teams"), Capability.SEE_ROSTER),
            PlaceRow("web:board-duty", _("Duty"), Capability.SEE_ROSTER),
            PlaceRow("web:board-pools", _("Staff pools"), Capability.SEE_ROSTER),
            PlaceRow("web:board-mentoring", _("Mentoring"), Capability.SEE_ROSTER),
            PlaceRow("web:board-registrations", _("Registrations"), Capability.ACT_ON_BEHALF),
            PlaceRow(
                "web:board-lists",
                _("Responsibility lists"),
                Capability.SEE_ROSTER,
                ("/board/service-areas/",),
            ),
            PlaceRow("web:board-answering", _("Who answers?"), Capability.SEE_ROSTER),
            PlaceRow("web:board-matters", _("Matters"), Capability.SEE_ROSTER),
        ),
    ),
    (
        _("Messages"),
        (
            PlaceRow(
                "web:board-templates",
                _("Templates"),
                Capability.EDIT_TEMPLATES,
            ),
            PlaceRow("web:board-deliveries", _("Deliveries"), Capability.EDIT_TEMPLATES),
        ),
    ),
    (
        _("Protection"),
        (
            PlaceRow("web:board-data-requests", _("Requests about data"), Capability.PROTECT_DATA),
            PlaceRow(
                "web:board-child-access",
                _("Approvals for children"),
                Capability.APPROVE_CHILD_ACCESS,
            ),
            PlaceRow("web:board-consent-texts", _("Words of consents"), Capability.PROTECT_DATA),
            PlaceRow("web:board-assessments", _("Impact assessments"), Capability.PROTECT_DATA),
            PlaceRow("web:board-breaches", _("Breaches and drills"), Capability.PROTECT_DATA),
            PlaceRow("web:board-proofs", _("Proofs of deletion"), Capability.PROTECT_DATA),
        ),
    ),
    (
        _("Administration"),
        (
            PlaceRow("web:board-system", _("Running of the system"), Capability.ADMINISTER_SYSTEM),
            PlaceRow("web:board-api-keys", _("Interface keys"), Capability.ADMINISTER_SYSTEM),
            PlaceRow("web:board-audit", _("Audit trail"), Capability.READ_AUDIT),
            PlaceRow("web:board-accounts", _("Accounts"), Capability.ADMINISTER_SECURITY),
            PlaceRow(
                "web:board-offices", _("Three administrators"), Capability.ADMINISTER_SECURITY
            ),
            PlaceRow("web:board-offices", _("Three administrators"), Capability.ADMINISTER_SYSTEM),
            PlaceRow("web:board-offices", _("Three administrators"), Capability.READ_AUDIT),
        ),
    ),
)


@dataclass(frozen=True)
class Place:
    """One entry of the navigation as the page shows it."""

    address: str
    words: Promise
    is_here: bool


@dataclass(frozen=True)
class PlaceGroup:
    """One group of entries; a phone shows the entries of the group it is in."""

    words: Promise
    places: tuple[Place, ...]

    @property
    def is_here(self) -> bool:
        """Tell whether the page shown belongs to this group."""
        return any(place.is_here for place in self.places)


def places_for(held: frozenset[Capability], path: str) -> list[PlaceGroup]:
    """Return the groups that have a place for whoever holds these capabilities."""
    groups = (PlaceGroup(words, tuple(_places(rows, held, path))) for words, rows in GROUPS)
    return [group for group in groups if group.places]


def _places(rows: tuple[PlaceRow, ...], held: frozenset[Capability], path: str) -> Iterator[Place]:
    for row in rows:
        if row.capability in held:
            address = address_of(row.name)
            yield Place(address, row.words, _is_here(path, address, row.beside))


def _is_here(path: str, address: str, beside: tuple[str, ...]) -> bool:
    home = address_of("web:board-home")
    return path == address or (address != home and path.startswith((address, *beside)))


def first_address(held: frozenset[Capability]) -> str | None:
    """Return the first place of the board open to these capabilities, None for none."""
    groups = places_for(held, "")
    return groups[0].places[0].address if groups else None
