"""A copy of a casus for whoever may have it: the portal is an exchange, not a dossier.

inhoud    what one viewer may take along, as plain data (the JSON)
pdf       the same on paper: tagged, so that a screen reader can read it (PDF/UA-1)
"""
