"""What our JSON faces share (接口底座): refusals, answers, operations' names, the page of docs."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from ninja import NinjaAPI
from ninja.errors import ValidationError
from ninja.openapi.docs import DocsBase

from hequan.api.answers import PlainJson, published
from hequan.api.errors import CONTENT_TYPE, REFUSALS, answer_refusal


class DocsPage(DocsBase):
    """The interactive description, from the files django-ninja ships and one script of ours."""

    def render_page(self, request: HttpRequest, api: NinjaAPI, **kwargs: Any) -> HttpResponse:
        """Return the page; nothing on it is inline or loaded from outside."""
        found = {"openapi_url": self.get_openapi_url(api, kwargs), "title": api.title}
        return render(request, "api/docs.html", found)


PROBLEM: dict[str, Any] = {
    "type": "object",
    "description": "A refusal (RFC 9457): what is wrong, and with which parameter.",
    "required": ["title", "status", "detail"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "instance": {"type": "string"},
        "errors": {"type": "array", "items": {"type": "object"}},
    },
}
_REFUSED = {
    "description": "Refused; the detail says why.",
    "content": {CONTENT_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}},
}


class PublicAPI(NinjaAPI):
    """An API whose answers anybody may read and whose refusals are problem+json."""

    def __init__(self, **options: Any) -> None:
        """Register what every face shares."""
        self._described: dict[tuple[str, str | None], Any] = {}
        super().__init__(renderer=PlainJson(), docs_decorator=published, **options)
        for kind in REFUSALS:
            self.add_exception_handler(kind, answer_refusal)
        self.add_decorator(published, mode="view")

    def get_openapi_schema(self, **options: Any) -> Any:
        """Describe the refusals of every operation along with its answers: once a language."""
        asked = str(sorted(options.items())), get_language()
        if asked not in self._described:
            self._described[asked] = self._describe(options)
        return self._described[asked]

    def _describe(self, options: dict[str, Any]) -> Any:
        schema = super().get_openapi_schema(**options)
        schema["components"].setdefault("schemas", {})["Problem"] = PROBLEM
        for path in schema["paths"].values():
            for operation in path.values():
                operation["responses"].setdefault("4XX", _REFUSED)
        return schema

    def get_openapi_operation_id(self, operation: Any) -> str:
        """Name operations by their function alone: `list_units`, not the module's path."""
        return str(operation.view_func.__name__)

    def validation_error_from_error_contexts(self, error_contexts: list[Any]) -> ValidationError:
        """Keep what was sent, which ninja drops: our refusals repeat it, cut short."""
        errors = []
        for context in error_contexts:
            model = context.model
            for told in context.pydantic_validation_error.errors(include_url=False):
                place = model.__ninja_flatten_map_reverse__.get(told["loc"], told["loc"])
                errors.append({**told, "loc": (model.__ninja_param_source__, *place)})
        return ValidationError(errors)
