"""report.html (报告): the run as a page to read, print and pass on; nothing is loaded from outside.

The picture is inside the file, every bar has its number beside it, and every figure of the map is
in a table too. All text from the files is escaped.
"""

import base64
from collections.abc import Iterable, Sequence
from html import escape
from importlib import resources
from pathlib import Path

import numpy as np

import hequan
from hequan.cli.coverage_bands import NO_WAY, band_colours, band_labels, bands_of
from hequan.cli.coverage_outputs import share_by_minute
from hequan.cli.coverage_run import CoverageRun
from hequan.planner.coverage_result import ProfileCoverage
from hequan.planner.gaps import Gap
from hequan.planner.network import metres_between

_GAPS_SHOWN = 30
_STATIONS_SHOWN = 60


def write_report(path: Path, run: CoverageRun, picture: Path) -> None:
    """Write the report of a run with its map inside."""
    path.write_text(report(run, picture.read_bytes()), encoding="utf-8")


def report(run: CoverageRun, picture: bytes) -> str:
    """Return the report as one HTML text."""
    style = resources.files("hequan.cli").joinpath("report.css").read_text(encoding="utf-8")
    language = "zh-Hans" if run.words.language == "zh" else "en"
    sections = (
        _opening(run), _warnings(run), _facts(run), _shares(run), _map(run, picture), _ages(run),
        _services(run), _gaps(run), _catchments(run), _method(run),
    )  # fmt: skip
    return "\n".join(
        (
            "<!doctype html>",
            f'<html lang="{language}">',
            '<head><meta charset="utf-8">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            f"<title>{escape(run.title)}</title>",
            f"<style>{style}</style></head>",
            "<body>",
            *(section for section in sections if section),
            "</body></html>\n",
        )
    )


def _opening(run: CoverageRun) -> str:
    words, first, last = run.words, run.first, run.minutes[-1]
    share, straight = first.share_within[last], run.straight_share(first)[last]
    name = run.profile_name(first.profile.code)
    if run.moment is None:
        when = words("report.always")
    else:
        gaps = {"open": int(run.station_open.sum()), "all": len(run.stations.names)}
        when = words("report.at", at=run.moment.say(words.language), **gaps)
    lead = words(
        "report.lead",
        share=words.percent(share),
        people=words.number(run.total),
        minutes=last,
        profile=name,
        left=words.number(run.total - first.people_within[last]),
    )
    points = f"{(straight - share) * 100:.1f}"
    beside = words("report.straight_lead", straight=words.percent(straight), points=points)
    return (
        f"<header><h1>{escape(run.title)}</h1>"
        f'<p class="when">{escape(words("report.walks"))} · {escape(when)}</p></header>'
        f'<p class="lead">{escape(lead)}</p><p>{escape(beside)}</p>'
    )


def _warnings(run: CoverageRun) -> str:
    if not run.remarks:
        return ""
    told = "".join(f"<li>{escape(run.words(one.key, **one.gaps))}</li>" for one in run.remarks)
    return f'<h2>{escape(run.words("report.notes"))}</h2><ul class="warn">{told}</ul>'


def _facts(run: CoverageRun) -> str:
    figures = (
        ("report.people", run.total),
        ("report.homes", len(run.residents.people)),
        ("report.stations", len(run.stations.names)),
        ("report.street_km", run.network.metres / 1000),
    )
    cells = (
        f"<div><dt>{escape(run.words(key))}</dt><dd>{run.words.number(value)}</dd></div>"
        for key, value in figures
    )
    return f'<dl class="facts">{"".join(cells)}</dl>'


def _shares(run: CoverageRun) -> str:
    words, minutes = run.words, run.minutes
    headings = [words("report.profile"), words("report.speed")]
    headings += [words("report.within", minutes=minute) for minute in minutes]
    headings += [f"{words('report.straight')}, {words('report.within', minutes=minutes[-1])}"]
    headings += [words("report.unreached")]
    rows = [
        [
            run.profile_name(code),
            f"{answer.profile.metres_per_second:.2f}\u00a0m/s",
            *(words.percent(share) for share in answer.share_within.values()),
            words.percent(run.straight_share(answer)[minutes[-1]]),
            words.number(answer.unreachable_people),
        ]
        for code, answer in run.result.profiles.items()
    ]
    bars = "".join(_bar(run, code, answer) for code, answer in run.result.profiles.items())
    return (
        f"<h2>{escape(words('report.shares'))}</h2>{_key(run)}"
        f'<ul class="bars">{bars}</ul>{_table(headings, rows)}'
    )


def _key(run: CoverageRun) -> str:
    labels = band_labels(run.minutes, run.words)
    items = (
        f'<li><i{_striped(colour)} style="background-color:{colour}"></i>{escape(label)}</li>'
        for colour, label in zip([*band_colours(run.minutes), NO_WAY], labels, strict=True)
    )
    return f'<ul class="key" aria-hidden="true">{"".join(items)}</ul>'


def _bar(run: CoverageRun, code: str, answer: ProfileCoverage) -> str:
    """One walker's people by band; the table beneath says the same in figures."""
    bands = bands_of(answer.home_seconds, run.minutes)
    parts = np.bincount(bands, weights=run.residents.people, minlength=len(run.minutes) + 2)
    shares = parts / run.total if run.total else parts
    colours = [*band_colours(run.minutes), NO_WAY]
    pieces = "".join(
        f'<i{_striped(colour)} style="width:{share:.2%};background-color:{colour}"></i>'
        for share, colour in zip(shares, colours, strict=True)
        if share > 0
    )
    last = run.minutes[-1]
    told = run.words.percent(answer.share_within[last])
    name, within = run.profile_name(code), run.words("report.within", minutes=last)
    return (
        f'<li><span class="who"><span>{escape(name)}</span><span>{escape(within)} <b>{told}</b>'
        f'</span></span><span class="bar" aria-hidden="true">{pieces}</span></li>'
    )


def _striped(colour: str) -> str:
    """No way at all is told by stripes too, for those who cannot tell the colours apart."""
    return ' class="none"' if colour == NO_WAY else ""


def _map(run: CoverageRun, picture: bytes) -> str:
    name = run.profile_name(run.first.profile.code)
    inside = base64.b64encode(picture).decode()
    return (
        f"<h2>{escape(run.words('report.map'))}</h2><figure>"
        f'<img alt="{escape(run.words("report.map_alt", profile=name))}"'
        f' src="data:image/png;base64,{inside}">'
        f"<figcaption>{escape(run.attribution)}</figcaption></figure>"
    )


def _ages(run: CoverageRun) -> str:
    if not run.residents.ages:
        return ""
    words, last = run.words, run.minutes[-1]
    answers = run.result.profiles
    headings = [words("report.age"), words("report.people"), *map(run.profile_name, answers)]
    rows = [
        [
            name,
            words.number(float(counts.sum())),
            *(words.percent(share_by_minute(one, at)[last]) for one in answers.values()),
        ]
        for at, (name, counts) in enumerate(run.residents.ages.items(), start=1)
    ]
    note = words("report.ages_note", minutes=last)
    return _section(words("report.ages"), note, _table(headings, rows))


def _services(run: CoverageRun) -> str:
    if not run.stations.services:
        return ""
    words, last = run.words, run.minutes[-1]
    answers = run.result.profiles
    shares = [run.service_shares(answer) for answer in answers.values()]
    offered = run.stations.offers.sum(axis=0)
    headings = [words("report.service"), words("report.stations"), *map(run.profile_name, answers)]
    rows = [
        [service, str(int(count)), *(words.percent(one[service][last]) for one in shares)]
        for service, count in zip(run.stations.services, offered, strict=True)
    ]
    note = words("report.services_note", minutes=last)
    return _section(words("report.services"), note, _table(headings, rows))


def _gaps(run: CoverageRun) -> str:
    words, gaps = run.words, run.first.gaps
    name = run.profile_name(run.first.profile.code)
    title = words("report.gaps")
    if not gaps:
        return _section(title, words("report.no_gaps"), "")
    keys = ("report.gap_place", "report.people", "report.gap_homes", "report.gap_nearest")
    rows = [_gap_row(run, gap) for gap in gaps[:_GAPS_SHOWN]]
    note = words("report.gaps_note", minutes=run.minutes[-1], profile=name)
    more = _more(run, [gap.people for gap in gaps[_GAPS_SHOWN:]])
    return _section(title, note, _table([words(key) for key in keys], rows) + more)


def _gap_row(run: CoverageRun, gap: Gap) -> list[str]:
    places = run.stations.places
    metres = metres_between(gap.lon, gap.lat, places.lon, places.lat)
    nearest = int(np.argmin(metres))
    return [
        f"{gap.lon:.5f}, {gap.lat:.5f}",
        run.words.number(gap.people),
        run.words.number(len(gap.homes)),
        f"{run.stations.names[nearest]}, {metres[nearest]:,.0f} m",
    ]


def _more(run: CoverageRun, hidden: Sequence[float]) -> str:
    if not hidden:
        return ""
    told = run.words("report.more", count=len(hidden), people=run.words.number(sum(hidden)))
    return f'<p class="note">{escape(told)}</p>'


def _catchments(run: CoverageRun) -> str:
    words, first = run.words, run.first
    order = np.argsort(-first.station_within[:, -1], kind="stable")
    headings = [words("report.station")]
    headings += [words("report.within", minutes=minute) for minute in run.minutes]
    rows = [
        [run.stations.names[at], *map(words.number, first.station_within[at].tolist())]
        for at in order[:_STATIONS_SHOWN].tolist()
    ]
    note = words("report.catchments_note", profile=run.profile_name(first.profile.code))
    hidden = first.station_within[order[_STATIONS_SHOWN:], -1].tolist()
    return _section(words("report.catchments"), note, _table(headings, rows) + _more(run, hidden))


def _method(run: CoverageRun) -> str:
    words = run.words
    sources = "".join(
        f"<li>{escape(run.profile_name(code))}: {escape(answer.profile.source)}</li>"
        for code, answer in run.result.profiles.items()
    )
    files = " · ".join(f"{words(f'report.{key}_file')}: {name}" for key, name in run.inputs.items())
    made = words("report.made", version=hequan.__version__)
    return (
        f"<h2>{escape(words('report.method'))}</h2><p>{escape(words('report.method_text'))}</p>"
        f'<p>{escape(words("report.source"))}</p><ul class="sources note">{sources}</ul>'
        f"<footer>{escape(words('report.inputs'))}: {escape(files)}<br>"
        f"{escape(run.attribution)} · {escape(made)}</footer>"
    )


def _section(title: str, note: str, body: str) -> str:
    return f'<h2>{escape(title)}</h2><p class="note">{escape(note)}</p>{body}'


def _table(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    head = "".join(f'<th scope="col">{escape(heading)}</th>' for heading in headings)
    body = "".join(
        f'<tr><th scope="row">{escape(first)}</th>'
        + "".join(f"<td>{escape(cell)}</td>" for cell in rest)
        + "</tr>"
        for first, *rest in rows
    )
    return (
        '<div class="scroll" tabindex="0"><table><thead><tr>'
        f"{head}</tr></thead><tbody>{body}</tbody></table></div>"
    )
