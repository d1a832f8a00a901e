"""Bands of minutes, and the small parts of the map."""

import numpy as np
import pytest

from hequan.cli import coverage_map
from hequan.cli.coverage_bands import band_colours, band_labels, bands_of
from hequan.cli.words import Words


def test_walks_fall_into_the_band_of_their_limit():
    seconds = np.array([0, 300, 300.01, 900, 901, np.inf], np.float32)

    assert bands_of(seconds, (5, 10, 15)).tolist() == [0, 0, 1, 2, 3, 4]


@pytest.mark.parametrize("minutes", [(15,), (5, 10, 15), (5, 10, 15, 20, 30)])
def test_every_band_has_a_colour_and_a_word(minutes):
    colours = band_colours(minutes)

    assert len(set(colours)) == len(minutes) + 1
    assert len(band_labels(minutes, Words("zh"))) == len(minutes) + 2


def test_bands_are_named_by_their_ends():
    assert band_labels((5, 10), Words("en")) == [
        "up to 5 min",
        "5–10 min",
        "longer than 10 min",
        "no way",
    ]


@pytest.mark.parametrize(
    ("metres", "round_one"),
    [(0.5, 1), (7, 5), (999, 500), (1000, 1000), (2100, 2000), (5e4, 50_000)],
)
def test_a_scale_bar_has_a_round_length(metres, round_one):
    assert coverage_map.round_length(metres) == round_one


def test_without_a_chinese_font_none_is_named(monkeypatch):
    monkeypatch.setattr(coverage_map, "_CHINESE_FONTS", ("No Such Font",))

    assert coverage_map.chinese_font() is None


def test_dots_are_seen_and_do_not_cover_the_map():
    few = coverage_map._dot_sizes(np.array([0.0, 1000.0]))
    many = coverage_map._dot_sizes(np.full(400_000, 1000.0))

    assert few.tolist() == [6, 66]
    assert many.max() < 12
    assert coverage_map._dot_sizes(np.zeros(2)).tolist() == [6, 6]
