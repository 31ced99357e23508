"""Screens of a school about its network: the teams of all its pupils, class lists, and who met whom."""
