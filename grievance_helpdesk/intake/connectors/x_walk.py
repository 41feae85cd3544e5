"""One walk over a list of X, from the newest post back to those that were read before.

The state of a stream (JSON-able, part of the cursor): ``since_id``, the newest post of the last finished walk;
``start_time`` as long as there is none; ``read_at``, when the last walk was finished; and, after a walk that stopped on
purpose, ``walk`` with ``newest_id`` (where it began), ``until_id`` (down to where it came) and ``seen`` (how many).
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from .base import EPOCH, BudgetExhausted, Gap, Limits, Page, RateLimited, Usage
from .snowflake import moved_back, time_of
from .values import moment_of
from .x_client import InvalidParameter
from .x_posts import Batch, id_of, is_id

SEARCH_WINDOW = timedelta(days=7) - timedelta(minutes=1)
LARGEST_PAGE = 100
MENTIONS_DEPTH = 800
PAGES_WITHOUT_NEWS = 3
FALLBACK = "fallback"


@dataclass(slots=True)
class Stream:
	"""A list of X. ``read`` takes the parameters of one call; ``price`` is US dollars for a post; ``depth`` is how many
	posts the list gives at most (0: no such limit); ``window`` is how far back it goes (None: no limit); ``once`` means
	that its state goes when the walk is finished."""

	name: str
	read: Callable[[dict], tuple[Batch, Usage]]
	convert: Callable[[Batch], tuple[list, Usage, list[str]]]
	price: float
	smallest_page: int
	depth: int = 0
	window: timedelta | None = None
	token_name: str = "pagination_token"
	once: bool = False


@dataclass(slots=True)
class Run:
	"""What one run of an account has used up, over all its streams; ``state`` is the cursor being built."""

	limits: Limits
	state: dict
	pages: int = 0
	cost: float = 0.0

	def page_size(self, price: float) -> int:
		"""How many posts the rest of the budget pays for, at most a full page."""
		if self.limits.budget is None:
			return LARGEST_PAGE
		return min(int((self.limits.budget - self.cost) / price + 1e-6), LARGEST_PAGE)


@dataclass(slots=True)
class Walk:
	stream: Stream
	run: Run
	overlap: timedelta
	gap: Gap | None = None
	notes: list[str] = field(default_factory=list)
	newest_id: str = ""
	oldest_id: str = ""
	seen: set[str] = field(default_factory=set)
	count: int = 0
	pages_read: int = 0
	restarted: bool = False

	@property
	def state(self) -> dict:
		return self.run.state.setdefault(self.stream.name, {})

	@property
	def truncated(self) -> bool:
		"""True when a list of limited depth ended before it came to the posts that were read before."""
		since = self.state.get("since_id")
		if not self.stream.depth or (since and self.oldest_id and int(self.oldest_id) <= int(since)):
			return False
		return self.count > self.stream.depth - LARGEST_PAGE

	def pages(self) -> Iterator[Page]:
		resumed = self.state.get("walk", {})
		self.newest_id = resumed.get("newest_id", "")
		self.oldest_id = resumed.get("until_id", "")
		self.count = resumed.get("seen", 0)
		window = self._window()
		token, tokens, idle = "", set(), 0
		while True:
			size = self.run.page_size(self.stream.price)
			if size < self.stream.smallest_page:
				yield from self._stop("The budget of this account is used up for today.")
				raise BudgetExhausted(
					"The daily budget is used up.", until=next_midnight(self.run.limits.now)
				)
			if self.run.pages >= self.run.limits.max_pages:
				yield from self._stop("The run's limit of pages is reached; the next run goes on from here.")
				return
			try:
				batch, usage = self._read(window, token, size)
			except InvalidParameter as error:
				self._restart(error)
				window, token = self._window(), ""
				continue
			except RateLimited:
				yield from self._stop("X's rate limit was reached in the middle of a walk.")
				raise
			came, before = len(batch.posts), len(self.seen)
			page = self._page(batch, usage)
			idle = idle + 1 if came and len(self.seen) == before else 0
			tokens.add(token)
			token = batch.next_token
			if not token:
				yield self._finished(page)
				return
			if token in tokens or idle >= PAGES_WITHOUT_NEWS:
				yield self._going_in_circles(page)
				return
			yield page

	def _window(self) -> dict:
		"""The same bounds for every page of the walk: X needs an unchanged ``since_id``."""
		now, state = self.run.limits.now, self.state
		bounds: dict = {}
		if state.get("since_id"):
			bounds["since_id"] = moved_back(state["since_id"], self.overlap)
		else:
			wanted = moment_of(state.get("start_time")) or now - self.run.limits.look_back
			state["start_time"] = wanted.isoformat()
			earliest = now - self.stream.window if self.stream.window else wanted
			bounds["start_time"] = max(wanted, earliest)
		if state.get("walk"):
			bounds["until_id"] = state["walk"]["until_id"]
		return bounds

	def _read(self, window: dict, token: str, size: int) -> tuple[Batch, Usage]:
		parameters = {**window, "max_results": max(size, self.stream.smallest_page)}
		if token:
			parameters[self.stream.token_name] = token
		self.run.pages += 1
		self.pages_read += 1
		return self.stream.read(parameters)

	def _page(self, batch: Batch, usage: Usage) -> Page:
		by_id = {id_of(post): post for post in batch.posts}
		ids = [post_id for post_id in by_id if post_id not in self.seen]
		batch.posts = [by_id[post_id] for post_id in ids]
		self.seen.update(ids)
		self.count += len(ids)
		numbers = [post_id for post_id in ids if is_id(post_id)]
		if not self.newest_id:
			self.newest_id = batch.newest_id
		if numbers:
			lowest = min(numbers, key=int)
			self.oldest_id = min(self.oldest_id or lowest, lowest, key=int)
		items, more, notes = self.stream.convert(batch)
		usage = usage + self._price(numbers, len(ids)) + more
		self.run.cost += usage.cost
		page = Page(
			items, copy.deepcopy(self.run.state), usage=usage, notes=[*self.notes, *batch.notes, *notes]
		)
		page.gap, self.gap, self.notes = self.gap, None, []
		return page

	def _price(self, ids: list[str], count: int) -> Usage:
		"""Posts that were read before on the same UTC day are not billed again."""
		read_at, since = moment_of(self.state.get("read_at")), self.state.get("since_id")
		if since and read_at and read_at.date() == self.run.limits.now.date():
			count -= sum(int(post_id) <= int(since) for post_id in ids)
		return Usage(0, count, count * self.stream.price)

	def _stop(self, note: str) -> Iterator[Page]:
		"""A stored resting point, if anything was read: the next run goes on below it instead of from the top."""
		if not self.pages_read or not self.oldest_id:
			return
		self.state["walk"] = {
			"newest_id": self.newest_id,
			"until_id": self.oldest_id,
			"seen": self.count,
		}
		yield self._complete(Page([], {}, notes=[note]))

	def _finished(self, page: Page) -> Page:
		state = self.state
		if self.truncated:
			page.gap = self._hole("X gives the last 800 mentions only, and there were more.")
			self._leave_to_search(page.gap)
		newest = max(filter(None, [state.get("since_id"), self.newest_id]), key=int, default="")
		if newest:
			state["since_id"] = newest
			state.pop("start_time", None)
		state.pop("walk", None)
		state["read_at"] = self.run.limits.now.isoformat()
		if self.stream.once:
			del self.run.state[self.stream.name]
		return self._complete(page)

	def _leave_to_search(self, gap: Gap) -> None:
		"""What lies deeper than the list is found by searching for the handle, in this run or a later one."""
		earlier = moment_of(self.run.state.get(FALLBACK, {}).get("start_time")) or gap.end
		self.run.state[FALLBACK] = {
			"start_time": min(earlier, gap.start or gap.end).isoformat(),
			"walk": {"newest_id": self.oldest_id, "until_id": self.oldest_id, "seen": 0},
		}

	def _going_in_circles(self, page: Page) -> Page:
		"""X gives the same page again. Go on by id in the next run, unless that did not help either."""
		if self.seen and self.oldest_id != self.state.get("walk", {}).get("until_id"):
			self.state["walk"] = {"newest_id": self.newest_id, "until_id": self.oldest_id, "seen": self.count}
			page.notes.append("X gave the same page again; the next run goes on from the oldest post read.")
			return self._complete(page)
		page.gap = self._hole("X gives the same page again and again.")
		return self._finished(page)

	def _restart(self, error: InvalidParameter) -> None:
		"""X no longer accepts where we stopped last time: begin at the edge of its window, and say what may be missing."""
		stale = error.names & {"since_id", "until_id", "start_time"}
		if self.restarted or not stale:
			raise error
		self.restarted = True
		start = self.run.limits.now - SEARCH_WINDOW
		last = moment_of(self.state.get("read_at")) or self._last_known()
		if last is None or last < start:
			self.gap = Gap(last, start, "The last run is longer ago than X's window of seven days.")
		self.notes.append("X refused the place where the last run stopped; reading starts seven days back.")
		fresh: dict = {"start_time": start.isoformat()}
		walk = self.state.get("walk")
		if walk and "until_id" not in stale:
			fresh["walk"] = walk
		else:
			self.newest_id = self.oldest_id = ""
			self.count = 0
		self.run.state[self.stream.name] = fresh

	def _last_known(self) -> datetime | None:
		since = self.state.get("since_id")
		return time_of(since) if since else moment_of(self.state.get("start_time"))

	def _hole(self, reason: str) -> Gap:
		end = time_of(self.oldest_id) if self.oldest_id else self.run.limits.now
		return Gap(self._last_known() or EPOCH, end, reason)

	def _complete(self, page: Page) -> Page:
		page.cursor = copy.deepcopy(self.run.state)
		page.complete = True
		return page


def next_midnight(now: datetime) -> datetime:
	return now.replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)
