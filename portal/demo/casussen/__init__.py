"""A year of invented casussen, made by walking the workflow table as the engine does, and loaded by COPY.

thuis      where pupils live, and how each address is really routed
plan       which steps a casus takes and when: by chance, or written out for the demo accounts
lus        walks the table: states, termijnen, feedback; the same rules as the machine, without a database
schrijven  the rows
"""
