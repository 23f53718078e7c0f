"""The schemas that editors' tools read lie beside the data, say what the models say, and are found by the tools."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator
from mistakes import ROOT
from written_files import written

from macros.editing import editor_schemas
from macros.model.holdings import HOLDINGS, PROFILES, RELEASES
from macros.reading.guide import Guide
from macros.reading.yaml_file import Tree
from macros.schema import json_schema

MEND = "run “guide schema” and commit the files in .schema"


def without_names(schema: dict[str, Any]) -> dict[str, Any]:
    """Return a schema without the names that come from the data: these may lag behind, as tools only offer them."""
    kept = {name: one for name, one in schema.get("$defs", {}).items() if not name.startswith("names-")}
    return {**schema, "$defs": kept}


def test_the_schemas_in_the_repository_say_what_the_models_say(guide: Guide) -> None:
    made = editor_schemas.files(guide)
    assert sorted(path.name for path in (ROOT / editor_schemas.FOLDER).iterdir()) == sorted(made), MEND
    for file, text in made.items():
        kept = json.loads((ROOT / editor_schemas.FOLDER / file).read_text(encoding="utf-8"))
        assert without_names(kept) == without_names(json.loads(text)), f"{file} has drifted: {MEND}"


def test_the_schemas_offer_what_the_data_hold(guide: Guide) -> None:
    names = json.loads(editor_schemas.files(guide)["first-profile.schema.json"])["$defs"]
    offered = {kind: [one.get("const") for one in names[f"names-{kind}"]["anyOf"]] for kind in ("standards", "sources")}
    assert offered["standards"] == [*(one.id for one in guide.standards), None]
    assert {"ours", "clear-expectations#luton.needs", "clear-expectations#method(4)"} <= set(offered["sources"])
    assert "clear-expectations#method(5)" not in offered["sources"]


@pytest.mark.parametrize("file", json_schema.EDITOR_FILES, ids=lambda file: file.name)
def test_what_editors_wrote_fits_the_schema_that_its_first_line_names(
    guide: Guide, file: json_schema.EditorFile
) -> None:
    made = editor_schemas.files(guide)
    paths = written(file)
    # No survey of the guide has been released yet, and there is one wave of evidence.
    assert paths or file.holding in {RELEASES, PROFILES}
    modeline = editor_schemas.modeline(file.holding, json_schema.editor_files(file.holding).index(file))
    for path in paths:
        text = path.read_text(encoding="utf-8")
        first = text.partition("\n")[0]
        assert first == modeline, path
        schema = (path.parent / first.partition("$schema=")[2]).resolve()
        assert schema.parent == ROOT / editor_schemas.FOLDER
        tree = Tree.parse(path.name, text, [])
        assert tree
        validator = Draft202012Validator(json.loads(made[schema.name]))
        assert [error.message for error in validator.iter_errors(tree.value)] == [], path


@pytest.mark.parametrize(
    ("source", "fits"),
    [
        ("ours", True),
        ("clear-expectations#luton.needs", True),
        ("clear-expectations#method(4)", True),
        ("clear-expectations#method(5)", False),
        ("clear-expectations#luton.needs(1)", False),
        ("clear-expectations#luton.neds", False),
        ("clear-expectations", False),
        ("norfolk-plan-2009", True),
        ("a-new-document#part.one(2)", True),
        ("Clear Expectations, page 3", False),
    ],
)
def test_a_source_must_be_a_section_if_its_document_has_sections(guide: Guide, source: str, fits: bool) -> None:
    names = json.loads(editor_schemas.files(guide)["trust.schema.json"])["$defs"]["names-sources"]
    assert Draft202012Validator(names).is_valid(source) is fits


def test_a_name_that_is_new_is_no_mistake(guide: Guide) -> None:
    names = json.loads(editor_schemas.files(guide)["standard.schema.json"])["$defs"]["names-trusts"]
    assert Draft202012Validator(names).is_valid("milton-keynes")
    assert not Draft202012Validator(names).is_valid("Milton Keynes")


def test_visual_studio_code_finds_the_same_schemas() -> None:
    settings = json.loads((ROOT / ".vscode/settings.json").read_text(encoding="utf-8"))
    # Profiles of the first wave stand beside those of later ones: the first line of each names its schema.
    by_place = [one for one in json_schema.EDITOR_FILES if one.name not in {"first-profile", "profile"}]
    assert settings["yaml.schemas"] == {f"./{editor_schemas.FOLDER}/{one.schema}": one.files for one in by_place}
    extensions = json.loads((ROOT / ".vscode/extensions.json").read_text(encoding="utf-8"))
    assert extensions["recommendations"] == ["redhat.vscode-yaml"]


def test_writing_changes_only_what_differs(guide: Guide, tmp_path: Path) -> None:
    assert len(editor_schemas.write(guide, tmp_path)) == len(json_schema.EDITOR_FILES)
    assert editor_schemas.write(guide, tmp_path) == ()
    one = tmp_path / editor_schemas.FOLDER / "trust.schema.json"
    one.write_text("{}", encoding="utf-8")
    assert editor_schemas.write(guide, tmp_path) == (one,)


def test_the_first_line_is_a_comment_to_yaml() -> None:
    assert yaml.safe_load(editor_schemas.modeline(HOLDINGS[0])) is None
