"""Triage of citizens' posts: pure Python, no Frappe, the same answer for the same text and rules."""
