import pickle

import pytest

from hequan.files.errors import FileError


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        ({}, "the cell is odd."),
        ({"file": "/somewhere/homes.csv"}, "homes.csv: the cell is odd."),
        (
            {"file": "homes.csv", "row": 3, "column": "people", "value": "-4"},
            "homes.csv, row 3, column people: the cell is odd (found '-4').",
        ),
        ({"row": 3, "remedy": "Mend it."}, "row 3: the cell is odd. Mend it."),
        ({"value": 0}, "the cell is odd (found 0)."),
    ],
)
def test_the_sentence_says_where_what_and_what_to_do(facts, sentence):
    assert str(FileError("odd", "the cell is odd", **facts)) == sentence


def test_an_error_travels_between_processes_with_every_fact():
    error = FileError("odd", "it is odd", file="a.csv", row=1, column="b", value=2, remedy="Mend.")

    travelled = pickle.loads(pickle.dumps(error))

    assert vars(travelled) == vars(error)
    assert str(travelled) == str(error)
