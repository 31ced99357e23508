"""What the demo region is made of: areas and codes are facts, people and schools are invented."""
