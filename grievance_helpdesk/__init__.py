"""Grievance Helpdesk: what citizens send on X, Facebook and e-mail becomes a case on the right officer's desk."""

__version__ = "0.1.0"
