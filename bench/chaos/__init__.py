"""Faults under load: users at work over HTTP while web, worker, beat, broker and database are killed at random (kill -9).

    make chaos                    three minutes
    CHAOS_SECONDS=600 make chaos  ten

It starts the real thing (`manage.py start`) in a folder of its own on a free port, and ends it again. What must hold at the end
is in `bench.chaos.keuring`.
"""
