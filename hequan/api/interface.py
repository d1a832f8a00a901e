"""What our JSON faces share (接口底座): refusals, answers, operations' names, the page of docs."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from ninja import NinjaAPI
from ninja.errors import ValidationError
from ninja.openapi.docs import DocsBase

from hequan.api.answers import PlainJson, published
from hequan.api.errors import REFUSALS, answer_refusal


class DocsPage(DocsBase):
    """The interactive description, from the files django-ninja ships and one script of ours."""

    def render_page(self, request: HttpRequest, api: NinjaAPI, **kwargs: Any) -> HttpResponse:
        """Return the page; nothing on it is inline or loaded from outside."""
        found = {"openapi_url": self.get_openapi_url(api, kwargs), "title": api.title}
        return render(request, "api/docs.html", found)


class PublicAPI(NinjaAPI):
    """An API whose answers anybody may read and whose refusals are problem+json."""

    def __init__(self, **options: Any) -> None:
        """Register what every face shares."""
        super().__init__(renderer=PlainJson(), docs_decorator=published, **options)
        for kind in REFUSALS:
            self.add_exception_handler(kind, answer_refusal)
        self.add_decorator(published, mode="view")

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
