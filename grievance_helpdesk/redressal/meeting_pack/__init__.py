"""The pack for a review meeting: one PDF with the tables, charts and lists that a monthly review of grievances goes through.

:mod:`content` counts with the reports' own queries (:mod:`grievance_helpdesk.redressal.reporting`), under the scope of whoever
asks; :mod:`words`, :mod:`charts` and :mod:`paper` set it on paper without Frappe; :mod:`api` is the button, :mod:`sending` the
weekly mail.
"""
