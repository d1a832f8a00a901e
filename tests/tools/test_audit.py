"""What is installed is what was locked, and an audit that asked nobody is no audit."""

import json

import pytest

from tools.audit import Pin, check_locks, faults_of, npm_faults, pins_of, verdict

LOCK = """# made by uv
django==5.2.19 \\
    --hash=sha256:aa \\
    --hash=sha256:bb
    # via hequan
colorama==0.4.6 ; sys_platform == 'win32' \\
    --hash=sha256:cc
"""


def test_the_locks_of_this_tree_hold():
    assert check_locks() == 0


def test_a_lock_is_read_with_hashes_and_markers():
    assert list(pins_of(LOCK)) == [
        Pin("django", "5.2.19", "", 2),
        Pin("colorama", "0.4.6", "sys_platform == 'win32'", 1),
    ]


def test_what_is_not_pinned_is_refused():
    with pytest.raises(ValueError, match="django>=5"):
        list(pins_of("django>=5\n"))


def test_a_pin_without_hash_another_version_and_a_missing_package_are_faults():
    pins = [Pin("pytest", "0.1", "", 1), Pin("no-such-thing", "1", "", 0)]
    found = list(faults_of([*pins, Pin("winonly", "1", "sys_platform == 'win32'", 1)]))

    assert len(found) == 3
    assert "locked is 0.1" in found[0]
    assert "no hash" in found[1]
    assert "not installed" in found[2]


def test_a_front_end_package_without_hash_is_a_fault():
    lock = {"packages": {"": {}, "a": {"integrity": "sha512-x"}, "b": {"integrity": "sha1-x"}}}

    assert len(list(npm_faults(json.dumps(lock)))) == 1


def test_nothing_audited_is_a_failure():
    clean = {"name": "a", "version": "1", "vulns": []}
    skipped = {"name": "b", "skip_reason": "not found"}
    holed = {"name": "c", "version": "2", "vulns": [{"id": "PYSEC-1"}]}

    def code(*rows):
        return verdict(json.dumps({"dependencies": rows}))[0]

    assert (code(clean), code(clean, skipped), code(skipped, holed)) == (0, 2, 1)
