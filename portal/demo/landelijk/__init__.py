"""The rest of the country, for when the demo region is asked for at national size: proof that a million casussen change nothing.

    manage.py load_demo --addresses 8000000 --casussen 1000000

The demo region stays the region it is; around it come 24 invented ones, alike in size and each with its own gemeenten, schools,
wijkteams and people. So a table is as large as the country's, and a person's own work as large as a person's.
"""
