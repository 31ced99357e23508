"""Reading the yearly CBS table 'postcode6 – huisnummer – buurt, wijk, gemeente' in every layout from 2017 on. No database.

    with open_bron(path, jaar) as bron:        # zip, folder or csv, with the name files that belong to it
        namen = lees_namen(bron.namen)
        tabel = lees_tabel(bron, weiger=…)     # vectorised, bounded memory

`bron` finds the files and guards against bad zips, `kolommen` reads the header, `blokken` cuts bytes into lines, `tabel` reads
the rows, `keuring` says what a good row is, `namen` reads the name files. What cannot be read raises OnleesbaarError.
"""
