"""What triage says about one post: every field with its value, its confidence and its reasons."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
	from .contacts import Contacts
	from .places import Places
	from .text import Text

Span = tuple[int, int]


@dataclass(slots=True)
class Reason:
	"""One piece of evidence.

	``rule`` is a stable id ("place.district"), ``text`` says it for people, ``span`` is where it stands in
	``Text.folded`` (start, end), ``weight`` how much it counted (any scale, higher is stronger).
	"""

	rule: str
	text: str
	span: Span | None = None
	weight: float = 0.0

	def as_dict(self) -> dict[str, Any]:
		"""JSON-able: ``{"rule", "text", "span": [start, end] or None, "weight"}``."""
		span = list(self.span) if self.span else None
		return {"rule": self.rule, "text": self.text, "span": span, "weight": round(self.weight, 4)}


@dataclass(slots=True)
class Field:
	"""A guess: its value (``None`` when nothing was found), confidence 0..1 and the reasons for it."""

	value: Any = None
	confidence: float = 0.0
	reasons: list[Reason] = field(default_factory=list)

	def as_dict(self) -> dict[str, Any]:
		"""JSON-able: ``{"value", "confidence", "reasons"}``."""
		return {
			"value": self.value,
			"confidence": round(self.confidence, 4),
			"reasons": [reason.as_dict() for reason in self.reasons],
		}


@dataclass(slots=True)
class TriageResult:
	"""Everything that triage found in one post.

	``categories`` holds at most three ``(code, confidence)``, best first; ``also`` the codes of further
	problems that the same post names; ``public_text`` the text without phones, mails and ID numbers.
	"""

	text: Text
	language: Field
	kind: Field
	is_grievance: bool
	category: Field
	categories: list[tuple[str, float]]
	also: list[str]
	department: Field
	places: Places
	urgent: Field
	contacts: Contacts
	public_text: str
	signature: tuple[int, ...]
	confidence: float
	needs_review: bool
	review_reasons: list[str]
	engine_version: str
	ruleset_hash: str

	def fields(self) -> dict[str, Field]:
		"""The guesses by name, in the order in which people read them."""
		return {
			"kind": self.kind,
			"category": self.category,
			"department": self.department,
			"district": self.places.district,
			"jurisdiction": self.places.jurisdiction,
			"language": self.language,
			"urgent": self.urgent,
		}

	def as_evidence(self) -> dict[str, Any]:
		"""JSON-able record for the Citizen Post: each field with confidence and reasons, and the versions."""
		return {
			"engine_version": self.engine_version,
			"ruleset_hash": self.ruleset_hash,
			"fields": {name: guess.as_dict() for name, guess in self.fields().items()},
			"categories": self._ranked(),
			"also": list(self.also),
			"places": self.places.as_evidence(),
			"contacts": self.contacts.as_evidence(),
			"confidence": round(self.confidence, 4),
			"needs_review": self.needs_review,
			"review_reasons": list(self.review_reasons),
		}

	def as_line(
		self, post_id: str, duplicate_of: str | None = None, same_problem_as: str | None = None
	) -> dict[str, Any]:
		"""The object that ``make triage`` prints for the post ``post_id``: exactly the keys of the design."""
		return {
			"id": post_id,
			"is_grievance": self.is_grievance,
			"kind": self.kind.value,
			"category": self.category.value,
			"categories": self._ranked(),
			"also": list(self.also),
			"department": self.department.value,
			"district": self.places.district.value,
			"place": self.places.place_text or None,
			"pin": self.places.pin or None,
			"language": self.language.value,
			"urgent": bool(self.urgent.value),
			"phones": list(self.contacts.phones),
			"confidence": round(self.confidence, 4),
			"needs_review": self.needs_review,
			"duplicate_of": duplicate_of,
			"same_problem_as": same_problem_as,
			"reasons": [
				{"field": name, **reason.as_dict()}
				for name, guess in self.fields().items()
				for reason in guess.reasons
			],
		}

	def _ranked(self) -> list[dict[str, Any]]:
		return [{"code": code, "confidence": round(confidence, 4)} for code, confidence in self.categories]
