"""Screens about verzuim: what a school reports, and who sits at home."""
