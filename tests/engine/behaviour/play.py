"""Plays a drawing that lies beside its test the way it would run when deployed: read, checked, normalised, compiled.

A drawing that lint would refuse fails the test with what lint says. The `Player` saves and loads the
instance after every step, so each behaviour is also a behaviour of what is stored.

Normalising adds what every process gets when deployed, so `cx_withdrawn` is seen among what waits: the start event of
the event sub-process by which a process is withdrawn.
"""

from pathlib import Path

from engine.bpmn import Known, lint, normalise, read
from engine.spiff import compile_bundle, schema_folder
from tests.engine.spiff.player import Player


def drawing(test_file, name):
    """The drawing `<name>.bpmn` in the folder of a test."""
    file = Path(test_file).parent / f"{name}.bpmn"
    return read(file.read_bytes(), file.name)


def known(*drawings, **names):
    """What the drawings may name: each other, and the handlers, decisions and forms given."""
    processes = frozenset(part.process.get("id") for one in drawings for part in one.parts())
    given = {kind: frozenset(values) for kind, values in names.items()}
    return Known(processes=processes, schema_folder=schema_folder(), **given)


def refusals(test_file, name, **names):
    """The rule and element of each error in a drawing."""
    one = drawing(test_file, name)
    found = lint(one, known(one, **names))
    return [(finding.rule, finding.element) for finding in found if finding.severity == "error"]


def play(test_file, name, *called, surroundings=None, **names):
    """A player of `<name>.bpmn`, which may call the processes of `<called>.bpmn`; not yet started."""
    drawings = [drawing(test_file, each) for each in (name, *called)]
    around = known(*drawings, **names)
    for one in drawings:
        errors = [finding for finding in lint(one, around) if finding.severity == "error"]
        assert not errors, [f"{finding.rule} {finding.element}: {finding.message}" for finding in errors]
    main, *others = [normalise(one, around) for one in drawings]
    return Player(compile_bundle(main, {one.process.get("id"): one for one in others}), **(surroundings or {}))
