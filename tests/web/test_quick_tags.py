"""Addresses and words that are worked out once come out as Django's own tags give them."""

import pytest
from django.template import Context, Engine, Template
from django.test import override_settings
from django.urls import NoReverseMatch, set_script_prefix
from django.utils.translation import override

pytestmark = pytest.mark.once
PLAIN = Engine(libraries={"i18n": "django.templatetags.i18n"})
I18N = "{% load i18n %}"
SOURCES = (
    '{% url "web:board-cases" %} {% url "web:board-case" pk %} {% url "web:board-case" 7 %}',
    '{% url name pk %}{% url "web:basket" link %}{% url "web:board-case" pk=pk %}',
    '{% url "web:board-case" pk as there %}[{{ there }}]',
    '{% url "no-such" as none %}[{{ none }}]',
    I18N + '{% translate "Case" %} {% translate "Due" context "case" %} {% trans "Due" %}',
    I18N + '{% translate words %} {% translate "Case" as said %}{{ said }}',
    I18N + '{% translate "Case"|upper %} {% translate "100%% <b>" %} {% translate "x" noop %}',
    I18N + '{% autoescape off %}{% translate "a <b>" %}{% endautoescape %}',
    I18N + "{% blocktranslate %}Case{% endblocktranslate %}",
)


@pytest.mark.parametrize("source", SOURCES)
def test_they_say_what_the_plain_tags_say_in_either_language_and_again(source):
    ours, plain = Template(source), PLAIN.from_string(source)
    for language in ("zh-hans", "en", "zh-hans"):
        for pk in (1, 2, 1):
            told = {"pk": pk, "name": "web:board-case", "link": "abc", "words": "Case"}
            with override(language):
                assert ours.render(Context(told)) == plain.render(Context(told))


def test_an_address_that_is_none_is_an_error():
    for source in ('{% url "no-such" %}', '{% url "web:board-case" %}'):
        with pytest.raises(NoReverseMatch):
            Template(source).render(Context())


def test_below_another_address_all_lie_below_it():
    template = Template('{% url "web:board-case" 7 %}')
    before = template.render(Context())
    try:
        with override_settings(FORCE_SCRIPT_NAME="/town"):
            set_script_prefix("/town/")
            assert template.render(Context()) == f"/town{before}"
    finally:
        set_script_prefix("/")
    assert template.render(Context()) == before
