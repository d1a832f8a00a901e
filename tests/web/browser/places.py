"""The public pages of the small town, each with an address that shows something."""

from tests.world import place


def at(x: float, y: float) -> str:
    """Return a place in metres as an address carries it."""
    lon, lat = place(x, y)
    return f"{lon:.4f},{lat:.4f}"


HOME = f"place={at(100, 110)}&label=家"
PAGES = {
    "home": "/",
    "answer": f"/?{HOME}&profile=elder",
    "places": "/?words=红枫",
    "nowhere": "/?words=zzz",
    "committees": "/committees/",
    "stations": "/stations/",
    "station": "/stations/ST-2/",
    "station without steps": "/stations/ST-3/",
    "services": "/services/",
    "service": f"/services/SV-1/?{HOME}",
    "route": f"/route/ST-3/?{HOME}",
    "about": "/about/",
    "accessibility": "/accessibility/",
    "sign in": "/sign-in/",
}
