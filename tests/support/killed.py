"""Runs the command and kills it in the middle: ``python killed.py EVENT WHEN ARGUMENT...``.

It gets SIGKILL just before that audit event of Python, such as ``os.rename``, happens for the WHENth time.
"""

from __future__ import annotations

import os
import signal
import sys

from rupture.cli.main import main


def _kill_at(wanted: str, when: int) -> None:
    seen = []

    def hook(event: str, _: tuple) -> None:
        if event == wanted:
            seen.append(event)
            if len(seen) == when:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(hook)


if __name__ == "__main__":
    _kill_at(sys.argv[1], int(sys.argv[2]))
    del sys.argv[1:3]
    main()
