"""Hulp op scholen, data in beeld: delivered figures of youth help and wijken, protected, beside pupils and casussen.

`queries` reads the raw counts, `bescherming` and `cijfers` decide what may be shown, `beeld` and `wijken` make the pages of it.
"""
