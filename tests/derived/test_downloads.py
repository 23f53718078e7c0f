"""The downloads are what they say: whole, valid by their own schemas, the same each time, safe in a spreadsheet."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import frictionless
import pytest
import second_wave
from jsonschema import Draft202012Validator
from pydantic import BaseModel
from written_files import written

from macros.derived import data_package, download_kinds, download_table, downloads
from macros.derived import tables as frames
from macros.derived.table_shape import Cell
from macros.model import holdings
from macros.model.profile import PART_FIELDS
from macros.model.region import RegionWithFirstWave
from macros.reading.csv_cells import to_csv
from macros.reading.guide import Guide
from macros.reading.problem import Problem
from macros.reading.yaml_file import Tree
from macros.schema import json_schema

ROOT = Path(__file__).parents[2]
BASE = "https://clear-expectations.example/"


@pytest.fixture(scope="module")
def files(guide: Guide) -> dict[str, bytes]:
    return downloads.contents(guide, BASE)


@pytest.fixture(scope="module")
def package(files: dict[str, bytes]) -> dict[str, Any]:
    described: dict[str, Any] = loaded(files, data_package.PACKAGE_FILE)
    return described


def loaded(files: dict[str, bytes], path: str) -> Any:
    return json.loads(files[path])


def rows(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


# --- JSON ---------------------------------------------------------------------------------------------------------


def record_files(guide: Guide) -> Iterator[tuple[str, download_kinds.RecordDownload, list[BaseModel]]]:
    for kind in download_table.DOWNLOADS:
        if isinstance(kind, download_kinds.RecordDownload):
            for name, records in kind.records(guide).items():
                yield kind.path.format(name=name), kind, list(records)


def test_each_json_download_is_valid_by_its_published_schema(guide: Guide, files: dict[str, bytes]) -> None:
    for path, kind, _ in record_files(guide):
        contract = loaded(files, f"schema/{kind.contract.file}")
        errors = [error.message for error in Draft202012Validator(contract).iter_errors(loaded(files, path))]
        assert not errors, path


def test_the_published_schema_refuses_what_is_not_the_download(files: dict[str, bytes]) -> None:
    contract = Draft202012Validator(loaded(files, "schema/trust.download.schema.json"))
    whole = loaded(files, "trusts/luton.json")
    assert contract.is_valid(whole)
    assert not contract.is_valid({**whole, "stranger": 1})
    assert not contract.is_valid({key: value for key, value in whole.items() if key != "gaps"})
    assert not contract.is_valid({**whole, "life": {**whole["life"], "status": "thriving"}})


def differences(model: BaseModel, dumped: dict[str, Any], path: str) -> Iterator[str]:
    """Yield each field of `model`, at any depth, that its download lacks, and what only the download has."""
    for name in set(type(model).model_fields) ^ set(dumped):
        yield f"{path}.{name}"
    for name in set(type(model).model_fields) & set(dumped):
        value, other = getattr(model, name), dumped[name]
        pairs = zip(value, other, strict=True) if isinstance(value, tuple) else [(value, other)]
        for number, (one, two) in enumerate(pairs):
            if isinstance(one, BaseModel):
                yield from differences(one, two, f"{path}.{name}.{number}")


def test_no_field_of_a_model_is_missing_from_its_download(guide: Guide, files: dict[str, bytes]) -> None:
    for path, kind, records in record_files(guide):
        found = loaded(files, path)
        found = found if kind.contract.many else [found]
        for record, dumped in zip(records, found, strict=True):
            extra = {"url"} if kind.contract.has_page else set()
            extra |= {"codes"} if kind.contract.has_codes else set()
            extra |= {"waves"} if kind.contract.has_waves else set()
            assert extra == extra & set(dumped)
            plain = {name: value for name, value in dumped.items() if name not in extra}
            assert not list(differences(record, plain, path))


def test_every_record_of_the_guide_is_in_a_download(guide: Guide) -> None:
    downloaded = {type(record) for _, _, records in record_files(guide) for record in records}
    downloaded = (downloaded - {RegionWithFirstWave}) | {holdings.REGION.model}  # it comes with the first wave
    tables = {holdings.GLOSSARY.model, holdings.PLACES.model, holdings.AREAS.model}
    elsewhere = {*tables, holdings.MOVED.model}  # or no facts at all
    for holding, many in ((holdings.RELEASES, guide.releases), (holdings.PROFILES, guide.profiles)):
        if not many:  # no survey of the guide has been released yet, and there is one wave of evidence
            elsewhere.add(holding.model)
    if not guide.waves[1:]:
        elsewhere.add(holdings.WAVES.model)
    assert {holding.model for holding in holdings.HOLDINGS} - elsewhere == downloaded


def test_a_downloaded_profile_reads_back_as_the_same_profile(guide: Guide, files: dict[str, bytes]) -> None:
    for trust in guide.trusts:
        dumped = loaded(files, f"trusts/{trust.slug}.json")
        assert dumped.pop("url") == f"{BASE}trusts/{trust.slug}/"
        waves = dumped.pop("waves")
        assert {*waves.pop("practice").values(), *waves.values()} == {"2009"}
        assert [one["code"] for one in dumped.pop("codes")] == [one.code for one in guide.areas_of(trust.slug)]
        assert type(trust).model_validate(dumped).model_dump() == trust.model_dump()


def test_all_profiles_and_the_single_ones_say_the_same(guide: Guide, files: dict[str, bytes]) -> None:
    assert loaded(files, "trusts.json") == [loaded(files, f"trusts/{trust.slug}.json") for trust in guide.trusts]


def texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for one in value.values() if isinstance(value, dict) else value:
            yield from texts(one)


def test_no_text_in_json_is_empty_or_printed_python(guide: Guide, files: dict[str, bytes]) -> None:
    for path, _, _ in record_files(guide):
        for text in texts(loaded(files, path)):
            assert text.strip(), path
            assert "Enum" not in text and "Decimal(" not in text, path


def test_shares_are_numbers_or_null(guide: Guide, files: dict[str, bytes]) -> None:
    for survey in guide.surveys:
        dumped = loaded(files, f"survey-{survey.wave}.json")["answers"]
        assert [one["percent"] for one in dumped] == [
            None if answer.percent is None else float(answer.percent) for answer in survey.answers
        ]


# --- schemas ------------------------------------------------------------------------------------------------------


MAYBE_EMPTY = (holdings.RELEASES, holdings.PROFILES)


@pytest.mark.parametrize(
    "file",
    [one for one in json_schema.EDITOR_FILES if one.holding not in MAYBE_EMPTY or written(one)],
    ids=lambda file: file.name,
)
def test_what_editors_wrote_is_valid_by_the_editor_schema(file: json_schema.EditorFile) -> None:
    validator = Draft202012Validator(json_schema.editor_schema(file))
    paths = written(file)
    assert paths
    for path in paths:
        problems: list[Problem] = []
        tree = Tree.parse(path.name, path.read_text("utf-8"), problems)
        assert tree is not None, problems
        assert not [error.message for error in validator.iter_errors(tree.value)], path


def test_the_editor_schema_refuses_fields_that_the_reader_fills_in() -> None:
    for file in json_schema.EDITOR_FILES:
        made = json_schema.editor_schema(file)
        for name in file.holding.derived:
            assert name not in made["properties"]
            assert name not in made["required"]
    (surveys,) = json_schema.editor_files(holdings.SURVEYS)
    assert "Answer" not in json_schema.editor_schema(surveys)["$defs"]


def test_each_field_of_a_trust_belongs_to_one_of_its_two_files() -> None:
    area, profile = map(json_schema.editor_schema, json_schema.editor_files(holdings.TRUSTS))
    assert not area["properties"].keys() & profile["properties"].keys()
    assert area["properties"].keys() | profile["properties"].keys() == holdings.Trust.model_fields.keys() - {"slug"}
    assert area["required"] == ["name", "partnership", "authority", "life"]


def test_a_csv_file_has_no_json_schema() -> None:
    assert json_schema.editor_files(holdings.PLACES) == ()


@pytest.mark.parametrize("base_url", ["", "/", "https://example.org/guide"])
def test_schemas_are_schemas_with_addresses(base_url: str) -> None:
    for file, made in json_schema.schemas(base_url).items():
        Draft202012Validator.check_schema(made)
        assert made["$schema"] == json_schema.DIALECT
        assert made.get("$id", "") == (f"{base_url.rstrip('/')}/data/schema/{file}" if base_url else "")
        assert made["title"]
        assert made["description"]
        assert set(json_schema._references(made)) == set(made.get("$defs", {})), "a definition is missing or not used"


def fields(made: json_schema.Schema) -> Iterator[tuple[str, json_schema.Schema, json_schema.Schema]]:
    """Yield the name, the opened schema and the schema of each field in a schema."""
    for part in (made, *made.get("$defs", {}).values()):
        for name, field in part.get("properties", {}).items():
            yield f"{part['title']}.{name}", json_schema.opened(field, made), field


def holds_models(field: json_schema.Schema, made: json_schema.Schema) -> bool:
    """Whether a field is made of parts whose own fields have the examples."""
    inner = json_schema.opened(field.get("items", field), made)
    return "properties" in inner


def test_every_field_has_a_title_a_description_and_an_example() -> None:
    lacking = [
        f"{file}: {name} has no {key}"
        for file, made in json_schema.schemas().items()
        for name, opened, field in fields(made)
        for key in ("title", "description", "examples")
        if not opened.get(key) and not (key == "examples" and holds_models(opened, made))
    ]
    assert not lacking


def test_every_example_is_valid() -> None:
    for file, made in json_schema.schemas().items():
        for name, opened, field in fields(made):
            validator = Draft202012Validator({**field, "$defs": made.get("$defs", {})})
            for example in opened.get("examples", ()):
                assert validator.is_valid(example) or name == "source", f"{file}: {name}: {example}"


def test_facts_of_a_field_that_does_not_exist_are_refused() -> None:
    with pytest.raises(KeyError):
        json_schema.facts(holdings.TRUSTS.model, "life.stranger")


# --- CSV ----------------------------------------------------------------------------------------------------------


def test_no_cell_of_any_csv_is_empty(files: dict[str, bytes]) -> None:
    # The common documents are forms: their last column is there to be filled in.
    tables = [path for path in files if path.endswith(".csv") and not path.startswith("documents/")]
    assert len(tables) >= 6
    for path in tables:
        assert b"\r" not in files[path]
        for number, row in enumerate(rows(files[path]), 2):
            assert all(cell is not None and cell.strip() for cell in row.values()), f"{path}:{number}"


def test_csv_files_have_the_rows_of_the_guide(guide: Guide, files: dict[str, bytes]) -> None:
    assert [row["slug"] for row in rows(files["trusts.csv"])] == [trust.slug for trust in guide.trusts]
    assert [row["id"] for row in rows(files["glossary.csv"])] == [term.id for term in guide.glossary]
    assert [row["place"] for row in rows(files["places.csv"])] == [place.place for place in guide.places]
    assert len(rows(files["bodies.csv"])) == sum(len(trust.governance.bodies) for trust in guide.trusts)
    for survey in guide.surveys:
        found = rows(files[f"survey-{survey.wave}.csv"])
        assert [(row["question"], row["answer"]) for row in found] == [
            (answer.question, answer.answer) for answer in survey.answers
        ]


def test_amounts_are_those_of_the_guide(guide: Guide, files: dict[str, bytes]) -> None:
    stated = [(trust.slug, one.amount, one.scope) for trust in guide.trusts for one in trust.investment.figures]
    in_csv = [(row["trust"], int(row["amount"]), row["scope"]) for row in rows(files["investment.csv"])]
    in_json = [
        (trust["slug"], one["amount"], one["scope"])
        for trust in loaded(files, "trusts.json")
        for one in trust["investment"]["figures"]
    ]
    assert stated == in_csv == in_json


def test_a_csv_has_the_cells_of_its_frame(guide: Guide, files: dict[str, bytes]) -> None:
    frame = frames.bodies(guide)
    assert files["bodies.csv"] == to_csv(frame.columns, frame.itertuples(index=False), mark=True)


@pytest.mark.parametrize("text", ["=1+1", "+cmd", "-2 people", "@SUM(A1)", "\tx", "\nx", "- a list\n- of two", "-"])
def test_what_a_spreadsheet_would_run_gets_an_apostrophe(text: str) -> None:
    assert rows(to_csv(["text"], [[text]])) == [{"text": f"'{text}"}]


def test_line_ends_of_other_systems_do_not_break_a_row() -> None:
    assert rows(to_csv(["text"], [["\r=1\r\nb"]])) == [{"text": "'\n=1\nb"}]


@pytest.mark.parametrize(
    ("cell", "written"),
    [(-5, "-5"), (-2.5, "-2.5"), ("-5", "-5"), ("+44", "+44"), ("a = b", "a = b"), (True, "true"), (0, "0")],
)
def test_numbers_and_plain_words_are_left_alone(cell: Cell, written: str) -> None:
    assert rows(to_csv(["cell"], [[cell]])) == [{"cell": written}]


def test_numbers_followed_by_a_line_end_are_not_numbers() -> None:
    assert rows(to_csv(["cell"], [["-5\n"]])) == [{"cell": "'-5\n"}]


# --- data package -------------------------------------------------------------------------------------------------


def failures(folder: Path) -> set[str]:
    """Return the kinds of errors that the reference validator finds."""
    report = frictionless.validate(str(folder / data_package.PACKAGE_FILE))
    return {str(kind) for (kind,) in report.flatten(["type"])}


def test_the_data_package_is_valid(guide: Guide, tmp_path: Path) -> None:
    downloads.write(guide, tmp_path, BASE)
    assert len(frictionless.Package(str(tmp_path / data_package.PACKAGE_FILE)).resources) > 6
    report = frictionless.validate(str(tmp_path / data_package.PACKAGE_FILE))
    assert report.valid, report.flatten(["type", "message"])
    assert report.stats["errors"] == 0
    assert report.stats["warnings"] == 0


@pytest.mark.parametrize(
    ("column", "value", "error"),
    [
        ("trust", "atlantis", "foreign-key"),
        ("id", "2009-10-total-investment-in-the-sector-for-a", "primary-key"),
        ("kind", "guessed", "constraint-error"),
        ("amount", "lots", "type-error"),
        ("scope", "", "constraint-error"),
        ("approximate", "not mentioned", "type-error"),
    ],
)
def test_the_data_package_finds_what_is_wrong(
    guide: Guide, tmp_path: Path, column: str, value: str, error: str
) -> None:
    downloads.write(guide, tmp_path, BASE)
    described = json.loads((tmp_path / data_package.PACKAGE_FILE).read_bytes())
    for resource in described["resources"]:
        del resource["bytes"], resource["hash"]
    (tmp_path / data_package.PACKAGE_FILE).write_text(json.dumps(described), "utf-8")
    table = rows((tmp_path / "investment.csv").read_bytes())
    several = next(number for number, row in enumerate(table) if row["trust"] == "hertfordshire")
    table[several][column] = value
    (tmp_path / "investment.csv").write_bytes(to_csv(table[0], [row.values() for row in table]))
    assert error in failures(tmp_path)


def test_the_data_package_says_what_is_in_the_files(files: dict[str, bytes], package: dict[str, Any]) -> None:
    resources = {resource["path"]: resource for resource in package["resources"]}
    described = {path for path in files if "/" not in path and path.endswith((".csv", ".json"))}
    assert set(resources) == described - {data_package.PACKAGE_FILE}
    assert "licenses" not in package
    for path, resource in resources.items():
        assert resource["bytes"] == len(files[path])
        assert resource["hash"] == f"sha256:{hashlib.sha256(files[path]).hexdigest()}"
        if path.endswith(".csv"):
            names = [field["name"] for field in resource["schema"]["fields"]]
            assert names == list(rows(files[path])[0])
            assert all(field["description"] and field["title"] for field in resource["schema"]["fields"])
        else:
            assert resource["jsonSchema"] in files


def test_tables_read_back_with_their_types(guide: Guide, tmp_path: Path) -> None:
    downloads.write(guide, tmp_path, BASE)
    package = frictionless.Package(str(tmp_path / data_package.PACKAGE_FILE))
    read = {row["slug"]: row for row in package.get_table_resource("trusts").read_rows()}
    for trust in guide.trusts:
        assert read[trust.slug]["online_survey"] is trust.basis.online_survey
        assert read[trust.slug]["investment_sums"] == len(trust.investment.figures)
        assert (read[trust.slug]["ended"] is None) is (trust.life.ended is None)


# --- writing ------------------------------------------------------------------------------------------------------


def test_another_run_gives_the_same_bytes(files: dict[str, bytes], tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from macros.derived import downloads; from macros.reading import guide;"
        "downloads.write(guide.load(Path(sys.argv[1])), Path(sys.argv[2]), sys.argv[3])"
    )
    for seed in ("1", "2"):
        folder = tmp_path / seed
        command = [sys.executable, "-c", code, str(ROOT / "data"), str(folder), BASE]
        subprocess.run(command, check=True, env={**os.environ, "PYTHONHASHSEED": seed}, cwd=ROOT)
        written = {
            path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()
        }
        assert written == files


def test_a_download_refuses_what_json_cannot_hold() -> None:
    with pytest.raises(TypeError, match="Path"):
        download_kinds.to_json({"path": ROOT})


def test_the_address_may_end_in_a_slash_or_not(guide: Guide, files: dict[str, bytes]) -> None:
    without = downloads.contents(guide, BASE.rstrip("/"))
    assert without["trusts.json"] == files["trusts.json"]


def test_files_replace_old_ones_and_leave_nothing_beside(guide: Guide, tmp_path: Path) -> None:
    old = tmp_path / "trusts.csv"
    old.write_text("old", "utf-8")
    written = downloads.write(guide, tmp_path, BASE)
    assert old.read_bytes() == downloads.contents(guide, BASE)["trusts.csv"]
    assert sorted(path for path in tmp_path.rglob("*") if path.is_file()) == sorted(written)


def test_a_file_that_cannot_be_replaced_stays_whole(
    guide: Guide, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = tmp_path / "trusts.csv"
    old.write_text("old", "utf-8")

    def refuse(self: Path, target: Path) -> Path:
        raise OSError(f"no room for {target} beside {self}")

    monkeypatch.setattr(Path, "replace", refuse)
    with pytest.raises(OSError, match="no room"):
        downloads.write(guide, tmp_path, BASE)
    assert [path.name for path in tmp_path.iterdir()] == ["trusts.csv"]
    assert old.read_text("utf-8") == "old"


def test_every_file_can_be_named_without_being_made(guide: Guide, files: dict[str, bytes]) -> None:
    named = {kind.path.format(name=name) for kind in download_table.DOWNLOADS for name in kind.names(guide)}
    assert named | {data_package.PACKAGE_FILE} == set(files)
    for kind in (*download_table.DOWNLOADS, download_table.PACKAGE):
        assert kind.title
        assert kind.description
        assert kind.item


# --- in spreadsheets and programs ---------------------------------------------------------------------------------


def test_every_csv_download_opens_right_by_a_double_click(files: dict[str, bytes]) -> None:
    """Excel takes a file without the mark for one in the encoding of old Windows."""
    tables = {path: content for path, content in files.items() if path.endswith(".csv")}
    assert len(tables) > 8
    for path, content in tables.items():
        assert content.startswith(b"\xef\xbb\xbf"), path
        assert content.count(b"\xef\xbb\xbf") == 1, path


def test_other_programs_read_them_as_the_page_says(files: dict[str, bytes], tmp_path: Path) -> None:
    import pandas as pd

    path = tmp_path / "places.csv"
    path.write_bytes(files["places.csv"])
    assert pd.read_csv(path).columns[0] == "place"
    with path.open(encoding="utf-8-sig", newline="") as file:
        assert next(csv.reader(file))[0] == "place"


def test_no_cell_is_one_that_a_spreadsheet_makes_another_fact_of(files: dict[str, bytes]) -> None:
    """A day becomes a day in another form. A financial year would become a month, and a number lose its zeros."""
    for path in files:
        if path.endswith(".csv"):
            for row in rows(files[path]):
                for column, cell in row.items():
                    lost = re.fullmatch(r"\d{4}/\d{2}|0\d+|\d+[eE]\d+|\d{1,2}[-/]\d{1,2}(?:[-/]\d+)?|\d{16,}", cell)
                    assert not lost, (path, column, cell)


def test_codes_join_the_tables_to_other_data(guide: Guide, files: dict[str, bytes]) -> None:
    codes = {row["code"]: row for row in rows(files["areas.csv"])}
    assert (codes["E07000240"]["name"], codes["E07000240"]["since"]) == ("St Albans", "2012-04-01")
    assert codes["E07000100"]["until"] == "2012-03-31"
    trusts = {row["slug"]: row for row in rows(files["trusts.csv"])}
    assert {row["code"] for row in trusts.values()} <= codes.keys()
    assert (trusts["bedfordshire"]["code"], trusts["bedfordshire"]["code_until"]) == ("E10000001", "2009-03-31")
    assert (trusts["luton"]["code"], trusts["luton"]["code_until"]) == ("E06000032", "no end known")
    places = [row for row in rows(files["places.csv"]) if row["kind"] in {"county", "district", "unitary"}]
    assert all(row["code"] in codes for row in places)
    albans = next(row for row in places if row["place"] == "St Albans")
    assert (albans["code"], albans["earlier_codes"]) == ("E07000240", "E07000100 until 2012-03-31")
    listed = {one["code"] for trust in loaded(files, "trusts.json") for one in trust["codes"]}
    assert listed == codes.keys() == {area.code for area in guide.areas}


def test_rows_of_a_later_wave_stand_beside_those_of_the_first(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "data", tmp_path / "data")
    told = second_wave.lay_over(tmp_path / "data")
    bodies = frames.bodies(told)
    of_luton = bodies[(bodies["trust"] == "luton") & (bodies["name"] == "Early Help Board")]
    assert list(of_luton["wave"]) == ["2018"]
    assert set(bodies["wave"]) == {"2009", "2018"}
    assert not bodies.duplicated(["trust", "wave", "id"]).any()
    assert set(frames.trusts(told)["wave"]) == {"2009"}


@pytest.fixture(scope="module")
def told_twice(tmp_path_factory: pytest.TempPathFactory) -> Guide:
    data = tmp_path_factory.mktemp("told_twice") / "data"
    shutil.copytree(ROOT / "data", data)
    return second_wave.lay_over(data)


def test_the_file_of_all_trusts_has_the_latest_with_the_wave_of_each_part(guide: Guide, told_twice: Guide) -> None:
    made = downloads.contents(told_twice, BASE)
    trusts = {one["slug"]: one for one in loaded(made, "trusts.json")}
    luton, norfolk, hertfordshire = (trusts[name] for name in ("luton", "norfolk", "hertfordshire"))
    assert [one["name"] for one in luton["governance"]["bodies"]] == ["Children’s Trust", "Early Help Board"]
    assert {luton["waves"][name] for name in ("context", "governance", "needs", "training", "terms")} == {"2018"}
    assert luton["waves"]["tools"] == "2009"  # the second look tells of no tool, which does not say that there is none
    assert luton["tools"] == loaded(made, "trusts/luton/2009.json")["tools"]
    assert luton["waves"]["practice"]["sd-1"] == "2018"
    assert {name for name, wave in norfolk["waves"].items() if wave == "2018"} == {"needs"}
    assert norfolk["needs"]["activities"][0]["name"] == "Writing group"
    assert hertfordshire["waves"]["investment"] == "2018"
    assert hertfordshire["waves"]["terms"] == "2009"
    assert hertfordshire["terms"] == loaded(made, "trusts/hertfordshire/2009.json")["terms"] != []
    for slug, trust in trusts.items():
        assert loaded(made, f"trusts/{slug}.json") == trust
        assert set(trust["waves"]) == {"practice", *(name for names in PART_FIELDS.values() for name in names)}
        assert trust["waves"]["practice"].keys() == {one["standard"] for one in trust["practice"]}
    before = {one["slug"]: one for one in loaded(downloads.contents(guide, BASE), "trusts.json")}
    assert {slug for slug, trust in trusts.items() if trust == before[slug]} == set(second_wave.ABSENT)


def test_each_wave_of_a_trust_has_a_file_that_stays(guide: Guide, told_twice: Guide, files: dict[str, bytes]) -> None:
    made = downloads.contents(told_twice, BASE)
    for trust in guide.trusts:
        assert made[f"trusts/{trust.slug}/2009.json"] == files[f"trusts/{trust.slug}/2009.json"]
        first = loaded(made, f"trusts/{trust.slug}/2009.json")
        assert first.pop("url") == f"{BASE}trusts/{trust.slug}/2009/"
        assert type(trust).model_validate(first).model_dump() == trust.model_dump()
    later = {path for path in made if re.fullmatch("trusts/.*/2018.json", path)}
    assert later == {f"trusts/{slug}/2018.json" for slug in second_wave.FULL + second_wave.PARTIAL}
    norfolk = loaded(made, "trusts/norfolk/2018.json")
    assert norfolk["url"] == f"{BASE}trusts/norfolk/2018/"
    assert (norfolk["governance"], norfolk["wave"]) == (None, "2018")
    assert norfolk in loaded(made, "profiles.json")


def test_downloads_of_two_waves_are_valid_by_their_published_schemas(told_twice: Guide) -> None:
    made = downloads.contents(told_twice, BASE)
    for path, kind, _ in record_files(told_twice):
        contract = loaded(made, f"schema/{kind.contract.file}")
        errors = [error.message for error in Draft202012Validator(contract).iter_errors(loaded(made, path))]
        assert not errors, path


WITHOUT_A_WAVE = {"glossary.csv", "since.csv", "places.csv", "areas.csv"}
"""What the report’s words mean, facts with dates of their own, and lists of places: no wave told them."""


def test_every_table_of_the_evidence_says_which_wave_told_each_row(told_twice: Guide) -> None:
    made = downloads.contents(told_twice, BASE)
    tables = {
        kind.path.format(name=name)
        for kind in download_table.DOWNLOADS
        if isinstance(kind, download_kinds.TableDownload)
        for name in kind.names(told_twice)
    }
    missing = {path for path in tables if "wave" not in rows(made[path])[0]}
    assert missing == WITHOUT_A_WAVE
    assert {row["wave"] for row in rows(made["investment.csv"])} == {"2009", "2018"}
