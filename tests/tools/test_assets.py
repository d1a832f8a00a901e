"""Front-end files come from a lock file without addresses and are a short, named list."""

import json

from tools import assets


def test_the_lock_file_names_no_host_and_every_package_has_its_checksum():
    text = (assets.ROOT / "package-lock.json").read_text(encoding="utf-8")
    packages = {name: one for name, one in json.loads(text)["packages"].items() if name}

    assert "http" not in text
    assert "resolved" not in text
    assert all(one["integrity"].startswith("sha512-") for one in packages.values())


def test_versions_are_exact():
    wanted = json.loads((assets.ROOT / "package.json").read_text(encoding="utf-8"))
    versions = (wanted["dependencies"] | wanted["devDependencies"]).values()

    assert all(version[0].isdigit() for version in versions)


def test_every_package_we_serve_brings_its_licence():
    folders = {source.split("/")[0] for source in assets.SERVED.values()}
    licences = {s.split("/")[0] for s in assets.SERVED.values() if "LICENSE" in s}

    assert folders == licences


def test_the_pointer_to_a_source_map_is_dropped_and_nothing_else():
    script = b"var a=1;// not a sourceMappingURL\nb();\n//# sourceMappingURL=x.js.map\n"
    style = b"a{b:c}\n/*# sourceMappingURL=bootstrap.min.css.map */"

    assert assets.without_source_map(script) == b"var a=1;// not a sourceMappingURL\nb();\n"
    assert assets.without_source_map(style) == b"a{b:c}\n"


def test_a_changed_lock_file_asks_for_the_files_anew(tmp_path, monkeypatch):
    (tmp_path / "package-lock.json").write_text("one")
    vendor, packages = tmp_path / "vendor", tmp_path / "node_modules"
    monkeypatch.setattr(assets, "ROOT", tmp_path)
    monkeypatch.setattr(assets, "VENDOR", vendor)
    monkeypatch.setattr(assets, "STAMP", vendor / ".made-from")
    monkeypatch.setattr(assets, "PACKAGES", packages)
    for source in (*assets.SERVED.values(), *assets.TESTED_WITH):
        (packages / source).parent.mkdir(parents=True, exist_ok=True)
        (packages / source).write_text("x")
    assert not assets.up_to_date()

    assets.copy()
    assert assets.up_to_date()

    (tmp_path / "package-lock.json").write_text("two")
    assert not assets.up_to_date()


def test_a_missing_file_asks_for_the_files_anew(tmp_path, monkeypatch):
    monkeypatch.setattr(assets, "TESTED_WITH", ("nothing/here.js",))

    assert not assets.up_to_date()
