"""Scripts without modules: browsers load no modules from disk, so an offline edition has them as a single script."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from posixpath import dirname, join, normpath

from macros.publish.editions.edition import EditionError

_NAMES = r"\{(?P<names>[^{}]*)\}"
_IMPORT = re.compile(
    rf"^import\s+(?:(?:{_NAMES}|\*\s+as\s+(?P<all>[\w$]+))\s+from\s+)?(?P<quote>[\"'])(?P<file>[^\"']+)(?P=quote);?",
    re.M,
)
_EXPORT = re.compile(r"^export\s+(?=(?:async\s+)?(?:function|class|const)\b\s*\*?\s*(?P<name>[\w$]+))", re.M)
_LIST = re.compile(rf"^export\s+{_NAMES}\s*;?", re.M)
_LATER = re.compile(r"(?<![\w$.])import\s*\(")
_OTHER = re.compile(r"^\s*(?:import|export)\b(?!\s*\().*|import\.meta", re.M)
_FILE = re.compile(r"[\"'](\.{1,2}/[\w./-]+\.m?js)[\"']")

_SCRIPT = """// Made from the modules {names}, which a browser would not load from a file.
(() => {{
"use strict";
const modules = {{
{modules}
}};
const loaded = {{}};
function load(name) {{
  if (!(name in loaded)) {{
    loaded[name] = {{}};
    const run = modules[name]; // called by itself, so that it has no `this`, as a module has none
    run(loaded[name], (file) => new URL(file, "file:///" + name).pathname.slice(1));
  }}
  return loaded[name];
}}
const later = async (name) => load(name);
load({entry});
}})();
"""


def join_modules(entry: str, files: Mapping[str, bytes]) -> str:
    """Return one classic script that does what the module `entry` does, with every module that it names.

    `files` are those of the site by their paths. A module may import and export names, and import others later by
    `import(…)`; what else modules can do is refused. Raises EditionError with file, line and what to write instead.
    """
    texts: dict[str, str] = {}
    waiting = [entry]
    while waiting:
        name = waiting.pop()
        if name not in texts:
            texts[name] = files[name].decode("utf-8")
            waiting.extend(other for other in _named(name, texts[name]) if other in files)
    modules = ",\n".join(
        f"{json.dumps(name)}(exported, at) {{\n{_as_function(name, text)}\n}}" for name, text in sorted(texts.items())
    )
    return _SCRIPT.format(names=", ".join(sorted(texts)), modules=modules, entry=json.dumps(entry))


def _named(name: str, text: str) -> Iterator[str]:
    """Yield the path of each script that a module imports, now or later."""
    for match in _FILE.finditer(text):
        yield normpath(join(dirname(name), match[1]))


def _as_function(name: str, text: str) -> str:
    """Return a module as the body of a function that fills the object `exported`."""
    exports: list[tuple[str, str]] = []

    def on_import(match: re.Match[str]) -> str:
        file = f"load(at({json.dumps(match['file'])}))"
        if match["all"]:
            return f"const {match['all']} = {file};"
        if match["names"] is None:
            return f"{file};"
        names = ", ".join(theirs if theirs == ours else f"{theirs}: {ours}" for theirs, ours in _pairs(match))
        return f"const {{ {names} }} = {file};"

    def on_export(match: re.Match[str]) -> str:
        exports.append((match["name"], match["name"]))
        return ""

    def on_list(match: re.Match[str]) -> str:
        exports.extend(_pairs(match))
        return ""

    body = _IMPORT.sub(on_import, text)
    body = _LIST.sub(on_list, _EXPORT.sub(on_export, body))
    if left := _OTHER.search(body):
        line = text[: text.find(left[0].strip())].count("\n") + 1
        raise EditionError(
            f"{name}:{line}: found “{left[0].strip()[:60]}”; expected imports and exports by name, each at the start "
            "of a line; write it as “import { name } from './file.js'” or “export function name”"
        )
    body = _LATER.sub("((file) => later(at(file)))(", body)
    return body + "".join(f"\nexported.{shown} = {own};" for own, shown in exports)


def _pairs(match: re.Match[str]) -> Iterator[tuple[str, str]]:
    """Yield the names in a list of imports or exports, each as (name here, name there): `a, b as c`."""
    for part in match["names"].split(","):
        if words := part.split():
            yield words[0], words[-1]
