"""What a browser asked a code for, between the two pages: in a sealed cookie, in no table."""

from dataclasses import asdict, dataclass

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from hequan.core.sign_in.sessions import opened_text, sealed_text
from hequan.web.account.begin import device_of, keep_device

COOKIE = "hequan_asked"
SECONDS = 15 * 60


@dataclass(frozen=True)
class CodeWanted:
    """The phone, where to go afterwards, and whether to sign in or only prove the phone."""

    phone: str
    next_address: str = ""
    only_proof: bool = False
    again_at: float = 0.0


def wanted_code(request: HttpRequest) -> CodeWanted | None:
    """Return what this browser asked a code for, None when that is long ago or never was."""
    try:
        return CodeWanted(**opened_text(request.COOKIES.get(COOKIE, ""), device_of(request)))
    except (ValueError, TypeError):
        return None


def keep_wanted(request: HttpRequest, response: HttpResponse, wanted: CodeWanted) -> None:
    """Give the browser the sealed cookie; another browser cannot use it."""
    keep_device(request, response)
    response.set_cookie(
        COOKIE,
        sealed_text(asdict(wanted), device_of(request)),
        max_age=SECONDS,
        path="/sign-in/",
        httponly=True,
        samesite="Lax",
        secure=request.is_secure(),
    )


def drop_wanted(response: HttpResponse) -> None:
    """Take the cookie away again."""
    response.delete_cookie(COOKIE, path="/sign-in/", samesite="Lax")


def wait_words(seconds: int) -> str:
    """Return why no code was sent, and when another can be asked for."""
    if seconds <= 90:
        text = _("A code is on its way. Ask for another in %(n)s seconds.")
        return text % {"n": seconds}
    text = _(
        "Too many codes were asked for. The last one still counts while it is fresh; "
        "another can be asked for in %(n)s minutes, or come to a station."
    )
    return text % {"n": -(-seconds // 60)}
