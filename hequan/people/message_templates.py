"""Message templates (消息模板): what the town says to people, in both languages.

An app registers each of its templates with words of its own and the values it fills in. Officers
may write other words; a placeholder is a name in braces, `{station}`, and nothing else is read
into the text.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.functional import Promise

LANGUAGES = ("zh-hans", "en")
SUBJECT_LENGTH = 120
BODY_LENGTH = 2000
_PLACE = re.compile(r"\{([^{}]*)\}")


@dataclass(frozen=True)
class Words:
    """The subject and body of one template in one language."""

    subject: str
    body: str


@dataclass(frozen=True)
class MessageTemplate:
    """One kind of message: `places` gives each placeholder its meaning and an example."""

    code: str
    about: Promise
    places: Mapping[str, tuple[Promise, str]]
    words: Mapping[str, Words]


_templates: dict[str, MessageTemplate] = {}


def message_template(template: MessageTemplate) -> MessageTemplate:
    """Register a template; LookupError for a code taken or a text asking for unknown values."""
    if template.code in _templates:
        raise LookupError(f"message template {template.code} is registered already")
    for language in LANGUAGES:
        own = template.words[language]
        if strange_places(template, own):
            raise LookupError(f"message template {template.code} asks for unknown values")
    _templates[template.code] = template
    return template


def template_with(code: str) -> MessageTemplate:
    """Return a template by its code; LookupError for none."""
    if code not in _templates:
        raise LookupError(f"no message template {code}")
    return _templates[code]


def all_templates() -> list[MessageTemplate]:
    """Return every registered template, by code."""
    return [_templates[code] for code in sorted(_templates)]


def strange_places(template: MessageTemplate, words: Words) -> list[str]:
    """Return the placeholders that the template has no value for, each once, in order."""
    asked = [*_PLACE.findall(words.subject), *_PLACE.findall(words.body)]
    return list(dict.fromkeys(name for name in asked if name not in template.places))


def filled(text: str, values: Mapping[str, str]) -> str:
    """Return the text with its placeholders filled in; KeyError for a value that is missing."""
    return _PLACE.sub(lambda found: str(values[found[1]]), text)


def example_values(template: MessageTemplate) -> dict[str, str]:
    """Return the examples of a template's values, for the preview."""
    return {name: example for name, (_, example) in template.places.items()}


def missing_values(template: MessageTemplate, values: Iterable[str]) -> list[str]:
    """Return the values a template needs and was not given."""
    return sorted(set(template.places) - set(values))
