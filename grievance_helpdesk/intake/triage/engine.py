"""Triage of one post: the parts in order, and whether a person must look. Deterministic."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from zlib import crc32

from . import category as categories
from . import contacts as contact_finder
from . import departments, kind, language, places, urgency
from . import duplicates as near_duplicates
from .calibration import Calibration
from .gazetteer import Gazetteer, PlaceRow
from .model import LinearModel
from .result import Field, TriageResult
from .rules import CompiledRules, Evidence, RuleSet
from .text import Text, normalise

ENGINE_VERSION = "1.0"
SUGGESTION, NOT_A_GRIEVANCE = "SUG", "NOG"
UNSURE_KIND = 0.5


@dataclass(frozen=True, slots=True)
class Thresholds:
	"""Below these confidences a person decides. ``kind`` holds for posts that would leave the queue.

	``audit``: share of the automatic decisions that a person looks at all the same.
	"""

	category: float = 0.7
	district: float = 0.6
	kind: float = 0.9
	department: float = 0.6
	runner_up: float = 0.3
	audit: float = 0.05


@dataclass(frozen=True, slots=True)
class PostText:
	"""What triage is given: the text, and what is known around it. ``post_id`` decides the random audit."""

	text: str
	channel: str = ""
	author: str = ""
	posted_at: datetime | None = None
	subject: str = ""
	post_id: str = ""


@dataclass(slots=True)
class Triage:
	"""The engine for one set of rules, places and (optionally) one trained model. Safe to keep and share."""

	ruleset: RuleSet
	gazetteer: Gazetteer
	model: LinearModel | None = None
	calibration: Mapping[str, Calibration] = field(default_factory=dict)
	settings: Thresholds = field(default_factory=Thresholds)
	paths: Mapping[str, str] | None = None
	_compiled: CompiledRules = field(init=False)

	def __post_init__(self) -> None:
		self._compiled = CompiledRules(self.ruleset)
		self.calibration = self.calibration or {}
		if self.paths is None:
			self.paths = _paths(self.gazetteer)

	def triage(self, post: PostText) -> TriageResult:
		"""Triage one post. Never fails on a text, whatever it holds."""
		text = text_of(post)
		found_contacts = contact_finder.find(text)
		found_places = places.find(text, found_contacts, self.gazetteer)
		evidence = self.scan(text)
		found = categories.decide(
			text,
			evidence,
			self.ruleset,
			district=found_places.district.value,
			day=post.posted_at.date() if post.posted_at else None,
			model=self.model,
			subject_words=len(normalise(post.subject).words) if post.subject else 0,
		)
		found_kind = self._calibrated(
			"kind", kind.decide(text, evidence, found.scores, found_places.district.value is not None)
		)
		is_grievance = found_kind.value == kind.GRIEVANCE
		if not is_grievance:
			found = _of_kind(found_kind)
		found.best = self._calibrated("category", found.best)
		answer = self.ruleset.by_code.get(found.best.value or "")
		department = departments.decide(answer, found_places, self.paths)
		urgent = self._urgent(text, evidence, found, is_grievance)
		result = TriageResult(
			text=text,
			language=language.detect(text),
			kind=found_kind,
			is_grievance=is_grievance,
			category=found.best,
			categories=found.ranked,
			also=found.also,
			department=department,
			places=found_places,
			urgent=urgent,
			contacts=found_contacts,
			public_text=contact_finder.redact(text, found_contacts),
			signature=near_duplicates.signature(text),
			confidence=0.0,
			needs_review=False,
			review_reasons=[],
			engine_version=ENGINE_VERSION,
			ruleset_hash=self.ruleset.hash,
		)
		result.confidence = overall_confidence(result)
		result.review_reasons = self._review(result, post)
		result.needs_review = bool(result.review_reasons)
		return result

	def scan(self, text: Text) -> Evidence:
		"""The phrases that stand in ``text``: all that the rules' phrases can say about it."""
		return self._compiled.scan(text.words)

	def _calibrated(self, name: str, guess: Field) -> Field:
		calibration = self.calibration.get(name)
		if calibration is not None and guess.value is not None:
			guess.confidence = calibration(guess.confidence)
		return guess

	def _urgent(
		self, text: Text, evidence: Evidence, found: categories.Categories, is_grievance: bool
	) -> Field:
		if not is_grievance:
			return Field(False, 0.9)
		return urgency.decide(text, evidence, found.best.value, self.ruleset)

	def _review(self, result: TriageResult, post: PostText) -> list[str]:
		"""Why a person should look, in plain words; empty when nobody needs to."""
		if not result.text.words:
			return ["The post has no words: look at its pictures or links."]
		if not result.is_grievance:
			if result.kind.confidence < self.settings.kind:
				return [f"It reads as {result.kind.value}, but not surely enough to leave the queue."]
			return self._audit(post)
		reasons = [*self._about_category(result), *self._about_place(result)]
		if result.urgent.value:
			reasons.append("It is urgent: confirm and act at once.")
		if result.kind.confidence < UNSURE_KIND:
			reasons.append("It may be no grievance.")
		return reasons or self._audit(post)

	def _about_category(self, result: TriageResult) -> list[str]:
		code, ranked = result.category.value, result.categories
		if code is None:
			return ["No category fits: choose one."]
		if result.category.confidence < self.settings.category:
			return [f"The category {code} is only a guess."]
		if len(ranked) > 1 and ranked[1][1] >= self.settings.runner_up:
			return [f"{code} and {ranked[1][0]} are about equally likely."]
		return []

	def _about_place(self, result: TriageResult) -> list[str]:
		district, reasons = result.places.district, []
		if district.value is None:
			reasons.append("The place is not known: ask the citizen where it is.")
		elif district.confidence < self.settings.district:
			reasons.append(f"The district {district.value} is only a guess.")
		if result.category.value and result.department.confidence < self.settings.department:
			reasons.append("The department depends on the place: confirm it.")
		return reasons

	def _audit(self, post: PostText) -> list[str]:
		key = post.post_id or post.text
		if crc32(key.encode("utf-8", "surrogatepass")) % 10_000 < self.settings.audit * 10_000:
			return ["Chosen at random to check the automatic decisions."]
		return []


def text_of(post: PostText) -> Text:
	"""What is read of a post: a mail's subject stands before its words."""
	return normalise(f"{post.subject}\n{post.text}" if post.subject else post.text)


def overall_confidence(result: TriageResult) -> float:
	"""How far the whole result can be trusted: its weakest deciding field."""
	if not result.is_grievance:
		return result.kind.confidence
	return min(
		result.kind.confidence, result.category.confidence, max(result.places.district.confidence, 0.3)
	)


def _of_kind(found_kind: Field) -> categories.Categories:
	code = SUGGESTION if found_kind.value == "suggestion" else NOT_A_GRIEVANCE
	return categories.Categories(
		Field(code, found_kind.confidence, list(found_kind.reasons)), [(code, found_kind.confidence)]
	)


def _paths(gazetteer: Gazetteer) -> dict[str, str]:
	rows: list[PlaceRow] = list(gazetteer.districts.values())
	for found in (gazetteer.strong, gazetteer.small):
		for places_of_name in found.values():
			rows.extend(places_of_name)
	return {row.name: row.scope_path for row in rows}
