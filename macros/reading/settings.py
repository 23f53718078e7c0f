"""Checks `mkdocs.yml` before an engine reads it: engines run whatever their settings name.

The settings that make the guide's pages safe are fixed, and texts are plain: they appear on every page. Anything not
listed here is refused, as an engine might give it a meaning that nobody has considered.
"""

from __future__ import annotations

import re
from pathlib import Path
from stat import S_ISREG
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, Field, ValidationError
from pydantic_core import PydanticCustomError

from macros.model.base import Flag, Label, Model
from macros.model.text import without_hidden
from macros.reading.file_text import BOM, has_two_versions, not_utf_8, slips
from macros.reading.problem import DataProblems, Problem
from macros.reading.records import field_path
from macros.reading.refusals import explain
from macros.reading.yaml_file import Tree

FILE = "mkdocs.yml"
MAX_BYTES = 64 * 1024

_HOST = r"[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?"
_ADDRESS = re.compile(rf"https?://{_HOST}(?::[0-9]{{1,5}})?(?:/[A-Za-z0-9._~-]+)*/?")
_WITHIN = re.compile(r"assets/(?:[a-z0-9]+(?:[-_.][a-z0-9]+)*/)*[a-z0-9]+(?:[-_.][a-z0-9]+)*")


def _fault(expected: str, mend: str) -> PydanticCustomError:
    return PydanticCustomError("setting", "should be {expected}: {mend}", {"expected": expected, "mend": mend})


def _address(text: str) -> str:
    if not _ADDRESS.fullmatch(text):
        mend = "write it like this: https://guide.example.org/ or https://example.org/guide/"
        raise _fault("the address of the site, of plain letters, digits, points and hyphens", mend)
    return text


def _words(text: str) -> str:
    if re.search(r'[<>"]', text):
        raise _fault("plain words", 'take out the signs < > and "; write quotation marks as “ and ”')
    if re.search(r"&[#\w]", text):
        raise _fault("plain words", "put a space behind the sign &: with a letter, browsers may read it as another")
    return text


def _asset(text: str) -> str:
    if not _WITHIN.fullmatch(text):
        raise _fault("a file of the guide below docs/assets/", "name it like this: assets/images/logo.svg")
    return text


def _named(value: Any) -> Any:
    """Return `name` and `name: options` in the same form."""
    return {value: None} if isinstance(value, str) else value


Words = Annotated[Label, AfterValidator(_words)]
Asset = Annotated[str, Field(max_length=200), AfterValidator(_asset)]
Name = Annotated[str, Field(max_length=80, pattern=r"^[A-Za-z0-9._/-]+$")]


class Toggle(Model):
    """The button that switches the colours."""

    icon: Name
    name: Words


class Palette(Model):
    """One set of colours."""

    media: Annotated[str, Field(pattern=r"^\(prefers-color-scheme(?:: (?:light|dark))?\)$")] = "(prefers-color-scheme)"
    scheme: Name
    primary: Name
    accent: Name
    toggle: Toggle


class ThemeSettings(Model):
    """How the site looks."""

    name: Literal["material"]
    variant: Literal["classic"] = "classic"
    custom_dir: Literal["theme"] = "theme"
    language: Literal["en"] = "en"
    font: Literal[False] = False
    """False, as fonts would be fetched from elsewhere."""
    logo: Asset = ""
    favicon: Asset = ""
    features: tuple[Name, ...] = ()
    palette: tuple[Palette, ...] = ()


def _theme(value: Any) -> Any:
    return {"name": value} if isinstance(value, str) else value


class Extra(Model):
    """Texts that pages show."""

    generator: Literal[False] = False
    strapline: Words = ""
    history_title: Words = "How old this is."
    history: Words = ""
    """A sentence or two on the age of the evidence, shown at the foot of every page below that title."""
    limits_title: Words = "Limits of the evidence"
    """The words of the link next to it, which leads to the limits of the evidence."""
    social_image: Asset = ""
    social_words: Words = ""
    """The text alternative of that picture."""


class Script(Model):
    """A script of the guide."""

    path: Asset
    type: Literal["module"] = "module"


def _script(value: Any) -> Any:
    return {"path": value} if isinstance(value, str) else value


class MacrosOptions(Model):
    """The macros that pages may call."""

    module_name: Literal["macros"]
    j2_extensions: tuple[Literal["macros.pages.macro_calls.PlainCalls"]]
    on_undefined: Literal["strict"]
    on_error_fail: Literal[True]
    verbose: Flag = False


class Plugin(Model):
    """One of the plugins that the guide is made with. Others would run as programs."""

    search: dict[Name, Any] | None = None
    awesome_nav: None = Field(default=None, alias="awesome-nav")
    macros: MacrosOptions | None = None


class Toc(Model):
    """Permanent links next to headings."""

    permalink: Flag = True
    permalink_title: Words = ""


class Extension(Model):
    """One of the extensions that pages are checked with.

    With others, a page could hold things that no check has seen.
    """

    attr_list: None = None
    def_list: None = None
    md_in_html: None = None
    parser_bypass: None = Field(default=None, alias="macros.pages.parser_bypass")
    tables: None = None
    toc: Toc | None = None


class Settings(Model):
    """All of `mkdocs.yml`."""

    site_name: Words = Field(description="What the guide is called.", examples=["The First Report"])
    site_url: Annotated[str, Field(max_length=200), AfterValidator(_address)] = Field(
        default="", description="Where the site stands."
    )
    site_description: Words = ""
    copyright: Words = ""
    docs_dir: Literal["docs"] = "docs"
    site_dir: Literal["site"] = "site"
    use_directory_urls: Literal[True] = True
    not_in_nav: Annotated[str, Field(max_length=4000)] = ""
    watch: tuple[Name, ...] = ()
    hooks: tuple[Literal["macros/mkdocs_hook.py"], ...] = ()
    theme: Annotated[ThemeSettings, BeforeValidator(_theme)] = ThemeSettings(name="material")
    extra: Extra = Extra()
    extra_css: tuple[Asset, ...] = ()
    extra_javascript: tuple[Annotated[Script, BeforeValidator(_script)], ...] = ()
    validation: dict[Name, dict[Name, Literal["warn", "info", "ignore", "relative_to_docs"]]] = Field(default={})
    plugins: tuple[Annotated[Plugin, BeforeValidator(_named)], ...] = ()
    markdown_extensions: tuple[Annotated[Extension, BeforeValidator(_named)], ...] = ()

    @property
    def base_url(self) -> str:
        """The address of the site, with a slash at its end."""
        return f"{self.site_url.rstrip('/')}/"


def read(root: Path) -> Settings:
    """Return the settings of a project; raises DataProblems with everything that is wrong with them."""
    path = root / FILE
    problems: list[Problem] = []
    text = _text(path, problems)
    tree = Tree.parse(FILE, text, problems) if text is not None else None
    if tree is not None:
        if not isinstance(tree.value, dict):
            expected, mend = "settings, each a name, a colon and a value", "put its content back, from git"
            problems.append(Problem(FILE, 1, 1, "", "something else", expected, mend))
        else:
            try:
                if not problems:
                    return Settings.model_validate(tree.value)
                Settings.model_validate(tree.value)
            except ValidationError as error:
                problems.extend(_told(error, tree, Settings))
    raise DataProblems(problems)


def _told(error: ValidationError, tree: Tree, model: type[BaseModel]) -> list[Problem]:
    return [
        Problem(FILE, *tree.find(one.path), field_path(one.path), one.found, one.expected, one.mend)
        for one in explain(error, model)
    ]


def _text(path: Path, problems: list[Problem]) -> str | None:
    """Return the text of the file; None, with a problem reported, if it cannot be read."""

    def fail(found: str, expected: str, mend: str) -> None:
        problems.append(Problem(FILE, 1, 1, "", found, expected, mend))

    try:
        found = path.lstat()
        if not S_ISREG(found.st_mode) or found.st_size > MAX_BYTES:
            fail("something that is no small plain file", "the settings of the site", "put the file back, from git")
            return None
        raw = path.read_bytes()
    except OSError as error:
        fail(f"a file that cannot be opened ({error.strerror})", "one that can be read", "check who may read it")
        return None
    if wrong := not_utf_8(raw):
        problems.append(Problem(FILE, wrong.line, wrong.column, "", wrong.found, wrong.expected, wrong.mend))
        return None
    text = raw.decode("utf-8").removeprefix(BOM)
    problems.extend(Problem(FILE, one.line, one.column, "", one.found, one.expected, one.mend) for one in slips(text))
    return None if has_two_versions(text) else without_hidden(text)
