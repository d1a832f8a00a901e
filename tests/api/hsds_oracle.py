"""What an HSDS answer must look like: by the standard's own schemas, and by its own examples.

The schemas and examples are CC BY-SA and lie beside the checkout, not in it; `real_data` skips a
test where they are absent. The schemas leave unknown fields open, so `unknown_fields` closes them.
"""

import json
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator
from referencing import Registry, Resource

from tests.realdata import real_data

FILES = {
    "services": "service_full.json",
    "service_list": "service_list.json",
    "service_at_locations": "service_at_location_full.json",
    "service_at_location_list": "service_at_location_list.json",
    "organizations": "organization_full.json",
    "organization_list": "organization_list.json",
    "locations": "location.json",
    "taxonomies": "taxonomy.json",
    "taxonomy_list": "taxonomy_list.json",
    "taxonomy_terms": "taxonomy_term.json",
    "taxonomy_term_list": "taxonomy_term_list.json",
    "base": "base.json",
}
NUMBER = {"int": "number", "float": "number"}


class Schemas:
    """The standard's schemas, found by the names they call each other."""

    def __init__(self, folder: Path) -> None:
        self._schemas = {path.name: _schema(path) for path in sorted(folder.glob("*.json"))}
        resources = [
            (uri, Resource.from_contents(told, default_specification=_dialect()))
            for uri, told in self._schemas.items()
        ]
        self._registry = Registry().with_resources(resources)

    def faults(self, name: str, answer: Any) -> list[str]:
        """Return what is wrong with an answer: empty where the standard is kept."""
        schema = self._schemas[f"{name}.json"]
        validator = Draft202012Validator(
            schema, registry=self._registry, format_checker=Draft202012Validator.FORMAT_CHECKER
        )
        wrong = [f"{list(e.path)}: {e.message}" for e in validator.iter_errors(answer)]
        return wrong + self._unknown(schema, answer, name)

    def _unknown(self, schema: dict[str, Any], answer: Any, where: str) -> list[str]:
        """Return fields the standard does not know, at any depth."""
        if "$ref" in schema:
            schema = self._schemas[schema["$ref"].rpartition("/")[2]]
        if isinstance(answer, list):
            return [f for one in answer for f in self._unknown(schema.get("items", {}), one, where)]
        if not isinstance(answer, dict) or "properties" not in schema:
            return []
        known = schema["properties"]
        found = [f"{where}: unknown field {name}" for name in answer if name not in known]
        for name in answer.keys() & known.keys():
            found += self._unknown(known[name], answer[name], f"{where}.{name}")
        return found


def _schema(path: Path) -> dict[str, Any]:
    told: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    told["$id"] = path.name
    return told


def _dialect() -> Any:
    from referencing.jsonschema import DRAFT202012

    return DRAFT202012


def standard_schemas() -> Schemas:
    """Return the standard's schemas, or skip the test where they are not at hand."""
    return Schemas(real_data("hsds-schemas"))


def example(name: str) -> Any:
    """Return one of the standard's own examples, or skip the test."""
    path = real_data("hsds-examples") / FILES[name]
    return json.loads(path.read_text(encoding="utf-8"))


def strangeness(answer: Any, model: Any, where: str = "") -> list[str]:
    """Return where an answer has a field the example lacks, or a value of another type."""
    if isinstance(model, dict) and isinstance(answer, dict):
        found = [f"{where}: {name} is not in the example" for name in answer if name not in model]
        for name in answer.keys() & model.keys():
            found += strangeness(answer[name], model[name], f"{where}.{name}")
        return found
    if isinstance(model, list) and isinstance(answer, list):
        shape = _merged(model)
        return [f for one in answer for f in strangeness(one, shape, f"{where}[]")]
    if _kind(answer) != _kind(model):
        return [f"{where}: {_kind(answer)} where the example has {_kind(model)}"]
    return []


def _merged(models: list[Any]) -> Any:
    if all(isinstance(one, dict) for one in models):
        return {name: value for one in models for name, value in one.items()}
    return models[0]


def _kind(value: Any) -> str:
    kind = type(value).__name__
    return NUMBER.get(kind, kind)
