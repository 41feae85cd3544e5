"""Commands of ``bench``."""

import sys

import click
import frappe
from frappe.commands import pass_context


@click.command("verify-grievance-history")
@click.option("--grievance", "names", multiple=True, help="Only this grievance; may be given several times.")
@pass_context
def verify_grievance_history(context, names: tuple[str, ...]) -> None:
	"""Check that nothing was changed past the application, in a history or in a grievance. Exit code 1 if it was."""
	if not context.sites:
		raise click.UsageError("Name a site: bench --site NAME verify-grievance-history")
	clean = [_verify(site, names) for site in context.sites]
	sys.exit(0 if all(clean) else 1)


def _verify(site: str, names: tuple[str, ...]) -> bool:
	from frappe.utils import update_progress_bar

	from grievance_helpdesk.redressal import history

	def show(done: int, total: int) -> None:
		update_progress_bar("Checking histories", done - 1, total)

	frappe.init(site=site)
	frappe.connect()
	try:
		findings = history.verify(names or None, progress=show if sys.stdout.isatty() else None)
		texts = [finding.text for finding in findings]
		count = len(names) or frappe.db.count("Grievance")
	finally:
		frappe.destroy()
	for text in ("", *texts):
		click.echo(text)
	verdict = "are as they were written" if not texts else f"were checked: {len(texts)} findings"
	click.secho(f"{site}: the histories of {count} grievances {verdict}.", fg="red" if texts else "green")
	return not texts


commands = [verify_grievance_history]
