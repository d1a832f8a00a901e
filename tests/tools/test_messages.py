"""The Chinese catalogue: what is found, what is missing, what is taken."""

import json

import pytest

from tools import messages


@pytest.fixture
def tree(tmp_path, monkeypatch):
    """A small source tree with a module, a template and no catalogue."""
    sources = tmp_path / "hequan"
    (sources / "web").mkdir(parents=True)
    (sources / "web" / "views.py").write_text(
        "from django.utils.translation import gettext as _, ngettext\n"
        '_("Hello %(name)s")\nngettext("%(n)s tree", "%(n)s trees", 2)\n'
        'raise NetworkError("network.empty", "There is no street in {folder}.")\n'
    )
    (sources / "web" / "page.html").write_text(
        '{% load i18n %}\n  <p>{% translate "Good day" %}</p>\n      <b>'
        "{% blocktranslate count n=n %}{{ n }} house{% plural %}{{ n }} houses"
        '{% endblocktranslate %}</b>\n <i title="{% translate "Title" %}">'
    )
    monkeypatch.setattr(messages, "ROOT", tmp_path)
    monkeypatch.setattr(messages, "SOURCES", sources)
    monkeypatch.setattr(messages, "LOCALE", sources / "locale" / "zh_Hans")
    monkeypatch.setattr(
        messages, "CATALOGUE", sources / "locale" / "zh_Hans" / "LC_MESSAGES" / "django.po"
    )
    return tmp_path


FOUND = {
    "Hello %(name)s": "您好，%(name)s",
    "%(n)s tree": "%(n)s 棵树",
    "There is no street in {folder}.": "{folder} 里没有道路。",
    "Good day": "日安",
    "%(n)s house": "%(n)s 座房子",
    "Title": "标题",
}


def fill(tree, words):
    path = tree / "words.json"
    path.write_text(json.dumps(words), encoding="utf-8")
    return messages.fill_messages(path)


def test_modules_templates_plurals_and_the_planners_errors_are_found(tree):
    texts = {messages.key(message)[1] for message in messages.found() if message.id}

    assert texts == set(FOUND)


def test_everything_is_missing_before_it_is_translated(tree, capsys):
    assert messages.main(["check"]) == 1
    assert capsys.readouterr().out.count("missing:") == 6


def test_filling_completes_and_compiles_the_catalogue(tree):
    fill(tree, FOUND)

    assert messages.main(["check"]) == 0
    assert messages.CATALOGUE.with_suffix(".mo").stat().st_size > 200


def test_filling_again_changes_nothing(tree):
    fill(tree, FOUND)
    before = messages.CATALOGUE.read_bytes()

    fill(tree, FOUND)

    assert messages.CATALOGUE.read_bytes() == before
    assert b"2026" not in before  # no dates, so that two people's changes rarely meet


def test_a_word_no_source_uses_is_named(tree, capsys):
    fill(tree, {"Farewell": "再会"})

    assert "not in the sources: 'Farewell'" in capsys.readouterr().out


def test_an_entry_no_source_uses_any_more_is_a_fault_until_extracted(tree, capsys):
    fill(tree, FOUND)
    (tree / "hequan" / "web" / "page.html").write_text("")

    assert messages.main(["check"]) == 1
    assert "unused: 'Good day'" in capsys.readouterr().out
    messages.main(["extract"])
    assert messages.main(["check"]) == 0


def test_a_translation_that_loses_a_gap_is_a_fault(tree, capsys):
    fill(tree, FOUND | {"Hello %(name)s": "您好，%(nobody)s"})

    assert messages.main(["check"]) == 1
    assert "ill-formed" in capsys.readouterr().out


def test_extracting_keeps_translations(tree):
    fill(tree, FOUND)
    with (tree / "hequan" / "web" / "views.py").open("a") as file:
        file.write('_("New")\n')

    messages.main(["extract"])

    texts = {messages.key(m)[1]: messages.text_of(m) for m in messages.read_catalogue() if m.id}
    assert texts == FOUND | {"New": ""}


def test_an_unknown_command_shows_how(tree, capsys):
    assert messages.main(["sing"]) == 2
    assert "extract" in capsys.readouterr().out
