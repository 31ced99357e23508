"""Writes of scholen."""
