#!/usr/bin/python3
"""Manifests: what mkmanifest says to good and bad ones, beside JSON Schema's own judge and Debian's capnp.
SPDX-License-Identifier: Apache-2.0

good/ has manifests that both take, bad-form/ those that both refuse, bad-graph/ those whose form is right and whose
services are not. What mkmanifest says to each stands in complaints.txt. layers/top.json comes to layers/top.merged.
"""

import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile

import jsonschema

ROOT = pathlib.Path(__file__).resolve().parents[3]
TEST = ROOT / "tools/mkmanifest/test"
SCHEMA = ROOT / "tools/mkmanifest/manifest.schema.json"
MANIFEST = ROOT / "userspace/interfaces/manifest.capnp"
PROGRAM = (ROOT / os.environ.get("BUILD", "build") / "test/mkmanifest/mkmanifest").resolve()


def mkmanifest(*arguments):
    return subprocess.run([PROGRAM, *arguments], cwd=TEST, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def make(folder, *arguments):
    """Packages a manifest whose programs are all there."""
    for program in ("init", "chat", "client", "old"):
        (folder / program).write_bytes(program.encode())
    return mkmanifest(folder / "out", "--build", folder, *arguments)


def judge():
    schema = json.loads(SCHEMA.read_text())
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(schema)


def manifests(folder):
    found = sorted((TEST / folder).glob("*.json"))
    assert found, f"{folder}/ is empty"
    return found


def schema_and_program_agree(folder):
    form = judge()
    for verdict, right_form, right in (("good", True, True), ("bad-form", False, False), ("bad-graph", True, False)):
        for path in manifests(verdict):
            manifest = json.loads(path.read_text())
            done = make(folder, "--manifest", path.relative_to(TEST))
            assert form.is_valid(manifest) == right_form, f"{path.name}: JSON Schema disagrees"
            assert (done.returncode == 0) == right, f"{path.name}: exit {done.returncode}: {done.stderr}"
            assert (folder / "out").exists() == right, f"{path.name}: the package"
            (folder / "out").unlink(missing_ok=True)


def complaints_are_the_known_ones(folder):
    said = ""
    for path in [*manifests("bad-form"), *manifests("bad-graph"), TEST / "layers/circle.json",
                 TEST / "layers/wrong.json"]:
        said += make(folder, "--manifest", path.relative_to(TEST)).stderr
    if os.environ.get("ACCEPT"):
        (TEST / "complaints.txt").write_text(said)
    for got, expected in zip(said.splitlines(), (TEST / "complaints.txt").read_text().splitlines()):
        assert got == expected, f'said "{got}", not "{expected}"'
    assert said == (TEST / "complaints.txt").read_text(), "it said more or less than complaints.txt"


def layers_are_merged(folder):
    done = mkmanifest("--json", "layers/top.json")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == json.loads((TEST / "layers/top.merged").read_text()), done.stdout


def merging_again_changes_nothing(folder):
    once = mkmanifest("--json", "layers/top.json").stdout
    (folder / "merged.json").write_text(once)
    twice = mkmanifest("--json", folder / "merged.json")
    assert twice.stdout == once, twice.stderr


def the_message_is_capnps(folder):
    for path in manifests("good"):
        done = make(folder, "--manifest", path)
        assert done.returncode == 0, done.stderr
        package = subprocess.run(["capnp", "convert", "--quiet", "flat:json", ROOT / "kernel/abi/package.capnp",
                                  "BootPackage"], input=(folder / "out").read_bytes(), check=True,
                                 stdout=subprocess.PIPE)
        system = json.loads(mkmanifest("--json", path).stdout)["system"]
        expected = subprocess.run(["capnp", "convert", "--quiet", "-I", ROOT / "kernel", "-I", ROOT / "userspace",
                                   "json:canonical", MANIFEST, "SystemManifest"], input=json.dumps(system).encode(),
                                  stdout=subprocess.PIPE, check=True)
        assert bytes(json.loads(package.stdout)["manifest"]) == expected.stdout, path.name


def two_runs_give_the_same_bytes(folder):
    first, second = folder / "first", folder / "second"
    for place in (first, second):
        place.mkdir()
        assert make(place, "--manifest", "layers/top.json").returncode == 0
    assert (first / "out").read_bytes() == (second / "out").read_bytes()


def arguments_and_manifest_have_programs(folder):
    (folder / "more").write_bytes(b"more")
    done = make(folder, "--manifest", "good/least.json", f"more={folder}/more")
    assert done.returncode == 0, done.stderr
    done = make(folder, "--manifest", "good/least.json", f"init={folder}/more")
    assert done.stderr == (f'good/least.json:3: binaries.init: two programs have the name "init": {folder}/more and '
                           f"{folder}/init\n"), done.stderr


def missing_files_are_told(folder):
    done = make(folder, "--manifest", "none.json")
    assert (done.returncode, done.stderr) == (1, "cannot read none.json: No such file or directory\n"), done.stderr
    done = make(folder, "--manifest", "good")
    assert (done.returncode, done.stderr) == (1, "cannot read good: Is a directory\n"), done.stderr
    done = mkmanifest(folder / "out2", "--build", folder / "nowhere", "--manifest", "good/least.json")
    assert done.stderr == (f"good/least.json:3: binaries.init: cannot read {folder}/nowhere/init: No such file or "
                           "directory\n"), done.stderr
    assert not (folder / "out2").exists()
    (folder / "huge.json").write_text(" " * (256 * 1024 + 1))
    done = make(folder, "--manifest", folder / "huge.json")
    assert done.stderr == f"cannot read {folder}/huge.json: it is larger than 262144 bytes\n", done.stderr


def make_follows_the_depfile(folder):
    for name in ("base", "quiet", "client", "top"):
        (folder / f"{name}.json").write_text((TEST / f"layers/{name}.json").read_text())
    done = make(folder, "--manifest", folder / "top.json", "--depfile", folder / "out.d")
    assert done.returncode == 0, done.stderr
    (folder / "Makefile").write_text(f"{folder}/out:\n\ttouch $@\ninclude out.d\n")
    query = ["make", "--question", "--no-builtin-rules", folder / "out"]
    assert subprocess.run(query, cwd=folder).returncode == 0, "it is not up to date at once"
    for name in ("base.json", "top.json", "client"):
        for other in folder.iterdir():
            os.utime(other, (1000, 1000))
        assert subprocess.run(query, cwd=folder).returncode == 0
        os.utime(folder / name, (2000, 2000))
        assert subprocess.run(query, cwd=folder).returncode == 1, f"{name} is no reason to make it again"
    (folder / "base.json").unlink()
    assert subprocess.run(query, cwd=folder).returncode == 1, "a base that is gone"


def repository_has_good_forms(folder):
    """Every manifest that stands somewhere; a layer, where null means something, as what it comes to."""
    form = judge()
    files = subprocess.run(["git", "ls-files", "-co", "--exclude-standard", "*.json"], cwd=ROOT, check=True,
                           stdout=subprocess.PIPE, text=True).stdout.splitlines()
    n = 0
    for path in (ROOT / file for file in files if not file.startswith("tools/mkmanifest/test/bad-form/")):
        try:
            manifest = json.loads(path.read_text())
        except (OSError, ValueError):
            continue  # gone, or broken on purpose for other tests
        system = manifest.get("system", {}) if isinstance(manifest, dict) else {}
        if "services" not in system and "binaries" not in manifest:
            continue
        if "extends" in manifest:
            manifest = json.loads(mkmanifest("--json", path).stdout)
        form.validate(manifest)
        n += 1
    assert n > 10, f"{n} manifests"


def grants_are_the_kernels(folder):
    """good/all-grants.json, which is accepted, has each grant that the kernel makes to init, and no other."""
    made = re.findall(r'^    \{"(\w+)", &\w+\},$', (ROOT / "kernel/process/system.c").read_text(), re.MULTILINE)
    system = json.loads((TEST / "good/all-grants.json").read_text())["system"]
    sources = [grant["source"].get("kernel") for grant in system["services"][0]["grants"]]
    assert made == [source for source in sources if source], f"the kernel grants {made}"


TESTS = [schema_and_program_agree, complaints_are_the_known_ones, layers_are_merged, merging_again_changes_nothing,
         the_message_is_capnps, two_runs_give_the_same_bytes, arguments_and_manifest_have_programs,
         missing_files_are_told, make_follows_the_depfile, repository_has_good_forms,
         grants_are_the_kernels]


def main():
    failed = 0
    for test in TESTS:
        with tempfile.TemporaryDirectory() as folder:
            try:
                test(pathlib.Path(folder))
                print(f"ok {test.__name__}")
            except (AssertionError, jsonschema.ValidationError, subprocess.CalledProcessError) as error:
                print(f"not ok {test.__name__}: {error}")
                failed = 1
    return failed


if __name__ == "__main__":
    sys.exit(main())
