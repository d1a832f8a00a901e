"""The data inventory (个人信息清单): what is kept about people, why, how long, and what ends it.

Written from the field tags, so that it lists exactly what the code keeps.
"""

from hequan.core.personal import OnErase, TableTags, tagged_tables

_ON_ERASE = {
    OnErase.KEEP: "kept: tells nothing without the person's own row",
    OnErase.BLANK: "emptied, the row stays for the counts",
    OnErase.DELETE: "deleted",
}
_ABOUT = """Levels are those of the town's own classification: 1 not personal, 2 general, \
3 sensitive (PIPL art. 28), 4 of a child under fourteen. Every field of a child's row is level 4, \
whatever its level here. “Kept” counts from the moment the table names.
"""
_HEAD = "| field | class | level | purpose | basis | kept | mask |\n|---|---|---|---|---|---|---|\n"


def inventory_page(made: str) -> str:
    """Return the page; tables that say nothing about people are only named at its end."""
    tagged = [(label, tags) for label, tags in tagged_tables() if "test" not in label]
    about = [(label, tags) for label, tags in tagged if _is_personal(tags)]
    plain = [label for label, tags in tagged if not _is_personal(tags)]
    parts = [f"# What is kept about people\n\n{made}\n", _ABOUT]
    parts += [_table(label, tags) for label, tags in about]
    parts.append("\n## Tables that say nothing about people\n\n")
    parts += [f"- `{label}`\n" for label in plain]
    return "".join(parts)


def _is_personal(tags: TableTags) -> bool:
    return any(
        tag.is_personal and not (tag.stays and not tag.shown) for tag in tags.fields.values()
    )


def _table(label: str, tags: TableTags) -> str:
    said = [f"\n## {label}\n\n"]
    if tags.title:
        said.append(f"{tags.title}. ")
    if tags.subjects:
        found = ", ".join(f"`{one}`" for one in tags.subjects)
        said.append(f"About whom: {found}. On erasure: {_ON_ERASE[tags.on_erase]}.")
    if tags.retention and tags.ends:
        after = {OnErase.DELETE: "deleted", OnErase.BLANK: "emptied"}[tags.at_the_end]
        said.append(f" {after.capitalize()} {tags.retention} days after `{tags.ends}`.")
    rows = [
        f"| `{name}` | {tag.data_class} | {tag.level} | {tag.purpose} | {tag.basis} "
        f"| {f'{tag.retention} days' if tag.retention else 'with the row'} | {tag.mask or '–'} |\n"
        for name, tag in tags.fields.items()
        if tag.is_personal
    ]
    return "".join([*said, "\n\n", _HEAD, *rows])
