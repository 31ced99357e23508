"""Class lists: from an uploaded file to rows that can be stored. Nothing here touches the database.

tabel = read_table(data)                        # `bestand`: csv or xlsx, whatever the notation; ListError in Dutch
schoon = strip_bsn(tabel)                       # `kolommen`: a BSN goes no further than this
velden = recognise(schoon.koppen)               # which column is which field
lezing = read_rows(schoon, velden, plaatsing)   # `rijen`: pupils, and what is wrong at which row and column
"""
