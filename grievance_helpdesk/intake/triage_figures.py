"""How often triage was right: what it named for the posts of a period, and what people made of it since.

*Named* is a post's own value, which nobody changes afterwards; *wrong* is one that a person replaced and that stays
replaced. Whether a post is a case at all is decided by its state: a person in the triage queue may say otherwise.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import frappe
from frappe.query_builder import Case, Criterion
from frappe.query_builder.functions import Count, Sum

from grievance_helpdesk.intake import outcomes, post_counts
from grievance_helpdesk.intake.triage.kind import GRIEVANCE
from grievance_helpdesk.redressal import corrections
from grievance_helpdesk.redressal.reporting.filters import Filters

KIND = "kind"
FIELDS = (KIND, *corrections.FIELDS)
KINDS_OF_CASES = (GRIEVANCE, outcomes.SUGGESTION)
TAKEN = ("Grievance", "Support")
NOT_TAKEN = "Not a Grievance"


@dataclass(slots=True)
class Figures:
	"""Of one field: how many posts, and the sum of triage's confidence in them."""

	named: int = 0
	automatic: int = 0
	wrong: int = 0
	confidence: float = 0.0
	confidence_wrong: float = 0.0

	def add_named(self, number: int, confidence: float, by_person: bool) -> None:
		self.named += number
		self.automatic += 0 if by_person else number
		self.confidence += confidence

	def add_wrong(self, number: int, confidence: float) -> None:
		self.wrong += number
		self.confidence_wrong += confidence


@dataclass(frozen=True, slots=True)
class Confusion:
	"""``number`` posts of ``group`` for which triage named ``predicted`` and a person ``corrected``."""

	field: str
	group: str | None
	predicted: str
	corrected: str
	number: int
	confidence: float


def by_field(filters: Filters, language: str, group: str | None) -> dict[tuple[str, str | None], Figures]:
	"""Figures of each field and value of ``group`` (a field of the post: channel or language; None: all together)."""
	found: dict = {}
	for row in _named(filters, language, group):
		for field in FIELDS:
			if row[f"has_{field}"] and row.state in _judged_in(field):
				figures = found.setdefault((field, row.value or None), Figures())
				figures.add_named(int(row.number), float(row.confidence or 0), bool(row.decided_by_person))
	for wrong in confusions(filters, language, group):
		found[(wrong.field, wrong.group)].add_wrong(wrong.number, wrong.confidence)
	return found


def confusions(filters: Filters, language: str, group: str | None = None) -> list[Confusion]:
	"""What was taken for what, most frequent first; ``confidence`` is the sum over the posts."""
	found: dict[tuple, list] = {}
	for *key, number, confidence in (
		*_wrong_kinds(filters, language, group),
		*_wrong_values(filters, language, group),
	):
		sums = found.setdefault(tuple(key), [0, 0.0])
		sums[0] += number
		sums[1] += confidence
	rows = [Confusion(*key, *sums) for key, sums in found.items()]
	return sorted(rows, key=lambda row: (-row.number, row.field, row.predicted, row.corrected))


def _posts(filters: Filters, language: str):
	query = post_counts.received(filters)
	return query.where(post_counts.table().language == language) if language else query


def _judged_in(field: str) -> tuple[str, ...]:
	"""The states of a post which say that what triage named counted."""
	return (*TAKEN, NOT_TAKEN) if field == KIND else post_counts.REGISTERED


def _is_named(field: str) -> Criterion:
	post = post_counts.table()
	return post[field].notnull() & (post[field] != "")


def _named(filters: Filters, language: str, group: str | None) -> list:
	"""The numbers of posts with the same state and the same fields named: MariaDB takes longest for sums, so there is one."""
	post = post_counts.table()
	has = [Case().when(_is_named(field), 1).else_(0).as_(f"has_{field}") for field in FIELDS]
	keys = [post.state, post.decided_by_person, *has, *([post[group].as_("value")] if group else [])]
	numbers = (Count("*").as_("number"), Sum(post.confidence).as_("confidence"))
	counted = post.state.isin(_judged_in(KIND))  # of the other fields fewer states count
	query = _posts(filters, language).where(counted)
	return query.select(*keys, *numbers).groupby(*keys).run(as_dict=True)


def _wrong_kinds(filters: Filters, language: str, group: str | None) -> Iterator[tuple]:
	"""A person took what triage would have set aside, or set aside what it took for a case."""
	post = post_counts.table()
	taken_wrongly = post.state.isin(TAKEN) & post.kind.notin(KINDS_OF_CASES)
	set_aside_wrongly = (post.state == NOT_TAKEN) & post.kind.isin(KINDS_OF_CASES)
	keys = (post[group or "channel"], post.kind, post.state)
	query = (
		_posts(filters, language)
		.where(_is_named(KIND) & (post.decided_by_person == 1) & (taken_wrongly | set_aside_wrongly))
		.select(*keys, Count("*"), Sum(post.confidence))
		.groupby(*keys)
	)
	for value, kind, state, number, confidence in query.run():
		corrected = NOT_TAKEN if state == NOT_TAKEN else "Grievance"
		yield KIND, (value or None) if group else None, kind, corrected, int(number), float(confidence or 0)


def _wrong_values(filters: Filters, language: str, group: str | None) -> Iterator[tuple]:
	"""A later correction counts instead of an earlier one; what was set back to triage's own word was right."""
	post, correction = post_counts.table(), frappe.qb.DocType("Triage Correction")
	query = (
		_posts(filters, language)
		.join(correction)
		.on(correction.citizen_post == post.name)
		.where(correction.field_name.isin(corrections.FIELDS))
		# A post is corrected after it came: the corrections of the period are enough to look through.
		.where((correction.creation >= filters.begin) & post.state.isin(post_counts.REGISTERED))
		.select(
			post.name,
			post.confidence,
			post[group or "channel"].as_("value"),
			correction.field_name,
			correction.corrected,
			*(post[field] for field in corrections.FIELDS),
		)
		.orderby(correction.creation)
		.orderby(correction.name)
	)
	last = {(row.name, row.field_name): row for row in query.run(as_dict=True)}
	for row in last.values():
		predicted, corrected = row[row.field_name], row.corrected or ""
		if predicted and predicted != corrected:
			value = (row.value or None) if group else None
			yield row.field_name, value, predicted, corrected, 1, float(row.confidence or 0)
