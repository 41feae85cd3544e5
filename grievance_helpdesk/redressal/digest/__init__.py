"""The daily mail to each officer: what presses today, and for those who lead others, what presses in their area.

A small job of our own, not Frappe's *Auto Email Report*: that one runs as the person who made it and sends everybody
the same rows, while each officer must get only what that officer may see.

- :mod:`recipients` says who reads for whom: absent officers' cases go to whoever acts for them.
- :mod:`figures` counts for two hundred officers in two queries; a leader's area is one query more, under the leader's own scope.
- :mod:`words` and :mod:`paper` are the mail, in Hindi or English, without Frappe.
- :mod:`sending` is the job: one failing address stops nobody.

Cases about an officer (*Complaint Against*) are in no mail, and of a confidential case a mail holds the number only.
"""
