"""Runs the command under an audit hook: ``python watched.py LOG JOBS``, where JOBS is a JSON list of jobs.

A job is the arguments of the command, or a text: Python code, with which a test plants what must be found.
The hook writes each event of files, sockets, processes and libraries on a line of its own, from before the first
import of the package.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

#: Events within the process: objects and code.
_WITHIN = ("builtins.id", "exec", "compile", "import", "array.__new__", "pickle.find_class")
_WITHIN_FAMILIES = frozenset({"object", "sys", "code", "cpython", "gc", "marshal", "function"})


def _watch(log: str) -> None:
    handle = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND)

    def hook(event: str, arguments: tuple) -> None:
        if event not in _WITHIN and event.partition(".")[0] not in _WITHIN_FAMILIES:
            os.write(handle, (json.dumps([event, *map(_plain, arguments)]) + "\n").encode())

    sys.addaudithook(hook)


def _plain(argument: object) -> object:
    if isinstance(argument, bytes | os.PathLike):
        return os.fsdecode(argument)
    return argument if isinstance(argument, str | int | None) else repr(argument)


def main(log: str, jobs: str) -> None:
    """Run every job, and print its exit code."""
    wanted = json.loads(Path(jobs).read_text(encoding="utf-8"))
    _watch(log)
    from rupture.cli import main as cli  # noqa: PLC0415  watched from its first import

    for job in wanted:
        code = 0
        try:
            if isinstance(job, str):
                exec(job, {})  # noqa: S102  planted by a test
            else:
                sys.argv = ["rupture", *job]
                cli.main()
        except SystemExit as end:
            code = end.code or 0
        print("exit", code, flush=True)  # noqa: T201  read by the test


if __name__ == "__main__":
    main(*sys.argv[1:])
