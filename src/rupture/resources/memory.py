"""What is remembered from one letter to the next, and forgotten when a merge ends.

Data of the package never changes, and is kept by `functools.cache`. Whatever depends on what a caller gives (the text
of a letter, the sender's look, a folder of templates) is kept by `remembered`: bounded, safe in threads, and gone after
`forget`, which ends every merge. docs/decisions/0021 gives the reasons.
"""

from __future__ import annotations

from contextlib import AbstractContextManager, nullcontext
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final, TypeVar
from weakref import WeakKeyDictionary

if TYPE_CHECKING:
    from collections.abc import Callable
    from functools import _lru_cache_wrapper

T = TypeVar("T")

#: Every memory there is, with the lock under which it is emptied; one that belongs to an object goes with it.
_MEMORIES: Final[WeakKeyDictionary[Any, AbstractContextManager[Any]]] = WeakKeyDictionary()


def remembered(
    most: int | None, *, lock: AbstractContextManager[Any] | None = None
) -> Callable[[Callable[..., T]], _lru_cache_wrapper[T]]:
    """Decorate a function so that its latest results are remembered until `forget`.

    Args:
        most: how many; None for a function of few arguments.
        lock: held while they are forgotten.
    """

    def decorate(function: Callable[..., T]) -> _lru_cache_wrapper[T]:
        memory = lru_cache(maxsize=most)(function)
        _MEMORIES[memory] = lock or nullcontext()
        return memory

    return decorate


def forget() -> None:
    """Forget everything that is remembered, in every thread."""
    for reference in _MEMORIES.keyrefs():  # a copy: another thread may add one
        if (memory := reference()) is not None:
            with _MEMORIES[memory]:
                memory.cache_clear()
