"""What runs elsewhere is checked here: workflows, hooks of commits, and the image of the room."""

import fnmatch
import json
import re
import shlex
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from papers import ROOT
from selloff.apps.cli._app import command_line
from selloff.apps.cli.serve import PORT

BINARIES = Path(sys.executable).parent


def read_yaml(file: Path) -> Any:
    return YAML(typ="safe").load(file.read_text(encoding="utf-8"))


WORKFLOWS = {file.name: read_yaml(file) for file in (ROOT / ".github").glob("workflows/*.yml")}
JOBS = {
    f"{name}:{job}": (flow, held)
    for name, flow in WORKFLOWS.items()
    for job, held in flow["jobs"].items()
}


def targets() -> dict[str, list[str]]:
    """Targets of the Makefile and their commands."""
    text = (ROOT / "Makefile").read_text(encoding="utf-8")
    blocks = re.findall(r"^([a-z][\w-]*):[^=\n]*\n((?:\t.*\n)*)", text, re.MULTILINE)
    return {name: [line.strip() for line in lines.splitlines()] for name, lines in blocks}


def called() -> Iterator[str]:
    """Targets that workflows make, with each value of a matrix in its place."""
    for _, job in JOBS.values():
        matrix = job.get("strategy", {}).get("matrix", {})
        for step in job["steps"]:
            for word in re.findall(r"^make (.+)$", step.get("run", ""), re.MULTILINE):
                key = re.fullmatch(r"\$\{\{ matrix\.(\w+) \}\}", word)
                yield from matrix[key[1]] if key else [word]


@pytest.mark.parametrize("target", sorted(set(called())))
def test_what_a_workflow_makes_is_a_target(target: str) -> None:
    assert target in targets()


def test_workflows_make_what_they_are_for() -> None:
    assert {"test", "docs", "dist", "test-all", "test-nightly"} <= set(called())
    assert "schedule" in WORKFLOWS["nightly.yml"]["on"]
    assert WORKFLOWS["release.yml"]["on"] == {"push": {"tags": ["v*"]}}


@pytest.mark.parametrize("job", JOBS)
def test_a_job_may_do_little_and_ends(job: str) -> None:
    flow, held = JOBS[job]
    assert flow["permissions"] == {"contents": "read"}
    assert held.get("permissions", {}) == (
        {"contents": "write"} if job == "release.yml:release" else {}
    )
    assert held["timeout-minutes"] <= 180
    for step in held["steps"]:
        if uses := step.get("uses"):
            assert re.fullmatch(r"actions/[\w-]+@v\d+", uses)
        if str(uses).startswith("actions/checkout"):
            assert step["with"]["persist-credentials"] is False


def test_the_hooks_of_a_commit_are_the_checks_of_make() -> None:
    (repo,) = read_yaml(ROOT / ".pre-commit-config.yaml")["repos"]
    assert repo["repo"] == "local"
    entries = {hook["entry"] for hook in repo["hooks"]}
    checks = {
        line.replace("$(BIN)", ".venv/bin").replace(" --check", "").removesuffix(" .")
        for name in ("lint", "types", "contracts")
        for line in targets()[name]
    }
    assert {entry.removesuffix(" --force-exclude") for entry in entries} == checks
    for entry in entries:
        program, *words = entry.replace(".venv/bin", str(BINARIES)).split()
        done = subprocess.run([program, *words[:1], "--help"], capture_output=True, check=False)
        assert done.returncode == 0, entry


def image() -> list[tuple[str, str]]:
    """Instructions of the Dockerfile, one a line."""
    text = (ROOT / "Dockerfile").read_text(encoding="utf-8").replace("\\\n", " ")
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    return [(word, rest.strip()) for word, _, rest in (line.partition(" ") for line in lines)]


def last(word: str) -> str:
    return [rest for each, rest in image() if each == word][-1]


def is_sent(name: str) -> bool:
    """Whether .dockerignore lets a file or folder through; the last rule that fits decides."""
    found = True
    for rule in (ROOT / ".dockerignore").read_text(encoding="utf-8").split("\n"):
        if rule and not rule.startswith("#") and fnmatch.fnmatch(name, rule.removeprefix("!")):
            found = rule.startswith("!")
    return found


def test_the_image_is_built_of_what_is_here() -> None:
    words = [rest.split() for word, rest in image() if word == "COPY" and "--from" not in rest]
    sources = [source for *given, _ in words for source in given]
    assert {"src", "pyproject.toml", "requirements/web.lock"} <= set(sources)
    for source in sources:
        assert (ROOT / source).exists(), source
        assert is_sent(source.split("/")[0]), source
    assert not is_sent(".git")
    assert not is_sent("tests")
    stages = [rest for word, rest in image() if word == "FROM"]
    assert len(stages) == 2
    assert stages[0].endswith(" AS build")
    assert ("COPY", "--from=build /opt/selloff /opt/selloff") in image()
    locked = [rest for word, rest in image() if word == "RUN" and ".lock" in rest]
    assert all("--require-hashes" in each for each in locked)
    assert locked


def test_the_room_in_the_image_runs_as_nobody_special() -> None:
    order = [word for word, _ in image()]
    assert last("USER") == "selloff"
    assert re.match(rf"useradd .*--uid [1-9]\d+ .*{last('USER')} ", last("RUN"))
    assert order.index("USER") < order.index("ENTRYPOINT")
    program, command, *options = [*json.loads(last("ENTRYPOINT")), *json.loads(last("CMD"))]
    assert (program, command) == ("selloff", "serve")
    known = {
        flag
        for each in command_line().commands["serve"].params
        for flag in (*each.opts, *each.secondary_opts)
    }
    assert {option for option in options if option.startswith("--")} <= known
    assert int(last("EXPOSE")) == PORT
    assert f":{PORT}/healthz" in last("HEALTHCHECK")


@contextmanager
def answering(status: int) -> Iterator[int]:
    """A server that answers everything with one status."""

    class Answer(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(status if self.path == "/healthz" else 404)
            self.end_headers()

        def log_message(self, *words: object) -> None:
            """Say nothing."""

    with HTTPServer(("127.0.0.1", 0), Answer) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server.server_port
        server.shutdown()


@pytest.mark.parametrize(("status", "is_well"), [(200, True), (503, False)])
def test_the_image_asks_the_room_whether_it_is_well(status: int, is_well: bool) -> None:
    _, command = last("HEALTHCHECK").split("CMD ")
    program, *words = json.loads(command)
    assert program == "python"
    with answering(status) as port:
        asked = [word.replace(f":{PORT}/", f":{port}/") for word in words]
        done = subprocess.run([sys.executable, *asked], capture_output=True, check=False)
    assert (done.returncode == 0) == is_well, shlex.join(asked)
