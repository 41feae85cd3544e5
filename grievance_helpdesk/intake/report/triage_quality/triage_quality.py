"""How often triage is right, and what it takes for what."""

from collections.abc import Iterable, Mapping

import frappe
from frappe import _

from grievance_helpdesk.intake import triage_figures
from grievance_helpdesk.intake.triage_figures import Confusion, Figures
from grievance_helpdesk.redressal.reporting import choices, groups
from grievance_helpdesk.redressal.reporting.columns import bars, column, share, summary
from grievance_helpdesk.redressal.reporting.report import CaseReport

ACCURACY, CONFUSIONS = SHOWN = ("Accuracy", "Confusions")
GROUPS = {"Field": None, "Channel": "channel", "Language": "language"}
LANGUAGES = ("", "en", "hi", "hi-Latn", "mixed")
IN_CHART = 10
MOST = 200


def execute(filters: Mapping | None = None) -> tuple:
	shown = choices.one_of(filters, "show", _("Show"), SHOWN)
	return (Confusions if shown == CONFUSIONS else Accuracy)(filters).run()


def label_of(field: str) -> str:
	return {
		"kind": _("Kind"),
		"category": _("Category"),
		"department": _("Department"),
		"jurisdiction": _("Place"),
	}[field]


class TriageReport(CaseReport):
	days = 90

	def __init__(self, chosen: Mapping | None):
		super().__init__(chosen)
		self.language = choices.one_of(chosen, "language", _("Language"), LANGUAGES)
		self.group = choices.one_of(chosen, "group_by", _("Group By"), tuple(GROUPS))

	def nothing(self) -> str:
		return _("Triage judged no post of this period. Choose a longer one, or fewer filters.")


class Accuracy(TriageReport):
	def __init__(self, chosen: Mapping | None):
		super().__init__(chosen)
		self.target = frappe.get_cached_doc("Grievance Settings").target_accuracy

	def columns(self) -> list[dict]:
		group = [column("group", _(self.group), "Data", width=120)] if GROUPS[self.group] else []
		return [
			column(
				"label",
				_("Field"),
				"Data",
				width=140,
				meaning=_("What triage names: the kind (grievance or not), category, department and place."),
			),
			*group,
			column(
				"named",
				_("Named"),
				meaning=_(
					"Posts of the period for which triage named the field: of the kind every post that was registered,"
					" taken as support or set aside; of the others every post that became a grievance."
				),
			),
			column(
				"automatic",
				_("Decided Automatically"),
				width=190,
				meaning=_("Of these posts, those that no person had to decide in the triage queue."),
			),
			column(
				"wrong",
				_("Corrected"),
				meaning=_(
					"Of these posts, those for which a person named something else, whenever that was."
				),
			),
			column(
				"accuracy",
				_("Accuracy"),
				"Percent",
				meaning=_("Share of the named that nobody corrected."),
			),
			column(
				"target",
				_("Target"),
				"Percent",
				meaning=_("The target accuracy in Grievance Settings."),
			),
			column(
				"confidence_right",
				_("Confidence When Right"),
				"Percent",
				width=200,
				meaning=_("How sure triage was of the whole post on average, where nobody corrected it."),
			),
			column(
				"confidence_wrong",
				_("Confidence When Wrong"),
				"Percent",
				width=200,
				meaning=_("How sure it was where a person corrected it. It should be clearly lower."),
			),
		]

	def rows(self) -> list[dict]:
		found = triage_figures.by_field(self.filters, self.language, GROUPS[self.group])
		order = {field: position for position, field in enumerate(triage_figures.FIELDS)}
		keys = sorted(found, key=lambda key: (order[key[0]], key[1] or ""))
		return [self._row(field, group, found[field, group]) for field, group in keys]

	def _row(self, field: str, group: str | None, figures: Figures) -> dict:
		right = figures.named - figures.wrong
		return {
			"field": field,
			"label": label_of(field),
			"group": group or _("Not Known"),
			"named": figures.named,
			"automatic": figures.automatic,
			"wrong": figures.wrong,
			"accuracy": share(right, figures.named),
			"target": self.target,
			"confidence_right": _average(figures.confidence - figures.confidence_wrong, right),
			"confidence_wrong": _average(figures.confidence_wrong, figures.wrong),
		}

	def chart(self, rows: list[dict]) -> dict | None:
		titles = [f"{row['label']}: {row['group']}" if GROUPS[self.group] else row["label"] for row in rows]
		chart = bars(titles, [(_("Accuracy"), [row["accuracy"] for row in rows])], colours=["#2490EF"])
		chart["data"]["yMarkers"] = [{"label": _("Target"), "value": self.target}]
		return chart

	def summary(self, rows: list[dict]) -> list[dict]:
		numbers = []
		for field in triage_figures.FIELDS:
			of_field = [row for row in rows if row["field"] == field]
			named = sum(row["named"] for row in of_field)
			accuracy = share(named - sum(row["wrong"] for row in of_field), named)
			if accuracy is not None:
				colour = "Green" if accuracy >= self.target else "Orange"
				numbers.append(summary(label_of(field), accuracy, colour, "Percent"))
		return numbers


class Confusions(TriageReport):
	def columns(self) -> list[dict]:
		return [
			column("label", _("Field"), "Data", width=140),
			column("predicted", _("Triage Named"), "Data", width=260, meaning=_("What triage named.")),
			column(
				"corrected", _("Right Was"), "Data", width=260, meaning=_("What a person named in its place.")
			),
			column(
				"number",
				_("Posts"),
				meaning=_(
					"Posts of the period for which it happened. The list shows each correction as it was made, also one"
					" that was corrected again."
				),
				drill={},
			),
			column(
				"confidence",
				_("Confidence"),
				"Percent",
				meaning=_("How sure triage was of these posts on average."),
			),
		]

	def rows(self) -> list[dict]:
		found = triage_figures.confusions(self.filters, self.language)[:MOST]
		titles = {field: _titles(field, found) for field in triage_figures.FIELDS}
		return [
			{
				"label": label_of(row.field),
				"predicted": titles[row.field].get(row.predicted, row.predicted),
				"corrected": titles[row.field].get(row.corrected, row.corrected),
				"number": row.number,
				"confidence": _average(row.confidence, row.number),
				**self._list(row),
			}
			for row in found
		]

	def _list(self, row: Confusion) -> dict:
		"""The list behind a row: posts whose kind was wrong, or corrections of another field."""
		if row.field == triage_figures.KIND:
			taken = triage_figures.NOT_TAKEN != row.corrected
			period = [str(self.filters.from_date), str(self.filters.to_date)]
			states = triage_figures.TAKEN if taken else (triage_figures.NOT_TAKEN,)
			filters = {
				"kind": row.predicted,
				"state": ["in", list(states)],
				"decided_by_person": 1,
				"received_at": ["between", period],
				**({"channel": self.filters.channel} if self.filters.channel else {}),
				**({"language": self.language} if self.language else {}),
			}
			return {"list_of": "Citizen Post", "list_filters": filters}
		filters = {
			"field_name": row.field,
			"predicted": row.predicted,
			"corrected": row.corrected or ["is", "not set"],
			"creation": [">=", str(self.filters.from_date)],
		}
		return {"list_of": "Triage Correction", "list_filters": filters}

	def nothing(self) -> str:
		return _("Nobody corrected triage in a post of this period.")

	def chart(self, rows: list[dict]) -> dict | None:
		shown = rows[:IN_CHART]
		return bars(
			[f"{row['predicted']} → {row['corrected']}" for row in shown],
			[(_("Posts"), [row["number"] for row in shown])],
			colours=["#ECAC4B"],
		)

	def summary(self, rows: list[dict]) -> list[dict]:
		return [summary(_("Posts Corrected"), sum(row["number"] for row in rows), "Orange")]


def _kinds() -> dict[str, str]:
	return {
		"grievance": _("Grievance"),
		"suggestion": _("Suggestion"),
		"spam": _("Spam"),
		"out_of_scope": _("Out of Scope"),
		"thanks": _("Thanks"),
		"question": _("Question"),
		"politics": _("Politics"),
		"greeting": _("Greeting"),
		"abuse": _("Abuse"),
		"Not a Grievance": _("Not a Grievance"),
		"Grievance": _("Grievance"),
	}


def _average(total: float, number: int) -> float | None:
	return round(total / number, 1) if number else None


def _titles(field: str, found: Iterable[Confusion]) -> dict:
	"""Names that people know for the values of a field."""
	values = {value for row in found if row.field == field for value in (row.predicted, row.corrected)}
	if field == triage_figures.KIND:
		return _kinds()
	return groups.titles({"jurisdiction": "district"}.get(field, field), values)
