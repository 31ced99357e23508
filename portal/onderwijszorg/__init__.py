"""Onderwijs-zorgarrangementen on screen: for school and aanbieder with their pupils, for others as places."""
