"""`make demo`: an embedded site with Haryana's master data reads the demo posts from local servers and shows what became of them.

The posts come through the real connectors and jobs, a few hours of them at a time, as a scheduler would read them.
"""

from __future__ import annotations

import argparse
import json
import sys
from datetime import datetime, timezone
from pathlib import Path

from tqdm import tqdm

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "embedded")]

import embedded_site  # noqa: E402
import frappe  # noqa: E402
from frappe.utils import background_jobs  # noqa: E402
from server import Server  # noqa: E402

from demo import funnel, officers, report, show  # noqa: E402
from demo.channels import FACEBOOK_ACCOUNT, MAILBOX, Channels, moments  # noqa: E402
from demo.week import Week, next_monday  # noqa: E402
from grievance_helpdesk.intake import schedule  # noqa: E402
from grievance_helpdesk.redressal import moment  # noqa: E402

POSTS = ROOT / "demo" / "posts.jsonl"
BUILD = ROOT / "build" / "demo"
PASSWORD = "demo"
POSTS_A_TICK = 25


def load_posts() -> list[dict]:
	return [json.loads(line) for line in POSTS.read_text(encoding="utf-8").split("\n") if line]


def import_posts(channels: Channels, rows: list[dict]) -> int:
	"""Publish the posts bit by bit and let the scheduled jobs read them; returns how many the connectors yielded."""
	received = 0
	now = datetime.now(timezone.utc)
	timed = list(zip(rows, moments(rows, now), strict=True))
	with tqdm(total=len(rows), desc="Importing posts", unit="post") as bar:
		for start in range(0, len(timed), POSTS_A_TICK):
			tick = timed[start : start + POSTS_A_TICK]
			for row, moment in tick:
				channels.publish(row, moment)
			received += read_channels()
			bar.update(len(tick))
		# Facebook's feed is ranked; what its first page did not show is found when the whole is read, each hour.
		frappe.db.set_value("Channel Account", FACEBOOK_ACCOUNT, "cursor_state", None)
		received += read_channels()
	return received


def read_channels() -> int:
	"""One tick of the scheduler: every account is due; returns how many posts the connectors yielded."""
	frappe.get_doc("Email Account", MAILBOX).receive()
	frappe.db.set_value("Channel Account", {"enabled": 1}, "next_run_at", None)
	frappe.db.commit()
	schedule.enqueue_due_accounts()
	jobs = background_jobs.work_off()
	for job in jobs:
		if job.error:
			raise SystemExit(f"The import job failed: {job.error}")
	return sum(job.result["new"] + job.result["known"] + job.result["edited"] for job in jobs)


def run(channels: Channels) -> dict:
	rows = load_posts()
	with tqdm(total=1, desc="Creating officers and accounts", bar_format="{desc}: {elapsed}") as bar:
		officers.create(PASSWORD)
		channels.create_accounts()
		frappe.db.commit()
		bar.update(1)
	monday = next_monday(frappe.utils.now_datetime())
	with moment.fixed(monday):
		received = import_posts(channels, rows)
	records = funnel.records(channels.stored_as)
	labels = {row["id"]: row["labels"] for row in rows}
	quality = report.compare(records, labels).as_dict()
	result = {"funnel": funnel.funnel(received), "posts": records, "quality": quality}
	return {**result, "week": Week(monday).run()}


def main() -> None:
	parser = argparse.ArgumentParser(description="Shows the grievance helpdesk at work on demo posts")
	parser.add_argument("--once", action="store_true", help="end instead of serving the site")
	parser.add_argument("--port", type=int, default=8000)
	options = parser.parse_args()
	print("Setting up an embedded site (for trying and testing; production runs on a Frappe bench) …")
	site = embedded_site.create(BUILD / "site", force=True)
	site.conf.developer_mode = 1  # the demo's servers speak plain http on this machine
	with Channels() as channels:
		with site.session("Administrator"):
			result = run(channels)
		(BUILD / "result.json").write_text(
			json.dumps(result, ensure_ascii=False, indent="\t") + "\n", encoding="utf-8"
		)
		show.funnel(result["funnel"])
		show.quality(result["quality"])
		show.week(result["week"])
		print(f"\nEvery post with its reasons: {(BUILD / 'result.json').relative_to(ROOT)}")
		if not options.once:
			serve(site, options.port)


def serve(site, port: int) -> None:
	with Server(site, port=port) as server:
		print(
			f"\nThe site is at {server.url} until you press Ctrl+C. Log in as one of these, password {PASSWORD!r}:"
		)
		print("  sno@example.com             State Nodal Officer: sees every district")
		print("  ctm.panchkula@example.com   City Magistrate: sees Panchkula only")
		print(f"  or ask the API: {server.url}/api/resource/Grievance")
		try:
			server.wait()
		except KeyboardInterrupt:
			print("Stopped.")


if __name__ == "__main__":
	main()
