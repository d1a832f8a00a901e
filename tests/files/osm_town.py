"""A small town written as OpenStreetMap XML, for tests of its readers."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from xml.sax.saxutils import quoteattr

Tags = Mapping[str, str]
Node = tuple[float, float] | tuple[float, float, Tags]


def osm_xml(
    nodes: Mapping[int, Node],
    ways: Mapping[int, tuple[Sequence[int], Tags]] | None = None,
    relations: Mapping[int, tuple[Sequence[int], Tags]] | None = None,
) -> str:
    """Return a file: nodes by id (lon, lat[, tags]), ways (refs, tags), relations of outer ways."""
    parts = ['<?xml version="1.0" encoding="UTF-8"?><osm version="0.6">']
    for number, (lon, lat, *tags) in nodes.items():
        parts.append(f'<node id="{number}" lon="{lon}" lat="{lat}">{_tags(*tags)}</node>')
    for number, (refs, way_tags) in (ways or {}).items():
        points = "".join(f'<nd ref="{ref}"/>' for ref in refs)
        parts.append(f'<way id="{number}">{points}{_tags(way_tags)}</way>')
    for number, (members, relation_tags) in (relations or {}).items():
        outer = "".join(f'<member type="way" ref="{way}" role="outer"/>' for way in members)
        parts.append(f'<relation id="{number}">{outer}{_tags(relation_tags)}</relation>')
    return "".join([*parts, "</osm>"])


def _tags(tags: Tags | None = None) -> str:
    return "".join(
        f"<tag k={quoteattr(key)} v={quoteattr(value)}/>" for key, value in (tags or {}).items()
    )


def written(folder: Path, text: str, name: str = "town.osm") -> Path:
    """Return the path of the file just written."""
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path
