"""A file of test vectors, from its first line to the disk."""

import collections
import json
import pathlib
import sys

VECTORS = pathlib.Path(__file__).resolve().parent.parent.parent
RESULTS = ("valid", "invalid", "acceptable")
COMMON = json.loads((VECTORS / "schemas/common.schema.json").read_text())
CLASSES = COMMON["$defs"]["class"]["enum"]


class File:
    """A file in the making; `name` is that of the file and of its generator, without ending.

    `notes` says for each flag what bug it finds (a word of capitals, as Wycheproof has them) and,
    in sentences, what whoever has the bug lets through.
    """

    def __init__(self, name, algorithm, header, notes, version="1"):
        self.name, self.algorithm, self.header = name, algorithm, header
        self.notes, self.version = notes, version
        self.groups, self.count = [], 0

    def group(self, kind, **fields):
        """Begins a group; the tests that follow are in it and share its fields."""
        self.groups.append({"type": kind, **fields, "tests": []})

    def test(self, comment, flags, result, failure=None, **fields):
        """Adds a test. An invalid one names the class of its failure, others have none.

        A list of classes says that either of several checks may be the one that refuses it.
        """
        assert result in RESULTS, result
        assert (failure is not None) == (result == "invalid"), comment
        classes = failure if isinstance(failure, list) else [failure] if failure else []
        assert set(classes) <= set(CLASSES), failure
        self.count += 1
        test = {"tcId": self.count, "comment": comment, "flags": list(flags), **fields}
        test["result"] = result
        if failure is not None:
            test["failure"] = failure
        self.groups[-1]["tests"].append(test)

    def text(self):
        used = {flag for group in self.groups for test in group["tests"] for flag in test["flags"]}
        assert used == set(self.notes), used ^ set(self.notes)
        for group in self.groups:
            comments = collections.Counter(test["comment"] for test in group["tests"])
            doubled = [comment for comment, count in comments.items() if count > 1]
            assert not doubled, doubled
        notes = {
            flag: {"bugType": bug, "description": text} for flag, (bug, text) in self.notes.items()
        }
        document = {
            "algorithm": self.algorithm,
            "generator": f"generators/{self.name}.py",
            "generatorVersion": self.version,
            "numberOfTests": self.count,
            "header": self.header,
            "notes": notes,
            "testGroups": self.groups,
        }
        return json.dumps(document, indent=1, ensure_ascii=True) + "\n"

    def finish(self):
        """Writes the file; with --check, says whether it is what was written before."""
        save({f"{self.name}.json": self.text().encode()})


def save(files, folder=VECTORS):
    """Writes `files`, bytes by path, or with --check compares them."""
    if sys.argv[1:] not in ([], ["--check"]):
        sys.exit(f"usage: {sys.argv[0]} [--check]")
    for name, content in files.items():
        path = folder / name
        if sys.argv[1:] != ["--check"]:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        elif not path.exists() or path.read_bytes() != content:
            sys.exit(f"error: {name} is not what {pathlib.Path(sys.argv[0]).name} makes")
