"""The house rules that can be read off the syntax trees: who imports whom, sizes, commits.

`violations(root)` returns one sentence per broken rule; `tests/test_architecture.py` expects none for the
project and plants each kind in a small tree to see it reported.
"""

import ast
import graphlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

PACKAGES = ("engine", "crm", "handlers", "webapp", "cli", "processes", "migrations", "bootstrap")
WATCHED = ("SpiffWorkflow", "sqlalchemy", "flask", "lxml")
FILE_LINES, TEST_LINES, FUNCTION_LINES = 300, 400, 60
COMMITTER = "engine.transaction"
LOADERS = {  # who may load a module by name, and why
    ("engine", "__getattr__"),  # the public names are loaded lazily, so that engine.feel can be used alone
    ("engine.remote", "_child"),  # a child process gets its handler by name
}
REACH_SPIFF = ("engine.definitions", "engine.advance")
SMALL = ("engine.contract", "engine.company", "engine.port", "engine.states", "engine.errors", "engine.clock")
SKIPPED_FOLDERS = {"node_modules", "dist", "__pycache__", "build"}
TEMPLATE_ENDINGS = (".html", ".jinja", ".j2")


@dataclass(frozen=True)
class Module:
    """One Python file: its path, dotted name, and syntax tree."""

    path: Path
    name: str
    tree: ast.Module

    @property
    def is_package(self) -> bool:
        return self.path.name == "__init__.py"


@dataclass(frozen=True)
class Import:
    """One imported thing: the module named, the name taken from it (or None), where."""

    module: str
    name: str | None
    line: int
    for_types_only: bool

    def target(self, known: set[str]) -> str:
        """The module that is really loaded: `from a import b` is a.b where that is a module."""
        full = f"{self.module}.{self.name}"
        return full if self.name and full in known else self.module


@dataclass(frozen=True)
class Row:
    """One row of the import table: whom it is about, and what such a module may import."""

    about: Callable[[str], bool]
    may: tuple[str, ...]
    libraries: tuple[str, ...] = ()
    exactly: tuple[str, ...] = ()


def within(name: str, *places: str) -> bool:
    """Whether a dotted name is one of the places or lies below one."""
    return any(name == place or name.startswith(f"{place}.") for place in places)


def _is(*places: str) -> Callable[[str], bool]:
    return lambda name: within(name, *places)


# The first row that speaks of a module decides. `exactly` means the package itself, not what is below it.
TABLE = (
    Row(_is(*SMALL), may=SMALL),
    Row(_is("engine.feel"), may=("engine.feel",)),
    Row(_is("engine.files"), may=("engine.files", "engine.errors"), libraries=("lxml",)),
    Row(_is("engine.dmn"), may=("engine.dmn", "engine.feel", "engine.files", "engine.errors"), libraries=("lxml",)),
    Row(_is("engine.bpmn"), may=("engine.bpmn", "engine.feel", "engine.files", "engine.errors"), libraries=("lxml",)),
    Row(
        _is("engine.spiff"),
        may=("engine.spiff", "engine.port", "engine.feel", "engine.dmn", "engine.bpmn", "engine.errors"),
        libraries=("SpiffWorkflow", "lxml"),
    ),
    Row(_is("engine"), may=("engine",), libraries=("sqlalchemy",)),
    Row(_is("processes"), may=("processes",)),
    Row(_is("crm"), may=("crm",), libraries=("sqlalchemy",)),
    Row(_is("handlers"), may=("engine.contract", "crm", "handlers")),
    Row(_is("bootstrap"), may=("engine", "crm", "handlers", "processes")),
    Row(_is("webapp.tables"), may=("webapp",), libraries=("sqlalchemy", "flask")),
    Row(_is("webapp"), may=("bootstrap", "crm", "webapp"), exactly=("engine",), libraries=("flask",)),
    Row(_is("cli"), may=("bootstrap", "crm", "cli"), exactly=("engine", "webapp")),
    Row(
        _is("migrations"),
        may=("migrations", "engine.tables", "crm.tables", "webapp.tables"),
        libraries=("sqlalchemy",),
    ),
)


def violations(root: Path) -> list[str]:
    """Every broken rule below root, one sentence each, in the order of the files."""
    sources = [module for package in PACKAGES for module in modules(root, package)]
    checked = [*sources, *modules(root, "tests"), *modules(root, "bench")]
    found = [line for module in sources for line in _forbidden_imports(module, sources, root)]
    found += [line for module in sources for line in _commits(module, root)]
    found += [line for module in checked for line in _hidden_imports(module, root)]
    found += [line for module in checked for line in _long_functions(module, root)]
    found += _cycles(sources)
    found += _long_files(root)
    return list(dict.fromkeys(found))


def modules(root: Path, package: str) -> list[Module]:
    """The modules of one top-level package (or single file) below root, parsed."""
    single = root / f"{package}.py"
    paths = [single] if single.is_file() else sorted((root / package).rglob("*.py"))
    return [
        Module(path, _dotted(path.relative_to(root)), ast.parse(path.read_bytes(), str(path)))
        for path in paths
        if not SKIPPED_FOLDERS & set(path.relative_to(root).parts)
    ]


def _dotted(path: Path) -> str:
    parts = path.with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imports(module: Module) -> Iterator[Import]:
    """What a module imports, wherever the statement stands, relative forms made absolute."""
    typing_only = {id(node) for block in _type_checking_blocks(module.tree) for node in ast.walk(block)}
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield Import(alias.name, None, node.lineno, id(node) in typing_only)
        elif isinstance(node, ast.ImportFrom):
            source = _absolute(module, node)
            for alias in node.names:
                yield Import(source, alias.name, node.lineno, id(node) in typing_only)


def _type_checking_blocks(tree: ast.Module) -> Iterator[ast.If]:
    for node in ast.walk(tree):
        if isinstance(node, ast.If) and ast.unparse(node.test) in ("TYPE_CHECKING", "typing.TYPE_CHECKING"):
            yield node


def _absolute(module: Module, node: ast.ImportFrom) -> str:
    if not node.level:
        return node.module or ""
    package = module.name if module.is_package else module.name.rpartition(".")[0]
    for _ in range(node.level - 1):
        package = package.rpartition(".")[0]
    return f"{package}.{node.module}" if node.module else package


def _forbidden_imports(module: Module, sources: list[Module], root: Path) -> Iterator[str]:
    row = next(row for row in TABLE if row.about(module.name))
    known = {source.name for source in sources}
    for one in imports(module):
        reason = _library_reason(one, row) or _own_reason(module, one, row, known, sources)
        if reason:
            yield f"{module.path.relative_to(root)}:{one.line} imports {one.module}: {reason}"


def _library_reason(one: Import, row: Row) -> str | None:
    top = one.module.partition(".")[0]
    library = "flask" if top.startswith("flask_") else top
    if library not in WATCHED or library in row.libraries:
        return None
    allowed = ", ".join(row.libraries) or "none of them"
    return f"of {', '.join(WATCHED)} it may use {allowed}"


def _own_reason(
    module: Module, one: Import, row: Row, known: set[str], sources: list[Module]
) -> str | None:
    if not within(one.module, *PACKAGES):
        return None
    target = one.target(known)
    if one.module in row.exactly:
        return _public_reason(one, sources) if target != one.module else None
    if not within(target, *row.may):
        return f"it may import {', '.join(row.may + row.exactly)}"
    return _special_reason(module, one, target, known)


def _special_reason(module: Module, one: Import, target: str, known: set[str]) -> str | None:
    if within(target, "engine.spiff") and within(module.name, "engine"):
        if not within(module.name, "engine.spiff", *REACH_SPIFF):
            return f"only {', '.join(REACH_SPIFF)} reach engine.spiff"
    if within(target, "handlers") and within(module.name, "handlers") and not module.is_package:
        if not within(target, "handlers.shared"):
            return "a handler never imports another; what several share lives in handlers/shared/"
    if within(target, "webapp") and _is_other_slice(module.name, target, known):
        return "one slice of the web app never imports another"
    if one.name and one.name.startswith("_") and not one.name.startswith("__"):
        if one.module.partition(".")[0] != module.name.partition(".")[0]:
            return f"{one.name} is private"
    return None


def _public_reason(one: Import, sources: list[Module]) -> str | None:
    package = next(source for source in sources if source.name == one.module)
    if one.name in _public_names(package.tree):
        return None
    return f"{one.name} is not among the public names (__all__) of {one.module}"


def _public_names(tree: ast.Module) -> set[str]:
    for node in tree.body:
        targets = node.targets if isinstance(node, ast.Assign) else []
        if any(isinstance(target, ast.Name) and target.id == "__all__" for target in targets):
            return {leaf.value for leaf in ast.walk(node) if isinstance(leaf, ast.Constant)}
    return set()


def _is_other_slice(name: str, target: str, known: set[str]) -> bool:
    mine, theirs = (".".join(dotted.split(".")[:2]) for dotted in (name, target))
    return mine != theirs and all(f"{one}.views" in known for one in (mine, theirs))


def _commits(module: Module, root: Path) -> Iterator[str]:
    if module.name == COMMITTER or module.name.startswith("migrations"):
        return
    blocks = {id(item.context_expr) for node in ast.walk(module.tree) for item in _with_items(node)}
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Call) and _is_commit(node, opens_block=id(node) in blocks):
            where = f"{module.path.relative_to(root)}:{node.lineno}"
            yield f"{where} commits ({ast.unparse(node)[:40]}): only {COMMITTER} does that"


def _with_items(node: ast.AST) -> list[ast.withitem]:
    return node.items if isinstance(node, ast.With) else []


def _is_commit(call: ast.Call, opens_block: bool) -> bool:
    """A commit by name, by its SQL, or at the end of a `with engine.begin():`."""
    if isinstance(call.func, ast.Attribute) and call.func.attr in ("commit", "begin"):
        return call.func.attr == "commit" or opens_block
    first = call.args[0] if call.args else None
    return (
        isinstance(first, ast.Constant)
        and isinstance(first.value, str)
        and first.value.strip().rstrip(";").upper() == "COMMIT"
    )


def _functions(tree: ast.Module) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def _hidden_imports(module: Module, root: Path) -> Iterator[str]:
    for function in _functions(module.tree):
        for node in ast.walk(function):
            where = f"{module.path.relative_to(root)}:{getattr(node, 'lineno', 0)}"
            if isinstance(node, ast.Import | ast.ImportFrom):
                yield f"{where} imports inside {function.name}(): imports stand at the top of a file"
            elif _is_dynamic_import(node) and (module.name, function.name) not in LOADERS:
                yield f"{where} loads a module by name inside {function.name}(): import it at the top"


def _is_dynamic_import(node: ast.AST) -> bool:
    names = ("import_module", "importlib.import_module", "__import__")
    return isinstance(node, ast.Call) and ast.unparse(node.func) in names


def _long_functions(module: Module, root: Path) -> Iterator[str]:
    for function in _functions(module.tree):
        lines = (function.end_lineno or function.lineno) - function.lineno + 1
        if lines > FUNCTION_LINES and not module.name.startswith("migrations"):
            where = f"{module.path.relative_to(root)}:{function.lineno}"
            yield f"{where} {function.name}() has {lines} lines; at most {FUNCTION_LINES}"


def _long_files(root: Path) -> Iterator[str]:
    for path in _sized_files(root):
        limit = TEST_LINES if path.is_relative_to(root / "tests") else FILE_LINES
        lines = len(path.read_bytes().splitlines())
        if lines > limit:
            yield f"{path.relative_to(root)} has {lines} lines; at most {limit}"


def _sized_files(root: Path) -> Iterator[Path]:
    for top in (*(root / package for package in PACKAGES), root / "frontend", root / "tests", root / "bench"):
        for path in sorted(top.rglob("*")):
            parts = path.relative_to(root).parts
            if SKIPPED_FOLDERS & set(parts) or parts[0] == "migrations" or not path.is_file():
                continue
            if path.suffix in (".py", ".js", ".mjs", *TEMPLATE_ENDINGS):
                yield path
    yield from (path for path in sorted(root.glob("*.py")))


def _cycles(sources: list[Module]) -> Iterator[str]:
    known = {module.name for module in sources}
    graph = {
        module.name: {one.target(known) for one in imports(module) if not one.for_types_only} & known
        for module in sources
    }
    for module in graph:
        graph[module].discard(module)
    while cycle := _one_cycle(graph):
        yield f"import cycle: {' -> '.join(cycle)}"
        graph[cycle[1]].discard(cycle[0])


def _one_cycle(graph: dict[str, set[str]]) -> list[str]:
    try:
        graphlib.TopologicalSorter(graph).prepare()
    except graphlib.CycleError as error:
        return list(error.args[1])
    return []
