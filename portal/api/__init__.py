"""The API as a whole: its root, its errors, its pages and its description. What it serves lives in each room's `api.py`."""
