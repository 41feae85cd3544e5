"""Tests that need no bench; the emulators are imported from here."""
