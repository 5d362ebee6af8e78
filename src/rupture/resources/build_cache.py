"""Build-time cache, keyed by a hash of its inputs.

Nothing depends on it: what it does not hold is computed in the process that needs it. ``tools/prepare.py`` fills it;
docs/decisions/0015 gives the reasons.
"""

from __future__ import annotations

from functools import cache, update_wrapper
from hashlib import blake2b
from typing import TYPE_CHECKING, Any, Final, Generic, ParamSpec

from rupture.resources.paths import PACKAGE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from types import CodeType

#: Generated, and not kept in the repository.
FOLDER: Final = PACKAGE / "_build_cache"

P = ParamSpec("P")


class Built(Generic[P]):
    """A function of bytes whose results for known arguments are files of the cache; made by `built`."""

    def __init__(
        self, function: Callable[..., bytes], name: Callable[..., str], every: Callable[[], Iterable[tuple[Any, ...]]]
    ) -> None:
        update_wrapper(self, function)
        self._function = function
        self._name = name
        self._every = every

    def __call__(self, *args: P.args, **kwargs: P.kwargs) -> bytes:
        """Return the file of the cache for these arguments, or else what the function returns."""
        found = self.cached(*args, **kwargs)
        return self._function(*args, **kwargs) if found is None else found

    def cached(self, *args: P.args, **kwargs: P.kwargs) -> bytes | None:
        """Return the file of the cache for these arguments, or None if it is not there."""
        try:
            return (FOLDER / self._name(*args, **kwargs)).read_bytes()
        except OSError:
            return None

    def code(self, *args: P.args, **kwargs: P.kwargs) -> CodeType | None:
        """Return the compiled code of a Python file in the cache, or None if it is not there."""
        from importlib.machinery import SourceFileLoader  # noqa: PLC0415  only needed here

        name = self._name(*args, **kwargs)
        try:
            return SourceFileLoader(name, str(FOLDER / name)).get_code(name)
        except (OSError, ImportError):
            return None

    def files(self) -> Iterator[tuple[str, bytes]]:
        """Yield the name and the content of every file that belongs in the cache, computed now."""
        for arguments in self._every():
            yield self._name(*arguments), self._function(*arguments)


def built(
    kind: str,
    end: str,
    *,
    every: Callable[[], Iterable[tuple[Any, ...]]],
    modules: tuple[str, ...] = (),
    versions: tuple[str, ...] = (),
) -> Callable[[Callable[P, bytes]], Built[P]]:
    """Decorate a function so that its results are computed when the package is built.

    Its arguments are bytes, or values whose ``repr`` says all that the result depends on.

    Args:
        kind: what a file holds, for people who look into the folder.
        end: of its name, such as ``.json``.
        every: yields the arguments for which a file is built.
        modules: the source files on which the result depends, such as ``composing/compose.py``.
        versions: of the libraries on which the result depends.
    """

    def name(*args: object) -> str:
        return _file_name(kind, end, *versions, *map(_source, modules), *args)

    return lambda function: Built(function, name, every)


@cache
def _source(module: str) -> bytes:
    return (PACKAGE / module).read_bytes()


def _file_name(kind: str, end: str, *inputs: object) -> str:
    digest = blake2b(digest_size=12)
    for each in inputs:
        content = each if isinstance(each, bytes) else repr(each).encode()
        digest.update(len(content).to_bytes(8, "big") + content)
    return f"{kind}_{digest.hexdigest()}{end}"
