"""What every group of template functions has in common."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from rupture.language import languages

if TYPE_CHECKING:
    from rupture.case.model import Case


class Group:
    """The functions of one subject for one letter; every public method is one name in the templates."""

    #: Public methods that templates do not see.
    hidden: ClassVar[frozenset[str]] = frozenset({"names", "hidden"})

    _public: ClassVar[tuple[str, ...]] = ()

    def __init_subclass__(cls) -> None:
        cls._public = tuple(name for name in dir(cls) if not name.startswith("_") and name not in cls.hidden)

    def __init__(self, case: Case) -> None:
        self._case = case
        self._language = languages.get(case.language)
        self._style = self._language.styles[case.locale]

    def names(self) -> dict[str, Any]:
        """Return each function by the name that templates call it."""
        return {name: getattr(self, name) for name in self._public}
