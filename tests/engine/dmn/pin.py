"""`python -m tests.engine.dmn.pin FOLDER`: pins the results of the conformance kit that come out right now."""

import sys
from pathlib import Path

from engine.dmn import kit
from tests.engine.dmn.test_conformance import PINNED

if __name__ == "__main__":
    labels = [each.label for each in kit.run(Path(sys.argv[1])) if each.verdict == kit.PASS]
    PINNED.write_text("\n".join([*labels, ""]), encoding="utf-8")
    print(f"{len(labels)} results are pinned.")
