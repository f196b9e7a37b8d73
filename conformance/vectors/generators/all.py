#!/usr/bin/env python3
"""Writes all files of test vectors that are made here, or with --check compares them.

    python3 -m pip install -r conformance/vectors/generators/requirements.txt
    python3 conformance/vectors/generators/all.py [--check]
"""

import pathlib
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
# The pictures depend on Pillow, which writes other bytes on other systems.
OTHERS = ("all.py", "images.py")

failed = False
for path in sorted(HERE.glob("*.py")):
    if path.name not in OTHERS:
        print(path.name, flush=True)
        failed |= subprocess.run([sys.executable, path, *sys.argv[1:]]).returncode != 0
sys.exit(failed)
