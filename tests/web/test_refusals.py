"""Every entry a form cannot take is refused in our words, in both languages, with what to do."""

import gettext
import importlib
import inspect
import pkgutil
from pathlib import Path

import django
import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.validators import (
    MaxLengthValidator,
    MaxValueValidator,
    MinLengthValidator,
    MinValueValidator,
    ProhibitNullCharactersValidator,
)
from django.template.loader import render_to_string
from django.utils import translation

import hequan.web
from hequan.web import refusals

CHOICES = [("a", "A"), ("b", "B")]
EMPTY = SimpleUploadedFile("houses.csv", b"")
LONG = SimpleUploadedFile("a-very-long-name.csv", b"x")

# kind of refusal: the field, what is entered, what the words tell in English and in Chinese
REFUSED = {
    "NUL": (forms.CharField(), "a\0b", "delete the text", "重新输入"),
    "too long": (forms.CharField(max_length=3), "abcd", "4 characters, and 3 fit", "最多 3 个字"),
    "too short": (forms.CharField(min_length=3), "ab", "3 are the fewest", "至少"),
    "left empty": (forms.CharField(), "", "please fill it in", "请填写"),
    "no choice": (forms.ChoiceField(choices=CHOICES), "", "choose one", "请选择"),
    "choice not offered": (forms.ChoiceField(choices=CHOICES), "z", "from the list", "重新选择"),
    "typed choice": (
        forms.TypedChoiceField(choices=CHOICES, coerce=str),
        "z",
        "from the list",
        "重新选择",
    ),
    "tick not offered": (
        forms.MultipleChoiceField(choices=CHOICES),
        ["z"],
        "look through the list",
        "重新核对",
    ),
    "no list": (forms.MultipleChoiceField(choices=CHOICES), "z", "no list", "重新勾选"),
    "nothing ticked": (forms.MultipleChoiceField(choices=CHOICES), [], "at least one", "至少"),
    "not agreed": (forms.BooleanField(), False, "tick it", "勾选"),
    "no date": (forms.DateField(), "32.13.", "2026-03-08", "2026-03-08"),
    "date empty": (forms.DateField(), "", "choose one", "请选择"),
    "no time": (forms.TimeField(), "25:70", "08:30", "08:30"),
    "time empty": (forms.TimeField(), "", "choose one", "请选择"),
    "no moment": (forms.DateTimeField(), "soon", "2026-03-08 08:30", "2026-03-08 08:30"),
    "moment empty": (forms.DateTimeField(), "", "day and the time", "日期和时间"),
    "no whole number": (forms.IntegerField(), "many", "in digits", "数字"),
    "no number": (forms.FloatField(), "many", "in digits", "数字"),
    "too much": (forms.IntegerField(max_value=3), "4", "enter 3 or less", "3 或更小"),
    "too little": (forms.FloatField(min_value=3), "2", "enter 3 or more", "3 或更大"),
    "no file": (forms.FileField(), None, "choose one", "请选择"),
    "empty file": (forms.FileField(), EMPTY, "nothing in this file", "没有内容"),
    "file name too long": (forms.FileField(max_length=9), LONG, "shorter", "最多 9 个字"),
}


def refusal(field, entered, language):
    """The words with which a field takes an entry back."""
    with translation.override(language):
        with pytest.raises(forms.ValidationError) as refused:
            field.clean(entered)
        return " ".join(refused.value.messages)


@pytest.mark.parametrize("kind", REFUSED)
def test_a_refusal_says_in_our_english_what_to_do(kind):
    field, entered, english, _chinese = REFUSED[kind]
    assert english in refusal(field, entered, "en")


@pytest.mark.parametrize("kind", REFUSED)
def test_a_refusal_says_in_chinese_what_to_do(kind):
    field, entered, _english, chinese = REFUSED[kind]
    assert chinese in refusal(field, entered, "zh-hans")


def test_a_file_that_came_without_its_name_is_asked_for_again():
    nameless = SimpleUploadedFile("houses.csv", b"x")
    nameless._name = ""
    assert "choose it again" in refusal(forms.FileField(), nameless, "en")
    assert "重新选择" in refusal(forms.FileField(), nameless, "zh-hans")


def fields_of_the_house():
    """Every kind of field that any form of ours has."""
    for module in pkgutil.walk_packages(hequan.web.__path__, "hequan.web."):
        if ".wecom" in module.name:
            continue
        for form in vars(importlib.import_module(module.name)).values():
            if inspect.isclass(form) and issubclass(form, forms.Form):
                yield from form.base_fields.values()


def words_of_the_framework():
    """Every sentence that Django's own catalogue translates."""
    path = Path(django.__file__).parent / "conf/locale/zh_Hans/LC_MESSAGES/django.mo"
    with path.open("rb") as file:
        return set(gettext.GNUTranslations(file)._catalog)


def test_no_field_of_ours_answers_in_the_frameworks_words():
    framework = words_of_the_framework()
    assert "This field is required." in framework
    with translation.override(None):
        for field in fields_of_the_house():
            # no form of ours offers a box that takes a kept file away
            said = {c: str(w) for c, w in field.error_messages.items() if c != "contradiction"}
            assert not framework & set(said.values()), type(field)


def test_every_check_of_a_texts_length_or_a_numbers_size_has_words_of_ours():
    checks = (MaxLengthValidator, MinLengthValidator, MaxValueValidator, MinValueValidator)
    codes = {check.code for check in (*checks, ProhibitNullCharactersValidator)}
    assert codes <= set(refusals.WORDS[forms.Field])


def test_the_summary_of_a_refused_form_names_and_links_each_field_concerned():
    class Form(forms.Form):
        title = forms.CharField(label="Title of it")
        day = forms.DateField(label="Day of it")
        note = forms.CharField(label="Note of it", required=False)

    with translation.override("en"):
        page = render_to_string("board/_form.html", {"form": Form({"day": "x"})})
    summary = page.partition("</p>")[0]
    assert '<a href="#id_title">Title of it</a>' in summary
    assert '<a href="#id_day">Day of it</a>' in summary
    assert "Note of it" not in summary
