"""The command's front door."""

import subprocess
import sys

import django.core.management
import pytest

from hequan import cli
from hequan.cli.words import language_of


def test_without_arguments_it_lists_what_there_is(capsys, monkeypatch):
    monkeypatch.setenv("LC_ALL", "en_GB.UTF-8")

    assert cli.main([]) == 0
    text = capsys.readouterr().out
    for name in (*cli.PLAIN_COMMANDS, *cli.DJANGO_COMMANDS):
        assert f"  {name}" in text
    assert "Commands on plain files" in text


def test_the_list_is_chinese_unless_english_is_asked_for(capsys, monkeypatch):
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    cli.main(["--help"])

    assert "步行可达性" in capsys.readouterr().out


def test_anything_else_goes_to_django(monkeypatch):
    given = []
    monkeypatch.setattr(django.core.management, "execute_from_command_line", given.append)
    monkeypatch.delenv("DJANGO_SETTINGS_MODULE", raising=False)

    assert cli.main(["migrate", "--check"]) == 0
    assert given == [["hequan", "migrate", "--check"]]


@pytest.mark.slow
def test_a_plain_command_never_starts_django_nor_its_settings():
    program = (
        "import sys; from hequan.cli import main\n"
        "try:\n main(['coverage', '--help'])\n"
        "except SystemExit:\n pass\n"
        "assert not {'django', 'hequan.config'} & set(sys.modules), 'Django was loaded'"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)

    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize(
    ("arguments", "environment", "language"),
    [
        (["--lang", "en"], {}, "en"),
        (["--lang=en"], {"LANG": "zh_CN.UTF-8"}, "en"),
        (["--lang", "zh"], {"LANG": "en_US.UTF-8"}, "zh"),
        (["--lang"], {}, "zh"),
        (["--lang", "fr"], {}, "zh"),
        ([], {"LANG": "en_US.UTF-8"}, "en"),
        ([], {"LANG": "de_DE.UTF-8"}, "zh"),
        ([], {"LC_ALL": "zh_CN.UTF-8", "LANG": "en_US.UTF-8"}, "zh"),
        ([], {}, "zh"),
    ],
)
def test_the_language_is_asked_for_or_taken_from_the_system(arguments, environment, language):
    assert language_of(arguments, environment) == language
