"""The aanbodgids on screen: what help there is for whom, what is missing per school, and the own entry of an aanbieder."""
