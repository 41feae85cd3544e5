"""What the eight Script Reports, the digest and the meeting pack count, each figure defined once.

A report is a small class, :class:`report.CaseReport`, with columns, rows, chart and summary; Frappe's ``execute`` runs it::

	class DistrictPerformance(CaseReport):
		def columns(self): return [column("district", _("District"), "Link", options="Jurisdiction", key=True), …]
		def rows(self): return cases.received(self.filters).select(…).groupby(…).run(as_dict=True)

	def execute(filters=None):
		return DistrictPerformance(filters).run()

- :mod:`filters` reads what people chose and says in a sentence what is impossible about it.
- :mod:`cases` begins each query: the viewer's scope, the filters, and the index that answers it.
- :mod:`columns` describes a figure: its label, its meaning (shown in the report's help) and the list behind it.
- :mod:`cells` keeps a spreadsheet from running what a citizen wrote.

**Merged cases are in no figure**: they count with the case that took them in. History costs nothing, because each query reads
one range of one index: the active cases, those received in the period, or those finished in it (`docs/reports.md`).
"""
