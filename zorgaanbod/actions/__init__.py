"""Writes of the aanbodgids: what an aanbieder keeps of itself, and what was bought from it."""
