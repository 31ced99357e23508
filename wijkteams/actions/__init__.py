"""Every write of the network: one keyword-only function per use case, atomic, with its event.

What is wrong comes as Django's ValidationError at the field it belongs to, in Dutch, and then nothing was changed. Nothing that
has been is edited: an agreement ends on a day and another begins, so that a casus can be explained years later.
"""
