"""Files that people put with a casus. Nothing here knows who may read what; that is `casussen.models.bericht`.

namen       a name that can be shown, from whatever a browser sent
herkennen   what a file really is, by its content; refuses what is not allowed, in words (pdf, office and beeld beside it)
opslag      where the bytes lie, and how they get there and go
clamd       asks a virus scanner
upload      how much a request may bring along
"""
