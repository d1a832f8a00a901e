"""What every public answer carries (公开应答): an ETag, how long it may be kept, leave for other
sites to read it. An answer for one signed-in person sets its own Cache-Control and is left alone.
"""

import json
from collections.abc import Callable
from functools import wraps
from hashlib import blake2b
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.cache import get_conditional_response, patch_vary_headers
from ninja.renderers import BaseRenderer

from hequan.api.errors import REFUSALS, answer_refusal, problem, title_of

KEPT_SECONDS = 60
PRIVATE = "private, no-store"
GEOJSON = "application/geo+json"
View = Callable[..., HttpResponseBase]


class PlainJson(BaseRenderer):
    """JSON with Chinese as it is and without spaces; NaN is an error, not an answer."""

    media_type = "application/json"

    def render(self, request: HttpRequest, data: Any, *, response_status: int) -> str:
        """Return the text of an answer."""
        return json_text(data)


def json_text(data: Any) -> str:
    """Return data as JSON text."""
    return json.dumps(
        data, cls=DjangoJSONEncoder, ensure_ascii=False, allow_nan=False, separators=(",", ":")
    )


def json_answer(data: Any, content_type: str = "application/json") -> HttpResponse:
    """Return a JSON answer of the content type given."""
    return HttpResponse(json_text(data), content_type=content_type)


def published(view: View) -> View:
    """Let a view's GET answers be read by anybody, kept for a minute and asked for by ETag."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = view(request, *args, **kwargs)
        if request.method not in ("GET", "HEAD") or not isinstance(response, HttpResponse):
            return response
        if response.headers.get("Cache-Control") == PRIVATE:
            return response
        response.headers["Access-Control-Allow-Origin"] = "*"
        patch_vary_headers(response, ("Accept-Language",))
        if response.status_code != 200:
            return response
        response.headers.setdefault("Cache-Control", f"public, max-age={KEPT_SECONDS}")
        response.headers["ETag"] = f'"{blake2b(response.content, digest_size=12).hexdigest()}"'
        found = get_conditional_response(request, etag=response.headers["ETag"], response=response)
        return response if found is None else found

    return answer


def read_only(view: View) -> View:
    """Make a plain view answer GET and HEAD alone, its refusals as problem+json."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.method not in ("GET", "HEAD"):
            response = problem(request, 405, title_of(405))
            response.headers["Allow"] = "GET, HEAD"
            return response
        try:
            return view(request, *args, **kwargs)
        except REFUSALS as error:
            return answer_refusal(request, error)

    return published(answer)
