"""Delivered figures: from a csv file to statements to store, and every cell that is wrong. See docs/import-jeugdhulp.md.

blad = read_csv(data)                           # `bestand`: rows with their number and cells by field; LeesFout in Dutch
lezing = read_jeugdhulp(blad, plekken, …)       # `jeugdhulp`: statements per location and school year
lezing = read_wijken(blad, gemeenten, …)        # `wijken`: statements per wijk and year
"""
