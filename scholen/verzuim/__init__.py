"""Verzuim: pupils who are not at school. The words, what follows from the days (pure), and the reads."""
