"""Words of audit verbs: every verb an action can write has words in both languages."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from django.apps import apps
from django.utils.translation import override

from hequan.cases.moves import MoveName
from hequan.web.case_words import DONE
from hequan.web.help_words import HELP_DONE
from hequan.web.repair_words import REPAIR_DONE
from hequan.web.verb_words import VERB_WORDS, verb_word

ROOT = Path(__file__).resolve().parent.parent.parent / "hequan"
NOTES = {"_note", "_noted", "_record", "note"}


def _texts(node: ast.AST) -> Iterator[str]:
    for one in ast.walk(node):
        if isinstance(one, ast.Constant) and isinstance(one.value, str):
            yield one.value


def _said_as_verb(tree: ast.AST) -> Iterator[str]:
    """Yield texts given as `verb=`, bound to a name with VERB in it, or first for a note."""
    for node in ast.walk(tree):
        if isinstance(node, ast.keyword) and node.arg == "verb":
            yield from _texts(node.value)
        elif isinstance(node, ast.Assign):
            names = [one.id for one in ast.walk(node) if isinstance(one, ast.Name)]
            if any("verb" in name.lower() for name in names):
                yield from _texts(node.value)
        elif isinstance(node, ast.Call):
            name = getattr(node.func, "id", getattr(node.func, "attr", ""))
            if name in NOTES:
                for given in node.args:
                    yield from _texts(given)


@cache
def verbs_in_the_code() -> set[str]:
    """Return every verb that is written out in a call that makes an entry."""
    labels = {config.label for config in apps.get_app_configs()}
    found = set()
    for path in ROOT.rglob("*.py"):
        if path.parts[-2] in ("migrations", "web"):
            continue
        for text in _said_as_verb(ast.parse(path.read_text(encoding="utf-8"))):
            app, dot, rest = text.partition(".")
            if dot and app in labels and rest.replace("_", "").isalpha() and rest[-1] != "_":
                found.add(text)
    return found


def test_every_verb_in_the_code_has_words():
    assert sorted(verbs_in_the_code() - VERB_WORDS.keys()) == []


def test_there_is_no_word_for_a_verb_nobody_writes():
    composed = {"people.personal_read"} | {
        verb for verb in VERB_WORDS if verb.startswith("core.second_factor_")
    }
    assert sorted(VERB_WORDS.keys() - verbs_in_the_code() - composed) == []


def test_every_move_of_a_case_has_words():
    assert set(DONE) == {"open", "import", "order_changed", *MoveName, *HELP_DONE, *REPAIR_DONE}
    assert [one for one in MoveName if verb_word(f"cases.{one}") == f"cases.{one}"] == []


def test_a_verb_is_said_in_chinese():
    with override("zh-hans"):
        assert str(verb_word("core.capability_granted")) == "授予权限"


def test_a_verb_without_words_is_shown_as_it_is():
    assert verb_word("other.thing_done") == "other.thing_done"


def test_reading_personal_values_has_one_word_in_every_app():
    assert str(verb_word("roster.personal_read")) == str(verb_word("people.personal_read"))
