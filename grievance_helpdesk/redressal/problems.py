"""When two citizens speak of the same problem: same kind of problem at the same *narrow* place. Pure Python."""

from __future__ import annotations

import hashlib
import re

NARROW_LEVELS = frozenset(("Village", "Ward", "Locality"))
# "Sector 14" somewhere in the state is not one place.
WIDE_LEVELS = frozenset(("State", "Division"))
_NOT_A_WORD = re.compile(r"[\W_]+")


def problem_key(
	category: str | None, place: str | None, level: str | None, place_text: str | None, ward: str | None
) -> str:
	"""Key that grievances about one problem share, or ``""`` where the place is too wide to say so.

	``place`` is the Jurisdiction and ``level`` its level. A broken lamp in "Hisar" may be any lamp; one in ward 13,
	in a village or at a named spot of a town is taken for the same.
	"""
	if not category or not place or level is None or level in WIDE_LEVELS:
		return ""
	spot = "" if level in NARROW_LEVELS else _NOT_A_WORD.sub(" ", (place_text or "").casefold()).strip()
	number = _NOT_A_WORD.sub("", (ward or "").casefold()).lstrip("0")
	if level not in NARROW_LEVELS and not spot and not number:
		return ""
	return hashlib.sha256(f"{category}|{place}|{spot}|{number}".encode()).hexdigest()[:40]
