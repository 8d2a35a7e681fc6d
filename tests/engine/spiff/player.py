"""Plays a drawing in a test: every step is saved and loaded again, and what waits must survive that."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from engine.bpmn import Drawing, read
from engine.port import CallWanted, Ended, Entered, EventAwaited, HandedOver, Left, TaskOpened, TimerArmed, Withdrawn
from engine.spiff import compile_bundle, load_execution, start_execution

MORNING = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


class Surroundings:
    """Stands in for the engine around an execution: a clock that is moved by hand, settings, extra names."""

    def __init__(self, step_budget=1000):
        self.step_budget = step_budget
        self.live_tokens = 10_000
        self.time = MORNING
        self.settings = {}
        self.home = "UTC"
        self.context = {"task": {"due_at": None}}
        self.asked = []

    def now(self):
        return self.time

    def timer_context(self, place, attached_to, variables):
        self.asked.append((place.element, attached_to))
        return self.context

    def timer_setting(self, process, element):
        return self.settings.get(f"timer.{process}.{element}")

    def zone(self):
        return self.home


def drawing(name) -> Drawing:
    """A drawing beside the tests."""
    file = Path(__file__).parent / "drawings" / f"{name}.bpmn"
    return read(file.read_bytes(), file.name)


def compiled(name, *called):
    """The spec of a drawing and those it calls."""
    drawings = [drawing(other) for other in called]
    return compile_bundle(drawing(name), {one.process.get("id"): one for one in drawings})


class Player:
    """One instance; `seen` are all effects so far, `effects` those of the last step.

    `execution` is there to be looked at; each step acts on another one, loaded afresh, because
    looking already unpacks what a loaded state keeps packed.
    """

    def __init__(self, spec, **surroundings):
        self.spec = spec
        self.around = Surroundings(**surroundings)
        self.effects = []
        self.seen = []
        self.state = b""
        self.execution = start_execution(spec, self.around)

    def start(self, message=None, at=None, **variables):
        return self.act(lambda execution: execution.start(variables, message, at))

    def act(self, step):
        """Does one step, saves, loads, and looks whether all is still there."""
        acting = load_execution(self.spec, self.state, self.around) if self.state else self.execution
        self.effects = list(step(acting))
        self.seen += self.effects
        self.state = acting.save()
        before = list(acting.waiting())
        self.execution = load_execution(self.spec, self.state, self.around)
        assert self.execution.save() == self.state
        assert list(self.execution.waiting()) == before
        assert self.execution.save() == self.state
        return self

    def token(self, element, kinds=(TaskOpened, CallWanted, TimerArmed, EventAwaited)):
        """The oldest token that waits at an element."""
        found = [one.place.token for one in self.execution.waiting() if one.place.element == element]
        assert found, f"{element} does not wait; {self.waiting} do"
        return min(found)

    def complete(self, element, **variables):
        token = self.token(element)
        return self.act(lambda execution: execution.complete(token, variables))

    def throw(self, element, code, **variables):
        token = self.token(element)
        return self.act(lambda execution: execution.throw(token, code, variables))

    def catch(self, element, **payload):
        token = self.token(element)
        return self.act(lambda execution: execution.catch(token, payload))

    def due(self, element):
        token = self.token(element)
        return self.act(lambda execution: execution.due(token))

    def later(self, **span):
        self.around.time += timedelta(**span)
        return self

    @property
    def waiting(self):
        """The elements that wait, sorted."""
        return sorted(one.place.element for one in self.execution.waiting())

    @property
    def tasks(self):
        """The elements where a person is asked, sorted."""
        return sorted(one.place.element for one in self.execution.waiting() if isinstance(one, TaskOpened))

    @property
    def entered(self):
        """All elements entered so far, in order."""
        return [one.place.element for one in self.seen if isinstance(one, Entered)]

    @property
    def passed(self):
        """All elements left so far, in order."""
        return [one.place.element for one in self.seen if isinstance(one, Left)]

    @property
    def withdrawn(self):
        """All elements withdrawn so far, sorted."""
        return sorted(one.place.element for one in self.seen if isinstance(one, Withdrawn))

    @property
    def handed_over(self):
        return [one for one in self.seen if isinstance(one, HandedOver)]

    @property
    def ended(self):
        """The `Ended` effect, or None."""
        found = [one for one in self.seen if isinstance(one, Ended)]
        assert len(found) <= 1
        assert bool(found) == self.execution.ended
        return found[0] if found else None

    @property
    def variables(self):
        return dict(self.execution.variables())
